"""The lines of PostgreSQL's `COPY … FROM stdin`: values between tabs, up to a line `\\.`.

https://www.postgresql.org/docs/current/sql-copy.html, "Text Format".
"""

from __future__ import annotations

import re

import numpy as np
import polars as pl

from scanner.model import Batch, Column, IntArray, Issue
from scanner.readers.sqlcells import CellLocator, Cells, plain_cells
from scanner.readers.sqlheads import Table
from scanner.readers.sqlrows import State
from scanner.views import TextBuffer

_TAB, _LF, _CR = 9, 10, 13
_END = re.compile(rb"^\\\.\r?\n", re.M)
_ESCAPES = {"\\b": "\b", "\\f": "\f", "\\n": "\n", "\\r": "\r", "\\t": "\t", "\\v": "\v", "\\\\": "\\"}
_UNIT = re.compile(r"\\.|.", re.S)


def read(data: bytes, table: Table, state: State) -> tuple[int, Batch | None, bool]:
    """Read whole lines: how many bytes those are, the rows, and whether the line that ends them was among them.

    A line with another number of values than the table has columns is text.
    """
    end = _END.search(data) if b"\\." in data else None
    size = end.end() if end else data.rfind(b"\n") + 1
    lines = data[: end.start() if end else size]
    batch = _batch(lines, table, state) if lines else None
    state.at = state.at.after(data[:size])
    return size, batch, end is not None


def _batch(data: bytes, table: Table, state: State) -> Batch:
    text = TextBuffer(data)
    starts, ends, first = _values(text.bytes)
    widths = np.diff(first)
    names = table.columns or state.numbered(table.name, int(widths[0]))
    regular = widths == len(names)
    rows, others = np.flatnonzero(regular), np.flatnonzero(~regular)
    found = [_cells(text, starts[first[rows] + n], ends[first[rows] + n]) for n in range(len(names))]
    columns = [Column(f"{table.name}.{name}", cell.values, rows) for name, cell in zip(names, found, strict=True)]
    issues = []
    if len(others):
        found.append(plain_cells(text, starts[first[others]], ends[first[others + 1] - 1]))
        columns.append(Column(None, found[-1].values, others))
        message = f"lines that do not have {len(names)} values were read as plain text"
        line = state.at.line + int(others[0])
        issues.append(Issue("ragged_rows", message, severity="warning", line=line, count=len(others)))
    records = state.rows[table.name] + 1 + np.arange(len(widths))
    state.rows[table.name] += len(widths)
    return Batch(columns, records, CellLocator(text, state.at, found, _UNIT), issues, len(widths))


def _values(block: np.ndarray) -> tuple[IntArray, IntArray, IntArray]:
    """Of whole lines: the byte spans of their values (m,), and the number of each line's first value (n + 1,)."""
    ends = np.flatnonzero((block == _TAB) | (block == _LF))
    last = np.flatnonzero(block[ends] == _LF)
    starts = np.concatenate((np.zeros(1, dtype=np.int64), ends[:-1] + 1))
    first = np.concatenate(([0], last + 1))
    carriage = last[(ends[last] > starts[last]) & (block[np.maximum(ends[last] - 1, 0)] == _CR)]
    ends[carriage] -= 1
    return starts, ends, first


def _cells(text: TextBuffer, starts: IntArray, ends: IntArray) -> Cells:
    """The values of one column, byte spans (n,), without escapes; `\\N` is none."""
    cells = plain_cells(text, starts, ends)
    found = cells.values.str.contains("\\", literal=True).to_numpy() if b"\\" in text.padded else np.zeros(0)
    if not found.any():
        return cells
    cells.written[found] = 1
    plain = cells.values.filter(pl.Series(found)).str.replace_many(list(_ESCAPES), list(_ESCAPES.values()))
    values = cells.values.scatter(np.flatnonzero(found), plain)
    values = pl.select(pl.when(cells.values != "\\N").then(values)).to_series()
    return Cells(values, starts, ends, cells.written)
