"""JSON documents of any size, streamed: an array, an object that holds arrays, or values one after another.

Records are: the elements of a top-level array (fields relative to the element: `$.phone`); in a top-level object, the
elements of the outermost arrays reached only through objects whose first element is an object or array (fields from
the top: `$.data.list[*].phone`), and then, as the last record, the rest of the object if it holds any string or number;
each of several values one after another, whatever they hold. What cannot be
read goes on as text lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Iterable, Iterator
from itertools import chain, pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from scanner.model import Batch, IntArray, Issue
from scanner.readers import text
from scanner.readers.jsonflat import BLANK, Field, JsonLocator, Problem, Raw, batches, is_json, moved
from scanner.readers.jsonlines import regroup
from scanner.readers.views import TextBuffer

MAX_ELEMENT = 64 << 20  # bytes; a longer element is not parsed but scanned as text, in pieces
_GROWTH = 8 << 20  # bytes to read at most at once while an element has no end yet
_TRUNCATED = Problem("truncated", "cut off or not valid JSON at the end, scanned as text")
_TOO_LONG = Problem("long_record", "too long to be parsed, scanned as text")
_QUOTE, _SLASH, _COMMA, _BEGIN_ARRAY, _BEGIN_OBJECT = b'"\\,[{'
_HITS = np.isin(np.arange(256), list(b'"{}[],'))
_DELTA = np.zeros(256, dtype=np.int64)
_DELTA[list(b"{[")], _DELTA[list(b"}]")] = 1, -1
_INK = ~np.isin(np.arange(256), list(BLANK))
_NOT_SPACE = re.compile(rb"[^ \t\r\n]")
_KEY_REACH = 1024  # bytes before a value in which its key is looked for
_UNKNOWN = "@"

Bytes = npt.NDArray[np.uint8]
Kind = Literal["array", "object", "values"]


def read(blocks: Iterable[bytes], *, line: int = 1, record: int = 1, batch_bytes: int = 4 << 20) -> Iterator[Batch]:
    """Read a document from valid UTF-8 blocks; `line` and `record` number the first line and the first record.

    Rows and cells depend neither on `batch_bytes` nor on the cuts between blocks. Memory stays below some
    ten times `MAX_ELEMENT`.
    """
    kind, chunks = _peek(regroup(blocks, batch_bytes))
    reader = _Reader(_Window(chunks, line), record)
    if kind == "array":
        yield from reader.array()
    elif kind == "object":
        yield from reader.object()
    yield from reader.values()


def _peek(chunks: Iterator[bytes]) -> tuple[Kind, Iterator[bytes]]:
    """Tell what the document is by its first `MAX_ELEMENT` bytes; gives all chunks back."""
    structure, head, size, end = _Structure(), [], 0, -1
    kind: Kind | None = None
    for chunk in chunks:
        head.append(chunk)
        if kind is None and (first := chunk.lstrip(BLANK)[:1]):
            kind = "array" if first == b"[" else "object" if first == b"{" else "values"
        positions, chars, depths = structure.scan(chunk)
        closed = np.flatnonzero((depths <= 0) & (_DELTA[chars] < 0))
        after = chunk
        if end < 0 and len(closed):
            end = size + int(positions[closed[0]])
            after = chunk[end + 1 - size :]
        size += len(chunk)
        after = after.lstrip(BLANK) if end >= 0 else b""
        if after[:1] in (b"[", b"{") and size - len(after) <= MAX_ELEMENT:
            kind = "values"
        if after or size > MAX_ELEMENT or kind == "values":
            break
    return kind or "values", chain(head, chunks)


class _Structure:
    """Finds brackets and commas outside of strings, chunk by chunk."""

    def __init__(self) -> None:
        self._depth = 0
        self._inside = 0  # 1 within a string
        self._escaping = 0  # 1 if the last chunk ended in a backslash that escapes what comes next

    def scan(self, chunk: bytes) -> tuple[IntArray, Bytes, IntArray]:
        """Positions of the next chunk's brackets and commas, these bytes, and the depth after each."""
        data = np.frombuffer(chunk, dtype=np.uint8)
        hits = np.flatnonzero(_HITS[data])
        if self._escaping or b"\\" in chunk:
            hits = hits[~self._escaped(data, hits)]
            self._escaping = self._carry(chunk)
        chars = data[hits]
        quotes = chars == _QUOTE
        inside = (np.cumsum(quotes) + self._inside) & 1
        self._inside = int(inside[-1]) if len(inside) else self._inside
        outside = np.flatnonzero(~quotes & (inside == 0))
        chars = chars[outside]
        depths = self._depth + np.cumsum(_DELTA[chars])
        self._depth = int(depths[-1]) if len(depths) else self._depth
        return hits[outside], chars, depths

    def _escaped(self, data: Bytes, hits: IntArray) -> npt.NDArray[np.bool_]:
        """Which hits are quotes after an odd number of backslashes."""
        quoted: npt.NDArray[np.bool_] = data[hits] == _QUOTE
        after = quoted & (hits > 0) & (data[hits - 1] == _SLASH)
        escaped: npt.NDArray[np.bool_] = quoted & (hits == 0) & bool(self._escaping)
        slashes = np.flatnonzero(data == _SLASH)
        if len(slashes):
            number = np.arange(len(slashes))
            first = np.maximum.accumulate(np.where(np.diff(slashes, prepend=-2) > 1, number, 0))
            length = number - first + 1 + (self._escaping & (slashes[first] == 0))
            escaped[after] = length[np.searchsorted(slashes, hits[after] - 1)] & 1 == 1
        return escaped

    def _carry(self, chunk: bytes) -> int:
        trailing = _trailing(chunk, b"\\")
        return (trailing + (self._escaping if trailing == len(chunk) else 0)) & 1


