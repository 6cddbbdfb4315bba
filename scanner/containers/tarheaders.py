"""Headers of a tar archive: POSIX ustar, pax, GNU, and the oldest form without a magic number.

https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html ("ustar Interchange Format", "pax Extended Header"),
https://www.gnu.org/software/tar/manual/html_node/Standard.html (long names), Sparse-Formats.html (sparse files)
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass

from scanner.containers.blocks import Blocks

BLOCK = 512
_MAX_EXTRA = 1 << 20  # bytes of the extended headers of an entry; a path has some thousands at most
_MAX_RUNS = 1 << 16  # pieces of data in a sparse file
_PAX = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE)
_LONG = (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
_BARE = (tarfile.DIRTYPE, tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)
_SPARSE_KEYS = ("name", "major", "realsize", "size", "map", "offset", "numbytes")
_KEYS = {"path", "linkpath", "size"}.union(f"GNU.sparse.{key}" for key in _SPARSE_KEYS)  # of pax, that we read
_RECORD = re.compile(rb"([0-9]{1,8}) ")
_SPARSE = slice(386, 482), 482, slice(483, 495)  # in an old GNU header: runs, whether more follow, size
_MORE_SPARSE = slice(0, 504), 504

Records = list[tuple[str, bytes]]  # keywords and values of pax; a keyword may repeat
Runs = list[tuple[int, int]]  # where data stands in a sparse file, and how many bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """What one header, and those that extend it, say of a file, folder, link or device.

    `kind`: the type flag. `stored`: bytes of it in the archive; `size`: bytes of the file, more in a sparse one, of
    which the archive has the `runs`.
    """

    name: str
    kind: bytes
    link: str
    stored: int
    size: int
    runs: Runs | None = None


def is_header(block: bytes) -> bool:
    """Whether a block is a header whose checksum is right."""
    try:
        return parsed(block).size >= 0
    except tarfile.HeaderError:
        return False


def parsed(block: bytes) -> tarfile.TarInfo:
    """The fields of a header. Raises `tarfile.HeaderError`."""
    try:
        info = tarfile.TarInfo.frombuf(block[:BLOCK], "utf-8", "surrogateescape")
    except ValueError as error:
        raise tarfile.HeaderError("bad number") from error
    if info.size < 0:
        raise tarfile.HeaderError("negative size")
    return info


def padded(size: int) -> int:
    """Bytes that `size` bytes take, in whole blocks."""
    return -(-size // BLOCK) * BLOCK


class Headers:
    """Reads the headers of one archive; the data of an entry stands where `blocks` is when it is returned."""

    def __init__(self, blocks: Blocks) -> None:
        """`blocks` stands at the archive's start."""
        self._blocks = blocks
        self._shared: dict[str, bytes] = {}  # for all that follows; at most one record of `_MAX_EXTRA` bytes a key

    def next(self) -> Entry:
        """The next entry. Raises `tarfile.HeaderError` for what is damaged."""
        block = self._blocks.read(BLOCK)
        info, records, long, room = parsed(block), Records(), dict[bytes, bytes](), _MAX_EXTRA
        while info.type in _PAX or info.type in _LONG:
            room -= info.size
            if room < 0:
                raise tarfile.HeaderError("too large")
            extra = self._blocks.read(padded(info.size))[: info.size]
            if info.type in _LONG:
                long[info.type] = extra.partition(b"\0")[0]
            elif info.type == tarfile.XGLTYPE:
                self._shared.update(_records(extra))
            else:
                records += _records(extra)
            block = self._blocks.read(BLOCK)
            info = parsed(block)
        return self._entry(info, block, [*self._shared.items(), *records], long)

    def _entry(self, info: tarfile.TarInfo, block: bytes, records: Records, long: dict[bytes, bytes]) -> Entry:
        known = dict(records)
        name = known.get("GNU.sparse.name") or known.get("path") or long.get(tarfile.GNUTYPE_LONGNAME)
        link = known.get("linkpath") or long.get(tarfile.GNUTYPE_LONGLINK)
        stored = _number(known.get("size"), info.size)
        before = self._blocks.at
        size, runs = (stored, None) if info.type in _BARE else self._sparse(info, block, records)
        if info.type != tarfile.GNUTYPE_SPARSE:  # whose list of runs does not count as data
            stored -= self._blocks.at - before
        if runs is not None and not _fit(runs, stored, size):
            raise tarfile.HeaderError("impossible runs")
        return Entry(
            info.name if name is None else name.decode("utf-8", "surrogateescape"),
            info.type,
            info.linkname if link is None else link.decode("utf-8", "surrogateescape"),
            0 if info.type in _BARE else stored,
            size if runs is not None else stored,
            runs,
        )

    def _sparse(self, info: tarfile.TarInfo, block: bytes, records: Records) -> tuple[int, Runs | None]:
        """The size and runs of a sparse file in any of the four forms that GNU tar has written; None of another."""
        known = dict(records)
        size = _number(known.get("GNU.sparse.realsize") or known.get("GNU.sparse.size"), info.size)
        if info.type == tarfile.GNUTYPE_SPARSE:
            return _field(block[_SPARSE[2]]), self._old_runs(block)
        if known.get("GNU.sparse.major") == b"1":
            return size, self._runs_in_data()
        if "GNU.sparse.map" in known:
            return size, _pairs(known["GNU.sparse.map"].split(b","))
        if "GNU.sparse.size" in known:
            keys = ("GNU.sparse.offset", "GNU.sparse.numbytes")
            return size, _pairs([value for key, value in records if key in keys])
        return info.size, None

    def _old_runs(self, block: bytes) -> Runs:
        runs, more = list(_binary_runs(block[_SPARSE[0]])), block[_SPARSE[1]]
        while more and len(runs) <= _MAX_RUNS:
            block = self._blocks.read(BLOCK)
            if len(block) < BLOCK:
                raise tarfile.HeaderError("cut off")
            runs += _binary_runs(block[_MORE_SPARSE[0]])
            more = block[_MORE_SPARSE[1]]
        return runs

    def _runs_in_data(self) -> Runs:
        """The list before the data: decimal numbers, one a line, the first of which counts the runs."""
        data = self._blocks.read(BLOCK)
        count = _number(data.partition(b"\n")[0])
        if count > _MAX_RUNS:
            raise tarfile.HeaderError("too many runs")
        blocks, missing = [data], 1 + 2 * count - data.count(b"\n")
        while missing > 0:
            data = self._blocks.read(BLOCK)
            if len(data) < BLOCK:
                raise tarfile.HeaderError("cut off")
            blocks.append(data)
            missing -= data.count(b"\n")
        return _pairs(b"".join(blocks).split(b"\n")[1 : 1 + 2 * count])


