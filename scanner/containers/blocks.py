"""Exact reads and skips of a stream that can only be read from front to back."""

from __future__ import annotations

from scanner.decode import Readable, read_full

_CHUNK = 1 << 20  # bytes skipped at once


class Blocks:
    """A stream that knows its position and takes bytes back; `at`: bytes given so far."""

    def __init__(self, stream: Readable) -> None:
        """`stream` is read from where it stands."""
        self.at = 0
        self._stream, self._head = stream, b""

    def read(self, n: int) -> bytes:
        """Return `n` bytes, fewer only at the end."""
        data, self._head = self._head[:n], self._head[n:]
        if len(data) < n:
            data += read_full(self._stream, n - len(data))
        self.at += len(data)
        return data

    def unread(self, data: bytes) -> None:
        """Take back the bytes that were given last."""
        self._head = data + self._head
        self.at -= len(data)

    def skip_to(self, at: int) -> None:
        """Go on to position `at`, or to the end if that comes first."""
        while self.at < at and self.read(min(at - self.at, _CHUNK)):
            pass
