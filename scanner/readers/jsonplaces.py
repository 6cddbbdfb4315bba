"""The way back from a cell of flattened JSON to its place in the raw text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import chain, islice
from operator import itemgetter
from typing import Any

import numpy as np
import polars as pl

from scanner.model import Column, IntArray
from scanner.readers.jsonfields import Field
from scanner.readers.jsonkeys import MANY, alike
from scanner.readers.jsonparse import exact
from scanner.readers.jsonraw import Anchored, Raw

_SEARCHED = 1 << 16  # bytes; searching longer records once a cell costs more than one walk through them
_TOKEN = re.compile(
    rb'"([^"\\]*+(?:\\.[^"\\]*+)*+)"(\s*+:)?|([\[{])|([\]}])|([^\s,:\[\]{}"]++)',
    re.DOTALL,
)
_STRING, _KEY, _OPEN, _CLOSE = 1, 2, 3, 4
# One decoded character each: a surrogate pair, an escape, or an encoded character.
_UNIT = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\\x80-\xbf][\x80-\xbf]*",
    re.DOTALL,
)


@dataclass(slots=True)
class JsonLocator:
    """Finds cells in the raw text: by search where that is unambiguous, else by walking the record's tokens."""

    roots: frozenset[Field]
    raw: Raw
    fields: list[Field | None]
    columns: list[Column]
    _anchored: Anchored | None = None
    _slashes: IntArray | None = None
    _spots: dict[int, Any] = field(default_factory=dict)

    def locate(self, column: int, cells: IntArray, starts: IntArray) -> tuple[IntArray, IntArray]:
        """Lines and columns of the characters `starts` of `cells` (int64, both (n,)) in column number `column`."""
        rows = self.columns[column].rows
        at = cells if rows is None else rows[cells]
        if self._anchored is None:
            self._anchored = Anchored(self.raw)
        where = self.fields[column]
        if where is None:
            return self._anchored.of(self.raw.starts[at], starts)
        ordinals = cells - (cells if rows is None else np.searchsorted(rows, at))
        return self._anchored.of(*self._offsets(where, self.columns[column].values, cells, at, ordinals, starts))

    def written(self, column: int, cells: IntArray) -> IntArray:
        """Which cells (n,) of a column stand without quotes, as numbers do: 1, else 0."""
        where = self.fields[column]
        if where is None or not len(cells):
            return cells * 0
        rows = self.columns[column].rows
        at = cells if rows is None else rows[cells]
        ordinals = cells - (cells if rows is None else np.searchsorted(rows, at))
        offsets = self._offsets(where, self.columns[column].values, cells, at, ordinals, cells * 0)[0]
        before = self.raw.text.bytes[np.maximum(offsets - 1, 0)]
        bare: IntArray = ((before != ord('"')) | (offsets == 0)).astype(np.int64)
        return bare

    def begins_records(self, where: Field) -> bool:
        """Whether a field is that of the keys of a map of records."""
        return where.parent is not None and where is where.parent.names and where.parent.others in self.roots

    def _offsets(
        self, where: Field, series: pl.Series, cells: IntArray, rows: IntArray, ordinals: IntArray, starts: IntArray
    ) -> tuple[IntArray, IntArray]:
        """Byte offsets, and how many code points after them: for text without escapes the start itself."""
        values = series.gather(cells).to_list()
        offsets, shifts = self._searched(values, rows), starts.copy()
        missing = np.flatnonzero(offsets < 0).tolist()
        if not missing:
            return offsets, shifts
        leaves, of_keys = _Leaves(self, where), self.begins_records(where)
        for index in missing:
            row = int(rows[index])
            content = int(self.raw.starts[row]) + 1 if of_keys else leaves.at(row, int(ordinals[index]))
            offsets[index], shifts[index] = leaves.character(content, values[index], int(starts[index]))
        return offsets, shifts

    def _searched(self, values: list[str], rows: IntArray) -> IntArray:
        """Where a value occurs just once in its record, which has no escapes; -1 elsewhere."""
        find = self.raw.text.padded.find
        found = np.full(len(rows), -1, dtype=np.int64)
        starts, ends = self.raw.starts[rows], self.raw.ends[rows]
        if self._slashes is None:
            self._slashes = np.flatnonzero(self.raw.text.bytes == ord("\\"))
        plain = np.searchsorted(self._slashes, starts) == np.searchsorted(self._slashes, ends)
        index = np.flatnonzero(plain & (ends - starts <= _SEARCHED))
        spans = zip(index.tolist(), starts[index].tolist(), ends[index].tolist(), strict=True)
        places = []
        for cell, start, end in spans:
            value = values[cell].encode()
            at = find(value, start, end)
            places.append(at if find(value, at + 1, end) < 0 else -1)
        found[index] = places
        return found

    def spots(self, row: int) -> Any:
        """The record of a row with each scalar replaced by its byte offset; see `_spots`."""
        if row not in self._spots:
            self._spots[row] = _spots(self.raw.text.padded, int(self.raw.starts[row]), int(self.raw.ends[row]))
        return self._spots[row]


