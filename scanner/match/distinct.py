"""Columns with few distinct values are matched once per value."""

from __future__ import annotations

import polars as pl

from scanner.fold import fold
from scanner.model import Column

_SAMPLE = 1000
_FEW = 250


def distinct(column: Column) -> tuple[pl.Series, pl.DataFrame | None]:
    """The folded values of a column to match: all, or each distinct one once.

    In the second case the frame maps `code` (UInt32, index of the distinct value) to `original` (UInt32, index of a
    cell that holds it), one row a cell.
    """
    values = column.values
    if len(values) <= _SAMPLE or values.head(_SAMPLE).n_unique() > _FEW:
        return column.folded, None
    frame = pl.DataFrame({"value": values}).with_row_index("original")
    unique = frame.select(pl.col("value").unique(maintain_order=True))
    codes = frame.join(unique.with_row_index("code"), on="value", nulls_equal=True).select("code", "original")
    return fold(unique["value"]), codes


def expand(candidates: pl.DataFrame, codes: dict[int, pl.DataFrame]) -> pl.DataFrame:
    """Give each cell of the columns in `codes` the candidates of its value; other columns stay as they are."""
    if not codes or candidates.is_empty():
        return candidates
    parts = [candidates.filter(~pl.col("column").is_in(list(codes)))]
    for number, mapping in codes.items():
        part = candidates.filter(pl.col("column") == number).join(mapping, left_on="cell", right_on="code")
        parts.append(part.with_columns(cell=pl.col("original")).select(candidates.columns))
    return pl.concat(parts)
