"""Looks at the start of a stream that can be read only once."""

from __future__ import annotations

from typing import Protocol

from scanner.decode.detect import Encoding, detect, detect_text
from scanner.model import Issue

SAMPLE = 256 * 1024  # bytes
_BLOCK = 64 * 1024
_SEARCHED = 64 * 1024 * 1024


class Readable(Protocol):
    """A stream of bytes; `read` returns 1 to n bytes, or b"" at the end, and `issues` what was not read."""

    issues: list[Issue]

    def read(self, n: int, /) -> bytes:
        """Return 1 to `n` bytes, or b"" at the end."""
        ...

    def close(self) -> None:
        """Release what the stream holds."""
        ...


class _Replay:
    """Gives `head` and then the rest of `inner`."""

    def __init__(self, head: bytes, inner: Readable) -> None:
        self.issues = inner.issues
        self.close = inner.close
        self._head, self._inner = head, inner

    def read(self, n: int, /) -> bytes:
        if not self._head:
            return self._inner.read(n)
        out, self._head = self._head[:n], self._head[n:]
        return out


def read_full(stream: Readable, n: int) -> bytes:
    """Read `n` bytes, fewer only at the end, however small the pieces that `stream` gives."""
    pieces = []
    while n > 0 and (piece := stream.read(n)):
        pieces.append(piece)
        n -= len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def peek(stream: Readable, size: int = SAMPLE) -> tuple[bytes, Readable]:
    """Return the first `size` bytes (fewer only if that is all) and a stream that starts with them again."""
    sample = read_full(stream, size)
    return sample, _Replay(sample, stream)


def resolve_encoding(stream: Readable, searched: int = _SEARCHED) -> Encoding:
    """Decide the encoding of a whole file, once for all its splits; reads, and does not close, `stream`.

    While everything is ASCII it reads on, up to `searched` bytes, and judges the first part that is not. If there
    is none the result is UTF-8, still provisional when the file goes on.
    """
    sample = read_full(stream, SAMPLE)
    encoding = detect(sample, len(sample) < SAMPLE)
    line = sample[sample.rfind(b"\n") + 1 :]
    while encoding.provisional and searched > 0:
        block = read_full(stream, _BLOCK)
        searched -= _BLOCK
        if not block.isascii():
            more = read_full(stream, SAMPLE)
            found = detect_text(line + block + more, len(more) < SAMPLE)
            return Encoding(found.name, encoding.bom, found.confidence)
        if len(block) < _BLOCK:
            break
        line = (line + block)[-_BLOCK:]
        line = line[line.rfind(b"\n") + 1 :]
    return encoding
