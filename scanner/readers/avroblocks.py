"""The blocks of Avro object container files, unpacked within bounds; after damage it goes on at the next block.

https://avro.apache.org/docs/1.12.0/specification/#object-container-files
"""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedReader

import pyarrow as pa
import zstandard

from scanner.model import Issue

MAGIC = b"Obj\x01"
MAX_BLOCK = 256 << 20  # bytes, packed and unpacked
_MARK = 16  # bytes of the mark that ends each block
_SEARCHED = 1 << 20  # bytes
_XZ_MEMORY = 1 << 29  # bytes; `xz -9` asks for 65 MiB, a hostile header for 4 GiB
_SAID = (b"avro.schema", b"avro.codec")
_CUT = ("truncated", "cut off within a block, of which nothing was read")
_BAD = ("corrupt", "a block cannot be read")


class BlockError(Exception):
    """A block that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Block:
    """How many records a block holds, and their bytes."""

    count: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """What a file says of itself: its schema as JSON, how its blocks are packed, the mark between them."""

    schema: bytes
    codec: str
    mark: bytes

    def alone(self, block: Block, schema: bytes) -> bytes:
        """A file that holds one block, not packed, and says that it has this schema."""
        pairs = ((b"avro.schema", schema), (b"avro.codec", b"null"))
        members = b"".join(_varint(len(part)) + part for pair in pairs for part in pair)
        begin = MAGIC + _varint(len(pairs)) + members + _varint(0) + self.mark
        return begin + _varint(block.count) + _varint(len(block.data)) + block.data + self.mark


def head(file: BufferedReader) -> Head:
    """Read the head of a file. Raises `BlockError`."""
    if file.read(len(MAGIC)) != MAGIC:
        raise BlockError("no Avro file")
    found: dict[bytes, bytes] = {}
    while count := _long(file):
        if count < 0:
            count, _ = -count, _long(file)
        for _ in range(count):
            key = _exactly(file, _long(file))
            value = _exactly(file, _long(file))
            if key in _SAID:
                found[key] = value
    codec = found.get(b"avro.codec", b"null").decode("ascii", "replace")
    return Head(found.get(b"avro.schema", b""), codec, _exactly(file, _MARK))


def blocks(file: BufferedReader, head: Head) -> Iterator[Block | Issue]:
    """The blocks that follow the head, and issues: truncated, corrupt, codec."""
    unpack = _CODECS.get(head.codec)
    if unpack is None:
        yield Issue("codec", "packed in a way that cannot be read")
        return
    while file.peek(1):
        start = file.tell()
        try:
            count, packed = _long(file), _exactly(file, _long(file))
            if count < 0 or _exactly(file, _MARK) != head.mark:
                raise BlockError("the mark that ends a block is not where it should be")
            yield Block(count, unpack(packed))
        except (BlockError, *_ERRORS) as error:
            file.seek(start)
            more = _to_next(file, head.mark)
            cut = isinstance(error, EOFError) and not more
            yield Issue(*(_CUT if cut else _BAD))
            if not more:
                return


def _to_next(file: BufferedReader, mark: bytes) -> bool:
    """Go to where the next mark ends; False where there is none."""
    rest = b""
    while data := file.read(_SEARCHED):
        found = (rest + data).find(mark)
        if found >= 0:
            file.seek(found + _MARK - len(rest) - len(data), 1)
            return True
        rest = data[-_MARK:]
    return False


def _long(file: BufferedReader) -> int:
    """An integer as Avro writes it. Raises `EOFError`, `BlockError`."""
    value = 0
    for shift in range(0, 70, 7):
        byte = _exactly(file, 1)[0]
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return (value >> 1) ^ -(value & 1)
    raise BlockError("an integer that is too long")


def _exactly(file: BufferedReader, size: int) -> bytes:
    if not 0 <= size <= MAX_BLOCK:
        raise BlockError("a size that makes no sense")
    data = file.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _varint(value: int) -> bytes:
    value <<= 1
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*out, value))


def _inflated(packed: bytes) -> bytes:
    return _all(zlib.decompressobj(-15).decompress(packed, MAX_BLOCK))


def _all(data: bytes) -> bytes:
    if len(data) >= MAX_BLOCK:
        raise BlockError("a block of more than 256 MiB")
    return data


def _snappy(packed: bytes) -> bytes:
    """Raw Snappy, whose head is the unpacked size, and a checksum of four bytes."""
    size = shift = 0
    for byte in packed[:5]:
        size |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            break
    if size > MAX_BLOCK:
        raise BlockError("a block of more than 256 MiB")
    data: bytes = pa.Codec("snappy").decompress(packed[:-4], size, asbytes=True)
    if zlib.crc32(data) != int.from_bytes(packed[-4:], "big"):
        raise BlockError("a wrong checksum")
    return data


def _zstd(packed: bytes) -> bytes:
    with zstandard.ZstdDecompressor().stream_reader(packed) as stream:
        return _all(stream.read(MAX_BLOCK))


_CODECS: dict[str, Callable[[bytes], bytes]] = {
    "null": lambda packed: packed,
    "deflate": _inflated,
    "snappy": _snappy,
    "zstandard": _zstd,
    "bzip2": lambda packed: _all(bz2.BZ2Decompressor().decompress(packed, MAX_BLOCK)),
    "xz": lambda packed: _all(lzma.LZMADecompressor(lzma.FORMAT_XZ, _XZ_MEMORY).decompress(packed, MAX_BLOCK)),
}
_ERRORS = (
    zlib.error,
    lzma.LZMAError,
    MemoryError,
    zstandard.ZstdError,
    pa.ArrowException,
    OSError,
    ValueError,
    EOFError,
)
