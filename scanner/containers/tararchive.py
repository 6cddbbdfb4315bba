"""Members of a tar archive, streamed, whatever of it is damaged or cut off."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator

from scanner.containers.blocks import Blocks
from scanner.containers.member import LINK, Member
from scanner.containers.names import decoded, leads_out
from scanner.containers.tarheaders import BLOCK, Entry, Headers, Runs, is_header, padded
from scanner.decode import Readable
from scanner.model import Issue

_LINKS = (tarfile.SYMTYPE, tarfile.LNKTYPE)
_DEVICES = (tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)


def is_tar(head: bytes) -> bool:
    """Whether the first 512 bytes are a header whose checksum is right."""
    return is_header(head[:BLOCK])


def members(stream: Readable, path: str) -> Iterator[Member | Issue]:
    """The files in the archive that `stream` holds, each to be read before the next, and what else is in it.

    Archives may follow one another. After a damage it goes on with the next header. Issues: truncated, corrupt,
    trailing; link (for one that leads out of the archive; what others lead to is in it), special.
    """
    blocks, ended = Blocks(stream), False
    headers = Headers(blocks)
    while block := blocks.read(BLOCK):
        if not block.strip(b"\0"):
            ended, headers = True, Headers(blocks)  # another archive may follow
            continue
        blocks.unread(block)
        start = blocks.at
        try:
            entry = headers.next()
        except tarfile.HeaderError:
            _skip_damage(blocks)
            kind, what = ("trailing", "data after the end") if ended else ("corrupt", "a damaged part")
            yield Issue(kind, f"{what} of the tar archive was not read", path, bytes=blocks.at - start)
        else:
            ended, data = False, blocks.at
            yield from _item(entry, blocks, path)
            blocks.skip_to(data + padded(entry.stored))
    if not ended and not stream.issues:
        yield Issue("truncated", "the tar archive has no end, so it was cut off; members may be missing", path)


def _skip_damage(blocks: Blocks) -> None:
    """Go on to the next header."""
    while block := blocks.read(BLOCK):
        if is_tar(block):
            blocks.unread(block)
            return


def _item(entry: Entry, blocks: Blocks, path: str) -> Iterator[Member | Issue]:
    if entry.kind in _LINKS:
        if leads_out("" if entry.kind == tarfile.LNKTYPE else entry.name, entry.link):
            yield Issue("link", LINK, path)
    elif entry.kind in _DEVICES:
        yield Issue("special", "a device or pipe in the archive holds no data", path, "warning")
    elif entry.kind != tarfile.DIRTYPE:
        yield Member(decoded(entry.name), entry.size, _Data(entry, blocks).read, lambda: None)


class _Data:
    """The bytes of a file, with zeros where a sparse one has nothing stored."""

    def __init__(self, entry: Entry, blocks: Blocks) -> None:
        runs: Runs = [(0, entry.stored)] if entry.runs is None else entry.runs
        self._blocks, self._parts = blocks, _parts(runs, entry.size)
        self._stored, self._left = False, 0

    def read(self, n: int) -> bytes:
        while self._left == 0:
            part = next(self._parts, None)
            if part is None:
                return b""
            self._stored, self._left = part
        n = min(n, self._left)
        data = self._blocks.read(n) if self._stored else bytes(n)
        if not data:
            raise EOFError
        self._left -= len(data)
        return data


def _parts(runs: Runs, size: int) -> Iterator[tuple[bool, int]]:
    """Whether it is stored, and the length, of each part of a file."""
    at = 0
    for offset, length in runs:
        yield False, offset - at
        yield True, length
        at = offset + length
    yield False, size - at
