"""Look-alike characters."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.fold import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("０１０－１２３４－５６７８", "010-1234-5678"),
        ("٠١٠ ١٢٣", "010 123"),
        ("۰۱۰", "010"),
        ("1–2—3ー4", "1-2-3-4"),
        ("サーバー", "サーバー"),
        ("ｋｉｍ＠ｅｘａｍｐｌｅ．ｃｏｍ", "kim@example.com"),
        ("서울\u3000강남", "서울 강남"),
    ],
)
def test_look_alikes_become_ascii(text: str, folded: str) -> None:
    """Digits of other scripts, full-width forms, odd spaces, and dashes between digits, but no vowel marks."""
    assert fold(pl.Series([text])).to_list() == [folded]


@given(st.lists(st.one_of(st.none(), st.text())))
def test_every_cell_keeps_its_length_and_ascii_stays(cells: list[str | None]) -> None:
    """Offsets in the folded text are offsets in the original, whatever it holds."""
    for before, after in zip(cells, fold(pl.Series(cells, dtype=pl.String)).to_list(), strict=True):
        assert (before is None) == (after is None)
        assert before is None or len(before) == len(after)
        assert before is None or not before.isascii() or before == after
