"""The rows in a block of SQL text, and what stands between them: tables, rows and texts as arrays, no values yet.

What stands before a tuple says what it is. Those texts are mostly the same again and again, so each is judged once, and
the rest is done for all tuples of a block together.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from scanner.model import IntArray
from scanner.readers.sqlcells import At
from scanner.readers.sqlcopy import Lines, begun, lines_of
from scanner.readers.sqlheads import Table
from scanner.readers.sqlopaque import Copy
from scanner.readers.sqlscan import Tuples, scan
from scanner.readers.sqltables import Groups, judge
from scanner.views import TextBuffer

MAX_COLUMNS = 4096  # that MySQL allows; others allow fewer, but for SQL Server's sparse ones
MAX_TOGETHER = 1 << 16  # columns of all tables of a block, which bounds the memory; of more, the block is halved

Spans = list[tuple[int, int]]


@dataclass(slots=True)
class State:
    """What the statements so far say of what comes.

    `at`: where it begins; `backslash`: it escapes quotes; `tables`: the columns of each table that was defined;
    `rows`: how many of each there were; `table`: that of the rows that come next, None where none was named;
    `copying`: the table whose lines of COPY come next.
    """

    at: At
    backslash: bool
    tables: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: Counter[str] = field(default_factory=Counter)
    table: Table | None = None
    copying: Table | None = None

    def about(self, names: set[str]) -> State:
        """The same without other tables."""
        tables = {name: self.tables[name] for name in names & self.tables.keys()}
        return replace(self, tables=tables, rows=Counter({name: self.rows[name] for name in names & self.rows.keys()}))


@dataclass(frozen=True, slots=True)
class Parts:
    """What a block holds, from `at` on: `consumed` bytes of whole rows and statements.

    `tables`: each with the rows `part` (n,) of its number; those from `copies` on came by COPY. `places`, `records`,
    `first`, `widths`: int64 (n,), where each row begins, its number, that of its first value, and how many it has.
    `starts`, `ends`: int64 (m,), the values, the first `in_tuples` of them those of tuples. `texts`: byte spans of what
    is no row; `ragged`: where rows among them begin. `escapes`: see `Tuples`. `named`: the tables that the block names.
    """

    text: TextBuffer
    at: At
    backslash: bool
    consumed: int
    tables: list[Table]
    copies: int
    part: IntArray
    places: IntArray
    records: IntArray
    first: IntArray
    widths: IntArray
    starts: IntArray
    ends: IntArray
    texts: Spans
    ragged: list[int]
    escapes: IntArray
    in_tuples: int
    named: set[str]


def parts(data: bytes, state: State) -> Parts:
    """What a block holds, or the first part of one with very many tables, at least one row or statement of it.

    `state` is brought up to the end of the whole rows and statements.
    """
    if state.copying is not None:
        return _lines_only(data, state, state.copying)
    text, found = TextBuffer(data), scan(data, backslash=state.backslash)
    groups = judge(text, found, state.tables, state.table)
    lines = lines_of(text.bytes, [copy for copy in found.copies if copy.last >= 0])
    if _columns(found, groups, lines) > MAX_TOGETHER and (half := _half(data, state)) is not None:
        return half
    open_copy = found.copies[-1] if found.copies and found.copies[-1].last < 0 else None
    copied = [groups.copied(data, copy) for copy in found.copies]
    consumed = open_copy.start if open_copy else _whole(data, found, groups)
    state.table, state.copying = None if open_copy else groups.table, copied.pop() if open_copy else None
    texts = _texts(groups.texts, found.stops, _holes(groups, found.copies), consumed)
    state.tables |= groups.defined
    return _joined(text, state, found, groups, (lines, copied), texts, consumed)


def _columns(found: Tuples, groups: Groups, lines: Lines) -> int:
    """How many columns all tables have."""
    part = np.concatenate((groups.part, lines.copy + len(groups.tables)))
    widest = np.zeros(len(groups.tables) + len(found.copies), dtype=np.int64)
    np.maximum.at(widest, part, np.concatenate((np.diff(found.first)[groups.rows], lines.widths)))
    return int(np.minimum(widest, MAX_COLUMNS).sum())


def _half(data: bytes, state: State) -> Parts | None:
    """What the first half of a block holds, if that is anything."""
    table = state.table
    found = parts(data[: len(data) // 2], state)
    if not found.consumed:
        state.table = table
        return None
    return found


def _lines_only(data: bytes, state: State, table: Table) -> Parts:
    """A block that begins within the lines of a COPY, up to their end."""
    copy = begun(data)
    size = copy.end if copy.last >= 0 else data.rfind(b"\n") + 1
    text = TextBuffer(data[:size])
    none = np.zeros(0, dtype=np.int64)
    found = Tuples(none, none, none, none, none, none, False, none, [])
    lines = lines_of(text.bytes, [copy._replace(last=copy.last if copy.last >= 0 else size)])
    state.copying = None if copy.last >= 0 else table
    return _joined(text, state, found, Groups.none(), (lines, [table]), [], size)


def _joined(
    text: TextBuffer, state: State, found: Tuples, groups: Groups, copied: tuple[Lines, list[Table]], texts: Spans,
    consumed: int,
) -> Parts:  # fmt: skip
    """Tuples and lines of COPY together; rows of another width than their table go to the texts."""
    lines, tables = copied[0], [*groups.tables, *copied[1]]
    part = np.concatenate((groups.part, lines.copy + len(groups.tables)))
    first = np.concatenate((found.first[groups.rows], lines.first + len(found.starts)))
    widths = np.concatenate((np.diff(found.first)[groups.rows], lines.widths))
    starts, ends = np.concatenate((found.starts, lines.starts)), np.concatenate((found.ends, lines.ends))
    places = np.concatenate((found.opens[groups.rows], starts[first[len(groups.rows) :]]))
    low, high = np.array([_widths(table) for table in tables], dtype=np.int64).reshape(-1, 2).T
    fits = (widths >= low[part]) & (widths <= high[part])
    ragged = np.flatnonzero(~fits)
    closes = np.concatenate((found.closes[groups.rows] + 1, ends[(first + widths)[len(groups.rows) :] - 1]))
    texts = texts + list(zip(places[ragged].tolist(), closes[ragged].tolist(), strict=True))
    kept = np.flatnonzero(fits)
    kept = kept[np.argsort(part[kept], kind="stable")]
    at, state.at = state.at, state.at.after(text.padded, consumed)
    named = {table.name for table in tables}
    records = _numbered([table.name for table in tables], part[kept], places[kept], state.rows)
    return Parts(
        text, at, state.backslash, consumed, tables, len(groups.tables), part[kept], places[kept], records, first[kept],
        widths[kept], starts, ends, texts, sorted(places[ragged].tolist()), found.escapes,
        len(found.starts), named,
    )  # fmt: skip


def _widths(table: Table) -> tuple[int, int]:
    """The least and the greatest number of values that a row has."""
    return (len(table.columns), len(table.columns)) if table.listed else (1, MAX_COLUMNS)


def _numbered(names: list[str], part: IntArray, places: IntArray, rows: Counter[str]) -> IntArray:
    """The number of each row among all of its table, of which there were `rows` before; those are counted on."""
    codes = {name: code for code, name in enumerate(dict.fromkeys(names))}
    code = np.array([codes[name] for name in names], dtype=np.int64)[part]
    order = np.lexsort((places, code))
    counts = np.bincount(code, minlength=len(codes))
    before = np.array([rows[name] for name in codes], dtype=np.int64)
    records = np.empty(len(part), dtype=np.int64)
    records[order] = np.arange(1, len(part) + 1) - np.repeat(np.cumsum(counts) - counts - before, counts)
    rows.update({name: count for name, count in zip(codes, counts.tolist(), strict=True) if count})
    return records


def _whole(data: bytes, found: Tuples, groups: Groups) -> int:
    """Up to where a block is read: a row, or a semicolon in a line that is whole, as it may begin a COPY."""
    whole = found.stops[: np.searchsorted(found.stops, data.rfind(b"\n"))]
    copied = [copy.end for copy in found.copies if copy.last >= 0]
    ends: list[int] = np.concatenate((whole[-1:] + 1, found.closes[groups.rows[-1:]] + 1)).tolist()
    return max([0, *ends, *copied[-1:]])


def _holes(groups: Groups, copies: list[Copy]) -> Spans:
    """What a COPY brings, and where columns are listed before `FROM stdin` that too: neither is text."""
    said = [groups.listed(copy) for copy in copies]
    return [(copy.start if since is None else since, copy.end) for since, copy in zip(said, copies, strict=True)]


def _texts(texts: Spans, stops: IntArray, holes: Spans, end: int) -> Spans:
    """Pieces of text up to `end` in their order: those that touch are one, and end at semicolons and holes."""
    merged: Spans = []
    for low, high in sorted(texts):
        touches = merged and merged[-1][1] == low
        merged.append((merged.pop()[0] if touches else low, min(high, end)))
    lows, highs = np.array(holes, dtype=np.int64).reshape(-1, 2).T
    cuts = np.sort(np.concatenate((stops + 1, lows)))
    spans = []
    for low, high in merged:
        inner = cuts[np.searchsorted(cuts, low) : np.searchsorted(cuts, high)].tolist()
        spans += [(since, to) for since, to in pairwise([low, *inner, high]) if since < to]
    starts, ends = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    hole = np.searchsorted(lows, starts, side="right") - 1
    kept = (hole < 0) | (starts >= np.append(highs, 0)[hole])
    return list(zip(starts[kept].tolist(), ends[kept].tolist(), strict=True))
