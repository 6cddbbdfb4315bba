"""What kind of container or document the first bytes and the name of a file tell."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePath

from scanner.containers import tararchive
from scanner.decode import signature

HEAD = 512  # bytes that `kind` needs
_MAIL = (".eml", ".mbox", ".mbx")
# the line that begins a message in an mbox, if any, and two fields of RFC 5322 as mail has them
_MESSAGE = re.compile(
    rb"(?:From \S+ [^\n]*[0-9]:[0-9]{2}[^\n]*\n)?"
    rb"(?:(?:Return-Path|Received|Delivered-To|Message-ID|MIME-Version|From|To|Date|Subject|DKIM-Signature"
    rb"|Authentication-Results|ARC-[\w-]+|X-[\w-]+):[^\n]*\n(?:[ \t][^\n]*\n)*){2}",
    re.IGNORECASE,
)


def kind(head: bytes, path: str) -> str | None:
    """The kind of a file that begins with `head`; None for text, and for what we cannot open.

    zip, tar, 7z: archives; mail; sqlite, arrow, avro, pdf, ole: what is read at any place.
    """
    found = signature(head)
    if found is not None:
        return found.kind
    if tararchive.is_tar(head):
        return "tar"
    if PurePath(path).suffix.lower() in _MAIL or _MESSAGE.match(head):
        return "mail"
    return None


def office(names: Collection[str]) -> str | None:
    """The kind of an Office document, by the names of the members of its zip archive; None for another archive."""
    for name, kind in _OFFICE.items():
        if name in names:
            return kind
    return None


_OFFICE = {
    "xl/workbook.xml": "excel",
    "xl/workbook.bin": "excel",
    "word/document.xml": "docx",
    "ppt/presentation.xml": "pptx",
}
