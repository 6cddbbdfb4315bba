"""JSON lines: a JSON value a line (https://jsonlines.org); what is not one goes on as text.

A record's number is that of its physical line, blank lines included, so that a file can be read from any line on.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Generator, Iterable, Iterator

import numpy as np

from scanner.model import Batch, IntArray
from scanner.readers.jsonbatches import TOO_LONG, batches
from scanner.readers.jsonfields import Field
from scanner.readers.jsonkeys import Keys
from scanner.readers.jsonraw import Raw
from scanner.readers.pieces import LongLine, stream_line
from scanner.readers.text import line_spans
from scanner.views import TextBuffer

LONG_LINE = 16 << 20  # bytes; a longer line is not parsed but scanned as text, in pieces


def read(
    blocks: Iterable[bytes], *, line: int = 1, record: int = 1, batch_bytes: int = 4 << 20, keys: Keys | None = None
) -> Iterator[Batch]:
    """Read values a line from valid UTF-8 blocks; `line` and `record` number the first line.

    Batches hold about `batch_bytes`; rows and cells depend neither on it nor on the cuts between blocks.
    """
    root = Field(keys=keys)
    shift = record - line
    carry = b""
    chunks = regroup(blocks, batch_bytes)
    while chunk := next(chunks, b""):
        carry += chunk
        end = carry.rfind(b"\n") + 1
        if end:
            yield from _lines(root, carry[:end], line, shift)
            line += carry.count(b"\n", 0, end)
            carry = carry[end:]
        if len(carry) > LONG_LINE:
            rest = yield from _long_line(carry, chunks, line, shift)
            chunks, carry, line = _after(rest, chunks), b"", line + 1
    yield from _lines(root, carry, line, shift)


def regroup(blocks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """The same bytes in chunks of about `size` bytes that cut neither characters nor CRLF."""
    held = bytearray()
    for block in blocks:
        for start in range(0, len(block), size):
            held += block[start : start + size]
            if len(held) >= size and (end := _safe_cut(held)):
                yield bytes(held[:end])
                del held[:end]
    if held:
        yield bytes(held)


def _safe_cut(data: bytearray) -> int:
    """The last place at which `data` may be cut; 0 if there is none."""
    end = len(data)
    while end and data[end - 1] & 0xC0 == 0x80:
        end -= 1
    last = data[end - 1] if end else 0
    complete = end + (last >= 0xC0) + (last >= 0xE0) + (last >= 0xF0) <= len(data)
    if last >= 0xC0:
        return len(data) if complete else end - 1
    return len(data) - (data[-1:] == b"\r")


def _after(rest: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    if rest:
        yield rest
    yield from chunks


def _lines(root: Field, data: bytes, line: int, shift: int) -> Iterator[Batch]:
    text = TextBuffer(data)
    starts, ends = line_spans(text)
    starts = _after_marks(text, starts)
    filled = np.flatnonzero(ends > starts)
    records = line + shift + np.arange(len(starts), dtype=np.int64)
    if len(filled):
        raw = Raw(text, starts, ends, records, [(0, line, 1)]).pick(filled)
        yield from batches([(root, len(filled))], raw, LONG_LINE)


def _after_marks(text: TextBuffer, starts: IntArray) -> IntArray:
    """Starts of lines, after the byte order mark that a line begins with where files were put together."""
    if BOM_UTF8 not in text.padded:
        return starts
    marks = [len(BOM_UTF8) * text.padded.startswith(BOM_UTF8, start) for start in starts.tolist()]
    return starts + np.array(marks, dtype=np.int64)


def _long_line(head: bytes, chunks: Iterator[bytes], line: int, shift: int) -> Generator[Batch, None, bytes]:
    """Stream the pieces of a line that begins with `head`; returns the bytes that follow the line."""
    pieces = stream_line(LongLine(line, line + shift), head, chunks)
    first = next(pieces)
    first.issues.append(TOO_LONG.issue(line))
    yield first
    return (yield from pieces)
