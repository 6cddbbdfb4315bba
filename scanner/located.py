"""Which findings of a batch are its own, where they stand in the file, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from scanner.model import Batch, IntArray


def own(findings: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """Drop what belongs to the neighbouring piece of a line that was cut; the rows keep their order, by column."""
    mine = np.ones(len(findings), dtype=np.bool_)
    number, cell, start = (findings[name].to_numpy() for name in ("column", "cell", "start"))
    for column, low, high in zip(batch.columns, *_bounds(number, len(batch.columns)), strict=True):
        if column.keep is not None:
            first, end = (limit[cell[low:high]] for limit in column.keep)
            mine[low:high] = (start[low:high] >= first) & (start[low:high] < end)
    return findings if mine.all() else findings.filter(pl.Series(mine))


def but_names(findings: pl.DataFrame, batch: Batch, words: pl.Series) -> pl.DataFrame:
    """Drop what is found in cells that hold a name of a field: their own, or one of the `words` (String).

    There are such cells in a header of several rows and in files that were joined.
    """
    other = np.ones(len(findings), dtype=np.bool_)
    number, cell, end = (findings[name].to_numpy() for name in ("column", "cell", "end"))
    longest = words.str.len_chars().max()
    for column, low, high in zip(batch.columns, *_bounds(number, len(batch.columns)), strict=True):
        if column.field is not None and low < high:
            other[low:high] = ~(column.values == column.field).fill_null(False).to_numpy()[cell[low:high]]
            short = low + np.flatnonzero(end[low:high] <= longest)
            other[short] &= ~column.values.gather(cell[short]).is_in(words.implode()).to_numpy()
    return findings if other.all() else findings.filter(pl.Series(other))


def _bounds(number: IntArray, count: int) -> tuple[list[int], list[int]]:
    """Where the rows of each of `count` columns begin and end, by which they are sorted."""
    bounds = np.searchsorted(number, np.arange(count + 1)).tolist()
    return bounds[:-1], bounds[1:]


def located(findings: pl.DataFrame, batch: Batch, roles: Sequence[str | None]) -> pl.DataFrame:
    """Replace column and cell, by which the rows are sorted, by record, field, role, physical line and column."""
    numbers = findings["column"].to_numpy().astype(np.int64)
    cells, start = (findings[name].to_numpy().astype(np.int64) for name in ("cell", "start"))
    rows, origin, lines, places = cells.copy(), np.zeros_like(cells), np.zeros_like(cells), np.zeros_like(cells)
    known = True
    for number in np.unique(numbers).tolist():
        column = batch.columns[number]
        here = slice(*np.searchsorted(numbers, [number, number + 1]).tolist())
        if column.rows is not None:
            rows[here] = column.rows[cells[here]]
        if column.origin is not None:
            origin[here] = column.origin[cells[here]]
        line, place = batch.locator.locate(number, cells[here], start[here])
        if line is None or place is None:
            known = False
        else:
            lines[here], places[here] = line, place
    field = pl.Series([column.field for column in batch.columns], dtype=pl.String)
    return findings.with_columns(
        row=pl.Series(rows),
        number=pl.Series(numbers),
        line=pl.Series(lines) if known else pl.lit(None, pl.Int64),
        column=pl.Series(places) if known else pl.lit(None, pl.Int64),
        record=pl.Series(batch.records[rows]),
        field=field.gather(numbers),
        role=pl.Series(roles, dtype=pl.String).gather(numbers),
        start=pl.Series(start + origin),
        end=pl.Series(findings["end"].to_numpy().astype(np.int64) + origin),
    )


def order_of(findings: pl.DataFrame, width: int) -> IntArray:
    """What puts findings in the order in which they stand in the file; without places by row and field.

    Not as they stand in the batch: the order of JSON fields depends on the split.
    """
    if findings["line"].null_count():
        place = findings["row"].to_numpy() * width + findings["number"].to_numpy()
        return np.lexsort((findings["end"].to_numpy(), findings["start"].to_numpy(), place))
    place = (findings["line"].to_numpy() << 32) + findings["column"].to_numpy()
    return np.argsort(place, kind="stable")
