"""Decodes a stream to blocks of valid UTF-8."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import polars as pl

from scanner.decode.detect import DOUBTFUL, Encoding, detect_text
from scanner.decode.newlines import with_lf
from scanner.decode.peek import SAMPLE, Readable, read_full
from scanner.model import Issue

_LF, _CR = b"\n\r"
BLOCK = 4 * 1024 * 1024  # bytes

# Two high bytes that stand for nothing in these are one unknown character, as a vendor's additions are. Taking only
# the first would pair the second with the next character, and all up to the next ASCII character would be lost.
_PAIRED = frozenset({"cp949", "gb18030", "big5hkscs", "cp932", "euc_jis_2004", "cp950"})
_BAD = re.compile("[\udc00-\udcff]")


def _mark(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: stand a lone surrogate in for each bad byte, which no decoder gives by itself."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data, start, end = error.object, error.start, error.end
    if error.encoding in _PAIRED and end == start + 1 and data[start] >= 0x80 and data[end : end + 1] >= b"\x80":
        end += 1
    return "".join(chr(0xDC00 + byte) for byte in data[start:end]), end


_HANDLER = "scanner.mark"
codecs.register_error(_HANDLER, _mark)


def _whole_characters(block: bytes) -> int:
    """Return how much of `block` can be decoded as UTF-8 alone: all but a character that is cut at its end."""
    for back in range(1, min(3, len(block)) + 1):
        byte = block[-back]
        if byte >= 0xC2:
            needed = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4 if byte < 0xF5 else 1
            return len(block) - back if needed > back else len(block)
        if byte < 0x80:
            break
    return len(block)


class TextBlocks:
    """Iterates over a stream's text as blocks of valid UTF-8 `bytes`, cut between characters, not at newlines.

    Each undecodable byte becomes U+FFFD; at the end `issues` holds one issue `undecodable` with their number and the
    first one's physical line, and, at the start of a file, a warning `encoding` when that is a doubtful guess. NULs
    pass. Where the encoding is provisional (ASCII so far), the first block with other bytes decides, together with up
    to 256 KiB that follow. Where a lone CR ends a line, it becomes an LF. `bytes_read` counts what was read.
    What went wrong in reading stays in the issues of the stream.
    """

    def __init__(
        self,
        stream: Readable,
        encoding: Encoding,
        block_size: int = BLOCK,
        *,
        at_start: bool = True,
        path: str | None = None,
    ) -> None:
        """Decode `stream`, `block_size` bytes at a time; `at_start`: it starts where the file does, BOM included.

        Raises ValueError for binary data.
        """
        if encoding.kind == "binary":
            raise ValueError("binary data has no text")
        self.encoding = encoding
        self.issues: list[Issue] = []
        self.bytes_read = 0
        self._stream, self._block_size, self._path = stream, block_size, path
        self._at_start = at_start
        self._bom = encoding.bom if at_start else 0
        self._rest = b""  # the start of a character whose end is in the next block (UTF-8 only)
        self._decoder = _decoder(encoding)
        self._line_end = _CR if encoding.cr else _LF
        self._newlines = 0
        self._bad, self._bad_line = 0, 0

    def __iter__(self) -> Iterator[bytes]:
        """Yield the blocks; none is empty."""
        return with_lf(self._blocks()) if self.encoding.cr else self._blocks()

    def _blocks(self) -> Iterator[bytes]:
        if self._bom:
            self.bytes_read += len(read_full(self._stream, self._bom))
        while block := self._read(self._block_size):
            yield from self._give(self._decode(self._judge(block), False))
        yield from self._give(self._decode(b"", True))
        if self._bad:
            message = f"{self._bad} bytes are not valid {self.encoding.name}"
            self.issues.append(Issue("undecodable", message, self._path, line=self._bad_line, bytes=self._bad))
        if self._at_start and self.encoding.confidence < DOUBTFUL:
            message = f"read as {self.encoding.name}, which is a guess; -E sets the encoding"
            self.issues.append(Issue("encoding", message, self._path, "warning"))

    def _read(self, n: int) -> bytes:
        block = read_full(self._stream, n)
        self.bytes_read += len(block)
        return block

    def _judge(self, block: bytes) -> bytes:
        """Decide a provisional encoding by the first block that is not ASCII; return it with what was read more."""
        if not self.encoding.provisional or block.isascii():
            return block
        more = self._read(SAMPLE)
        sample = (block[_line_start(block) :] + more)[:SAMPLE]
        found = detect_text(sample, len(more) < SAMPLE)
        self.encoding = replace(self.encoding, name=found.name, confidence=found.confidence, provisional=False)
        self._decoder = _decoder(self.encoding)
        return block + more

    def _decode(self, block: bytes, final: bool) -> bytes:
        if self._decoder is not None:
            return self._encode(self._decoder.decode(block, final))
        if self._rest:
            block, self._rest = self._rest + block, b""
        if block.isascii():
            self._count_lines(block)
            return block
        if not final and (cut := _whole_characters(block)) < len(block):
            block, self._rest = block[:cut], block[cut:]
        return self._valid(block)

    def _valid(self, block: bytes) -> bytes:
        """Return the same bytes when they are valid UTF-8; polars checks that ten times faster than `bytes.decode`."""
        try:
            pl.Series([block], dtype=pl.Binary).cast(pl.String)
        except pl.exceptions.PolarsError:
            return self._encode(block.decode("utf-8", _HANDLER))
        self._count_lines(block)
        return block

    def _encode(self, text: str) -> bytes:
        try:
            block = text.encode()
        except UnicodeEncodeError as error:
            if not self._bad:
                self._bad_line = self._newlines + text.count(chr(self._line_end), 0, error.start) + 1
            text, bad = _BAD.subn("\ufffd", text)
            self._bad += bad
            block = text.encode()
        self._count_lines(block)
        return block

    def _count_lines(self, block: bytes) -> None:
        if not self._bad:
            self._newlines += int(np.count_nonzero(np.frombuffer(block, np.uint8) == self._line_end))

    @staticmethod
    def _give(block: bytes) -> Iterator[bytes]:
        if block:
            yield block


def _decoder(encoding: Encoding) -> codecs.IncrementalDecoder | None:
    """Return None for UTF-8, which needs only to be checked."""
    return None if encoding.name == "utf-8" else codecs.getincrementaldecoder(encoding.name)(_HANDLER)


def _line_start(block: bytes) -> int:
    """Return where the line of the first non-ASCII byte starts."""
    first = re.search(rb"[\x80-\xff]", block)
    return block.rfind(b"\n", 0, first.start() if first else 0) + 1