class _Window:
    """The part of the input that is being looked at, its structure, and the place where it begins."""

    def __init__(self, chunks: Iterator[bytes], line: int) -> None:
        self._chunks = chunks
        self._structure = _Structure()
        self.data = bytearray()
        self.line, self.column = line, 1
        self.positions: IntArray = np.zeros(0, dtype=np.int64)
        self.chars: Bytes = np.zeros(0, dtype=np.uint8)
        self.depths: IntArray = np.zeros(0, dtype=np.int64)

    def fill(self) -> bool:
        """Read on, the more the longer the window is already; False at the end of the input."""
        wanted = len(self.data) + max(1, min(len(self.data), _GROWTH))
        found = [(self.positions, self.chars, self.depths)]
        while len(self.data) < wanted and (chunk := next(self._chunks, b"")):
            positions, chars, depths = self._structure.scan(chunk)
            found.append((positions + len(self.data), chars, depths))
            self.data += chunk
        self.positions, self.chars, self.depths = map(np.concatenate, zip(*found, strict=True))
        return len(found) > 1

    def drop(self, count: int) -> None:
        """Forget the first `count` bytes."""
        newline = self.data.rfind(b"\n", 0, count)
        self.line += self.data.count(b"\n", 0, count)
        if newline >= 0:
            self.column = 1
        rest = np.frombuffer(bytes(self.data[newline + 1 : count]), dtype=np.uint8)
        self.column += int(np.count_nonzero((rest & 0xC0) != 0x80))
        del self.data[:count]
        gone = int(np.searchsorted(self.positions, count))
        self.positions = self.positions[gone:] - count
        self.chars, self.depths = self.chars[gone:], self.depths[gone:]

    def anchor(self, offset: int = 0) -> tuple[int, int, int]:
        """The place of the window's first byte, for a raw text in which it stands at `offset`."""
        return offset, self.line, self.column

    def elements(self, depth: int) -> tuple[IntArray, bool]:
        """Ends of the array elements at `depth`; whether the last one is the array's closing bracket."""
        closed = np.flatnonzero(self.depths < depth)[:1]
        stop = int(closed[0]) if len(closed) else len(self.depths)
        commas = np.flatnonzero((self.chars[:stop] == _COMMA) & (self.depths[:stop] == depth))
        return self.positions[np.concatenate((commas, closed))], bool(len(closed))

    def edges(self) -> IntArray:
        """Where top-level values begin and where they end, ascending."""
        delta = _DELTA[self.chars]
        begins = self.positions[(delta > 0) & (self.depths == 1)]
        return np.union1d(begins, self.positions[(delta < 0) & (self.depths <= 0)] + 1)


