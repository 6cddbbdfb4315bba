"""Members of a zip archive whose directory is missing or wrong, as of one that was cut off: by their own headers."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from scanner.containers.member import Checked, Member
from scanner.containers.names import as_text
from scanner.containers.zipfields import ENCRYPTED, HEADER, LATER, MAGIC, fields
from scanner.model import Issue

_STORED, _DEFLATED = 0, 8
_ZIP64, _IN_EXTRA = 1, 0xFFFFFFFF
_CHUNK = 1 << 16
_FEED = 1 << 12  # bytes given to zlib at once, which loses what it has made of them when they are damaged


@dataclass(frozen=True, slots=True)
class _Header:
    flags: int
    method: int
    checksum: int
    name: str
    data: int  # where the data begins
    size: int  # bytes of it that the file has
    cut: bool  # the header claims more


def members(file: BinaryIO, path: str) -> Iterator[Member | Issue]:
    """The files in an archive up to where it is cut off, each to be read before the next; the first item says so.

    Where a member cannot be read, its size is not believed either: the search goes on where its data begins.
    """
    message = "the directory at the end of the zip archive is missing, damaged or too large; members were read without"
    yield Issue("truncated", message, path)
    at = 0
    while (at := _find(file, at)) >= 0:
        header = _header(file, at)
        if header is None:
            at += len(MAGIC)
        elif header.flags & ENCRYPTED:
            yield Issue("encrypted", "encrypted; not read", f"{path}!{header.name}", bytes=header.size)
            at = header.data
        elif header.method == _DEFLATED or (header.method == _STORED and not header.flags & LATER):
            data = _Inflated(file, header.data) if header.method == _DEFLATED else _Stored(file, header)
            if not header.name.endswith("/"):
                yield Member(header.name, None, _checked(data, header), lambda: None)
            at = header.data if header.cut and header.method == _STORED else _end(data)
        else:
            message = f"compression method {header.method} cannot be read without the archive's directory"
            yield Issue("unsupported", message, f"{path}!{header.name}", bytes=header.size)
            at = header.data


class _Stored:
    """Data as it is, of a known size."""

    def __init__(self, file: BinaryIO, header: _Header) -> None:
        self.at = header.data
        self._file, self._end, self._cut = file, header.data + header.size, header.cut

    def read(self, n: int) -> bytes:
        self._file.seek(self.at)
        data = self._file.read(max(min(n, self._end - self.at), 0))
        if not data and (self._cut or self.at < self._end):
            raise EOFError
        self.at += len(data)
        return data


class _Inflated:
    """Deflated data, which says itself where it ends."""

    def __init__(self, file: BinaryIO, at: int) -> None:
        self.at = at
        self._file, self._zlib, self._failed = file, zlib.decompressobj(-15), False

    def read(self, n: int) -> bytes:
        while not self._zlib.eof and not self._failed:
            self._file.seek(self.at)
            data = self._file.read(_FEED)
            self._failed = True  # unless all goes well
            if not data:
                raise EOFError
            out = self._zlib.decompress(data, n)
            self._failed = False
            self.at += len(data) - len(self._zlib.unused_data if self._zlib.eof else self._zlib.unconsumed_tail)
            if out:
                return out
        return b""


def _checked(data: _Stored | _Inflated, header: _Header) -> Callable[[int], bytes]:
    return data.read if header.flags & LATER else Checked(data.read, header.checksum).read


def _end(data: _Stored | _Inflated) -> int:
    """Where the data ends, or breaks off, whether or not all of it was asked for."""
    with suppress(EOFError, zlib.error):
        while data.read(_CHUNK):
            pass
    return data.at


def _find(file: BinaryIO, at: int) -> int:
    """Where the next header begins, -1 for nowhere."""
    before = b""
    file.seek(at)
    while data := file.read(_CHUNK):
        found = (before + data).find(MAGIC)
        if found >= 0:
            return at - len(before) + found
        at += len(data)
        before = data[-3:]
    return -1


def _header(file: BinaryIO, at: int) -> _Header | None:
    length = file.seek(0, 2)
    file.seek(at)
    head = file.read(HEADER.size)
    if len(head) < HEADER.size:
        return None
    _, _, flags, method, _, _, checksum, size, _, name_size, extra_size = HEADER.unpack(head)
    name, extra = file.read(name_size), file.read(extra_size)
    if size == _IN_EXTRA:
        size = _zip64_size(extra)
    data = at + HEADER.size + name_size + extra_size
    there = max(length - data, 0)
    return _Header(flags, method, checksum, as_text([name])[0], data, min(size, there), size > there)


def _zip64_size(extra: bytes) -> int:
    """The size of the data in a header's extra field of ZIP64 (APPNOTE.TXT 4.5.3), 0 where there is none."""
    found = (data for kind, data in fields(extra) if kind == _ZIP64 and len(data) >= 16)
    return next((int.from_bytes(data[8:16], "little") for data in found), 0)
