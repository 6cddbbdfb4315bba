"""The rows of a block of SQL text as columns of values, and its texts as lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

from scanner.model import Batch, Column, IntArray, Issue
from scanner.readers.shownnames import personal
from scanner.readers.sqlcells import CellLocator, Cells, cells, copied_cells, plain_cells
from scanner.readers.sqlrows import Parts

_LINE = re.compile(rb"[^\s;](?:[^\n]*[^\s;])?")  # without blanks and semicolons around it
_LF = 10
_TOGETHER = 1 << 15  # cells


class _Field(NamedTuple):
    """A column: its name, the numbers of its values, and the rows that have one; `copied`: it came by COPY."""

    name: str
    values: IntArray
    rows: IntArray
    copied: bool


def batch(parts: Parts) -> Batch | None:
    """All rows and lines of text in their order; None where there are none."""
    lines = plain_cells(parts.text, *_lines(parts))
    order = np.concatenate((parts.places, lines.starts))
    rank = np.empty(len(order), dtype=np.int64)
    rank[np.argsort(order, kind="stable")] = np.arange(len(order))
    records, count = np.empty(len(order), dtype=np.int64), len(parts.places)
    records[rank[:count]] = parts.records
    found: list[tuple[str | None, Cells, IntArray]] = list(_columns(parts, rank))
    if len(lines.starts):
        newlines = np.flatnonzero(parts.text.bytes == _LF)
        records[rank[count:]] = parts.at.line + np.searchsorted(newlines, lines.starts)
        found.append((None, lines, rank[count:]))
    if not found:
        return None
    locator = CellLocator(parts.text, parts.at, [cell for _, cell, _ in found], backslash=parts.backslash)
    columns = [Column(name, cell.values, rows) for name, cell, rows in found]
    return Batch(columns, records, locator, _issues(parts), count + len(parts.ragged))


def _columns(parts: Parts, rank: IntArray) -> Iterator[tuple[str, Cells, IntArray]]:
    """The columns of all tables; short ones are cut together."""
    escaped = _escaped(parts)
    several: list[_Field] = []
    for field in _fields(parts, rank):
        if several and (len(several) * len(field.rows) > _TOGETHER or several[-1].copied != field.copied):
            yield from _cut(parts, several, escaped)
            several = []
        several.append(field)
    if several:
        yield from _cut(parts, several, escaped)


def _fields(parts: Parts, rank: IntArray) -> Iterator[_Field]:
    bounds = np.searchsorted(parts.part, np.arange(len(parts.tables) + 1)).tolist()
    for number, (low, high) in enumerate(pairwise(bounds)):
        if low == high:
            continue
        table, widths = parts.tables[number], parts.widths[low:high]
        first, rows, least = parts.first[low:high], rank[low:high], int(widths.min())
        for index in range(int(widths.max())):
            has = slice(None) if index < least else np.flatnonzero(widths > index)
            name = f"{_shown(table.name, 'table')}.{_shown(table.column(index), f'column {index + 1}')}"
            yield _Field(name, first[has] + index, rows[has], number >= parts.copies)


def _shown(name: str, instead: str) -> str:
    """A name that may be data is not printed; it stands among the texts."""
    return instead if personal(name) else name


def _cut(parts: Parts, fields: list[_Field], escaped: np.ndarray) -> Iterator[tuple[str, Cells, IntArray]]:
    numbers = np.concatenate([field.values for field in fields]) if len(fields) > 1 else fields[0].values
    starts, ends = parts.starts[numbers], parts.ends[numbers]
    if fields[0].copied:
        found = copied_cells(parts.text, starts, ends)
    else:
        found = cells(parts.text, starts, ends, escaped[numbers], backslash=parts.backslash)
    bounds = [0, *accumulate(len(field.rows) for field in fields)]
    for field, (low, high) in zip(fields, pairwise(bounds), strict=True):
        yield field.name, found.part(low, high), field.rows


def _escaped(parts: Parts) -> np.ndarray:
    """Which values hold an escape, bool (m,)."""
    found = np.zeros(len(parts.starts), dtype=np.bool_)
    number = np.searchsorted(parts.starts[: parts.in_tuples], parts.escapes, side="right") - 1
    inside = (number >= 0) & (parts.escapes < np.append(parts.ends, 0)[number])
    found[number[inside]] = True
    return found


def _lines(parts: Parts) -> tuple[IntArray, IntArray]:
    """Byte spans of the lines of all texts."""
    data, spans = parts.text.padded, []
    for low, high in sorted(parts.texts):
        spans += [line.span() for line in _LINE.finditer(data, low, high)]
    starts, ends = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    return starts, ends


def _issues(parts: Parts) -> list[Issue]:
    if not parts.ragged:
        return []
    message = "rows with another number of values than their table has columns were read as plain text"
    line = parts.at.line + parts.text.padded.count(b"\n", 0, parts.ragged[0])
    return [Issue("ragged_rows", message, severity="warning", line=line, count=len(parts.ragged))]
