"""Plain text and logs: a table with one column and no name, a row a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from scanner.model import Batch, Column, IntArray
from scanner.readers.pieces import PIECE, LineLocator, LongLine, is_long, stream_line
from scanner.readers.views import TextBuffer


def read(blocks: Iterable[bytes], *, line: int = 1, record: int = 1) -> Iterator[Batch]:
    """Read lines (LF or CRLF) from valid UTF-8 blocks; `line` and `record` number the first one.

    A record is a physical line. A line of more than `PIECE` code points comes in pieces, each a batch.
    """
    shift = record - line
    carry = b""
    blocks = iter(blocks)
    for block in blocks:
        carry += block
        end = carry.rfind(b"\n") + 1
        if end:
            yield from _lines(carry[:end], line, shift)
            line += carry.count(b"\n", 0, end)
            carry = carry[end:]
        elif len(carry) > 8 * PIECE:
            long = LongLine(line, line + shift)
            carry = yield from stream_line(long, carry, blocks)
            line += 1
    if carry:
        yield from _lines(carry, line, shift)


def _lines(data: bytes, line: int, shift: int) -> Iterator[Batch]:
    """Whole lines as one batch, but for the long ones among them."""
    text = TextBuffer(data)
    starts, ends = line_spans(text)
    long = np.flatnonzero(ends - starts > PIECE)
    previous = 0
    for index in long.tolist():
        cell = data[starts[index] : ends[index]]
        if is_long(cell):
            yield from _batch(text, starts[previous:index], ends[previous:index], line + previous, shift)
            yield from LongLine(line + index, line + index + shift).feed(cell.decode(), last=True)
            previous = index + 1
    yield from _batch(text, starts[previous:], ends[previous:], line + previous, shift)


def _batch(text: TextBuffer, starts: IntArray, ends: IntArray, line: int, shift: int) -> Iterator[Batch]:
    if len(starts):
        lines = np.arange(line, line + len(starts), dtype=np.int64)
        yield Batch([Column(None, text.column(starts, ends))], lines + shift, LineLocator(lines))


def line_spans(text: TextBuffer) -> tuple[IntArray, IntArray]:
    """Byte spans of the lines of a buffer, without their LF or CRLF."""
    ends = np.flatnonzero(text.bytes == 10)
    if text.size and (not len(ends) or ends[-1] != text.size - 1):
        ends = np.append(ends, text.size)
    starts = np.concatenate(([0], ends[:-1] + 1)).astype(np.int64) if len(ends) else ends
    crlf = (ends > starts) & (text.bytes[ends - 1] == 13) if len(ends) else np.zeros(0, dtype=bool)
    return starts, ends - crlf
