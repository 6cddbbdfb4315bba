"""The matched values of candidates, taken from the batch only when they are needed."""

from __future__ import annotations

import numpy as np
import polars as pl

from scanner.fold import fold
from scanner.model import Batch


def with_values(rows: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """Add `value` and `folded`, see `values_of`."""
    value, folded = values_of(rows, batch)
    return rows.with_columns(value=value, folded=folded)


def values_of(rows: pl.DataFrame, batch: Batch) -> tuple[pl.Series, pl.Series]:
    """Each value (String) as it stands in its cell, and folded: look-alikes as ASCII.

    Reads `column`, `cell`, `start`, `end` as in `model.CANDIDATES`.
    """
    used = rows["column"].unique().sort().to_list()
    sizes = np.array([len(batch.columns[number].values) for number in used], dtype=np.int64)
    first = dict(zip(used, (np.cumsum(sizes) - sizes).tolist(), strict=True))
    texts = pl.concat([pl.Series([], dtype=pl.String), *(batch.columns[n].values for n in used)], rechunk=True)
    value = texts.gather(rows["column"].replace_strict(first, return_dtype=pl.Int64) + rows["cell"])
    cut = ((rows["start"] > 0) | (value.str.len_chars() != rows["end"])).arg_true()
    if cut.len():
        start = rows["start"].gather(cut)
        value = value.scatter(cut, value.gather(cut).str.slice(start, rows["end"].gather(cut) - start))
    return value, fold(value)