class _Rest:
    """What an object holds outside of its record arrays, put together from several parts of the input."""

    def __init__(self) -> None:
        self.data = bytearray()
        self._anchors: list[tuple[int, int, int]] = []

    def take(self, window: _Window, count: int) -> None:
        """Move the first bytes of the window here."""
        self._anchors.append(window.anchor(len(self.data)))
        self.data += window.data[:count]
        window.drop(count)

    def raw(self, record: int) -> Raw:
        """The rest as one record."""
        size = np.array([len(self.data)], dtype=np.int64)
        return Raw(TextBuffer(bytes(self.data)), size * 0, size, np.array([record], dtype=np.int64), self._anchors)

    def closed(self, record: int, closing: bytes) -> Raw:
        """The rest as one record, with the missing brackets if that makes it valid."""
        if is_json(bytes(self.data + closing)):
            self.data += closing
        return self.raw(record)


class _Reader:
    """Takes a document apart; each method leaves the window where the next one goes on."""

    def __init__(self, window: _Window, record: int) -> None:
        self._window = window
        self._record = record  # the next one
        self._root = Field()

    def array(self) -> Iterator[Batch]:
        """A top-level array."""
        while not len(self._window.positions):
            self._window.fill()
        self._window.drop(int(self._window.positions[0]) + 1)
        if (yield from self._elements(1, self._root)):
            self._window.drop(1)

    def object(self) -> Iterator[Batch]:
        """A top-level object: its record arrays, then the rest of it."""
        rest = _Rest()
        header = _Header(self._window)
        while size := header.read():
            rest.take(self._window, size)
            if header.done:
                yield from self._whole(rest.raw(self._record))
                return
            depth, where = header.array(self._root)
            if not (yield from self._elements(depth, where)):
                yield from self._cut_off(self._root, rest.closed(self._record, header.closing(b"]")))
                return
            if len(rest.data) > MAX_ELEMENT:
                yield from self._whole(rest.raw(self._record))
                rest = _Rest()
        yield from self._unfinished(rest, header)

    def _unfinished(self, rest: _Rest, header: _Header) -> Iterator[Batch]:
        """An object that is too long to be one record, or that the input cuts off."""
        if len(self._window.data) > MAX_ELEMENT:
            if rest.data:
                yield from self._whole(rest.raw(self._record))
            yield from self._oversize(self._next_edge)
        else:
            rest.take(self._window, len(self._window.data))
            yield from self._cut_off(self._root, rest.closed(self._record, header.closing()))

    def _whole(self, raw: Raw) -> Iterator[Batch]:
        """A record that only counts if it holds anything."""
        found = [batch for batch in batches(self._root, raw, MAX_ELEMENT, _TOO_LONG) if batch.columns]
        self._record += bool(found)
        yield from found

    def _elements(self, depth: int, root: Field) -> Generator[Batch, None, bool]:
        """The elements of an array, up to its closing bracket; False if there is none."""
        window = self._window
        while True:
            ends, closed = window.elements(depth)
            starts = np.concatenate((ends[:0], ends[:1] * 0, ends[:-1] + 1))
            fitting = _fitting(starts, ends)
            if fitting:
                yield from self._records(starts[:fitting], ends[:fitting], root)
                closed = closed and fitting == len(ends)
                window.drop(int(ends[fitting - 1]) + (not closed))
            if fitting and closed:
                return True
            if fitting < len(ends) or len(window.data) > MAX_ELEMENT:
                yield from self._oversize(lambda: window.elements(depth)[0])
                window.drop(window.data[:1] == b",")
            elif not window.fill():
                yield from self._cut_off(root, self._pending())
                return False

    def values(self) -> Iterator[Batch]:
        """Values one after another, up to the end of the input."""
        window = self._window
        while True:
            bounds = np.union1d([0], window.edges()).astype(np.int64)
            fitting = _fitting(bounds[:-1], bounds[1:])
            if fitting:
                yield from self._records(*_loose(window.data, bounds[: fitting + 1].tolist()), self._root)
                window.drop(int(bounds[fitting]))
            if fitting + 1 < len(bounds) or len(window.data) > MAX_ELEMENT:
                yield from self._oversize(self._next_edge)
            elif not window.fill():
                break
        if len(window.positions):
            yield from self._cut_off(self._root, self._pending())
        else:
            yield from self._records(*_loose(window.data, [0, len(window.data)]), self._root)

    def _next_edge(self) -> IntArray:
        edges = self._window.edges()
        return edges[edges > 0]

    def _pending(self) -> Raw:
        rest = _Rest()
        rest.take(self._window, len(self._window.data))
        return rest.raw(self._record)

    def _records(self, starts: IntArray, ends: IntArray, root: Field) -> Iterator[Batch]:
        """Records from the beginning of the window; blank spans are none."""
        if not len(ends):
            return
        data = bytes(self._window.data[: ends[-1]])
        filled = _filled(data, starts, ends)
        records = self._record - 1 + np.cumsum(filled)
        raw = Raw(TextBuffer(data), starts, ends, records, [self._window.anchor()]).pick(np.flatnonzero(filled))
        self._record += len(raw.records)
        if len(raw.records):
            yield from batches(root, raw, MAX_ELEMENT)

    def _cut_off(self, root: Field, raw: Raw) -> Iterator[Batch]:
        """The last record, of which the end is missing, and a warning."""
        found = list(batches(root, raw, MAX_ELEMENT, _TRUNCATED)) or [_batch_of_none(raw)]
        if not found[0].issues:
            line = raw.anchors[-1][1]
            found[0].issues.append(Issue("truncated", "the document is cut off", severity="warning", line=line))
        self._record += 1
        yield from found

    def _oversize(self, find: Callable[[], IntArray]) -> Iterator[Batch]:
        """A record that is too long to be parsed, as text, up to the first place that `find` gives."""
        line, column = self._window.line, self._window.column
        issue: Issue | None = Issue(_TOO_LONG.kind, f"1 record is {_TOO_LONG.what}", severity="warning", line=line)
        for batch in moved(text.read(self._until(find), line=line), line, column):
            batch.records = np.full(batch.height, self._record, dtype=np.int64)
            batch.issues += [issue] if issue else []
            issue = None
            yield batch
        self._record += 1

    def _until(self, find: Callable[[], IntArray]) -> Iterator[bytes]:
        window = self._window
        while not len(found := find()):
            yield bytes(window.data)
            window.drop(len(window.data))
            if not window.fill():
                return
        yield bytes(window.data[: found[0]])
        window.drop(int(found[0]))


