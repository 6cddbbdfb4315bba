"""What kind of container or document the first bytes and the name of a file tell."""

from __future__ import annotations

import zlib
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from scanner.containers import tararchive
from scanner.decode import signature
from scanner.mail import is_mail

HEAD = 4096  # bytes that `kind` needs
_MAIL = (".eml", ".mbox", ".mbx", ".mht", ".mhtml")


def kind(head: bytes, path: str) -> str | None:
    """The kind of a file that begins with `head`; None for text, and for what we cannot open.

    zip, tar, 7z: archives; mail; sqlite, arrow, avro, excel, office, pdf: what is read at any place.
    """
    found = signature(head)
    if found is not None:
        return found.kind
    if tararchive.is_tar(head):
        return "tar"
    if PurePath(path).suffix.lower() in _MAIL or is_mail(head):
        return "mail"
    return None


def office(archive: ZipFile) -> str | None:
    """The kind of an Office document by what is in its zip archive; None for another archive."""
    for name, kind in _OFFICE.items():
        if name in archive.NameToInfo:
            return kind
    if "mimetype" not in archive.NameToInfo or "content.xml" not in archive.NameToInfo:
        return None
    try:
        with archive.open("mimetype") as file:
            return "excel" if b"spreadsheet" in file.read(100) else "office"
    except (BadZipFile, OSError, NotImplementedError, RuntimeError, zlib.error):
        return None


_OFFICE = {
    "xl/workbook.xml": "excel",
    "xl/workbook.bin": "excel",
    "word/document.xml": "office",
    "ppt/presentation.xml": "office",
    "Contents/content.hpf": "office",
}
