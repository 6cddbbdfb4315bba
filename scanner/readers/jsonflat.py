"""JSON records to columns: parsing, flattening by path, and the way back from a cell to its place in the raw text.

Field paths follow RFC 9535 (JSONPath): `$.receiver.phone`, `$.items[*].name`, `$['weird key']`; a scalar record is `$`.
A key that looks like data (`@`, six digits, over 64 characters) is never part of a path: its values go to `<parent>.*`
and the key itself is a cell of `<parent>.*~`. So do all new keys once a reader has seen `MAX_FIELDS` of them.
Strings are cells, numbers are cells with their JSON text; booleans and nulls are not. Of a key that an object repeats,
the last value counts.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any

import numpy as np
import orjson
import polars as pl

from scanner.model import Batch, Column, IntArray, Issue, Locator
from scanner.readers.pieces import LongLine, is_long
from scanner.readers.views import TextBuffer

MAX_FIELDS = 10_000
SEPARATOR = b"\x1e"  # may stand before each value of a JSON text sequence, RFC 7464
BLANK = b" \t\r\n" + SEPARATOR
_MAX_PATH = 4096  # characters; deep nesting would make each path longer than the last
_BAD: Any = object()
_SCALARS = {str, int, float}
_EXACT = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=lambda _: None, strict=False)
_SURROGATE = re.compile("[\ud800-\udfff]")


class Field:
    """A place in the tree of all records that a reader has seen; grows as records need it."""

    __slots__ = ("_left", "children", "elements", "names", "others", "parent", "path")

    def __init__(self, path: str = "$", parent: Field | None = None) -> None:
        """Without `parent`, the root of a new tree."""
        self.path = path
        self.parent = parent
        self.children: dict[str, Field] = {}
        self.elements: Field | None = None  # what arrays hold
        self.others: Field | None = None  # values of keys that look like data
        self.names: Field | None = None  # those keys
        self._left: list[int] = parent._left if parent else [MAX_FIELDS]  # one counter for the whole tree

    def child(self, key: str) -> Field:
        """The field of a member called `key`."""
        found = self.children.get(key)
        if found is None:
            found = self._wildcard() if self._hides(key) else self._named(key)
        return found

    def items(self) -> Field:
        """The field of the elements of arrays."""
        if self.elements is None:
            self.elements = Field(f"{self.path}[*]", self)
        return self.elements

    def find(self, key: str) -> Field | None:
        """The field that `child(key)` gave; adds none."""
        return self.children.get(key, self.others)

    def _hides(self, key: str) -> bool:
        return self._left[0] <= 0 or len(self.path) > _MAX_PATH or _looks_like_data(key)

    def _named(self, key: str) -> Field:
        self._left[0] -= 1
        self.children[key] = Field(self.path + _component(key), self)
        return self.children[key]

    def _wildcard(self) -> Field:
        if self.others is None:
            self.others = Field(f"{self.path}.*", self)
            self.names = Field(f"{self.path}.*~", self)
        return self.others


def _looks_like_data(key: str) -> bool:
    return "@" in key or len(key) > 64 or len(re.findall(r"\d", key)) >= 6


def _component(key: str) -> str:
    if key.isidentifier():
        return f".{key}"
    quoted = _SURROGATE.sub("\ufffd", key).replace("\\", "\\\\").replace("'", "\\'")
    return f"['{quoted}']"


# Values of one field: items, and the int64 row of each, ascending; in document order within a row.
Cells = tuple[Field, list[Any], IntArray]


def flatten(root: Field, values: list[Any], rows: IntArray) -> tuple[list[Cells], set[int]]:
    """Spread parsed records (int64 row numbers in `rows`) over the fields below `root`, first seen first.

    Works a field at a time, not a record at a time. Also gives the rows that hold floats, whose text is lost.
    """
    cells: list[Cells] = []
    floats: set[int] = set()
    stack: list[Cells] = [(root, values, rows)]
    while stack:
        where, values, rows = stack.pop()
        kinds = set(map(type, values))
        if kinds & _SCALARS:
            cells.append((where, *_scalars(values, rows, kinds)))
        if float in kinds:
            floats.update(_only({float}, values, rows, kinds)[1].tolist())
        below = _members(where, *_only({dict}, values, rows, kinds)) if dict in kinds else []
        if list in kinds:
            below.append(_elements(where, *_only({list}, values, rows, kinds)))
        stack += reversed(below)
    return cells, floats


def _only(wanted: set[type], values: list[Any], rows: IntArray, kinds: set[type]) -> tuple[list[Any], IntArray]:
    if kinds <= wanted:
        return values, rows
    picked = [index for index, value in enumerate(values) if type(value) in wanted]
    return [values[index] for index in picked], rows[picked]


def _scalars(values: list[Any], rows: IntArray, kinds: set[type]) -> tuple[list[Any], IntArray]:
    values, rows = _only(_SCALARS, values, rows, kinds)
    return (values if kinds & _SCALARS == {str} else list(map(str, values))), rows


def _elements(where: Field, lists: list[list[Any]], rows: IntArray) -> Cells:
    sizes = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
    return where.items(), list(chain.from_iterable(lists)), np.repeat(rows, sizes)


def _members(where: Field, objects: list[dict[str, Any]], rows: IntArray) -> list[Cells]:
    """The values of each key; objects with the same keys are turned into columns together."""
    parts: defaultdict[Field, list[tuple[Iterable[Any], IntArray]]] = defaultdict(list)
    for shape, picked in _shapes(objects):
        same = objects if len(picked) == len(objects) else [objects[index] for index in picked]
        at = np.array(picked, dtype=np.int64)
        for key, column in zip(shape, zip(*map(dict.values, same), strict=True), strict=True):
            member = where.child(key)
            if member is where.others and where.names:
                parts[where.names].append(([key] * len(same), at))
            parts[member].append((column, at))
    return [(member, *_join(chunks, rows)) for member, chunks in parts.items()]


def _shapes(objects: list[dict[str, Any]]) -> Iterable[tuple[tuple[str, ...], list[int]]]:
    first = tuple(objects[0])
    if set(map(tuple, objects)) == {first}:
        return [(first, list(range(len(objects))))]
    shapes: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, keys in enumerate(map(tuple, objects)):
        shapes[keys].append(index)
    return shapes.items()


def _join(chunks: list[tuple[Iterable[Any], IntArray]], rows: IntArray) -> tuple[list[Any], IntArray]:
    values = list(chain.from_iterable(values for values, _ in chunks))
    at = chunks[0][1] if len(chunks) == 1 else np.concatenate([at for _, at in chunks])
    if len(chunks) > 1:
        order = np.argsort(at, kind="stable")
        values, at = [values[index] for index in order.tolist()], at[order]
    return values, rows[at]


@dataclass(frozen=True, slots=True)
class Raw:
    """The raw text of a batch: record i is [starts[i], ends[i]) in bytes of `text`, its number `records[i]` (int64).

    `anchors`: (byte offset, line, column) where the text begins, and wherever it goes on from another place.
    """

    text: TextBuffer
    starts: IntArray
    ends: IntArray
    records: IntArray
    anchors: list[tuple[int, int, int]]

    def slices(self) -> list[bytes]:
        """The bytes of each record."""
        data = self.text.padded
        return [data[start:end] for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True)]

    def pick(self, index: IntArray) -> Raw:
        """Only the records `index`."""
        return replace(self, starts=self.starts[index], ends=self.ends[index], records=self.records[index])


@dataclass(frozen=True, slots=True)
class Problem:
    """What to report of records that are not JSON: `what` follows their number."""

    kind: str = "not_json"
    what: str = "not valid JSON or too long to be parsed, scanned as text"


def batches(root: Field, raw: Raw, longest: int, problem: Problem | None = None) -> Iterator[Batch]:
    """Parse and flatten the records of `raw`; yields a batch, and the pieces of very long lines after it.

    A record that is not JSON or has more than `longest` bytes goes on as text lines, with a warning.
    """
    values = _parse(raw, longest)
    cells, floats = flatten(root, [None if value is _BAD else value for value in values], np.arange(len(values)))
    if floats:
        data = raw.text.padded
        for index in floats:
            values[index] = _exact(data[raw.starts[index] : raw.ends[index]])
        cells, _ = flatten(root, [None if value is _BAD else value for value in values], np.arange(len(values)))
    bad = np.array([index for index, value in enumerate(values) if value is _BAD], dtype=np.int64)
    if not len(bad):
        yield _batch(root, raw, cells)
        return
    yield from _with_text(root, raw, cells, bad, problem or Problem())


def _parse(raw: Raw, longest: int) -> list[Any]:
    slices = raw.slices()
    try:
        if len(slices) and int((raw.ends - raw.starts).max()) <= longest:
            return list(map(orjson.loads, slices))
    except orjson.JSONDecodeError:
        pass
    return [_BAD if len(record) > longest else _load(record) for record in slices]


def is_json(record: bytes) -> bool:
    """Whether `batches` can parse a record."""
    return _load(record) is not _BAD


def _load(record: bytes) -> Any:
    try:
        return orjson.loads(record)
    except orjson.JSONDecodeError:
        return _exact(record)


def _exact(record: bytes) -> Any:
    """Numbers as their text; lenient with control characters, lone surrogates, NaN. `_BAD` if it is not JSON."""
    try:
        return _EXACT.decode(record.strip(BLANK).decode())
    except (ValueError, RecursionError):
        return _BAD


def _batch(root: Field, raw: Raw, cells: list[Cells], text_rows: IntArray | None = None) -> Batch:
    height = len(raw.records)
    columns = [Column(where.path, _series(values), _sparse(rows, height)) for where, values, rows in cells]
    fields: list[Field | None] = [where for where, _, _ in cells]
    if text_rows is not None and len(text_rows):
        values = raw.text.column(raw.starts[text_rows], raw.ends[text_rows])
        columns.append(Column(None, values, _sparse(text_rows, height)))
        fields.append(None)
    return Batch(columns, raw.records, JsonLocator(root, raw, fields, columns))


def _series(values: list[str]) -> pl.Series:
    try:
        return pl.Series(values, dtype=pl.String)
    except UnicodeEncodeError:
        return pl.Series([_SURROGATE.sub("\ufffd", value) for value in values], dtype=pl.String)


def _sparse(rows: IntArray, height: int) -> IntArray | None:
    return None if len(rows) == height and bool((rows == np.arange(height)).all()) else rows


def _with_text(root: Field, raw: Raw, cells: list[Cells], bad: IntArray, problem: Problem) -> Iterator[Batch]:
    """Each record of `bad` makes way for its text lines."""
    good = np.setdiff1d(np.arange(len(raw.records)), bad)
    text = _text_lines(raw, bad)
    lines, long = text.pick(np.flatnonzero(~_long(text))), text.pick(np.flatnonzero(_long(text)))
    parts = raw.pick(good)
    records = np.concatenate((parts.records, lines.records))
    starts = np.concatenate((parts.starts, lines.starts))
    order = np.lexsort((starts, records))
    row_of = np.empty(len(order), dtype=np.int64)
    row_of[order] = np.arange(len(order))
    rows = replace(raw, starts=starts, ends=np.concatenate((parts.ends, lines.ends)), records=records).pick(order)
    moved = [(where, values, row_of[np.searchsorted(good, at)]) for where, values, at in cells]
    batch = _batch(root, rows, moved, row_of[len(good) :])
    if len(text.records):
        count, where = len(np.unique(text.records)), Anchored(raw).of(text.starts[:1], np.zeros(1, dtype=np.int64))
        message = f"{count} {'record is' if count == 1 else 'records are'} {problem.what}"
        line = int(where[0][0])
        batch.issues.append(Issue(problem.kind, message, severity="warning", line=line, count=count))
        yield batch
    elif len(good):
        yield batch
    yield from _pieces(long)


def _text_lines(raw: Raw, bad: IntArray) -> Raw:
    """The lines of some records, without blank ones and line ends."""
    spans = []
    for index in bad.tolist():
        start, end = int(raw.starts[index]), int(raw.ends[index])
        for line in raw.text.padded[start:end].split(b"\n"):
            if line.strip(BLANK):
                spans.append((start, start + len(line.removesuffix(b"\r")), raw.records[index]))
            start += len(line) + 1
    starts, ends, records = np.array(spans, dtype=np.int64).reshape(-1, 3).T
    return replace(raw, starts=starts, ends=ends, records=records)


def _long(raw: Raw) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return np.array([is_long(line) for line in raw.slices()], dtype=np.bool_)


def _pieces(long: Raw) -> Iterator[Batch]:
    lines, columns = Anchored(long).of(long.starts, np.zeros(len(long.starts), dtype=np.int64))
    for text, line, column, record in zip(long.slices(), lines, columns, long.records, strict=True):
        pieces = LongLine(int(line), int(record)).feed(text.decode(), last=True)
        yield from moved(pieces, int(line), int(column))


def moved(batches: Iterable[Batch], line: int, column: int) -> Iterator[Batch]:
    """Batches of text whose first physical line, `line`, does not begin at column 1 but at `column`."""
    for batch in batches:
        if column > 1:
            batch.locator = _Moved(batch.locator, line, column - 1)
        yield batch


@dataclass(frozen=True, slots=True)
class _Moved:
    inner: Locator
    line: int
    by: int

    def locate(self, column: int, cells: IntArray, starts: IntArray) -> tuple[IntArray | None, IntArray | None]:
        lines, columns = self.inner.locate(column, cells, starts)
        return lines, None if lines is None or columns is None else columns + self.by * (lines == self.line)


class Anchored:
    """Physical lines and columns of places in a raw text that is put together from several parts of a file."""

    def __init__(self, raw: Raw) -> None:
        """Finds the lines of `raw.text`."""
        self._text = raw.text
        parts, lines, columns = np.array(raw.anchors, dtype=np.int64).T
        breaks = np.flatnonzero(raw.text.bytes == 10)
        part = np.searchsorted(parts, breaks, side="right") - 1
        later = lines[part] + np.arange(len(breaks)) - np.searchsorted(breaks, parts)[part] + 1
        # Where a part begins just after a newline, the part's own anchor counts: it comes last among equals.
        offsets = np.concatenate((breaks + 1, parts))
        order = np.argsort(offsets, kind="stable")
        self._points = self._text.to_points(offsets[order])
        self._lines = np.concatenate((later, lines))[order]
        self._columns = np.concatenate((np.ones_like(breaks), columns))[order]

    def of(self, offsets: IntArray, shift: IntArray) -> tuple[IntArray, IntArray]:
        """Lines and code-point columns, both from 1, of the points `shift` code points after byte `offsets`."""
        points = self._text.to_points(offsets) + shift
        index = np.searchsorted(self._points, points, side="right") - 1
        return self._lines[index], self._columns[index] + points - self._points[index]


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

    root: Field
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

    def _offsets(
        self, where: Field, series: pl.Series, cells: IntArray, rows: IntArray, ordinals: IntArray, starts: IntArray
    ) -> tuple[IntArray, IntArray]:
        """Byte offsets, and how many code points after them: for text without escapes the start itself."""
        values = series.gather(cells).to_list()
        offsets, shifts = self._searched(values, rows), starts.copy()
        leaves = _Leaves(self, where)
        for index in np.flatnonzero(offsets < 0).tolist():
            content = leaves.at(int(rows[index]), int(ordinals[index]))
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
        self._steps = _steps(where, locator.root)
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
        """Byte offset and shift of character `start` of `value`, whose raw content begins at `content`."""
        if start == 0:
            return content, 0
        if content != self._content:
            plain = "\\" not in value and self._data.startswith(value.encode(), content)
            units = islice(_UNIT.finditer(self._data, content), 0 if plain else len(value))
            self._content, self._units = content, [unit.start() for unit in units]
        return (self._units[start], 0) if self._units else (content, start)


_Step = Callable[[Any], Iterable[Any]]


def _steps(where: Field, root: Field) -> list[_Step]:
    """How to go from a record's spots down to those of `where`."""
    steps: list[_Step] = []
    while where is not root and where.parent is not None:
        steps.append(_step(where.parent, where))
        where = where.parent
    return steps[::-1]


