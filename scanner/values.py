"""The matched values of candidates, taken from the batch only when they are needed."""

from __future__ import annotations

import polars as pl

from scanner.fold import fold
from scanner.model import Batch


def with_values(rows: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """Add `value` (String, as it stands in the cell) and `folded` (look-alikes as ASCII); rows change places.

    Reads `column`, `cell`, `start`, `end` as in `model.CANDIDATES`.
    """
    parts = []
    for (number,), part in rows.group_by("column", maintain_order=True):
        cells = batch.columns[int(number)].values.gather(part["cell"])
        whole = (part["start"] == 0).all() and (cells.str.len_chars() == part["end"]).all()
        value = cells if whole else cells.str.slice(part["start"], part["end"] - part["start"])
        parts.append(part.with_columns(value=value, folded=fold(value)))
    empty = rows.clear().with_columns(value=pl.lit(""), folded=pl.lit(""))
    return pl.concat(parts) if parts else empty
