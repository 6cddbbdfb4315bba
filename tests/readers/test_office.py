"""The reader of documents that are ZIP files of XML."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from random import Random

import documents
import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers.placed import Placed, cells, is_header

from scanner.model import Issue
from scanner.readers import office, officexml
from scanner.readers.files import File

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(folder: Path, parts: dict[str, str | bytes] | bytes) -> tuple[list[Placed], list[Issue]]:
    """The cells and the issues of a document."""
    path = folder / "x.docx"
    path.write_bytes(parts if isinstance(parts, bytes) else zipped(parts))
    batches = list(office.read(File(str(path), "x.docx", is_header)))
    return cells(batches), [issue for batch in batches for issue in batch.issues]


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP file of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def word(body: str) -> dict[str, str | bytes]:
    """A Word document with some body."""
    return {"word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>"}


def paragraph(*runs: str) -> str:
    """A paragraph of runs."""
    return f"<w:p>{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


def test_a_document_as_word_writes_it(tmp_path: Path) -> None:
    """Tables have fields, and nothing is lost: deletions, notes and their authors, headers, properties."""
    data = documents.document(Random(1))[1]
    found, issues = read(tmp_path, data)
    fields = {cell.field for cell in found}
    assert {"이름", "연락처", "이메일", "주소", "author.name", "creator.name", None} <= fields
    assert sum(cell.field == "이름" for cell in found) == 8
    assert len({cell.record for cell in found if cell.field == "연락처"}) == 8
    assert sum("010-0000-" in cell.text for cell in found) == 8 + 3
    assert not issues


def test_runs_of_a_paragraph_are_one_value(tmp_path: Path) -> None:
    """A value that Word cuts into runs is whole, tabs and line breaks part it."""
    found, _ = read(
        tmp_path, word(paragraph("010-", "0000-1234") + "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p>")
    )
    assert [(cell.record, cell.text) for cell in found] == [(1, "010-0000-1234"), (2, "a"), (2, "b")]


def test_text_boxes_are_read_once(tmp_path: Path) -> None:
    """Text within a drawing counts, and what old programs show in its place does not."""
    box = (
        f"<w:p><w:r><m:AlternateContent xmlns:m='m'><m:Choice>{paragraph('in a box')}</m:Choice>"
        f"<m:Fallback>{paragraph('in a box')}</m:Fallback></m:AlternateContent><w:t>beside</w:t></w:r></w:p>"
    )
    assert sorted(cell.text for cell in read(tmp_path, word(box))[0]) == ["beside", "in a box"]


def test_links_are_read(tmp_path: Path) -> None:
    """Addresses that a document links to stand in a part of their own."""
    parts = word(paragraph("x")) | {
        "word/_rels/document.xml.rels": '<R><X Target="mailto:kim@example.com"/><X Target="a.xml"/></R>'
    }
    assert [cell.text for cell in read(tmp_path, parts)[0] if cell.field == "link"] == ["mailto:kim@example.com"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ppt/slides/slide1.xml", '<s xmlns:a="a"><a:p><a:r><a:t>call </a:t></a:r><a:r><a:t>me</a:t></a:r></a:p></s>'),
        ("content.xml", '<d xmlns:text="t"><text:p>call<text:s/><text:span>me</text:span></text:p></d>'),
        ("Contents/section0.xml", '<s xmlns:hp="h"><hp:p><hp:run><hp:t>call me</hp:t></hp:run></hp:p></s>'),
    ],
)  # fmt: skip
def test_slides_open_documents_and_hangul(tmp_path: Path, name: str, text: str) -> None:
    """The same reader reads PowerPoint, LibreOffice and Hangul."""
    assert [cell.text for cell in read(tmp_path, {name: text})[0]] == ["call me"]


def test_a_table_of_open_document(tmp_path: Path) -> None:
    """Its tables have fields, too."""
    cell = "<t:table-cell><x:p>{}</x:p></t:table-cell>"
    rows = "".join(
        f"<t:table-row>{cell.format(a)}{cell.format(b)}</t:table-row>" for a, b in [("name", "phone"), ("Kim", "1")]
    )
    found, _ = read(tmp_path, {"content.xml": f'<d xmlns:t="t" xmlns:x="x"><t:table>{rows}</t:table></d>'})
    assert [cell[:3] for cell in found] == [(1, "name", "Kim"), (1, "phone", "1")]


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    """A part with a DTD is refused at once, the others are read."""
    bomb = '<!DOCTYPE d [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;">]><d><p><t>&b;</t></p></d>'
    found, issues = read(tmp_path, {"word/document.xml": bomb, "word/header1.xml": "<d><p><t>x</t></p></d>"})
    assert [cell.text for cell in found] == ["x"]
    assert [(issue.kind, issue.severity) for issue in issues] == [("corrupt", "error")]


def test_broken_parts_are_read_to_the_break(tmp_path: Path) -> None:
    """What comes before the fault counts, and an issue says so."""
    found, issues = read(tmp_path, {"word/document.xml": "<d><p><t>a</t></p><p><t>b</t><oops></p>"})
    assert [cell.text for cell in found] == ["a", "b"]
    assert [issue.kind for issue in issues] == ["corrupt"]


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    """Elements within elements cost no more than the bound."""
    found, issues = read(tmp_path, {"word/document.xml": "<p><t>a</t>" + "<p>" * (officexml.MAX_DEPTH + 10)})
    assert [cell.text for cell in found] == ["a"]
    assert [issue.kind for issue in issues] == ["corrupt"]


def test_large_parts_images_and_files_within_are_issues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not read is said: parts beyond the bound and files as errors, images as a warning."""
    monkeypatch.setattr(office, "MAX_PART", 100)
    parts = {"word/document.xml": "x" * 200, "word/media/image1.png": b"", "word/embeddings/book1.xlsx": b""}
    found, issues = read(tmp_path, parts)
    assert not found
    kinds = {issue.kind: issue.severity for issue in issues}
    assert kinds == {"too_large": "error", "image": "warning", "embedded": "error"}


