"""The matched values of candidates, taken from the batch only when they are needed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from scanner.fold import fold
from scanner.model import Batch, Column, IntArray


def with_values(rows: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """Add `value` (String) as it stands in its cell, and `folded`: look-alikes as ASCII.

    Reads `column`, by which the rows are sorted, `cell`, `start`, `end` as in `model.CANDIDATES`.
    """
    cell, start, end = (rows[name].to_numpy().astype(np.int64) for name in ("cell", "start", "end"))
    bounds = np.searchsorted(rows["column"].to_numpy(), np.arange(len(batch.columns) + 1)).tolist()
    values, folded = [pl.Series([], dtype=pl.String)], [pl.Series([], dtype=pl.String)]
    for column, low, high in zip(batch.columns, bounds, bounds[1:], strict=False):
        if low < high:
            spans = Spans(column, cell[low:high], start[low:high], end[low:high])
            values.append(spans.texts())
            folded.append(spans.folded())
    return rows.with_columns(value=pl.concat(values, rechunk=True), folded=pl.concat(folded, rechunk=True))


@dataclass(frozen=True, slots=True)
class Spans:
    """Values within the cells of one column: int64 (n,) `cell`, and `start` and `end` in code points."""

    column: Column
    cell: IntArray
    start: IntArray
    end: IntArray

    def at(self, index: IntArray) -> Spans:
        """Some of them."""
        return Spans(self.column, self.cell[index], self.start[index], self.end[index])

    def rows(self) -> IntArray:
        """The row of each, int64 (n,)."""
        return self.cell if self.column.rows is None else self.column.rows[self.cell]

    def texts(self) -> pl.Series:
        """The values as they stand there, a String series (n,)."""
        return self._cut(self.column.values)

    def folded(self) -> pl.Series:
        """The values with look-alikes as ASCII."""
        return fold(self.texts()) if len(self.column.moved) else self._cut(self.column.folded)

    def _cut(self, cells: pl.Series) -> pl.Series:
        every = len(self.cell) == len(cells) and bool((self.cell == np.arange(len(cells))).all())
        values = cells if every else cells.gather(self.cell)
        cut = np.flatnonzero((self.start > 0) | (values.str.len_chars().to_numpy() != self.end))
        if len(cut):
            length = pl.Series(self.end[cut] - self.start[cut])
            values = values.clone().scatter(cut, values.gather(cut).str.slice(pl.Series(self.start[cut]), length))
        return values
