"""Places in folded cells as places in the cells as they stand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from scanner.fold import origins
from scanner.model import Column, IntArray


def unfolded(candidates: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    """Candidates (`model.CANDIDATES`) with `start` and `end` in the cells of `columns`, instead of in folded ones.

    They differ only in cells where folding puts letters and marks together, so most candidates stay as they are.
    """
    for number in candidates["column"].unique().to_list():
        moved = columns[number].moved
        if len(moved):
            here = (candidates["column"] == number).to_numpy() & np.isin(candidates["cell"].to_numpy(), moved)
            candidates = (
                _moved(candidates, columns[number], pl.Series(np.flatnonzero(here))) if here.any() else candidates
            )
    return candidates


def _moved(candidates: pl.DataFrame, column: Column, at: pl.Series) -> pl.DataFrame:
    """Those at some rows with their places in the cells of `column`."""
    rows = candidates[at].select("cell", "start", "end")
    cells = rows["cell"].unique()
    places = {
        cell: _origins(text, folded)
        for cell, text, folded in zip(cells, column.values.gather(cells), column.folded.gather(cells), strict=True)
    }
    spans = [(places[cell][start], places[cell][end]) for cell, start, end in rows.iter_rows()]
    starts, ends = np.array(spans, dtype=np.int64).T
    return candidates.with_columns(
        candidates["start"].clone().scatter(at, pl.Series(starts).cast(candidates["start"].dtype)),
        candidates["end"].clone().scatter(at, pl.Series(ends).cast(candidates["end"].dtype)),
    )


def _origins(text: str, folded: str) -> IntArray:
    """See `fold.origins`; where marks cannot be told from letters, all begins and ends with the text."""
    found = origins(text)
    whole = [0] * len(folded) + [len(text)]
    return np.array(found if len(found) == len(whole) else whole, dtype=np.int64)
