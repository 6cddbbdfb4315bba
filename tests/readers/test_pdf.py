"""The reader of PDF."""

from __future__ import annotations

from pathlib import Path
from random import Random

import documents
import pytest
from readers.placed import Placed, cells, is_header

from scanner.model import Issue
from scanner.readers import pdf
from scanner.readers.files import File

pytest.importorskip("pypdfium2")


def read(folder: Path, data: bytes) -> tuple[list[Placed], list[Issue]]:
    """The cells and the issues of a document."""
    path = folder / "x.pdf"
    path.write_bytes(data)
    batches = list(pdf.read(File(str(path), "x.pdf", is_header)))
    return cells(batches), [issue for batch in batches for issue in batch.issues]


def report(*more: bytes) -> bytes:
    """A document with one page of text and more objects; the table of their places is left to be rebuilt."""
    stream = b"BT /F1 10 Tf 40 800 Td (call 010-0000-1234) Tj ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[7 0 R]>>>>",
        b"<</Type/Pages/Count 1/Kids[4 0 R]/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Page/Parent 2 0 R/Contents 5 0 R/Annots[6 0 R 7 0 R 8 0 R]>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        *more,
    )
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % item for item in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer\n<</Root 1 0 R/Size 9>>\nstartxref\n0\n%%EOF\n"


def test_each_line_is_a_record_and_scans_are_an_issue(tmp_path: Path) -> None:
    """Lines come page by page; a page that only shows something counts as not read."""
    found, issues = read(tmp_path, documents.report(Random(1))[1])
    assert [cell.record for cell in found] == list(range(1, 13))
    assert all(cell.text.startswith("Name: ") and cell.field is None for cell in found)
    assert [(issue.kind, issue.severity, issue.count) for issue in issues] == [("image", "error", 1)]


def test_notes_links_and_forms_are_read(tmp_path: Path) -> None:
    """What stands beside the text is read: a note and its author, a link, the value of a form's field by its name."""
    found, _ = read(
        tmp_path,
        report(
            b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(note 010-0000-5678)/T(Emily Carter)>>",
            b"<</Type/Annot/Subtype/Widget/FT/Tx/Rect[0 0 9 9]/T(phone)/V(010-0000-9999)>>",
            b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(mailto:kim@example.com)>>>>",
        ),
    )
    assert {cell[1:3] for cell in found} == {
        (None, "call 010-0000-1234"),
        (None, "note 010-0000-5678"),
        ("author.name", "Emily Carter"),
        ("phone", "010-0000-9999"),
        ("link", "mailto:kim@example.com"),
    }


@pytest.mark.parametrize("data", [b"%PDF-1.4\nx", b"", b"no document"])
def test_a_broken_document_is_an_issue(tmp_path: Path, data: bytes) -> None:
    """What cannot be opened is not read, and said so."""
    found, issues = read(tmp_path, data)
    assert not found
    assert [(issue.kind, issue.severity) for issue in issues] == [("corrupt", "error")]


def test_an_encrypted_document_is_an_issue(tmp_path: Path) -> None:
    """A document that wants a password is not read, and said so."""
    data = documents.report(Random(1))[1]
    key = b"<</Filter/Standard/V 1/R 2/P -44/O(%s)/U(%s)>>" % (b"o" * 32, b"u" * 32)
    locked = data.replace(b"/Root 1 0 R>>", b"/Root 1 0 R/Encrypt %s/ID[(1)(1)]>>" % key)
    assert [(issue.kind, issue.severity) for issue in read(tmp_path, locked)[1]] == [("encrypted", "error")]


def test_a_document_that_is_cut_off_is_an_issue(tmp_path: Path) -> None:
    """Wherever a document breaks off, an error says so."""
    data = documents.report(Random(1))[1]
    for size in range(0, len(data), 97):
        _, issues = read(tmp_path, data[:size])
        assert [(issue.kind, issue.severity) for issue in issues] == [("corrupt", "error")]
