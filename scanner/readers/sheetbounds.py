"""Which workbooks are not opened: encrypted ones, and those that unpack to too much."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from scanner.model import Issue

MAX_BYTES = 2 << 30  # of all parts of a workbook, unpacked
_CHUNK = 4 << 20  # bytes
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4
_MANIFEST, _SAID = "META-INF/manifest.xml", b":encryption-data"  # OpenDocument 1.3, part 2, 4.8
_UNREADABLE = (BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError)


def refusal(path: str) -> Issue | None:
    """Why a workbook must not be opened, if so. Raises `OSError`."""
    with Path(path).open("rb") as file:
        if file.read(len(_OLE)) == _OLE:
            return encrypted() if _holds(file, _PACKAGE) else None
        try:
            with ZipFile(file) as parts:
                return _refused(parts)
        except _UNREADABLE:
            return None  # nor will it be opened


def encrypted() -> Issue:
    """What to say of a workbook that has a password."""
    return Issue("encrypted", "protected by a password: it was not read")


def _refused(parts: ZipFile) -> Issue | None:
    every = parts.infolist()
    if sum(part.file_size for part in every) > MAX_BYTES:
        return Issue("bomb", "its parts are more than 2 GiB: it was not read")
    locked = any(part.flag_bits & 1 for part in every)
    if locked or (_MANIFEST in parts.namelist() and _SAID in parts.read(_MANIFEST)):
        return encrypted()
    return None


def _holds(file: BinaryIO, wanted: bytes) -> bool:
    tail = b""
    while data := file.read(_CHUNK):
        if wanted in tail + data:
            return True
        tail = data[-len(wanted) :]
    return False