def _records(data: bytes) -> Records:
    """The records `length key=value` of a pax header that we read, up to the first that is damaged."""
    result, at = [], 0
    while match := _RECORD.match(data, at):
        end = at + int(match[1])
        key, equals, value = data[match.end() : end - 1].partition(b"=")
        if not equals or data[end - 1 : end] != b"\n":
            break
        if (name := key.decode("utf-8", "replace")) in _KEYS:
            result.append((name, value))
        at = end
    return result


def _binary_runs(fields: bytes) -> Iterator[tuple[int, int]]:
    for at in range(0, len(fields), 24):
        offset, length = fields[at : at + 12], fields[at + 12 : at + 24]
        if not length.strip(b"\0"):
            return
        yield _field(offset), _field(length)


def _pairs(numbers: list[bytes]) -> Runs:
    values = [_number(number) for number in numbers]
    return list(zip(values[::2], values[1::2], strict=False))


def _number(text: bytes | None, default: int = 0) -> int:
    if text is None:
        return default
    if not text.isdigit() or len(text) > 19:
        raise tarfile.HeaderError("bad number")
    return int(text)


def _field(data: bytes) -> int:
    """A number in octal digits, or in GNU's binary form."""
    if data[0] & 0x80:
        return int.from_bytes(data[1:], "big") if data[0] == 0x80 else -1
    try:
        return int(data.strip(b" \0") or b"0", 8)
    except ValueError as error:
        raise tarfile.HeaderError("bad number") from error


def _fit(runs: Runs, stored: int, size: int) -> bool:
    """Whether runs follow one another and are all that is stored, within the file's size."""
    end = 0
    for offset, length in runs:
        if offset < end or length < 0:
            return False
        end = offset + length
    return end <= size and sum(length for _, length in runs) == stored