class _Leaves:
    """Byte offsets of the scalars of one field, record by record; remembers the last record and the last string."""

    def __init__(self, locator: JsonLocator, where: Field) -> None:
        self._locator = locator
        self._data = locator.raw.text.padded
        self._steps = _steps(where, locator.roots)
        self._row = -1
        self._offsets: list[int] = []
        self._content = -1
        self._units: list[int] = []

    def at(self, row: int, ordinal: int) -> int:
        """Where the content of a row's cell number `ordinal` begins."""
        if row != self._row:
            spots = [self._locator.spots(row)]
            for step in self._steps:
                spots = [below for spot in spots for below in step(spot)]
            self._row, self._offsets = row, [spot for spot in spots if type(spot) is int]
        return self._offsets[ordinal]

    def character(self, content: int, value: str, start: int) -> tuple[int, int]:
        """Byte offset and shift of character `start` of `value`, or its end; its raw content begins at `content`."""
        if start == 0:
            return content, 0
        if content != self._content:
            plain = "\\" not in value and self._data.startswith(value.encode(), content)
            units = list(islice(_UNIT.finditer(self._data, content), 0 if plain else len(value)))
            self._content, self._units = content, [unit.start() for unit in units]
            self._units += [unit.end() for unit in units[-1:]]
        return (self._units[start], 0) if self._units else (content, start)


_Step = Callable[[Any], Iterable[Any]]


def _steps(where: Field, roots: frozenset[Field]) -> list[_Step]:
    """How to go from a record's spots down to those of `where`."""
    steps: list[_Step] = []
    while where not in roots and where.parent is not None:
        steps.append(_step(where.parent, where))
        where = where.parent
    return steps[::-1]


def _step(parent: Field, where: Field) -> _Step:
    if where is parent.elements:
        return lambda spot: spot if type(spot) is list and not _is_row(parent, spot) else ()
    if where.number >= 0:
        return lambda spot: spot[where.number : where.number + 1] if _is_row(parent, spot) else ()
    if where is parent.names or where is parent.others:
        index = 0 if where is parent.names else 1
        return lambda spot: [member[index] for member in _others(parent, spot)] if type(spot) is _Object else ()
    return lambda spot: [value for _, value in spot.named(parent, where.key)] if type(spot) is _Object else ()


def _is_row(where: Field, spot: Any) -> bool:
    """Whether an array was spread over the cells of a field: it was if it is not too long for them."""
    return (
        type(spot) is list and len(spot) <= len(where.cells) and not any(type(each) in (list, _Object) for each in spot)
    )


class _Object:
    """The members of an object: for each key a list of (offset of the key, spot), one for each use."""

    __slots__ = ("in_map", "members", "repeats")

    def __init__(self) -> None:
        self.members: dict[str, list[tuple[int, Any]]] = {}
        self.repeats = self.in_map = False

    def add(self, key: str, at: int, spot: Any) -> None:
        uses = self.members.setdefault(key, [])
        uses.append((at, spot))
        self.repeats |= len(uses) > 1

    def close(self) -> None:
        """All members are there."""
        if len(self.members) >= MANY and not self.repeats:
            below = [uses[0][1] for uses in self.members.values()]
            plain = all(type(spot) is _Object and not spot.repeats for spot in below)
            self.in_map = plain and alike([spot.members for spot in below])

    def named(self, parent: Field, key: str) -> list[tuple[int, Any]]:
        """The uses of a key that names a field."""
        hidden = self.in_map and parent.find(key, True) is parent.others
        return [] if hidden else self.members.get(key, [])


def _others(parent: Field, spot: _Object) -> list[tuple[int, Any]]:
    """The members whose keys are data, in their order."""
    found = (uses for key, uses in spot.members.items() if parent.find(key, spot.in_map) is parent.others)
    return sorted(chain.from_iterable(found), key=itemgetter(0))


def _spots(data: bytes, start: int, end: int) -> Any:
    """A record with scalars as byte offsets or None, and objects as `_Object`s."""
    into: Any = []
    stack: list[Any] = []
    top, key, key_at = into, "", 0
    for token in _TOKEN.finditer(data, start, end):
        kind = token.lastindex
        if kind == _KEY:
            key, key_at = _key(token[1]), token.start(1)
            continue
        if kind == _CLOSE:
            if type(into) is _Object:
                into.close()
            into = stack.pop()
            continue
        spot: Any = (_Object() if token[3] == b"{" else []) if kind == _OPEN else _offset(token)
        if type(into) is list:
            into.append(spot)
        else:
            into.add(key, key_at, spot)
        if kind == _OPEN:
            stack.append(into)
            into = spot
    return top[-1]  # a separator may stand before the record


def _offset(token: re.Match[bytes]) -> int | None:
    if token.lastindex == _STRING:
        return token.start(1)
    return token.start() if token[5][:1] in b"-0123456789" and token[5] != b"-Infinity" else None


def _key(raw: bytes) -> str:
    return str(exact(b'"' + raw + b'"')) if b"\\" in raw else raw.decode()
