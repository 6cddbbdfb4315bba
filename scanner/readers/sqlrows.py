"""Tuples of SQL text as batches of columns, and what stands between them as lines of text.

What stands before a tuple says what it is. Those texts are mostly the same again and again, so each is judged once, and
the rest is done for all tuples of a block together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl

from scanner.model import Batch, Column, IntArray, Issue
from scanner.readers.sqlcells import At, CellLocator, Cells, cells, escapes, plain_cells
from scanner.readers.sqlheads import Head, Kind, Table, columns, head, is_frame
from scanner.readers.sqlscan import scan
from scanner.views import TextBuffer

_LINE = re.compile(rb"[^\s;](?:[^\n]*[^\s;])?")  # without blanks and semicolons around it
_LF = 10
_NONE, _GOES_ON = -1, -2
MAX_COLUMNS = 4096  # that MySQL allows; others allow fewer, but for SQL Server's sparse ones

Flags = npt.NDArray[np.bool_]


@dataclass(slots=True)
class State:
    """What the statements so far say of what comes.

    `at`: where it begins; `backslash`: it escapes quotes; `tables`: the columns of each table that was defined;
    `rows`: how many of each there were; `table`: that of the rows that come next, None where none was named.
    """

    at: At
    backslash: bool
    tables: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: Counter[str] = field(default_factory=Counter)
    table: Table | None = None

    def numbered(self, table: str, width: int) -> tuple[str, ...]:
        """The names of the columns of a table; where nothing told them, numbers for as many as its first row has.

        None for a row of more values than a table has anywhere: that is none.
        """
        if width > MAX_COLUMNS:
            return ()
        return self.tables.setdefault(table, tuple(f"column {number}" for number in range(1, width + 1)))


def read(data: bytes, state: State) -> tuple[int, Batch | None]:
    """How many bytes of a block are whole rows and statements, and their rows and lines of text, in their order.

    `state` is brought up to their end. No batch where nothing is to be read.
    """
    block = _Block(data, state)
    return block.consumed, block.batch()


def lines(data: bytes, state: State) -> Batch | None:
    """A text that holds no rows, line by line; `state` is brought up to its end."""
    text = TextBuffer(data)
    spans = np.array([line.span() for line in _LINE.finditer(data)], dtype=np.int64).reshape(-1, 2)
    found = plain_cells(text, spans[:, 0], spans[:, 1])
    at, state.at = state.at, state.at.after(data)
    if not len(spans):
        return None
    records = at.line + np.searchsorted(np.flatnonzero(text.bytes == _LF), found.starts)
    locator = CellLocator(text, at, [found], escapes(False))
    return Batch([Column(None, found.values)], records, locator)


class _Block:
    def __init__(self, data: bytes, state: State) -> None:
        found = scan(data, backslash=state.backslash)
        self._data, self._found, self._state = data, found, state
        self._text = TextBuffer(data)
        self._texts: list[tuple[int, int]] = []  # byte spans of what is no row
        self._ragged: list[int] = []  # where rows with another number of values begin
        self._groups = self._tables()
        self.consumed = self._whole()

    def _whole(self) -> int:
        """Up to where the block is read: a row, or a semicolon in a line that is whole, as it may begin a COPY."""
        stops = self._found.stops
        whole = stops[: np.searchsorted(stops, self._data.rfind(b"\n"))]
        ends = [int(self._found.closes[rows[-1]]) + 1 for _, rows in self._groups if len(rows)]
        last: list[int] = (whole[-1:] + 1).tolist()
        return max([0, *last, *ends])

    def batch(self) -> Batch | None:
        """All rows and lines of text."""
        state = self._state
        tables = [self._regular(table, groups) for table, groups in self._groups]
        lines = plain_cells(self._text, *self._lines())
        order = np.concatenate([*(self._found.opens[groups] for _, groups in tables), lines.starts])
        rank = np.empty(len(order), dtype=np.int64)
        rank[np.argsort(order, kind="stable")] = np.arange(len(order))
        records, done = np.empty(len(order), dtype=np.int64), 0
        found: list[tuple[str | None, Cells, IntArray]] = []
        for table, groups in tables:
            rows = rank[done : done + len(groups)]
            records[rows] = state.rows[table.name] + 1 + np.arange(len(groups))
            state.rows[table.name] += len(groups)
            found += ((f"{table.name}.{name}", cell, rows) for name, cell in self._cells(table, groups))
            done += len(groups)
        if len(lines.starts):
            newlines = np.flatnonzero(self._text.bytes == _LF)
            records[rank[done:]] = state.at.line + np.searchsorted(newlines, lines.starts)
            found.append((None, lines, rank[done:]))
        locator = CellLocator(self._text, state.at, [cell for _, cell, _ in found], escapes(state.backslash))
        read = [Column(name, cell.values, rows) for name, cell, rows in found]
        issues = self._issues()
        state.at = state.at.after(self._data[: self.consumed])
        return Batch(read, records, locator, issues, done + len(self._ragged)) if read else None

    def _tables(self) -> list[tuple[Table, IntArray]]:
        """The groups that are rows of each table; what is none goes to the texts."""
        opens, closes, stops = self._found.opens, self._found.closes, self._found.stops
        after = np.concatenate(([0], closes + 1))  # groups, where a gap begins
        last = np.concatenate(([0], stops + 1))[np.searchsorted(stops, opens)]  # semicolons, as far as there are any
        starts = np.maximum(after[:-1], last)
        which, texts = _numbered(self._text.column(starts, opens))
        heads, frames = [head(text) for text in texts], np.array([is_frame(text) for text in texts], dtype=np.bool_)
        kinds = np.array([said.kind.value for said in heads], dtype=np.int64)[which]
        of, tables = self._inherited(*self._setters(heads, which, kinds, last > after[:-1]))
        is_row = (kinds == Kind.ROW.value) & (of >= 0)
        bare = np.flatnonzero(~frames[which])
        other = np.flatnonzero(~is_row & (kinds != Kind.NAMES.value))
        ended = np.flatnonzero(last > after[:-1] + 1)  # by more than a semicolon
        self._texts += zip(after[ended].tolist(), starts[ended].tolist(), strict=True)
        self._texts += zip(starts[bare].tolist(), opens[bare].tolist(), strict=True)
        self._texts += zip(opens[other].tolist(), (closes[other] + 1).tolist(), strict=True)
        self._texts.append((int(after[-1]), len(self._data)))
        self._state.table = tables[of[-1]] if len(of) and of[-1] >= 0 else None if len(of) else self._state.table
        if len(stops) and (not len(closes) or stops[-1] > closes[-1]):
            self._state.table = None
        return [(table, np.flatnonzero(is_row & (of == number))) for number, table in enumerate(tables)]

    def _setters(
        self, heads: list[Head], which: IntArray, kinds: IntArray, begins: Flags
    ) -> tuple[IntArray, list[Table]]:
        """Of each group the number of the table that it sets for what comes, and those tables.

        -1 for none; -2 where it sets nothing. `begins`: a semicolon stands before it.
        """
        numbers: dict[Table, int] = {}
        for group in np.flatnonzero(kinds == Kind.TABLE.value).tolist():
            self._state.tables[heads[which[group]].table or ""] = self._names(group)
        of_text = [_GOES_ON if said.kind is Kind.ROW else _NONE for said in heads]
        for text, said in enumerate(heads):
            if said.kind is Kind.ROW and said.table is not None:
                table = Table(said.table, self._state.tables.get(said.table))
                of_text[text] = numbers.setdefault(table, len(numbers))
        setters = np.array(of_text, dtype=np.int64)[which]
        setters[begins & (setters == _GOES_ON)] = _NONE
        named = np.flatnonzero(kinds == Kind.NAMES.value)
        lists, texts = _numbered(self._text.column(self._found.opens[named], self._found.closes[named] + 1))
        _, first, same = np.unique(which[named] * len(texts) + lists, return_index=True, return_inverse=True)
        tables = [Table(heads[which[group]].table or "", self._names(group)) for group in named[first].tolist()]
        of_pair = np.array([numbers.setdefault(table, len(numbers)) for table in tables], dtype=np.int64)
        setters[named] = of_pair[same]
        return setters, list(numbers)

    def _inherited(self, setters: IntArray, tables: list[Table]) -> tuple[IntArray, list[Table]]:
        """The same with the groups that go on numbered like those before them."""
        before = self._state.table
        if before is not None and before not in tables:
            tables = [*tables, before]
        setters = np.concatenate(([_NONE if before is None else tables.index(before)], setters))
        last = np.maximum.accumulate(np.where(setters != _GOES_ON, np.arange(len(setters)), 0))
        return setters[last][1:], tables

    def _names(self, number: int) -> tuple[str, ...]:
        low, high = self._found.first[number : number + 2].tolist()
        spans = zip(self._found.starts[low:high].tolist(), self._found.ends[low:high].tolist(), strict=True)
        return columns(tuple(self._data[start:end] for start, end in spans))

    def _regular(self, table: Table, groups: IntArray) -> tuple[Table, IntArray]:
        """A table with names for all columns, and those of its rows that have as many; the others go to the texts."""
        widths = np.diff(self._found.first)[groups]
        names = table.columns or self._state.numbered(table.name, int(widths[0]) if len(widths) else 0)
        regular = widths == len(names)
        ragged = groups[~regular]
        opens, closes = self._found.opens[ragged].tolist(), (self._found.closes[ragged] + 1).tolist()
        self._ragged += opens
        self._texts += zip(opens, closes, strict=True)
        return Table(table.name, names), groups[regular]

    def _cells(self, table: Table, groups: IntArray) -> Iterator[tuple[str, Cells]]:
        for number, name in enumerate(table.columns or ()):
            here = self._found.first[groups] + number
            starts, ends = self._found.starts[here], self._found.ends[here]
            yield name, cells(self._text, starts, ends, backslash=self._state.backslash)

    def _lines(self) -> tuple[IntArray, IntArray]:
        """Byte spans of the lines of all texts; pieces of text that touch are one, and end at semicolons."""
        merged: list[tuple[int, int]] = []
        for start, end in sorted(self._texts):
            touches = merged and merged[-1][1] == start
            merged.append((merged.pop()[0] if touches else start, min(end, self.consumed)))
        stops = self._found.stops
        spans = []
        for start, end in merged:
            inner = stops[np.searchsorted(stops, start) : np.searchsorted(stops, end)].tolist()
            for low, high in pairwise([start, *(stop + 1 for stop in inner), end]):
                spans += [line.span() for line in _LINE.finditer(self._data, low, high)]
        starts, ends = np.array(spans, dtype=np.int64).reshape(-1, 2).T
        return starts, ends

    def _issues(self) -> list[Issue]:
        if not self._ragged:
            return []
        message = "rows with another number of values than their table has columns were read as plain text"
        line = self._state.at.line + self._data.count(b"\n", 0, self._ragged[0])
        return [Issue("ragged_rows", message, severity="warning", line=line, count=len(self._ragged))]


def _numbered(values: pl.Series) -> tuple[IntArray, list[bytes]]:
    """The distinct texts of a series, and the number of each text among them."""
    frame = values.alias("text").to_frame()
    texts = frame.unique(maintain_order=True)
    codes = frame.join(texts.with_row_index("code"), on="text", how="left", maintain_order="left")["code"]
    return codes.to_numpy().astype(np.int64), [text.encode() for text in texts["text"].to_list()]
