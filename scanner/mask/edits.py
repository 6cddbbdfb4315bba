"""What is to stand where, in code points of the text."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from scanner.mask.strategies import Strategies
from scanner.model import Batch, IntArray
from scanner.pipeline import Matched
from scanner.readers.jsonplaces import JsonLocator
from scanner.readers.sqlcells import CellLocator
from scanner.values import with_values

_BARE, _WHOLE = 1, 2
COLUMNS = {"start": pl.Int64, "end": pl.Int64, "text": pl.String}


def point(line: IntArray, column: IntArray) -> IntArray:
    """A physical line and a code-point column as one number, in the order of the text."""
    return (line << 32) + column


def replaced(matched: Matched, catalogue: pl.DataFrame, strategies: Strategies) -> pl.DataFrame:
    """The clear findings of a batch, by column, cell and start, with the `text` that is to stand there."""
    rows = matched.rows.join(catalogue, on="pattern", how="left", maintain_order="left")
    rows = rows.filter(pl.col("state") == "clear")
    if rows.is_empty():
        return rows.with_columns(text=pl.lit("", pl.String))
    return rows.with_columns(text=strategies.texts(with_values(rows, matched.batch)))


def placed(batch: Batch, rows: pl.DataFrame) -> pl.DataFrame:
    """What `replaced` gave as `start` and `end`, points as `point` has them, and `text`."""
    return pl.concat([pl.DataFrame(schema=COLUMNS), *_placed(batch, rows)])


def _placed(batch: Batch, rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    for number in rows["column"].unique().to_list():
        some = rows.filter(pl.col("column") == number)
        cells, starts, ends = (some[name].to_numpy().astype(np.int64) for name in ("cell", "start", "end"))
        written = _written(batch, number, cells)
        if written is not None and written.any():
            sizes = _sizes(batch, number, cells)
            whole = written == _WHOLE
            starts, ends = np.where(whole, 0, starts), np.where(whole, sizes, ends)
            bare = np.unique(np.flatnonzero(written)[np.unique(cells[written > 0], return_index=True)[1]])
            quote = '"' if isinstance(batch.locator, JsonLocator) else "'"
            for place in (sizes[bare] * 0, sizes[bare]):
                yield _frame(batch, number, (cells[bare], place, place), pl.Series([quote] * len(bare)))
        yield _frame(batch, number, (cells, starts, ends), some["text"])


def _written(batch: Batch, number: int, cells: IntArray) -> IntArray | None:
    """Which cells stand without quotes (1), or in other digits (2), where strings have quotes; None where none do."""
    if isinstance(batch.locator, JsonLocator | CellLocator):
        return batch.locator.written(number, cells)
    return None


def _sizes(batch: Batch, number: int, cells: IntArray) -> IntArray:
    return batch.columns[number].values.gather(cells).str.len_chars().to_numpy().astype(np.int64)


def _frame(batch: Batch, number: int, spans: tuple[IntArray, IntArray, IntArray], texts: pl.Series) -> pl.DataFrame:
    cells, starts, ends = spans
    points = []
    for places in (starts, ends):
        line, column = batch.locator.locate(number, cells, places)
        assert line is not None and column is not None
        points.append(point(line, column))
    return pl.DataFrame({"start": points[0], "end": points[1], "text": texts}, schema=COLUMNS)
