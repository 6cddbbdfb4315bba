"""What the headers of members and the directory of a zip archive have in common (APPNOTE.TXT 4.3.7, 4.4.4, 4.5.1)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

MAGIC = b"PK\3\4"  # of a member's header
HEADER = struct.Struct("<4s5H3L2H")
ENCRYPTED, LATER, UTF8 = 0x1, 0x8, 0x800  # general purpose bits; LATER: checksum and sizes come after the data


def fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """The number and data of each extra field, up to the first that is cut off."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        at += 4 + size
        if at <= len(extra):
            yield kind, extra[at - size : at]
