"""What the first bytes and the name of a file tell."""

from __future__ import annotations

import io
import zipfile

import pytest
from unpacked import tarred, zipped

from scanner.containers.kinds import is_program, kind, office


@pytest.mark.parametrize(
    ("head", "path", "expected"),
    [
        (zipped({}), "a.dat", "zip"),
        (zipped({"a": b"1"}), "a.csv", "zip"),
        (tarred({"a": b"1"}), "backup", "tar"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "a", "7z"),
        (b"From: a@example.com\nTo: b@example.com\nDate: x\nSubject: x\nMIME-Version: 1.0\n\nhello", "a", "mail"),
        (b"hello", "a.eml", "mail"),
        (b"From: here\nand on\n", "a.txt", None),
        (b"name,phone\n", "a.csv", None),
        (b"PK,phone\n", "a.csv", None),
        (b"", "a.zip", None),
    ],
)
def test_the_content_tells_and_of_mail_the_name(head: bytes, path: str, expected: str | None) -> None:
    """A text that begins like something else stays text."""
    assert kind(head, path) == expected


def holding(*names: str) -> zipfile.ZipFile:
    """An archive with such members."""
    return zipfile.ZipFile(io.BytesIO(zipped(dict.fromkeys(names, b"application/x"))))


def test_office_documents_are_told_by_their_members() -> None:
    """An archive that holds such a document beside others is none."""
    assert office(holding("[Content_Types].xml", "xl/workbook.xml")) == "excel"
    assert office(holding("word/document.xml")) == "office"
    assert office(holding("mimetype", "content.xml")) == "office"
    assert office(holding("a.xlsx", "backup/xl/workbook.xml")) is None


def test_programs_are_told_by_their_magic() -> None:
    """Of Windows and of Linux."""
    assert is_program(b"MZ\x90\0")
    assert is_program(b"\x7fELF\2")
    assert not is_program(b"#!/bin/sh")
