"""Which files are not opened as workbooks: encrypted ones, those that unpack to too much, other old documents."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from scanner.model import Issue

MAX_BYTES = 2 << 30  # of all parts of a workbook, unpacked
_CHUNK = 4 << 20  # bytes
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4
_BOOKS = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book"))  # [MS-XLS] 2.1.2
_MANIFEST, _SAID = "META-INF/manifest.xml", b":encryption-data"  # OpenDocument 1.3, part 2, 4.8
_UNREADABLE = (BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError)


def refusal(path: str) -> Issue | None:
    """Why a workbook must not be opened, if so. Raises `OSError`."""
    with Path(path).open("rb") as file:
        if file.read(len(_OLE)) == _OLE:
            return _refused_ole(file)
        try:
            with ZipFile(file) as parts:
                return _refused(parts)
        except _UNREADABLE:
            return None  # nor will it be opened


def encrypted() -> Issue:
    """What to say of a workbook that has a password."""
    return Issue("encrypted", "protected by a password: it was not read")


def _refused_ole(file: IO[bytes]) -> Issue | None:
    """By the names of what is in it, which stand in its directory. [MS-CFB] 2.6"""
    if _holds(file, _PACKAGE):
        return encrypted()
    file.seek(0)
    return None if _holds(file, *_BOOKS) else Issue("unsupported", "an old Office document or HWP, not read")


def _refused(parts: ZipFile) -> Issue | None:
    every = parts.infolist()
    if sum(part.file_size for part in every) > MAX_BYTES:
        return Issue("bomb", "its parts are more than 2 GiB: it was not read")
    locked = any(part.flag_bits & 1 for part in every)
    return encrypted() if locked or _says(parts) else None


def _says(parts: ZipFile) -> bool:
    """Whether the list of parts says that they are encrypted."""
    if _MANIFEST not in parts.namelist():
        return False
    with parts.open(_MANIFEST) as manifest:
        return _holds(manifest, _SAID)


def _holds(file: IO[bytes], *wanted: bytes) -> bool:
    """Whether one of some short strings stands in the rest of a file."""
    tail = b""
    while data := file.read(_CHUNK):
        if any(each in tail + data for each in wanted):
            return True
        tail = data[-max(map(len, wanted)) :]
    return False
