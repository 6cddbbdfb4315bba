"""Which table each tuple of a block is a row of, by the texts before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from scanner.model import IntArray
from scanner.readers.shownnames import personal
from scanner.readers.sqlheads import Head, Kind, Table, columns, copied, head, is_frame
from scanner.readers.sqlopaque import Copy
from scanner.readers.sqlscan import Tuples
from scanner.views import TextBuffer

_NONE, _GOES_ON = -1, -2

Flags = npt.NDArray[np.bool_]
Definitions = dict[str, list[tuple[int, tuple[str, ...]]]]  # of each table: from which group on, and its columns


@dataclass(frozen=True, slots=True)
class Groups:
    """What the groups of a block are.

    `tables`; `rows`: int64 (n,), the groups that are rows, and `part`, the number of the table of each. `named`: the
    table of each group that lists columns, else -1. `texts`: byte spans of what is no row, touching or not. `table`:
    that of the rows that come next; `defined`: the columns of the tables that the block defines.
    """

    tables: list[Table]
    rows: IntArray
    part: IntArray
    named: IntArray
    texts: list[tuple[int, int]]
    table: Table | None
    closes: IntArray
    stops: IntArray
    before: Mapping[str, tuple[str, ...]]
    definitions: Definitions

    @classmethod
    def none(cls) -> Groups:
        """No groups."""
        none = np.zeros(0, dtype=np.int64)
        return cls([], none, none, none, [], None, none, none, {}, {})

    @property
    def defined(self) -> dict[str, tuple[str, ...]]:
        """The columns of the tables that the block defines, as they are at its end."""
        return {name: found[-1][1] for name, found in self.definitions.items()}

    def listed(self, copy: Copy) -> int | None:
        """Where the list of a COPY's columns ends; None where it has none."""
        group = int(np.searchsorted(self.closes, copy.said)) - 1
        if group < 0 or self.named[group] < 0 or self._stop(copy) > self.closes[group]:
            return None
        return int(self.closes[group]) + 1

    def copied(self, data: bytes, copy: Copy) -> Table:
        """The table whose lines a COPY brings."""
        group = int(np.searchsorted(self.closes, copy.said)) - 1
        if self.listed(copy) is not None:
            return self.tables[int(self.named[group])]
        since = max(self._stop(copy), int(self.closes[group]) if group >= 0 else -1) + 1
        name = copied(data[since : copy.said])
        return Table(name, _defined(self.before, self.definitions, name, group + 1))

    def _stop(self, copy: Copy) -> int:
        return int(self.stops[number - 1]) if (number := np.searchsorted(self.stops, copy.said)) else -1


def _defined(before: Mapping[str, tuple[str, ...]], definitions: Definitions, name: str, group: int) -> tuple[str, ...]:
    """The columns of a table as they are defined before a group."""
    last = [columns for since, columns in definitions.get(name, ()) if since < group][-1:]
    return last[0] if last else before.get(name, ())


def judge(text: TextBuffer, found: Tuples, known: Mapping[str, tuple[str, ...]], table: Table | None) -> Groups:
    """Judge the groups of a block by what stands before them.

    `known`: the columns of the tables that were defined before; `table`: that of the rows that come first.
    """
    opens, closes, stops = found.opens, found.closes, found.stops
    after = np.concatenate(([0], closes + 1))  # groups, where a gap begins
    last = np.concatenate(([0], stops + 1))[np.searchsorted(stops, opens)]  # semicolons, as far as there are any
    starts = np.maximum(after[:-1], last)
    which, texts = _distinct(text.column(starts, opens))
    heads, frames = [head(said) for said in texts], np.array([is_frame(said) for said in texts], dtype=np.bool_)
    kinds = np.array([said.kind.value for said in heads], dtype=np.int64)[which]
    judged = _Judge(text, found, heads, which, kinds)
    definitions = judged.definitions()
    of, tables = _inherited(*judged.setters(known, definitions, last > after[:-1]), table)
    is_row = (kinds == Kind.ROW.value) & (of >= 0)
    is_list = kinds == Kind.NAMES.value
    ended = np.flatnonzero(last > after[:-1] + 1)  # by more than a semicolon
    telling = np.array([*(any(map(personal, table.columns)) for table in tables), False], dtype=np.bool_)
    bare, other = np.flatnonzero(~frames[which]), np.flatnonzero(~is_row & (~is_list | telling[of]))
    spans = [*_zip(after[ended], starts[ended]), *_zip(starts[bare], opens[bare])]
    spans += [*_zip(opens[other], closes[other] + 1), (int(after[-1]), text.size)]
    comes = (tables[of[-1]] if of[-1] >= 0 else None) if len(of) else table
    if len(stops) and (not len(closes) or stops[-1] > closes[-1]):
        comes = None
    rows, named = np.flatnonzero(is_row), np.where(is_list, of, _NONE)
    return Groups(tables, rows, of[rows], named, spans, comes, closes, stops, known, definitions)


