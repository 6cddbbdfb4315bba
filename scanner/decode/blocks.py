"""Decodes a stream to blocks of valid UTF-8."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from scanner.decode.detect import DOUBTFUL, Encoding, detect_text
from scanner.decode.lines import Lines
from scanner.decode.mixed import JUDGED
from scanner.decode.newlines import with_lf
from scanner.decode.peek import SAMPLE, Readable, read_full
from scanner.model import Issue

BLOCK = 4 * 1024 * 1024  # bytes


class TextBlocks:
    """Iterates over a stream's text as blocks of valid UTF-8 `bytes`, cut between characters.

    A line that is not in the file's encoding is decoded in its own, if `encoding.mixed`: see `decode.mixed`; `lines_in`
    counts these lines by encoding. Each undecodable byte becomes U+FFFD. At the end `issues` holds a warning
    `mixed_encodings` for each encoding of some lines, an error `undecodable` with the number of these bytes, both with
    the first physical line, and, at the start of a file, a warning `encoding` when that is a doubtful guess. NULs pass.
    Where the encoding is provisional (ASCII so far), the first block with other bytes decides, together with up to
    256 KiB that follow. Where a lone CR ends a line, it becomes an LF. `bytes_read` counts what was read. Memory is
    bounded by three blocks and `judged`. What went wrong in reading stays in the issues of the stream.
    """

    def __init__(
        self,
        stream: Readable,
        encoding: Encoding,
        block_size: int = BLOCK,
        *,
        at_start: bool = True,
        path: str | None = None,
        line: int = 1,
        judged: int = JUDGED,
    ) -> None:
        """Decode `stream`, `block_size` bytes at a time; `at_start`: it starts where the file does, BOM included.

        `line`: the number of the line at which it starts. `judged`: bytes of a line that its encoding is judged by.
        Raises ValueError for binary data.
        """
        if encoding.kind == "binary":
            raise ValueError("binary data has no text")
        self.encoding = encoding
        self.issues: list[Issue] = []
        self.bytes_read = 0
        self._stream, self._block_size, self._path = stream, block_size, path
        self._at_start = at_start
        self._lines = Lines(encoding, judged)
        self._tally = self._lines.tally
        self._tally.start(line - 1)

    @property
    def lines_in(self) -> Counter[str]:
        """How many lines so far were in another encoding than the file, by its name."""
        return self._tally.odd

    def __iter__(self) -> Iterator[bytes]:
        """Yield the blocks; none is empty."""
        late = self.encoding.cr and not self.encoding.mixed  # half of a character may look like a CR
        blocks = with_lf(self._decoded()) if late else self._decoded()
        yield from filter(None, blocks)
        self.issues += self._found()

    def _decoded(self) -> Iterator[bytes]:
        early = self.encoding.cr and self.encoding.mixed
        for block in with_lf(self._blocks()) if early else self._blocks():
            yield from self._lines.take(block)
        yield from self._lines.finish()

    def _blocks(self) -> Iterator[bytes]:
        """What is read, from after the BOM; before a block is given, its encoding is decided."""
        if self._at_start and self.encoding.bom:
            self._read(self.encoding.bom)
        while block := self._read(self._block_size):
            if self.encoding.provisional and not block.isascii():
                block += self._judge(block)
            yield block

    def _read(self, n: int) -> bytes:
        block = read_full(self._stream, n)
        self.bytes_read += len(block)
        return block

    def _judge(self, block: bytes) -> bytes:
        """Decide a provisional encoding by the first block that is not ASCII; return what was read more."""
        more = self._read(SAMPLE)
        begun = self._lines.pending() + block
        found = detect_text((begun[_line_start(begun) :] + more)[:SAMPLE], len(more) < SAMPLE)
        self.encoding = replace(found, bom=self.encoding.bom, cr=self.encoding.cr)
        self._lines.set(self.encoding)
        return more

    def _found(self) -> Iterator[Issue]:
        name, tally = self.encoding.name, self._tally
        for other, count in sorted(tally.odd.items()):
            message = f"lines were read as {other} among {name}"
            yield Issue("mixed_encodings", message, self._path, "warning", tally.first[other], count=count)
        if tally.bad:
            message = f"{tally.bad} bytes are not valid {name}"
            yield Issue("undecodable", message, self._path, line=tally.bad_line, bytes=tally.bad)
        if self._at_start and self.encoding.confidence < DOUBTFUL:
            message = f"read as {name}, which is a guess; -E sets the encoding"
            yield Issue("encoding", message, self._path, "warning")


def _line_start(block: bytes) -> int:
    """Return where the line of the first non-ASCII byte starts."""
    first = re.search(rb"[\x80-\xff]", block)
    return block.rfind(b"\n", 0, first.start() if first else 0) + 1
