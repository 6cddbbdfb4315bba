"""The part of a JSON document that is in memory, and what is put aside of it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scanner.model import IntArray
from scanner.readers.jsonparse import is_json
from scanner.readers.jsonraw import Raw
from scanner.readers.jsonscan import COMMA, DELTA, Bytes, Structure
from scanner.views import TextBuffer

GROWTH = 8 << 20  # bytes to read at most at once while an element has no end yet
_LOOK = 256  # brackets and commas that are looked at first


class Window:
    """The part of the input that is being looked at, its structure, and the place where it begins."""

    def __init__(self, chunks: Iterator[bytes], line: int, limit: int) -> None:
        """`line` numbers the first line of `chunks`; a value of more than `limit` bytes is not waited for."""
        self._chunks = chunks
        self.limit = limit
        self._structure = Structure()
        self.data = bytearray()
        self.line, self.column = line, 1
        self._gone = 0  # bytes that were dropped
        # brackets and commas: where they stand in the input, what they are, depths after them
        self._positions: IntArray = np.zeros(0, dtype=np.int64)
        self._chars: Bytes = np.zeros(0, dtype=np.uint8)
        self._depths: IntArray = np.zeros(0, dtype=np.int64)
        self._first = 0  # of those that are still in the window

    @property
    def full(self) -> bool:
        """Whether there is more than one value may have."""
        return len(self.data) > self.limit

    @property
    def marks(self) -> int:
        """How many brackets and commas there are."""
        return len(self._positions) - self._first

    def structure(self, start: int = 0, stop: int | None = None) -> tuple[IntArray, Bytes, IntArray]:
        """Positions of the brackets and commas number `start` to `stop`, these bytes, and the depth after each."""
        span = slice(self._first + start, None if stop is None else self._first + stop)
        return self._positions[span] - self._gone, self._chars[span], self._depths[span]

    def after(self, position: int) -> int:
        """The number of the first bracket or comma that comes after `position`."""
        return int(np.searchsorted(self._positions, position + self._gone, side="right")) - self._first

    def fitting(self, starts: IntArray, ends: IntArray) -> int:
        """How many spans come before the first that is too long."""
        long = np.flatnonzero(ends - starts > self.limit)
        return int(long[0]) if len(long) else len(ends)

    def fill(self) -> bool:
        """Read on, the more the longer the window is already; False at the end of the input."""
        wanted = len(self.data) + max(1, min(len(self.data), GROWTH))
        found = [(self._positions[self._first :], self._chars[self._first :], self._depths[self._first :])]
        while len(self.data) < wanted and (chunk := next(self._chunks, b"")):
            positions, chars, depths = self._structure.scan(chunk)
            found.append((positions + self._gone + len(self.data), chars, depths))
            self.data += chunk
        self._positions, self._chars, self._depths = map(np.concatenate, zip(*found, strict=True))
        self._first = 0
        return len(found) > 1

    def drop(self, count: int) -> None:
        """Forget the first `count` bytes."""
        newline = self.data.rfind(b"\n", 0, count)
        self.line += self.data.count(b"\n", 0, count)
        if newline >= 0:
            self.column = 1
        rest = np.frombuffer(bytes(self.data[newline + 1 : count]), dtype=np.uint8)
        self.column += int(np.count_nonzero((rest & 0xC0) != 0x80))
        self._first += self.after(count - 1)
        self._gone += count
        del self.data[:count]

    def anchor(self, offset: int = 0) -> tuple[int, int, int]:
        """The place of the window's first byte, for a raw text in which it stands at `offset`."""
        return offset, self.line, self.column

    def elements(self, depth: int) -> tuple[IntArray, bool]:
        """Ends of the elements, or members, at `depth`; whether the last one is the closing bracket.

        What comes after a small array is not looked at.
        """
        count = _LOOK
        while count < self.marks:
            ends, closed = self.first_elements(depth, 0, count)
            if closed:
                return ends, closed
            count *= 8
        return self.first_elements(depth, 0, self.marks)

    def first_elements(self, depth: int, start: int, stop: int) -> tuple[IntArray, bool]:
        """Those of the `elements` that end with the brackets and commas number `start` to `stop`."""
        positions, chars, depths = self.structure(start, stop)
        closed = np.flatnonzero(depths < depth)[:1]
        inside = int(closed[0]) if len(closed) else len(depths)
        commas = np.flatnonzero((chars[:inside] == COMMA) & (depths[:inside] == depth))
        return positions[np.concatenate((commas, closed))], bool(len(closed))

    def edges(self) -> IntArray:
        """Where top-level values begin and where they end, ascending."""
        positions, chars, depths = self.structure()
        delta = DELTA[chars]
        begins = positions[(delta > 0) & (depths == 1)]
        return np.union1d(begins, positions[(delta < 0) & (depths <= 0)] + 1)


class Rest:
    """What an object holds outside of its record arrays, put together from several parts of the input."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.data = bytearray()
        self._anchors: list[tuple[int, int, int]] = []

    def take(self, window: Window, count: int) -> None:
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
