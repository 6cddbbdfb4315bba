"""Members of a tar archive, streamed: POSIX, GNU, pax and the oldest form without a magic number.

https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html ("ustar Interchange Format")
"""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Iterator
from typing import IO, Any, cast

from scanner.containers.member import LINK, Member
from scanner.containers.names import decoded, leads_out
from scanner.decode import Readable
from scanner.model import Issue

_BLOCK = 512
_BUFFER = 1 << 20  # bytes read at once
_DEVICES = (tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)


def is_tar(head: bytes) -> bool:
    """Whether the first 512 bytes are a header whose checksum is right."""
    try:
        tarfile.TarInfo.frombuf(head[:_BLOCK], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def members(stream: Readable, path: str) -> Iterator[Member | Issue]:
    """The files in the archive that `stream` holds, each to be read before the next, and what else is in it.

    Issues: truncated, corrupt, trailing; link (for one that leads out of the archive; what others lead to is in it),
    special.
    """
    whole = _Whole(stream)
    while True:
        try:
            tar = _open(whole)
            yield from _walk(tar, path)
        except tarfile.ReadError:
            if not stream.issues:
                yield Issue("corrupt", "the tar archive is damaged or cut off here; the rest was not read", path)
            return
        rest = _after(tar, whole)
        if not is_tar(rest):
            break
        whole.unread(rest)
    if rest:
        size = len(rest) + _drained(whole)
        yield Issue("trailing", "data after the end of the archive was not read", path, bytes=size)


class _Whole:
    """A stream that gives as many bytes as it is asked for, and takes some back."""

    def __init__(self, stream: Readable) -> None:
        self._stream, self._head = stream, b""

    def read(self, n: int) -> bytes:
        pieces = [self._head[:n]]
        self._head, n = self._head[n:], n - len(pieces[0])
        while n > 0 and (piece := self._stream.read(n)):
            pieces.append(piece)
            n -= len(piece)
        return b"".join(pieces)

    def unread(self, data: bytes) -> None:
        self._head = data + self._head


def _open(whole: _Whole) -> Any:
    return tarfile.open(fileobj=cast(IO[bytes], whole), mode="r|", bufsize=_BUFFER, errors="surrogateescape")


def _walk(tar: Any, path: str) -> Iterator[Member | Issue]:
    while (info := tar.next()) is not None:
        tar.members.clear()  # else all of them are kept
        if info.isreg():
            yield Member(decoded(info.name), info.size, _reader(tar, info), lambda: None)
        elif info.issym() or info.islnk():
            if leads_out(info.name if info.issym() else "", info.linkname):
                yield Issue("link", LINK, path)
        elif info.type in _DEVICES:
            yield Issue("special", "a device or pipe in the archive holds no data", path, "warning")


def _reader(tar: Any, info: tarfile.TarInfo) -> Callable[[int], bytes]:
    """Reads a file to where the archive ends; tarfile's own reader loses what comes just before that."""
    if info.sparse:
        return cast(Callable[[int], bytes], tar.extractfile(info).read1)
    left = info.size
    tar.fileobj.seek(info.offset_data)

    def read(n: int) -> bytes:
        nonlocal left
        data = bytes(tar.fileobj.read(min(n, left)))
        if left and not data:
            raise EOFError
        left -= len(data)
        return data

    return read


def _after(tar: Any, whole: _Whole) -> bytes:
    """What follows the end of an archive, from the first block on that is not empty, up to the next buffer."""
    stream = tar.fileobj
    while block := stream.read(_BLOCK) or whole.read(_BLOCK):
        if block.strip(b"\0"):
            return bytes(block) + bytes(stream.read(_BUFFER))
    return b""


def _drained(whole: _Whole) -> int:
    return sum(len(piece) for piece in iter(lambda: whole.read(_BUFFER), b""))
