"""What kind of container or document the first bytes and the name of a file tell."""

from __future__ import annotations

import re
from pathlib import PurePath
from zipfile import ZipFile

from scanner.containers import tararchive
from scanner.containers.member import DAMAGE
from scanner.decode import signature
from scanner.mail import is_mail

HEAD = 4096  # bytes that `kind` needs
MAIL = (".eml", ".mbox", ".mbx", ".mht", ".mhtml")
_TAR = re.compile(r"\.(?:tar(?:\.\w+)?|t[bgx]z2?|tzst)$", re.IGNORECASE)  # one that is empty holds only zeros


def kind(head: bytes, path: str) -> str | None:
    """The kind of a file that begins with `head`; None for text, and for what we cannot open.

    zip, tar, 7z: archives; mail; sqlite, arrow, avro, excel, office, pdf: what is read at any place.
    """
    found = signature(head)
    if found is not None:
        return found.kind
    if tararchive.is_tar(head) or (_TAR.search(path) and head and not head.strip(b"\0")):
        return "tar"
    if PurePath(path).suffix.lower() in MAIL or is_mail(head):
        return "mail"
    return None


def is_program(head: bytes) -> bool:
    """Whether it is a program, which may be one that unpacks the archive after it."""
    return head.startswith((b"MZ", b"\x7fELF"))


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
    except (EOFError, *DAMAGE):
        return None


_OFFICE = {
    "xl/workbook.xml": "excel",
    "xl/workbook.bin": "excel",
    "word/document.xml": "office",
    "ppt/presentation.xml": "office",
    "Contents/content.hpf": "office",
}