class _Header:
    """Walks through objects to the next array of records, keeping the keys of the objects that are open."""

    def __init__(self, window: _Window) -> None:
        self._window = window
        self._keys: list[str] = []
        self._depth = 0  # of the array that was found
        self.done = False  # the outermost object has ended

    def read(self) -> int:
        """How many bytes lead to the next record array or the object's end, bracket included.

        0 if neither comes before the input's end or within `MAX_ELEMENT`.
        """
        window, seen, skip = self._window, 0, 0
        while True:
            fresh = seen + np.flatnonzero(window.chars[seen:] != _COMMA)
            seen = len(window.chars)
            events = (window.positions[fresh], window.chars[fresh], window.depths[fresh])
            for position, char, depth in zip(*(event.tolist() for event in events), strict=True):
                if position >= MAX_ELEMENT:
                    return 0
                if skip:
                    skip = 0 if depth < skip else skip
                elif char == _BEGIN_ARRAY and not self._holds_records(position):
                    skip = depth
                elif self._found(position, char, depth):
                    return int(position) + 1
            unseen = seen < len(window.chars)  # read by _holds_records
            if not unseen and (len(window.data) > MAX_ELEMENT or not window.fill()):
                return 0

    def _found(self, position: int, char: int, depth: int) -> bool:
        """Take note of a bracket; whether it is what `read` looks for."""
        if char == _BEGIN_ARRAY:
            self._depth = depth
        if char in (_BEGIN_ARRAY, _BEGIN_OBJECT):
            self._keys.append(_key_before(self._window.data, position))
        else:
            del self._keys[max(0, depth) :]
            self.done = depth <= 0
        return char == _BEGIN_ARRAY or self.done

    def _holds_records(self, position: int) -> bool:
        window = self._window
        while not (found := _NOT_SPACE.search(window.data, position + 1)):
            if len(window.data) > MAX_ELEMENT or not window.fill():
                return False
        return found[0] in (b"{", b"[")

    def array(self, root: Field) -> tuple[int, Field]:
        """Depth of the array that was found, and the field of its elements."""
        for key in self._keys[1:]:
            root = root.child(key)
        return self._depth, root.items()

    def closing(self, array: bytes = b"") -> bytes:
        """The brackets that are missing; `array` is that of the record array if it is open."""
        return array + b"}" * (len(self._keys) - len(array))


