"""Documents of Word, PowerPoint, LibreOffice and Hangul that are ZIP files of XML parts: a record a paragraph or a row.

All parts that hold text are read: headers, notes, comments with their authors, slides, links, properties. Tables with a
header give named fields.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from scanner.model import Batch, Issue
from scanner.readers.fieldnames import Names
from scanner.readers.files import File, unread
from scanner.readers.gathered import Gathered
from scanner.readers.officexml import Part, RefusedError

MAX_PART = 256 << 20  # bytes, unpacked; a larger part is not read
MAX_PARTS = 20_000
_BLOCK = 1 << 18
_ENCRYPTED = 0x1
_PARTS = re.compile(
    r"(?:word|ppt)/(?!(?:[^/]*+/)*+[^/]*(?:styles|theme|settings|fontTable|numbering|Props|tableStyles))"
    r".*\.xml|(?:word|ppt)/.*\.rels|docProps/.*\.xml|customXml/item[0-9]+\.xml|(?:Object [0-9]+/)?content\.xml|"
    r"styles\.xml|meta\.xml|Contents/.*\.(?:xml|hpf)"
)
_PROPERTIES = re.compile(r"docProps/.*|meta\.xml|customXml/.*|Contents/content\.hpf")
_OPEN_DOCUMENT = re.compile(r"(?:.*/)?(?:content|styles)\.xml")
_EMBEDDED = re.compile(r".*/embeddings/.+|ObjectReplacements/.+|.*\.bin")
_IMAGE = re.compile(r".*\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp|wdp)", re.I)
_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def read(file: File) -> Iterator[Batch]:
    """Read a document; what cannot be read of it is an issue. Memory stays small: parts are streamed.

    Raises OSError if the file cannot be opened.
    """
    try:
        with zipfile.ZipFile(file.path) as archive:
            yield from _parts(archive, Names(file.is_header))
    except zipfile.BadZipFile:
        yield unread(Issue("corrupt", "not a whole ZIP file, the document was not read"))


def _parts(archive: zipfile.ZipFile, names: Names) -> Iterator[Batch]:
    gathered = Gathered()
    entries = archive.infolist()
    if len(entries) > MAX_PARTS:
        gathered.issues.append(Issue("too_large", f"has more than {MAX_PARTS} parts, the others were not read"))
    for entry in entries[:MAX_PARTS]:
        if _PARTS.fullmatch(entry.filename):
            yield from _part(archive, entry, gathered, names)
        elif not entry.is_dir() and (issue := _left_out(entry.filename)) is not None:
            gathered.issues.append(issue)
    if (batch := gathered.batch()) is not None:
        yield batch


def _left_out(name: str) -> Issue | None:
    if _EMBEDDED.fullmatch(name):
        return Issue("embedded", "files within the document were not read")
    if _IMAGE.fullmatch(name):
        return Issue("image", "images within the document were not read", severity="warning")
    return None


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, gathered: Gathered, names: Names) -> Iterator[Batch]:
    if entry.flag_bits & _ENCRYPTED:
        gathered.issues.append(Issue("encrypted", "is encrypted and was not read", bytes=entry.file_size))
        return
    if entry.file_size > MAX_PART:
        gathered.issues.append(Issue("too_large", "parts of more than 256 MiB were not read", bytes=entry.file_size))
        return
    name = entry.filename
    part = Part(gathered, names, bool(_OPEN_DOCUMENT.fullmatch(name)), bool(_PROPERTIES.fullmatch(name)))
    try:
        with archive.open(entry) as stream:
            yield from part.read(_blocks(stream))
    except RefusedError:
        gathered.issues.append(Issue("corrupt", "parts that are no plain XML were read to where they break off"))
    except _ERRORS:
        gathered.issues.append(Issue("corrupt", "parts that cannot be unpacked were read to where they break off"))


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    while block := stream.read(_BLOCK):
        yield block
