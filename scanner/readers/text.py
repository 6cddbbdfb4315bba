"""Plain text and logs: a table with one column and no name, a row a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
import polars as pl

from scanner.model import Batch, Column, IntArray
from scanner.readers.pieces import PIECE, LineLocator, LongLine, is_long, pieces_batch, stream_line
from scanner.views import TextBuffer, line_feeds

STREAMED = 8 << 20  # bytes; a line of which so much has come without an end is not waited for


def read(blocks: Iterable[bytes], *, line: int = 1, record: int = 1) -> Iterator[Batch]:
    """Read lines (LF or CRLF) from valid UTF-8 blocks; `line` and `record` number the first one.

    A record is a physical line. A line of more than `PIECE` code points comes in pieces.
    """
    shift = record - line
    carry = b""
    blocks = iter(blocks)
    for block in blocks:
        carry += block
        end = carry.rfind(b"\n") + 1
        if end:
            batch = _lines(carry[:end], line, shift)
            line += batch.begun
            yield batch
            carry = carry[end:]
        elif len(carry) > STREAMED:
            long = LongLine(line, line + shift)
            carry = yield from stream_line(long, carry, blocks)
            line += 1
    if carry:
        yield _lines(carry, line, shift)


def count(block: bytes) -> tuple[int, int]:
    """How many bytes of a block that begins with a line are whole lines, and how many these are."""
    end = block.rfind(b"\n") + 1
    return end, line_feeds(block, end)


def _lines(data: bytes, line: int, shift: int) -> Batch:
    """Whole lines as one batch; the long ones among them as pieces."""
    text = TextBuffer(data)
    starts, ends = line_spans(text)
    numbers = np.arange(line, line + len(starts), dtype=np.int64)
    long = [
        index for index in np.flatnonzero(ends - starts > PIECE).tolist() if is_long(data[starts[index] : ends[index]])
    ]
    if not long:
        column = Column(None, text.column(starts, ends))
        return Batch([column], numbers + shift, LineLocator(numbers), begun=len(numbers))
    parts: list[Batch] = []
    for first, index in pairwise([-1, *long, len(starts)]):
        if first >= 0:
            cell = data[starts[first] : ends[first]].decode()
            parts += LongLine(line + first, line + first + shift).feed(cell, last=True)
        if index > first + 1:
            few = slice(first + 1, index)
            zeros = np.zeros(index - first - 1, dtype=np.int64)
            parts.append(pieces_batch(text.column(starts[few], ends[few]), numbers[few], shift, zeros, zeros))
    joined = _joined(parts, shift)
    joined.begun = len(numbers)
    return joined


def _joined(parts: Sequence[Batch], shift: int) -> Batch:
    columns = [part.columns[0] for part in parts]
    values = pl.concat([column.values for column in columns])
    lines = np.concatenate([part.records for part in parts]) - shift
    origin = np.concatenate([column.origin for column in columns if column.origin is not None])
    low = np.concatenate([column.keep[0] for column in columns if column.keep is not None])
    return pieces_batch(values, lines, shift, origin, low)


def line_spans(text: TextBuffer) -> tuple[IntArray, IntArray]:
    """Byte spans of the lines of a buffer, without their LF or CRLF."""
    ends = np.flatnonzero(text.bytes == 10)
    if text.size and (not len(ends) or ends[-1] != text.size - 1):
        ends = np.append(ends, text.size)
    starts = np.concatenate(([0], ends[:-1] + 1)).astype(np.int64) if len(ends) else ends
    crlf = (ends > starts) & (text.bytes[ends - 1] == 13) if len(ends) else np.zeros(0, dtype=bool)
    return starts, ends - crlf