def _fitting(starts: IntArray, ends: IntArray) -> int:
    """How many spans come before the first that is too long."""
    long = np.flatnonzero(ends - starts > MAX_ELEMENT)
    return int(long[0]) if len(long) else len(ends)


def _filled(data: bytes, starts: IntArray, ends: IntArray) -> npt.NDArray[np.bool_]:
    """Which spans are not blank; mostly their first or second byte tells."""
    ink = _INK[np.frombuffer(data + b" ", dtype=np.uint8)]
    filled: npt.NDArray[np.bool_] = (ink[starts] & (starts < ends)) | (
        ink[np.minimum(starts + 1, ends)] & (starts + 1 < ends)
    )
    for index in np.flatnonzero(~filled).tolist():
        filled[index] = bool(data[starts[index] : ends[index]].strip(BLANK))
    return filled


def _loose(data: bytearray, bounds: list[int]) -> tuple[IntArray, IntArray]:
    """Starts and ends of the values between bounds; what stands between objects and arrays is taken line by line."""
    spans = []
    for start, end in pairwise(bounds):
        between = bytes(data[start:end])
        if (first := between.lstrip(BLANK)[:1]) in (b"{", b"["):
            spans.append((start, end))
        elif first:
            ends = np.cumsum([len(line) + 1 for line in between.split(b"\n")]) + start
            spans += zip([start, *ends[:-1].tolist()], (ends - 1).tolist(), strict=True)
    starts, stops = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    return starts, stops


def _key_before(data: bytearray, position: int) -> str:
    """The key of the member whose value stands at `position`; one that looks like data if it cannot be told."""
    head = bytes(data[max(0, position - _KEY_REACH) : position]).rstrip().removesuffix(b":").rstrip()
    start = head.rfind(b'"', 0, -1)
    while start > 0 and _trailing(head[:start], b"\\") & 1:
        start = head.rfind(b'"', 0, start)
    try:
        return str(json.loads(head[start:])) if start >= 0 else _UNKNOWN
    except ValueError:
        return _UNKNOWN


def _trailing(data: bytes, byte: bytes) -> int:
    return len(data) - len(data.rstrip(byte))


def _batch_of_none(raw: Raw) -> Batch:
    """No rows, for an issue to go with."""
    none = np.zeros(0, dtype=np.int64)
    return Batch([], none, JsonLocator(Field(), raw.pick(none), [], []))
