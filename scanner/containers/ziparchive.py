"""Members of a zip archive (PKWARE's APPNOTE.TXT 6.3.10, https://support.pkware.com/pkzip/appnote).

Names without the UTF-8 flag are in the code page of whoever packed them; a field of Info-ZIP may hold them in UTF-8.
"""

from __future__ import annotations

import os
import stat
import struct
import zlib
from collections.abc import Iterator, Sequence
from copy import copy
from typing import BinaryIO, cast
from zipfile import BadZipFile, ZipExtFile, ZipFile, ZipInfo

from scanner.containers.member import DAMAGE, LINK, Checked, Member, UnreadableError
from scanner.containers.names import as_text, leads_out
from scanner.containers.zipend import find_end
from scanner.containers.zipfields import ENCRYPTED, HEADER, LATER, MAGIC, UTF8, fields
from scanner.model import Issue

_UNICODE_PATH = 0x7075
_DESCRIPTOR_SIZE = 24
_MAX_TARGET = 4096  # bytes of a path
_MAX_DIRECTORY = 16 << 20  # bytes; Python's objects for it may take ten times as much
_CHUNK = 1 << 20
_PADDING = b"\0 \t\r\n"


def opened(file: BinaryIO) -> ZipFile:
    """Open an archive by its directory. Raises BadZipFile where that is missing, damaged or beyond all measure."""
    end = find_end(file)
    if end is not None and end.directory > _MAX_DIRECTORY:
        raise BadZipFile("the directory is too large")
    try:
        archive = ZipFile(file)
    except (OSError, ValueError, NotImplementedError, struct.error) as error:
        raise BadZipFile(type(error).__name__) from error
    file.seek(0)
    if _before(archive) and file.read(len(MAGIC)) == MAGIC:
        raise BadZipFile("the directory is that of an archive within one that was cut off")
    return archive


def members(archive: ZipFile, path: str) -> Iterator[Member | Issue]:
    """The files in an archive, each to be read before the next.

    Issues: encrypted, unsupported (a method of compression), corrupt, link, trailing (data that belongs to no member).
    """
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if before := _before(archive):
        message = "data before the archive, such as a program that unpacks it, was not read"
        yield Issue("trailing", message, path, bytes=before)
    for info, name in zip(infos, _names(infos), strict=True):
        item = _member(archive, info, name, path)
        if not stat.S_ISLNK(info.external_attr >> 16) or isinstance(item, Issue):
            yield item
        elif _target_is_out(item):
            yield Issue("link", LINK, path)
    if unlisted := _unlisted(archive):
        message = "data in or after the archive that its directory does not list was not read"
        yield Issue("trailing", message, path, bytes=unlisted)


def _before(archive: ZipFile) -> int:
    """Bytes that stand before the first member."""
    return min((info.header_offset for info in archive.infolist()), default=0)


def _member(archive: ZipFile, info: ZipInfo, name: str, path: str) -> Member | Issue:
    shown = f"{path}!{name}"
    if info.flag_bits & ENCRYPTED:
        return Issue("encrypted", "encrypted; not read", shown, bytes=info.file_size)
    try:
        file = archive.open(_without_checksum(info))
    except NotImplementedError:
        message = f"compression method {info.compress_type} is not supported; not read"
        return Issue("unsupported", message, shown, bytes=info.file_size)
    except (BadZipFile, OSError, ValueError, EOFError, struct.error):
        return Issue("corrupt", "its header in the archive is damaged; not read", shown, bytes=info.file_size)
    return Member(name, info.file_size, Checked(cast(ZipExtFile, file).read1, info.CRC).read, file.close)


def _without_checksum(info: ZipInfo) -> ZipInfo:
    """The same for Python's reader, which else holds back what it read last where the checksum is wrong."""
    result = copy(info)
    del result.CRC
    return result


def _target_is_out(link: Member) -> bool:
    """Whether a symbolic link, whose data is its target, leads out of the archive, or nobody can tell."""
    try:
        return leads_out(link.name, link.read(_MAX_TARGET).decode())
    except (UnreadableError, EOFError, *DAMAGE):
        return True
    finally:
        link.close()


def _names(infos: Sequence[ZipInfo]) -> list[str]:
    """The names, of which those without a flag are read together: alone they are too short to tell a code page."""
    known = [info.filename if info.flag_bits & UTF8 else _unicode_path(info) for info in infos]
    raw = [info.orig_filename.encode("cp437") for info, name in zip(infos, known, strict=True) if name is None]
    rest = iter(as_text(raw))
    return [next(rest) if name is None else name for name in known]


def _unicode_path(info: ZipInfo) -> str | None:
    """The name in the extra field "up" of Info-ZIP, if it is there and of the name that the entry has now."""
    for kind, data in fields(info.extra):
        if kind == _UNICODE_PATH and len(data) > 5:
            version, checksum = struct.unpack_from("<BL", data)
            if version == 1 and checksum == zlib.crc32(info.orig_filename.encode("cp437")):
                return data[5:].decode("utf-8", "replace")
    return None


def _unlisted(archive: ZipFile) -> int:
    """Bytes that are not empty between and after the members, and after the archive."""
    file = cast(BinaryIO, archive.fp)
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    at, count = _before(archive), 0
    for info in infos:
        count += _filled(file, at, info.header_offset)
        at = max(at, _end_of_member(file, info))
    count += _filled(file, at, archive.start_dir)
    end = find_end(file)
    return count + (_filled(file, end.at, file.seek(0, os.SEEK_END)) if end is not None else 0)


def _end_of_member(file: BinaryIO, info: ZipInfo) -> int:
    """Where its data and what may follow it ends, by its own header."""
    file.seek(info.header_offset)
    header = file.read(HEADER.size)
    if len(header) < HEADER.size:
        return info.header_offset
    *_, name, extra = HEADER.unpack(header)
    descriptor = _DESCRIPTOR_SIZE if info.flag_bits & LATER else 0
    return int(info.header_offset + HEADER.size + name + extra + info.compress_size + descriptor)


def _filled(file: BinaryIO, start: int, end: int) -> int:
    """How many bytes there are, 0 when all of them are empty."""
    file.seek(start)
    for at in range(start, end, _CHUNK):
        if file.read(min(_CHUNK, end - at)).strip(_PADDING):
            return end - start
    return 0
