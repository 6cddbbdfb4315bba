"""Very long lines, cut into overlapping pieces whose kept parts tile the line.

The cuts depend on the line alone, never on where blocks end, so neither do the findings.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator

import numpy as np
import polars as pl

from scanner.model import Batch, Column, IntArray

PIECE = 1 << 16  # code points
LEFT = 256  # context before a piece: what may not touch a match, context words
RIGHT = 4096  # room for a match that starts at the piece's end


class LineLocator:
    """Each row is a physical line; `lines` holds their numbers."""

    def __init__(self, lines: IntArray, origin: IntArray | None = None) -> None:
        """`origin`: code-point offset of each row's text within its line, or None for 0."""
        self._lines = lines
        self._origin = origin

    def locate(self, column: int, cells: IntArray, starts: IntArray) -> tuple[IntArray, IntArray]:
        """Line of the row, and the offset in it."""
        shift = 0 if self._origin is None else self._origin[cells]
        return self._lines[cells], starts + shift + 1


class LongLine:
    """Collects one long line and gives its pieces as soon as they are whole."""

    def __init__(self, line: int, record: int) -> None:
        """`line` and `record` number the line that is being read."""
        self._line, self._record = line, record
        self._text = ""
        self._offset = 0  # of _text within the line
        self._next = 0  # where the next piece's kept part starts

    def feed(self, text: str, *, last: bool = False) -> Iterator[Batch]:
        """Take the next part of the line; give a batch of the pieces that are whole, after the `last` part of all."""
        self._text += text
        end = self._offset + len(self._text)
        first, pieces = self._next, []
        while end >= self._next + PIECE + RIGHT or (last and end > self._next):
            start = max(0, self._next - LEFT) - self._offset
            pieces.append(self._text[start : self._next + PIECE + RIGHT - self._offset])
            self._next += PIECE
        if pieces:
            done = max(0, self._next - LEFT) - self._offset
            self._text, self._offset = self._text[done:], self._offset + done
            yield self._batch(first, pieces)

    def _batch(self, first: int, pieces: list[str]) -> Batch:
        kept = first + PIECE * np.arange(len(pieces), dtype=np.int64)
        origin = np.maximum(kept - LEFT, 0)
        lines = np.full(len(pieces), self._line, dtype=np.int64)
        batch = pieces_batch(pl.Series(pieces), lines, self._record - self._line, origin, kept - origin)
        batch.begun = int(first == 0)
        return batch


def pieces_batch(values: pl.Series, lines: IntArray, shift: int, origin: IntArray, low: IntArray) -> Batch:
    """A batch of lines and pieces of lines; `shift` added to a line number gives the record's."""
    column = Column(None, values, origin=origin, keep=(low, low + PIECE))
    return Batch([column], lines + shift, LineLocator(lines, origin))


def is_long(line: bytes) -> bool:
    """Whether a line (UTF-8, without its line end) has more than `PIECE` code points."""
    return len(line) > PIECE and len(line.decode()) > PIECE


def stream_line(long: LongLine, head: bytes, blocks: Iterator[bytes]) -> Generator[Batch, None, bytes]:
    """Read on from `head`, which holds no line end, to the end of the line; returns the bytes that follow it."""
    yield from long.feed(head.decode())
    for block in blocks:
        end = block.find(b"\n")
        if end >= 0:
            yield from long.feed(block[:end].removesuffix(b"\r").decode(), last=True)
            return block[end + 1 :]
        yield from long.feed(block.decode())
    yield from long.feed("", last=True)
    return b""
