"""Rows of tables as batches."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.readers import tablebatch
from scanner.readers.pieces import PIECE
from scanner.readers.tablebatch import BombError, Meter, rows_batch

LONG = st.integers(0, 3 * PIECE).map(lambda size: ("가a1" * PIECE)[:size])


@given(cells=st.lists(st.none() | LONG, max_size=4), gaps=st.booleans())
def test_long_cells_come_in_pieces_whose_kept_parts_make_the_cell(cells: list[str | None], gaps: bool) -> None:
    """Each code point is kept once, at its place in its row."""
    rows = np.arange(len(cells)) * 2 + 1 if gaps else None
    batch = rows_batch([("a", pl.Series(cells, dtype=pl.String), rows)], 1, 2 * len(cells) + 1)
    column = batch.columns[0]
    at = range(len(column.values)) if column.rows is None else column.rows.tolist()
    found: dict[int, str] = {}
    for number, (row, piece) in enumerate(zip(at, column.values.to_list(), strict=True)):
        low, high = (0, PIECE) if column.keep is None else (int(column.keep[0][number]), int(column.keep[1][number]))
        origin = 0 if column.origin is None else int(column.origin[number])
        assert len(found.get(row, "")) == origin + low
        found[row] = found.get(row, "") + (piece or "")[low:high]
    expected = {2 * n + 1 if gaps else n: cell for n, cell in enumerate(cells) if cell}
    assert {row: text for row, text in found.items() if text} == expected


def test_only_what_grows_without_measure_is_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    """Much text of a large file is none, nor is little text of a small one."""
    monkeypatch.setattr(tablebatch, "FREE", 1000)
    Meter(1).add(999)
    Meter(1000).add(10**6)
    with pytest.raises(BombError):
        Meter(1).add(10**4)


def test_a_batch_may_have_rows_and_no_columns() -> None:
    """They are records all the same."""
    batch = rows_batch([], 5, 3)
    assert batch.records.tolist() == [5, 6, 7]
    assert batch.begun == 3