def _zip(starts: IntArray, ends: IntArray) -> Iterator[tuple[int, int]]:
    return zip(starts.tolist(), ends.tolist(), strict=True)


def _distinct(values: pl.Series) -> tuple[IntArray, list[bytes]]:
    """The number of each text of a series among the distinct ones, and those."""
    frame = values.alias("text").to_frame()
    texts = frame.unique(maintain_order=True)
    codes = frame.join(texts.with_row_index("code"), on="text", how="left", maintain_order="left")["code"]
    return codes.to_numpy().astype(np.int64), [text.encode() for text in texts["text"].to_list()]


def _inherited(setters: IntArray, tables: list[Table], before: Table | None) -> tuple[IntArray, list[Table]]:
    """Of each group the number of its table, those that go on like the ones before them, and the tables."""
    if before is not None and before not in tables:
        tables = [*tables, before]
    setters = np.concatenate(([_NONE if before is None else tables.index(before)], setters))
    last = np.maximum.accumulate(np.where(setters != _GOES_ON, np.arange(len(setters)), 0))
    return setters[last][1:], tables


@dataclass(frozen=True, slots=True)
class _Judge:
    """Groups, their distinct `heads`, `which` of those each has (n,), and the kinds (n,)."""

    text: TextBuffer
    found: Tuples
    heads: list[Head]
    which: IntArray
    kinds: IntArray

    def definitions(self) -> Definitions:
        """The tables that the block defines."""
        found: Definitions = {}
        for group in np.flatnonzero(self.kinds == Kind.TABLE.value).tolist():
            name = self.heads[self.which[group]].table or ""
            found.setdefault(name, []).append((group, self._names(group)))
        return found

    def setters(
        self, known: Mapping[str, tuple[str, ...]], definitions: Definitions, begins: Flags
    ) -> tuple[IntArray, list[Table]]:
        """Of each group the number of the table that it sets for what comes, and those tables.

        -1 for none; -2 where it sets nothing. `begins`: a semicolon stands before it.
        """
        numbers: dict[Table, int] = {}
        of_text = [_GOES_ON if said.kind is Kind.ROW else _NONE for said in self.heads]
        for text, said in enumerate(self.heads):
            if said.kind is Kind.ROW and said.table is not None:
                of_text[text] = numbers.setdefault(Table(said.table, known.get(said.table, ())), len(numbers))
        setters = np.array(of_text, dtype=np.int64)[self.which]
        setters[begins & (setters == _GOES_ON)] = _NONE
        for groups, table in self._redefined(definitions):
            setters[groups] = numbers.setdefault(table, len(numbers))
        lists = np.flatnonzero(self.kinds == Kind.NAMES.value)
        for groups, table in self._listed(lists):
            setters[groups] = numbers.setdefault(table, len(numbers))
        return setters, list(numbers)

    def _redefined(self, definitions: Definitions) -> Iterator[tuple[IntArray, Table]]:
        """The groups that name a table after the block has defined it."""
        if not definitions:
            return
        order = np.argsort(self.which, kind="stable")
        bounds = np.searchsorted(self.which[order], np.arange(len(self.heads) + 1)).tolist()
        for text, said in enumerate(self.heads):
            if said.kind is not Kind.ROW or (said.table or "") not in definitions:
                continue
            groups, defined = order[bounds[text] : bounds[text + 1]], definitions[said.table or ""]
            last = np.searchsorted([since for since, _ in defined], groups)
            for number in np.unique(last[last > 0]).tolist():
                yield groups[last == number], Table(said.table or "", defined[number - 1][1])

    def _listed(self, lists: IntArray) -> Iterator[tuple[IntArray, Table]]:
        """The groups that list columns, with the table that each is about."""
        found = self.found
        codes, texts = _distinct(self.text.column(found.opens[lists], found.closes[lists] + 1))
        pairs = self.which[lists] * max(len(texts), 1) + codes
        order = np.argsort(pairs, kind="stable")
        firsts = np.flatnonzero(np.diff(pairs[order], prepend=-1))
        for same in np.split(lists[order], firsts[1:]) if len(lists) else ():
            names = self._names(int(same[0]))
            yield same, Table(self.heads[self.which[same[0]]].table or "", names, listed=True)

    def _names(self, number: int) -> tuple[str, ...]:
        low, high = self.found.first[number : number + 2].tolist()
        spans = zip(self.found.starts[low:high].tolist(), self.found.ends[low:high].tolist(), strict=True)
        return columns(tuple(self.text.padded[start:end] for start, end in spans))
