"""The raw text of JSON records, and the physical lines and columns of places in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from scanner.model import Batch, IntArray, Locator
from scanner.readers.jsonparse import exact
from scanner.views import TextBuffer

_MEMBER = re.compile(rb'[ \t\r\n]*+("[^"\\]*+(?:\\.[^"\\]*+)*+")[ \t\r\n]*+:[ \t\r\n]*+', re.DOTALL)
_COLON, _QUOTE, _SLASH, _SPACE = b':"\\ '
_SPACES = 4  # between a key and its colon; where there are more it may be a key


class Members(NamedTuple):
    """The key of each member, None where there is none, and where its value begins (int64)."""

    keys: list[str | None]
    values: IntArray


@dataclass(frozen=True, slots=True)
class Raw:
    """The raw text of a batch: record i is [starts[i], ends[i]) in bytes of `text`, its number `records[i]` (int64).

    `anchors`: (byte offset, line, column) where the text begins, and wherever it goes on from another place.
    `members`: of members of a map, of which each begins with its key.
    """

    text: TextBuffer
    starts: IntArray
    ends: IntArray
    records: IntArray
    anchors: list[tuple[int, int, int]]
    members: Members | None = None

    @property
    def begins(self) -> IntArray:
        """Where the JSON value of each record begins."""
        return self.starts if self.members is None else self.members.values

    def slices(self) -> list[bytes]:
        """The bytes of each record's value."""
        data = self.text.padded
        return [data[start:end] for start, end in zip(self.begins.tolist(), self.ends.tolist(), strict=True)]

    def pick(self, index: IntArray) -> Raw:
        """Only the records `index`."""
        members = self.members
        if members is not None:
            members = Members([members.keys[number] for number in index.tolist()], members.values[index])
        some = (self.starts[index], self.ends[index], self.records[index])
        return Raw(self.text, *some, self.anchors, members)

    def in_map(self) -> Raw:
        """The same records as members of a map; one that does not begin with a key begins with its value."""
        data, keys, starts, values = self.text.padded, [], self.starts.copy(), self.starts.copy()
        for number, (start, end) in enumerate(zip(starts.tolist(), self.ends.tolist(), strict=True)):
            found = _MEMBER.match(data, start, end)
            key = exact(found[1]) if found else None
            keys.append(key if type(key) is str else None)
            if found and keys[-1] is not None:
                starts[number], values[number] = found.start(1), found.end()
        return replace(self, starts=starts, members=Members(keys, values))

    def repeating(self, keys: IntArray) -> list[int]:
        """The records with more members than `keys` (int64), the distinct ones of each; seldom some others, too."""
        before, text = self.text.bytes[:-1], self.text.bytes[1:]
        colons = (text == _COLON) & ((before == _QUOTE) | (before <= _SPACE))
        if np.count_nonzero(colons) <= keys.sum():
            return []
        at = self._after_keys(np.flatnonzero(colons))
        members = np.searchsorted(at, self.ends) - np.searchsorted(at, self.begins)
        return [int(index) for index in np.flatnonzero(members > keys)]

    def _after_keys(self, before: IntArray) -> IntArray:
        """Those of the bytes `before` colons that end a key, and perhaps some that begin a string."""
        data, end = self.text.bytes, before.copy()
        for _ in range(_SPACES):
            end = np.maximum(end - (data[end] <= _SPACE), 0)
        quoted = (data[np.maximum(end - 1, 0)] == _SLASH) & (data[np.maximum(end - 2, 0)] != _SLASH)
        ends: IntArray = before[(data[end] <= _SPACE) | ((data[end] == _QUOTE) & ~quoted)]
        return ends


def together(parts: Sequence[Raw]) -> Raw:
    """The records of several texts as those of one; all of them are members of a map, or none is."""
    if len(parts) == 1:
        return parts[0]
    sizes = [part.text.size for part in parts]
    shifts = [0, *(np.cumsum(sizes[:-1]) + np.arange(1, len(sizes))).tolist()]
    # a value may end a part: the break keeps its end apart from the place where the next part begins
    text = TextBuffer(b"\n".join(part.text.padded[:size] for part, size in zip(parts, sizes, strict=True)))
    shifted = list(zip(parts, shifts, strict=True))
    anchors = [(at + shift, line, column) for part, shift in shifted for at, line, column in part.anchors]
    starts, ends = (
        np.concatenate([getattr(part, name) + shift for part, shift in shifted]) for name in ("starts", "ends")
    )
    members = [(part.members, shift) for part, shift in shifted if part.members is not None]
    keys = [key for of, _ in members for key in of.keys]
    values = [of.values + shift for of, shift in members]
    records = np.concatenate([part.records for part in parts])
    return Raw(text, starts, ends, records, anchors, Members(keys, np.concatenate(values)) if members else None)


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


def moved(batches: Iterable[Batch], line: int, column: int) -> Iterator[Batch]:
    """Batches of text whose first physical line, `line`, does not begin at column 1 but at `column`."""
    for batch in batches:
        lines = batch.locator.locate(0, every := np.arange(batch.height, dtype=np.int64), every * 0)[0]
        if column > 1 and lines is not None:
            by = (column - 1) * (lines == line).astype(np.int64)
            batch.locator = _Moved(batch.locator, by)
            batch.columns = [
                replace(cells, origin=by if cells.origin is None else cells.origin + by) for cells in batch.columns
            ]
        yield batch


@dataclass(frozen=True, slots=True)
class _Moved:
    """Places of text whose cells stand `by` (int64, n) code points further right."""

    inner: Locator
    by: IntArray

    def locate(self, column: int, cells: IntArray, starts: IntArray) -> tuple[IntArray | None, IntArray | None]:
        lines, columns = self.inner.locate(column, cells, starts)
        return lines, None if columns is None else columns + self.by[cells]
