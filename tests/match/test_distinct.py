"""Columns that repeat few values."""

from __future__ import annotations

import polars as pl

from scanner.match.distinct import distinct, expand
from scanner.model import CANDIDATES, Column


def test_few_values_are_given_once_each_with_their_cells() -> None:
    """The map leads from each distinct value, null among them, back to every cell that holds it."""
    cells = ["a", None, "b", "a"] * 500
    values, codes = distinct(Column(None, pl.Series(cells)))
    assert codes is not None
    assert len(values) == 3
    back = {original: values[code] for code, original in codes.select("code", "original").iter_rows()}
    assert [back[n] for n in range(len(cells))] == cells


def test_many_values_and_short_columns_stay_as_they_are() -> None:
    """Where nothing is gained the cells themselves are matched."""
    for cells in (["a"] * 10, [str(n) for n in range(5000)]):
        values, codes = distinct(Column(None, pl.Series(cells)))
        assert codes is None
        assert values.to_list() == cells


def test_each_cell_gets_the_candidates_of_its_value() -> None:
    """Candidates of a column with a map are multiplied, those of the others pass."""
    rows = [dict.fromkeys(CANDIDATES, 0) | {"column": column, "cell": 1} for column in (0, 1)]
    codes = pl.DataFrame(
        {"code": [0, 1, 1], "original": [0, 1, 2]}, schema=dict.fromkeys(["code", "original"], pl.UInt32)
    )
    grown = expand(pl.DataFrame(rows, schema=CANDIDATES), {1: codes})
    assert sorted(grown.select("column", "cell").rows()) == [(0, 1), (1, 1), (1, 2)]
