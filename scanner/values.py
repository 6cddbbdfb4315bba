"""The matched values of candidates, taken from the batch only when they are needed."""

from __future__ import annotations

import polars as pl

from scanner.fold import fold
from scanner.model import Column


def with_values(rows: pl.DataFrame, column: Column) -> pl.DataFrame:
    """Add `value` (String, as it stands in the cell) and `folded` (look-alikes as ASCII) to rows of one column.

    Reads `cell`, `start`, `end` as in `model.CANDIDATES`.
    """
    cells = column.values.gather(rows["cell"])
    whole = (rows["start"] == 0).all() and (cells.str.len_chars() == rows["end"]).all()
    value = cells if whole else cells.str.slice(rows["start"], rows["end"] - rows["start"])
    return rows.with_columns(value=value, folded=fold(value))
