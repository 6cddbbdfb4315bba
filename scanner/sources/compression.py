"""Streaming decompression by magic bytes, with bounded memory and everything before a damage delivered.

Formats: gzip (RFC 1952), bzip2, xz (https://tukaani.org/xz/xz-file-format.txt), zstd (RFC 8878, skippable frames too).
All may consist of several members; zeros between and after them are padding.
"""

from __future__ import annotations

import bz2
import lzma
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import zstandard

from scanner.model import Issue
from scanner.sources.source import Stream

HEAD = 10  # bytes that `sniff` needs
_CHUNK = 64 * 1024  # compressed bytes per read
_XZ_MEMORY = 1 << 29  # bytes; `xz -9` asks for 65 MiB, a hostile header for 4 GiB
# 4 bytes of zstd can stand for 128 KiB, and its decoder returns all that it can: this keeps one answer below 32 MiB.
_ZSTD_FEED = 1024

_MAGIC = {
    "gzip": re.compile(rb"\x1f\x8b\x08"),
    "bzip2": re.compile(rb"BZh[1-9](?:\x31\x41\x59\x26\x53\x59|\x17\x72\x45\x38\x50\x90)"),
    "xz": re.compile(rb"\xfd7zXZ\x00"),
    "zstd": re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"),
}


def sniff(head: bytes) -> str | None:
    """Return the compression whose magic bytes `head` (`HEAD` bytes, fewer at the end) starts with, or None."""
    return next((name for name, magic in _MAGIC.items() if magic.match(head)), None)


@dataclass(frozen=True, slots=True)
class Limits:
    """When output is taken for a decompression bomb: beyond `free` bytes, and `ratio` times what was read."""

    ratio: int = 2000
    free: int = 1 << 30


class _DamagedError(Exception):
    """The compressed data is wrong; `salvaged` is what came out before."""

    def __init__(self, reason: str, salvaged: bytes = b"") -> None:
        super().__init__(reason)
        self.salvaged = salvaged


class _Member(Protocol):
    """A decoder of one member, as those of `bz2` and `lzma` are."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes: ...


class _Gzip:
    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def needs_input(self) -> bool:
        return not self._zlib.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:
        """Decompress; on damage go over the same input bytewise, because zlib drops a failing call's output."""
        data = self._zlib.unconsumed_tail + data
        spare = self._zlib.copy()
        try:
            return self._zlib.decompress(data, max_length)
        except zlib.error as error:
            raise _DamagedError(str(error), _bytewise(spare.decompress, data)) from None


class _Zstd:
    def __init__(self) -> None:
        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._input, self._at = b"", 0
        self._output, self._out_at = b"", 0

    @property
    def eof(self) -> bool:
        return bool(self._frame.eof) and self._out_at >= len(self._output)

    @property
    def needs_input(self) -> bool:
        return self._at >= len(self._input) and self._out_at >= len(self._output)

    @property
    def unused_data(self) -> bytes:
        return bytes(self._frame.unused_data) + self._input[self._at :]

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:
        """Decompress the next piece; what exceeds `max_length` stays for the next call."""
        if data:
            self._input, self._at = self._input[self._at :] + data, 0
        if self._out_at >= len(self._output) and not self._frame.eof:
            piece = self._input[self._at : self._at + _ZSTD_FEED]
            self._at += len(piece)
            self._output, self._out_at = self._frame.decompress(piece), 0
        out = self._output[self._out_at :][:max_length] if max_length >= 0 else self._output[self._out_at :]
        self._out_at += len(out)
        return out


def _bytewise(decompress: Callable[[bytes], bytes], data: bytes) -> bytes:
    out = []
    try:
        for i in range(len(data)):
            out.append(decompress(data[i : i + 1]))
    except zlib.error:
        pass
    return b"".join(out)


_MEMBERS: dict[str, Callable[[], _Member]] = {
    "gzip": _Gzip,
    "bzip2": bz2.BZ2Decompressor,
    "xz": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, _XZ_MEMORY),
    "zstd": _Zstd,
}


class Decompressed:
    """The decompressed bytes of a stream; closes it. Issues: truncated, corrupt, bomb, trailing.

    What came out before a damage is delivered (to within 64 KiB of output for bzip2 and xz, 1 KiB of input for zstd).
    """

    def __init__(self, inner: Stream, compression: str, path: str, size: int | None, limits: Limits) -> None:
        """Read `inner`, which starts with a member of `compression`; `size` is its length in bytes if known."""
        self.issues = inner.issues
        self._inner = inner
        self._compression, self._path, self._size, self._limits = compression, path, size, limits
        self._member: _Member | None = _MEMBERS[compression]()
        self._input = b""  # read, and not yet given to a member
        self._taken = 0  # bytes read from `inner`
        self._given = 0  # bytes that came out
        self._done = False

    def read(self, n: int, /) -> bytes:
        """Return 1 to `n` bytes, or b"" at the end."""
        while not self._done and n > 0:
            if self._member is None:
                self._next_member()
            elif out := self._step(self._member, min(n, _CHUNK)):
                self._check_bomb(len(out))
                return out
        return b""

    def close(self) -> None:
        """Close the compressed stream."""
        self._done = True
        self._inner.close()

    def _step(self, member: _Member, n: int) -> bytes:
        data = self._take() if member.needs_input else b""
        starved = member.needs_input and not data
        try:
            out = member.decompress(data, n)
        except (_DamagedError, OSError, EOFError, lzma.LZMAError, zstandard.ZstdError) as error:
            self._finish("corrupt", f"{self._compression} data is damaged ({error})")
            return error.salvaged if isinstance(error, _DamagedError) else b""
        if member.eof:
            self._member, self._input = None, member.unused_data + self._input
        elif starved and not out:
            self._finish("truncated", f"{self._compression} data ends too early")
        return out

    def _take(self) -> bytes:
        """Return compressed bytes that were not yet used."""
        data, self._input = self._input or self._more(), b""
        return data

    def _more(self) -> bytes:
        data = self._inner.read(_CHUNK)
        self._taken += len(data)
        return data

    def _next_member(self) -> None:
        """Skip padding and start the next member, or end."""
        self._input = self._input.lstrip(b"\0")
        while len(self._input) < HEAD and (data := self._more()):
            self._input = (self._input + data).lstrip(b"\0")
        compression = sniff(self._input)
        if compression:
            self._compression, self._member = compression, _MEMBERS[compression]()
        elif self._input:
            self._finish("trailing", f"data after the end of the {self._compression} data was not read")
        else:
            self._done = True

    def _check_bomb(self, more: int) -> None:
        self._given += more
        if self._given > max(self._limits.free, self._limits.ratio * self._taken):
            self._finish("bomb", f"{self._compression} data grows more than {self._limits.ratio}-fold")

    def _finish(self, kind: str, message: str) -> None:
        """End the stream, and say why unless the stream beneath has already said it."""
        self._done = True
        used = self._taken - len(self._input)
        left = None if self._size is None else max(self._size - used, 0)
        if not self.issues:
            text = f"{message}; stopped after {used} compressed bytes"
            self.issues.append(Issue(kind, text, self._path, bytes=left))