def _step(parent: Field, where: Field) -> _Step:
    if where is parent.elements:
        return lambda spot: spot if type(spot) is list else ()
    if where is parent.names or where is parent.others:
        index = 0 if where is parent.names else 1
        return lambda spot: (
            [pair[index] for key, pair in spot.items() if parent.find(key) is parent.others]
            if type(spot) is dict
            else ()
        )
    key = next(key for key, child in parent.children.items() if child is where)
    return lambda spot: (spot[key][1],) if type(spot) is dict and key in spot else ()


def _spots(data: bytes, start: int, end: int) -> Any:
    """A record as dicts of key to (offset of the key, spot), lists of spots, byte offsets of scalars, and None."""
    into: Any = []
    stack: list[Any] = []
    top, key, key_at = into, "", 0
    for token in _TOKEN.finditer(data, start, end):
        kind = token.lastindex
        if kind == _KEY:
            key, key_at = _key(token[1]), token.start(1)
            continue
        if kind == _CLOSE:
            into = stack.pop()
            continue
        spot: Any = ({} if token[3] == b"{" else []) if kind == _OPEN else _offset(token)
        if type(into) is list:
            into.append(spot)
        else:
            into[key] = (key_at, spot)
        if kind == _OPEN:
            stack.append(into)
            into = spot
    return top[-1]  # a separator may stand before the record


def _offset(token: re.Match[bytes]) -> int | None:
    if token.lastindex == _STRING:
        return token.start(1)
    return token.start() if token[5][:1] in b"-0123456789" and token[5] != b"-Infinity" else None


def _key(raw: bytes) -> str:
    return str(_EXACT.decode(f'"{raw.decode()}"')) if b"\\" in raw else raw.decode()
