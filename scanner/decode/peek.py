"""Looks at the start of a stream that can be read only once."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Protocol

from scanner.decode.detect import Encoding, detect_text
from scanner.model import Issue

SAMPLE = 256 * 1024  # bytes


class Readable(Protocol):
    """A stream of bytes; `read` returns 1 to n bytes, or b"" at the end, and `issues` what was not read."""

    issues: list[Issue]

    def read(self, n: int, /) -> bytes:
        """Return 1 to `n` bytes, or b"" at the end."""
        ...

    def close(self) -> None:
        """Release what the stream holds."""
        ...


class Replay:
    """Gives `head` and then the rest of `inner`."""

    def __init__(self, head: bytes, inner: Readable) -> None:
        """`head` was read from `inner` before."""
        self.issues = inner.issues
        self.close = inner.close
        self._head, self._inner = head, inner

    def read(self, n: int, /) -> bytes:
        """See `Readable`."""
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
    return sample, Replay(sample, stream)


def settled(encoding: Encoding, block: bytes, complete: bool) -> Encoding:
    """What a provisional encoding turns out to be, by `block`, the first data that is not ASCII.

    It holds the whole line of the first such byte and, unless that is all (`complete`), `SAMPLE` bytes more.
    """
    first = re.search(rb"[\x80-\xff]", block)
    start = block.rfind(b"\n", 0, first.start() if first else 0) + 1
    found = detect_text(block[start : start + SAMPLE], complete)
    return replace(found, bom=encoding.bom, cr=encoding.cr)
