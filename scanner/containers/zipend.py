"""The records at the end of a zip archive (APPNOTE.TXT 4.3.14 to 4.3.16)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

_MAGIC, _MAGIC64 = b"PK\5\6", b"PK\6\6"
_SIZE, _LOCATOR64, _SIZE64 = 22, 20, 56
_MAX_COMMENT = 0xFFFF


@dataclass(frozen=True, slots=True)
class End:
    """`at`: where the archive ends; `directory`: bytes of its directory, as these records have it."""

    at: int
    directory: int


def find_end(file: BinaryIO) -> End | None:
    """The end of an archive; None where it has none."""
    length = file.seek(0, 2)
    start = max(length - _MAX_COMMENT - _SIZE - _LOCATOR64 - _SIZE64, 0)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_MAGIC)
    if at < 0 or len(tail) < at + _SIZE:
        return None
    directory, _, comment = struct.unpack_from("<LLH", tail, at + 12)
    record = tail[max(at - _LOCATOR64 - _SIZE64, 0) :][:_SIZE64]
    if record.startswith(_MAGIC64) and len(record) == _SIZE64:
        (directory,) = struct.unpack_from("<Q", record, 40)
    return End(start + at + _SIZE + comment, directory)