@pytest.mark.parametrize("cut", [0, 10, 100])
def test_a_broken_archive_is_an_issue(tmp_path: Path, cut: int) -> None:
    """A file that is no whole ZIP is not read, and said so."""
    found, issues = read(tmp_path, zipped(word(paragraph("x" * 500)))[:cut])
    assert not found
    assert [(issue.kind, issue.severity) for issue in issues] == [("corrupt", "error")]


def test_a_damaged_part_is_an_issue(tmp_path: Path) -> None:
    """Packed bytes that are wrong do not stop the other parts."""
    data = bytearray(zipped(word(paragraph(*map(str, range(500)))) | {"word/header1.xml": "<d><p><t>x</t></p></d>"}))
    data[200] ^= 0xFF
    found, issues = read(tmp_path, bytes(data))
    assert "x" in [cell.text for cell in found]
    assert [issue.kind for issue in issues] == ["corrupt"]


ELEMENTS = st.sampled_from(
    ["<p>", "</p>", "<t>", "</t>", "<tbl>", "</tbl>", "<tr>", "</tr>", "<tc>", "</tc>", "<br/>", "<Fallback>", "가",
     "</Fallback>", "&amp;", "&oops;", "<p author='a'/>", "]]>", "<!-- c -->", "<tc number-columns-repeated='9999999'>"]
)  # fmt: skip


@given(body=st.lists(ELEMENTS, max_size=30).map("".join))
def test_no_part_is_an_error(tmp_path_factory: pytest.TempPathFactory, body: str) -> None:
    """However a part is broken, what comes before the fault is read, and nothing is raised."""
    found, issues = read(tmp_path_factory.getbasetemp(), {"word/document.xml": f"<d><p><t>first</t></p>{body}</d>"})
    assert "first" in " ".join(cell.text for cell in found)
    assert {issue.kind for issue in issues} <= {"corrupt"}


def test_a_corrected_number_is_read_before_and_after(tmp_path: Path) -> None:
    """Of tracked changes within a paragraph, both what stood there and what stands there now are whole values."""
    change = (
        "<w:p><w:r><w:t>Call 010-0000-</w:t></w:r><w:del><w:r><w:delText>1234</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>5678</w:t></w:r></w:ins></w:p>"
    )
    placed, issues = read(tmp_path, word(change))
    assert {"Call 010-0000-1234", "Call 010-0000-5678"} <= {cell.text for cell in placed}
    assert issues == []
