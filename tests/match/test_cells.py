"""Questions that are asked of all cells at once."""

from __future__ import annotations

import polars as pl

from scanner.match.cells import contains


def test_regexes_are_told_apart_however_many_there_are() -> None:
    """Each of more regexes than stay compiled gives its own answer, the first time and again."""
    texts = pl.Series([f"<{number}>" for number in range(1000)])
    for _ in range(2):
        for number in range(0, 1000, 2):
            assert contains(texts, f"<{number}>").nonzero()[0].tolist() == [number]
