"""Tells binary data from text: magic bytes of common formats, and control characters."""

from __future__ import annotations

from typing import NamedTuple


class Signature(NamedTuple):
    """A format's magic bytes at an offset; `kind`: our word for a format that we can read."""

    magic: bytes
    name: str
    offset: int = 0
    kind: str | None = None


# From the formats' own documents; the list of `file(1)` is far longer, these are what lies beside exports.
SIGNATURES = (
    Signature(b"\x89PNG\r\n\x1a\n", "a PNG image"),
    Signature(b"\xff\xd8\xff", "a JPEG image"),
    Signature(b"GIF87a", "a GIF image"),
    Signature(b"GIF89a", "a GIF image"),
    Signature(b"II*\0", "a TIFF image"),
    Signature(b"MM\0*", "a TIFF image"),
    Signature(b"BM", "a BMP image"),
    Signature(b"\0\0\1\0", "an icon"),
    Signature(b"RIFF", "a RIFF container (WebP, WAV or AVI)"),
    Signature(b"ftyp", "an MP4 or HEIF container", offset=4),
    Signature(b"\x1aE\xdf\xa3", "a Matroska video"),
    Signature(b"OggS", "Ogg media"),
    Signature(b"ID3", "MP3 sound"),
    Signature(b"fLaC", "FLAC sound"),
    Signature(b"wOFF", "a web font"),
    Signature(b"wOF2", "a web font"),
    Signature(b"OTTO", "a font"),
    Signature(b"\0\1\0\0\0", "a font"),
    Signature(b"\x7fELF", "an ELF program"),
    Signature(b"MZ", "a Windows program"),
    Signature(b"\xcf\xfa\xed\xfe", "a Mach-O program"),
    Signature(b"\xca\xfe\xba\xbe", "a Java class or Mach-O program"),
    Signature(b"\0asm", "a WebAssembly module"),
    Signature(b"%PDF-", "a PDF document", kind="pdf"),
    Signature(b"PK\3\4", "a ZIP archive or Office document", kind="zip"),
    Signature(b"PK\5\6", "an empty ZIP archive", kind="zip"),
    Signature(b"7z\xbc\xaf\x27\x1c", "a 7z archive", kind="7z"),
    Signature(b"Rar!\x1a\x07", "a RAR archive"),
    Signature(b"MSCF\0\0\0\0", "a cabinet archive"),
    Signature(b"ustar", "a tar archive", 257, "tar"),
    Signature(b"\x1f\x8b\x08", "gzip data"),
    Signature(b"BZh", "bzip2 data"),
    Signature(b"\xfd7zXZ\0", "xz data"),
    Signature(b"\x28\xb5\x2f\xfd", "zstd data"),
    Signature(b"\x04\x22\x4d\x18", "lz4 data"),
    Signature(b"\xff\x06\0\0sNaPpY", "snappy data"),
    Signature(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document", kind="excel"),
    Signature(b"SQLite format 3\0", "an SQLite database", kind="sqlite"),
    Signature(b"Standard Jet DB", "an Access database", offset=4),
    Signature(b"Standard ACE DB", "an Access database", offset=4),
    Signature(b"PGDMP", "a PostgreSQL custom dump"),
    Signature(b"REDIS0", "a Redis dump"),
    Signature(b"PAR1", "a Parquet file", kind="arrow"),
    Signature(b"ARROW1\0\0", "an Arrow file", kind="arrow"),
    Signature(b"\xff\xff\xff\xff", "an Arrow stream", kind="arrow"),
    Signature(b"FEA1", "a Feather file", kind="arrow"),
    Signature(b"ORC", "an ORC file", kind="arrow"),
    Signature(b"Obj\1", "an Avro file", kind="avro"),
    Signature(b"\x89HDF\r\n\x1a\n", "an HDF5 file"),
    Signature(b"\x93NUMPY", "a NumPy array"),
    Signature(b"ElfFile\0", "a Windows event log"),
    Signature(b"Salted__", "data encrypted by OpenSSL"),
)
UNKNOWN = Signature(b"", "binary data")

# Control characters that no text has. It has tab, line ends, form feed, backspace, Ctrl-Z (the end of a file in DOS),
# and for ISO 2022 ESC, shift out and shift in. Where nothing is NUL it may have separators: those of ASCII, that of
# Hive, and what begins each text of a sequence of JSON.
_CONTROLS = bytes(set(range(1, 32)) - set(b"\t\n\r\f\b\x1a\x1b\x0e\x0f"))
_SEPARATORS = b"\x01\x1c\x1d\x1e\x1f"
_MAX_CONTROLS = 0.03  # random bytes have 0.1
_MAX_NULS = 0.3  # fixed-width records are padded with them


def signature(sample: bytes) -> Signature | None:
    """Return the format whose magic `sample` starts with; magic that is plain text counts only before binary data."""
    for entry in SIGNATURES:
        if sample.startswith(entry.magic, entry.offset) and (_unmistakable(entry) or not _is_text(sample)):
            return entry
    return None


def looks_binary(sample: bytes) -> bool:
    """Say whether there are too many NULs or control characters for text in an 8-bit encoding."""
    text = sample if b"\0" in sample else sample.translate(None, _SEPARATORS)
    controls = len(text) - len(text.translate(None, _CONTROLS))
    return controls > _MAX_CONTROLS * len(sample) or sample.count(0) > _MAX_NULS * len(sample)


def _unmistakable(entry: Signature) -> bool:
    return entry.magic == b"%PDF-" or (len(entry.magic) > 3 and not entry.magic.isalnum())


def _is_text(sample: bytes) -> bool:
    if b"\0" in sample:
        return False
    try:
        sample.decode()
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return not looks_binary(sample)
