"""Members of a zip archive (PKWARE's APPNOTE.TXT 6.3.10, https://support.pkware.com/pkzip/appnote).

Names without the UTF-8 flag are in the code page of whoever packed them; a field of Info-ZIP may hold them in UTF-8.
"""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator, Sequence
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from scanner.containers.member import LINK, Member
from scanner.containers.names import as_text, leads_out
from scanner.model import Issue

_ENCRYPTED, _UTF8 = 0x1, 0x800  # general purpose bits
_UNICODE_PATH = 0x7075
_MAGIC = b"PK\3\4"
_DIRECTORY_END = b"PK\5\6"
_END_SIZE = 22
_MAX_TARGET = 4096  # bytes of a path
_MAX_DIRECTORY = 256 << 20  # bytes; Python's objects for it take some ten times as much


def opened(file: BinaryIO) -> ZipFile:
    """Open an archive by its directory. Raises BadZipFile where that is missing, damaged or beyond all measure."""
    if _directory_size(file) > _MAX_DIRECTORY:
        raise BadZipFile("the directory is too large")
    try:
        archive = ZipFile(file)
    except (OSError, ValueError, NotImplementedError, struct.error) as error:
        raise BadZipFile(type(error).__name__) from error
    file.seek(0)
    if _before(archive) and file.read(len(_MAGIC)) == _MAGIC:
        raise BadZipFile("the directory is that of an archive within one that was cut off")
    return archive


def members(archive: ZipFile, path: str) -> Iterator[Member | Issue]:
    """The files in an archive, each to be read before the next.

    Issues: encrypted, unsupported (a method of compression), corrupt, link, trailing (what stands before the archive).
    """
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if before := _before(archive):
        message = "data before the archive, such as a program that unpacks it, was not read"
        yield Issue("trailing", message, path, "warning", bytes=before)
    for info, name in zip(infos, _names(infos), strict=True):
        item = _member(archive, info, name, path)
        if not stat.S_ISLNK(info.external_attr >> 16) or isinstance(item, Issue):
            yield item
        elif _target_is_out(item):
            yield Issue("link", LINK, path)


def _before(archive: ZipFile) -> int:
    """Bytes that stand before the first member."""
    return min((info.header_offset for info in archive.infolist()), default=0)


def _member(archive: ZipFile, info: ZipInfo, name: str, path: str) -> Member | Issue:
    shown = f"{path}!{name}"
    if info.flag_bits & _ENCRYPTED:
        return Issue("encrypted", "encrypted; not read", shown, bytes=info.file_size)
    try:
        file = archive.open(info)
    except NotImplementedError:
        message = f"compression method {info.compress_type} is not supported; not read"
        return Issue("unsupported", message, shown, bytes=info.file_size)
    except (BadZipFile, OSError, ValueError, EOFError, struct.error):
        return Issue("corrupt", "its header in the archive is damaged; not read", shown, bytes=info.file_size)
    return Member(name, info.file_size, file.read, file.close)


def _target_is_out(link: Member) -> bool:
    """Whether a symbolic link, whose data is its target, leads out of the archive, or nobody can tell."""
    try:
        return leads_out(link.name, link.read(_MAX_TARGET).decode())
    except (BadZipFile, OSError, ValueError, EOFError, zlib.error):
        return True


def _names(infos: Sequence[ZipInfo]) -> list[str]:
    """The names, of which those without a flag are read together: alone they are too short to tell a code page."""
    known = [info.filename if info.flag_bits & _UTF8 else _unicode_path(info) for info in infos]
    raw = [info.orig_filename.encode("cp437") for info, name in zip(infos, known, strict=True) if name is None]
    rest = iter(as_text(raw))
    return [next(rest) if name is None else name for name in known]


def _unicode_path(info: ZipInfo) -> str | None:
    """The name in the extra field "up" of Info-ZIP, if it is there and of the name that the entry has now."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == _UNICODE_PATH and size > 5 and len(extra) >= 4 + size:
            version, checksum = struct.unpack_from("<BL", extra, 4)
            if version == 1 and checksum == zlib.crc32(info.orig_filename.encode("cp437")):
                return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    return None


def _directory_size(file: BinaryIO) -> int:
    """Bytes of the directory as the record at the archive's end has it, 0 where there is none."""
    length = file.seek(0, 2)
    file.seek(max(length - 0xFFFF - _END_SIZE, 0))
    tail = file.read()
    at = tail.rfind(_DIRECTORY_END)
    if at < 0 or len(tail) < at + _END_SIZE:
        return 0
    size = int(struct.unpack_from("<L", tail, at + 12)[0])
    return size if size < 0xFFFFFFFF else length  # ZIP64 holds the size elsewhere; the file's own bounds it
