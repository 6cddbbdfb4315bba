"""Opens a source; what goes wrong then or later is an issue of the stream, never an exception."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scanner.model import Issue
from scanner.sources.compression import HEAD, Decompressed, Limits, sniff
from scanner.sources.source import Source, Stream, failure


class _Plain:
    """Bytes as they are: `head`, which was read before, then those of `file` up to `left` of them."""

    def __init__(
        self, read: Callable[[int], bytes], close: Callable[[], None], path: str, left: int | None = None
    ) -> None:
        self.issues: list[Issue] = []
        self._read, self.close, self._path = read, close, path
        self._left = left
        self._head = b""

    def read(self, n: int, /) -> bytes:
        if self._head:
            out, self._head = self._head[:n], self._head[n:]
            return out
        if self.issues:
            return b""
        return self._count(self._try(n if self._left is None else min(n, self._left)))

    def unread(self, data: bytes) -> None:
        self._head = data + self._head

    def _try(self, n: int) -> bytes:
        try:
            return self._read(n)
        except (OSError, ValueError) as error:  # ValueError: stdin was closed
            reason = error.strerror if isinstance(error, OSError) else None
            self.issues.append(Issue("unreadable", reason or "closed while it was read", self._path, bytes=self._left))
            return b""

    def _count(self, data: bytes) -> bytes:
        if self._left:
            if not data and not self.issues:
                self.issues.append(Issue("truncated", "shrank while it was read", self._path, bytes=self._left))
            self._left -= len(data)
        return data


def open_source(source: Source, start: int = 0, end: int | None = None, *, limits: Limits | None = None) -> Stream:
    """Open the bytes of `source`, decompressed; a plain regular file also from byte `start` up to byte `end`.

    A file is decompressed as `source.compression` says, stdin as its first bytes say. Issues on the stream:
    not_found, loop, unreadable, truncated, corrupt, bomb, trailing. Raises ValueError for a range of anything
    but a plain file.
    """
    if (start or end is not None) and (source.location is None or source.compression):
        raise ValueError("only a plain file has byte ranges")
    limits = limits or Limits()
    if source.stream is not None:
        return source.stream
    if source.location is None:
        return _open_stdin(source.path, limits)
    try:
        file = Path(source.location).open("rb", buffering=0)  # noqa: SIM115 - the stream closes it
        file.seek(start)
    except OSError as error:
        return _failed(failure(error, source.location))
    plain = _Plain(file.read, file.close, source.path, None if end is None else max(end - start, 0))
    if source.compression is None:
        return plain
    return Decompressed(plain, source.compression, source.path, os.fstat(file.fileno()).st_size, limits)


def _open_stdin(path: str, limits: Limits) -> Stream:
    buffer: Any = getattr(sys.stdin, "buffer", None)  # None when the process was started without one
    if buffer is None:
        return _failed(Issue("unreadable", "there is no standard input", path))
    return decompressed(_Plain(buffer.read1, lambda: None, path), path, limits=limits)


def decompressed(stream: Stream, path: str, size: int | None = None, *, limits: Limits | None = None) -> Stream:
    """The bytes of `stream`, decompressed as its first bytes say; `size`: its length in bytes, if known."""
    plain = _Plain(stream.read, stream.close, path)
    plain.issues = stream.issues
    head = b""
    while len(head) < HEAD and (data := plain.read(HEAD - len(head))):
        head += data
    plain.unread(head)
    compression = sniff(head)
    return plain if compression is None else Decompressed(plain, compression, path, size, limits or Limits())


def _failed(issue: Issue) -> Stream:
    empty = io.BytesIO()
    stream = _Plain(empty.read, empty.close, issue.path or "")
    stream.issues.append(issue)
    return stream
