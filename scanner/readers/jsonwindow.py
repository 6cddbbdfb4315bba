"""The part of a JSON document that is in memory, and what is put aside of it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scanner.model import IntArray
from scanner.readers.jsonparse import is_json
from scanner.readers.jsonraw import Raw
from scanner.readers.jsonscan import COMMA, DELTA, Bytes, Structure
from scanner.views import TextBuffer

_ALL = slice(None)
GROWTH = 8 << 20  # bytes to read at most at once while an element has no end yet


class Window:
    """The part of the input that is being looked at, its structure, and the place where it begins."""

    def __init__(self, chunks: Iterator[bytes], line: int, limit: int) -> None:
        """`line` numbers the first line of `chunks`; a value of more than `limit` bytes is not waited for."""
        self._chunks = chunks
        self.limit = limit
        self._structure = Structure()
        self.data = bytearray()
        self.line, self.column = line, 1
        self.positions: IntArray = np.zeros(0, dtype=np.int64)
        self.chars: Bytes = np.zeros(0, dtype=np.uint8)
        self.depths: IntArray = np.zeros(0, dtype=np.int64)

    @property
    def full(self) -> bool:
        """Whether there is more than one value may have."""
        return len(self.data) > self.limit

    def fitting(self, starts: IntArray, ends: IntArray) -> int:
        """How many spans come before the first that is too long."""
        long = np.flatnonzero(ends - starts > self.limit)
        return int(long[0]) if len(long) else len(ends)

    def fill(self) -> bool:
        """Read on, the more the longer the window is already; False at the end of the input."""
        wanted = len(self.data) + max(1, min(len(self.data), GROWTH))
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

    def elements(self, depth: int, span: slice = _ALL) -> tuple[IntArray, bool]:
        """Ends of the elements, or members, at `depth`; whether the last one is the closing bracket.

        `span`: the brackets and commas that are looked at.
        """
        positions, chars, depths = self.positions[span], self.chars[span], self.depths[span]
        closed = np.flatnonzero(depths < depth)[:1]
        stop = int(closed[0]) if len(closed) else len(depths)
        commas = np.flatnonzero((chars[:stop] == COMMA) & (depths[:stop] == depth))
        return positions[np.concatenate((commas, closed))], bool(len(closed))

    def edges(self) -> IntArray:
        """Where top-level values begin and where they end, ascending."""
        delta = DELTA[self.chars]
        begins = self.positions[(delta > 0) & (self.depths == 1)]
        return np.union1d(begins, self.positions[(delta < 0) & (self.depths <= 0)] + 1)


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
