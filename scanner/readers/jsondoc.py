"""JSON documents of any size, streamed: an array, an object that holds arrays, or values one after another.

Records are: the elements of a top-level array (fields relative to the element: `$.phone`); in a top-level object, the
elements of the outermost arrays reached only through objects whose first element is an object or array, and the members
of the outermost maps, see `jsonkeys.hold_records` (fields from the top: `$.data.list[*].phone`, `$.users.*.phone`), and
then, as the last record, the rest of the object if it holds any string or number; each of several values one after
another, whatever they hold. An array's first row is no record if it holds titles alone, see `jsonrows`. What cannot be
read goes on as text lines.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from itertools import chain
from typing import Literal

import numpy as np

from scanner.model import Batch, IntArray, Issue
from scanner.readers import text
from scanner.readers.jsonbatches import TOO_LONG, Problem, batches
from scanner.readers.jsonfields import Field
from scanner.readers.jsonheader import Header
from scanner.readers.jsonkeys import Keys
from scanner.readers.jsonlines import regroup
from scanner.readers.jsonparse import BLANK
from scanner.readers.jsonplaces import JsonLocator
from scanner.readers.jsonraw import Raw, moved, together
from scanner.readers.jsonrows import LONGEST, table
from scanner.readers.jsonscan import DELTA, Structure, filled, loose
from scanner.readers.jsonwindow import Rest, Window
from scanner.views import TextBuffer

MAX_ELEMENT = 64 << 20  # bytes; a longer element is not parsed but scanned as text, in pieces
_HELD = 1 << 18  # bytes of records that are held back
_TRUNCATED = Problem("truncated", "cut off or not valid JSON at the end, scanned as text")

Kind = Literal["array", "object", "values"]


def read(
    blocks: Iterable[bytes], *, line: int = 1, record: int = 1, batch_bytes: int = 4 << 20, keys: Keys | None = None
) -> Iterator[Batch]:
    """Read a document from valid UTF-8 blocks; `line` and `record` number the first line and the first record.

    Rows and cells depend neither on `batch_bytes` nor on the cuts between blocks. Memory stays below some
    ten times `MAX_ELEMENT`.
    """
    kind, chunks = _peek(regroup(blocks, batch_bytes))
    reader = _Reader(Window(chunks, line, MAX_ELEMENT), record, Field(keys=keys))
    if kind == "array":
        yield from reader.array()
    elif kind == "object":
        yield from reader.object()
    yield from reader.values()
    yield from reader.held()


def _peek(chunks: Iterator[bytes]) -> tuple[Kind, Iterator[bytes]]:
    """Tell what the document is by its first `MAX_ELEMENT` bytes; gives all chunks back."""
    structure, head, size, end = Structure(), [], 0, -1
    kind: Kind | None = None
    for chunk in chunks:
        head.append(chunk)
        if kind is None and (first := chunk.lstrip(BLANK)[:1]):
            kind = "array" if first == b"[" else "object" if first == b"{" else "values"
        positions, chars, depths = structure.scan(chunk)
        closed = np.flatnonzero((depths <= 0) & (DELTA[chars] < 0))
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


class _Reader:
    """Takes a document apart; each method leaves the window where the next one goes on."""

    def __init__(self, window: Window, record: int, root: Field) -> None:
        self._window = window
        self._record = record  # the next one
        self._root = root
        self._held: list[tuple[Field, Raw]] = []  # records of small arrays and maps, to be read together
        self._roots: dict[str, Field] = {}  # of these, by path
        self._size = 0  # their bytes

    def array(self) -> Iterator[Batch]:
        """A top-level array."""
        while not self._window.marks:
            self._window.fill()
        self._window.drop(int(self._window.structure(0, 1)[0][0]) + 1)
        if (yield from self._elements(1, self._root)):
            self._window.drop(1)

    def object(self) -> Iterator[Batch]:
        """A top-level object: its record arrays, then the rest of it."""
        rest = Rest()
        header = Header(self._window, self._root)
        while size := header.read():
            rest.take(self._window, size)
            if header.done:
                yield from self._whole(rest.raw(self._record))
                return
            depth, where = header.records()
            if not (yield from self._elements(depth, where, header.beside, in_map=header.in_map)):
                yield from self._cut_off(self._root, rest.closed(self._record, header.closing(within=True)))
                return
            if len(rest.data) > self._window.limit:
                yield from self._whole(rest.raw(self._record))
                rest = Rest()
        yield from self._unfinished(rest, header)

    def _unfinished(self, rest: Rest, header: Header) -> Iterator[Batch]:
        """An object that is too long to be one record, or that the input cuts off."""
        if self._window.full:
            if rest.data:
                yield from self._whole(rest.raw(self._record))
            yield from self._oversize(self._next_edge)
        else:
            rest.take(self._window, len(self._window.data))
            yield from self._cut_off(self._root, rest.closed(self._record, header.closing(within=False)))

    def _whole(self, raw: Raw) -> Iterator[Batch]:
        """A record that only counts if it holds anything."""
        yield from self.held()
        found = [batch for batch in batches([(self._root, 1)], raw, self._window.limit) if batch.columns]
        self._record += bool(found)
        if found:
            found[0].begun = 1
        yield from found

    def _elements(
        self, depth: int, root: Field, beside: Sequence[bytes] = (), *, in_map: bool = False
    ) -> Generator[Batch, None, bool]:
        """The elements of an array, or members of a map, up to its closing bracket; False if there is none.

        `beside`: arrays that may hold titles of its rows.
        """
        window, first, titled = self._window, not in_map, False
        while True:
            ends, closed = window.elements(depth)
            starts = np.concatenate((ends[:0], ends[:1] * 0, ends[:-1] + 1))
            fitting = window.fitting(starts, ends)
            if fitting:
                if first:
                    root, titled = table(root, bytes(window.data[: min(ends[0], LONGEST + 1)]), beside, window.data)
                yield from self._records(starts[titled:fitting], ends[titled:fitting], root, in_map=in_map)
                first = titled = False
                closed = closed and fitting == len(ends)
                window.drop(int(ends[fitting - 1]) + (not closed))
            if fitting and closed:
                return True
            if fitting < len(ends) or window.full:
                first = False
                yield from self._oversize(lambda: window.elements(depth)[0])
                window.drop(window.data[:1] == b",")
            elif not window.fill():
                pending = self._pending()
                yield from self._cut_off(root, pending.in_map() if in_map else pending)
                return False

    def values(self) -> Iterator[Batch]:
        """Values one after another, up to the end of the input."""
        window = self._window
        while True:
            bounds = np.union1d([0], window.edges()).astype(np.int64)
            fitting = window.fitting(bounds[:-1], bounds[1:])
            if fitting:
                yield from self._records(*loose(window.data, bounds[: fitting + 1].tolist()), self._root)
                window.drop(int(bounds[fitting]))
            if fitting + 1 < len(bounds) or window.full:
                yield from self._oversize(self._next_edge)
            elif not window.fill():
                break
        if window.marks:
            yield from self._cut_off(self._root, self._pending())
        else:
            yield from self._records(*loose(window.data, [0, len(window.data)]), self._root)

    def _next_edge(self) -> IntArray:
        edges = self._window.edges()
        return edges[edges > 0]

    def _pending(self) -> Raw:
        rest = Rest()
        rest.take(self._window, len(self._window.data))
        return rest.raw(self._record)

    def _records(self, starts: IntArray, ends: IntArray, root: Field, *, in_map: bool = False) -> Iterator[Batch]:
        """Records from the beginning of the window; blank spans are none."""
        if not len(ends):
            return
        data = bytes(self._window.data[: ends[-1]])
        some = filled(data, starts, ends)
        records = self._record - 1 + np.cumsum(some)
        raw = Raw(TextBuffer(data), starts, ends, records, [self._window.anchor()]).pick(np.flatnonzero(some))
        self._record += len(raw.records)
        if len(raw.records):
            raw = raw.in_map() if in_map else raw
            if self._size + len(data) > _HELD or not self._go_together(root, raw):
                yield from self.held()
            self._held.append((root, raw))
            self._size += len(data)
            if len(data) > _HELD // 4:
                yield from self.held()

    def _go_together(self, root: Field, raw: Raw) -> bool:
        """Whether records may be held with those that are: no field may be below another one or be called as it is."""
        last, of = self._held[-1] if self._held else (root, raw)
        alike = root.depth == last.depth and (raw.members is None) == (of.members is None)
        return alike and self._roots.setdefault(root.path, root) is root

    def held(self) -> Iterator[Batch]:
        """The records that were held back: a batch of few costs almost as much as one of many."""
        held, self._held, self._size = self._held, [], 0
        self._roots.clear()
        if held:
            roots = [(root, len(raw.records)) for root, raw in held]
            yield from batches(roots, together([raw for _, raw in held]), self._window.limit)

    def _cut_off(self, root: Field, raw: Raw) -> Iterator[Batch]:
        """The last record, of which the end is missing, and a warning."""
        yield from self.held()
        found = list(batches([(root, 1)], raw, self._window.limit, _TRUNCATED)) or [_batch_of_none(raw)]
        if not found[0].issues:
            line = raw.anchors[-1][1]
            found[0].issues.append(Issue("truncated", "the document is cut off", severity="warning", line=line))
        self._record += 1
        yield from found

    def _oversize(self, find: Callable[[], IntArray]) -> Iterator[Batch]:
        """A record that is too long to be parsed, as text, up to the first place that `find` gives."""
        yield from self.held()
        line, column = self._window.line, self._window.column
        issue: Issue | None = TOO_LONG.issue(line)
        for batch in moved(text.read(self._until(find), line=line), line, column):
            batch.records = np.full(batch.height, self._record, dtype=np.int64)
            batch.issues += [issue] if issue else []
            batch.begun = int(issue is not None)
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


def _batch_of_none(raw: Raw) -> Batch:
    """No rows, for an issue to go with."""
    none = np.zeros(0, dtype=np.int64)
    return Batch([], none, JsonLocator(frozenset(), raw.pick(none), [], []))
