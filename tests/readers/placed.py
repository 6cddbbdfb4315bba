"""What the tests of readers of documents share: cells with the places at which they are said to stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from scanner.model import Batch

HEADERS = frozenset(["name", "phone", "mail", "memo", "이름", "전화", "연락처", "주소"])


class Placed(NamedTuple):
    """A cell: its record, its field, its text, and the line and column of its first character, None without places."""

    record: int
    field: str | None
    text: str
    line: int | None = None
    column: int | None = None


def cells(batches: Iterable[Batch]) -> list[Placed]:
    """All cells, as they stand in the file where places are known."""
    return sorted((cell for batch in batches for cell in _cells(batch)), key=lambda cell: (cell.record, cell[3:]))


def _cells(batch: Batch) -> Iterator[Placed]:
    for number, column in enumerate(batch.columns):
        rows = np.arange(len(column.values)) if column.rows is None else column.rows
        for cell, (text, row) in enumerate(zip(column.values.to_list(), rows.tolist(), strict=True)):
            lines, places = batch.locator.locate(number, np.array([cell]), np.array([0]))
            at = (None, None) if lines is None or places is None else (int(lines[0]), int(places[0]))
            yield Placed(int(batch.records[row]), column.field, text, *at)


def spots(batches: Iterable[Batch], source: str) -> Iterator[tuple[str, str]]:
    """For each character of each cell: the character, and the source from where it is said to stand."""
    lines = [f"{line}\n" for line in source.split("\n")]
    for batch in batches:
        for number, column in enumerate(batch.columns):
            for cell, text in enumerate(column.values.to_list()):
                at = np.arange(len(text))
                rows, places = batch.locator.locate(number, np.full(len(text), cell), at)
                assert rows is not None and places is not None
                yield from zip(text, (lines[r - 1][p - 1 :] for r, p in zip(rows, places, strict=True)), strict=True)


def blocks(text: str, size: int) -> list[bytes]:
    """The text in blocks of whole characters, as the decoder gives it."""
    return [text[at : at + size].encode() for at in range(0, len(text), size)]


def is_header(row: Sequence[str]) -> bool | None:
    """A judge of rows that knows a few names of fields, and takes digits for data."""
    if any(any(map(str.isdigit, cell)) for cell in row):
        return False
    return any(cell in HEADERS for cell in row) or None
