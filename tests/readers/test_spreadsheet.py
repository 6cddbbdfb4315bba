"""The reader of workbooks."""

from __future__ import annotations

import tracemalloc
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.tablecells import damaged, kinds, table

from scanner.readers import sheetbounds, spreadsheet

Rows = Sequence[Sequence[Any]]

_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet>
<table:table table:name="{name}">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"""
_MANIFEST = """<?xml version="1.0"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>{more}
</manifest:manifest>"""


def xlsx(path: Path, **sheets: Rows) -> Path:
    """A workbook; None is an empty cell."""
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write(number, column, cell, *([day] if isinstance(cell, date | time) else []))
    return path


def xls(path: Path, **sheets: Rows) -> Path:
    """The same in the format before 2007."""
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                style = xlwt.easyxf(num_format_str="YYYY-MM-DD") if isinstance(cell, date) else xlwt.XFStyle()
                sheet.write(number, column, cell, style)
    book.save(str(path))
    return path


def ods(path: Path, manifest: str = "", **sheets: Rows) -> Path:
    """The same as OpenDocument, of one sheet."""

    def cell(value: Any) -> str:
        if isinstance(value, float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        if isinstance(value, date):
            return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
        text = f"<text:p>{value}</text:p>" if value else ""
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'

    ((name, rows),) = sheets.items()
    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr("META-INF/manifest.xml", _MANIFEST.format(more=manifest))
        out.writestr("content.xml", _CONTENT.format(name=name, rows=body))
    return path


WRITERS = [xlsx, xls, ods]


@pytest.mark.parametrize("write", WRITERS)
def test_values_are_read_under_their_headers(tmp_path: Path, write: Any) -> None:
    """Numbers as people write them, days as ISO has them."""
    rows = [["name", "phone", "day"], ["kim", 1000001234.0, date(1990, 1, 2)], ["lee", 2.5, date(1990, 1, 3)]]
    cells, issues = table(spreadsheet.read, write(tmp_path / "x", S=rows))
    assert cells == [
        (1, "S.name", "kim"), (2, "S.name", "lee"), (1, "S.phone", "1000001234"), (2, "S.phone", "2.5"),
        (1, "S.day", "1990-01-02"), (2, "S.day", "1990-01-03"),
    ]  # fmt: skip
    assert not issues


@settings(max_examples=10)
@given(rows=st.lists(st.lists(st.just("") | st.text("abc가나 12", min_size=1, max_size=5), min_size=3, max_size=3)))
def test_no_cell_is_lost(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    """Whatever is taken for a header or a title, each text is a cell or part of one, or the name of a field."""
    path = xlsx(tmp_path_factory.mktemp("sheet") / "x", S=[["abc", "phone", "x"], *rows])
    cells, _ = table(spreadsheet.read, path)
    said = "\n".join(f"{field}\t{text}" for _, field, text in cells) + "\nabc\tphone\tx"
    assert all(cell.strip() in said for row in rows for cell in row)


def test_all_sheets_are_read_and_numbered_alone(tmp_path: Path) -> None:
    """Hidden ones too; those that hold no cells are nothing."""
    with xlsxwriter.Workbook(tmp_path / "x") as book:
        for name in ("shown", "hidden", "deep", "empty"):
            sheet = book.add_worksheet(name)
            if name != "empty":
                sheet.write_column(0, 0, ["phone", f"in {name}"])
        book.worksheets()[1].hide()
        book.worksheets()[2].very_hidden()
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=shown!$A$1"})
        book.add_chartsheet("chart").set_chart(chart)
    assert table(spreadsheet.read, tmp_path / "x")[0] == [
        (1, "shown.phone", "in shown"), (1, "hidden.phone", "in hidden"), (1, "deep.phone", "in deep"),
    ]  # fmt: skip


def test_titles_stand_above_and_empty_rows_are_no_records(tmp_path: Path) -> None:
    """A table may begin anywhere."""
    rows = [
        [],
        ["", "Orders of 010-0000-1234"],
        [],
        ["", "name", "phone", "n"],
        ["", "kim", "1", 5],
        [],
        ["", "lee", "2", 6],
    ]
    assert table(spreadsheet.read, xlsx(tmp_path / "x", S=rows))[0] == [
        (1, None, "Orders of 010-0000-1234"),
        (2, "S.name", "kim"), (3, "S.name", "lee"), (2, "S.phone", "1"), (3, "S.phone", "2"), (2, "S.n", "5"),
        (3, "S.n", "6"),
    ]  # fmt: skip


def test_a_header_may_have_two_rows(tmp_path: Path) -> None:
    """As under merged cells: each name follows the one above it."""
    with xlsxwriter.Workbook(tmp_path / "x") as book:
        sheet = book.add_worksheet("S")
        sheet.merge_range(0, 0, 1, 0, "주문번호")
        sheet.merge_range(0, 1, 0, 2, "받는분")
        sheet.write_row(1, 1, ["이름", "연락처"])
        sheet.write_row(2, 0, ["A1", "김하나", "010-0000-1234"])
    fields = [field for _, field, _ in table(spreadsheet.read, tmp_path / "x")[0]]
    assert fields == ["S.주문번호", "S.받는분 이름", "S.받는분 연락처"]


def test_without_a_header_columns_have_numbers(tmp_path: Path) -> None:
    """Data in the first row are not taken for names."""
    rows = [["a1@example.com", "x"], ["a2@example.com", "y"]]
    assert [field for _, field, _ in table(spreadsheet.read, xlsx(tmp_path / "x", S=rows))[0]] == [
        "S.column 1", "S.column 1", "S.column 2", "S.column 2",
    ]  # fmt: skip


def test_a_sheet_called_after_a_person_is_a_text(tmp_path: Path) -> None:
    """Its name is found as data are, after its rows, and is no part of a field's name."""
    path = xlsx(tmp_path / "x", **{"a1@example.com": [["phone"], ["x"]]})
    assert table(spreadsheet.read, path)[0] == [(1, "sheet 1.phone", "x"), (2, None, "a1@example.com")]


def test_times_formulas_and_marked_up_text_are_cells(tmp_path: Path) -> None:
    """Truth values and errors are none."""
    with xlsxwriter.Workbook(tmp_path / "x") as book:
        sheet, clock = book.add_worksheet("S"), book.add_format({"num_format": "hh:mm"})
        sheet.write_row(0, 0, ["phone", "b", "c", "d", "e", "f"])
        sheet.write_formula(1, 0, '="010"', value="010")
        sheet.write_formula(1, 1, "=1/0", value="#DIV/0!")
        sheet.write_boolean(1, 2, True)
        sheet.write_datetime(1, 3, datetime(2024, 1, 2, 3, 4, 5), clock)
        sheet.write_datetime(1, 4, time(3, 4, 5), clock)
        sheet.write_rich_string(1, 5, "plain", clock, "bold")
    assert [(field, text) for _, field, text in table(spreadsheet.read, tmp_path / "x")[0]] == [
        ("S.phone", "010"), ("S.d", "2024-01-02 03:04:05"), ("S.e", "03:04:05"), ("S.f", "plainbold"),
    ]  # fmt: skip


def test_wide_and_long_sheets_are_read(tmp_path: Path) -> None:
    """4,000 columns; more rows than one batch or one line of the worker holds."""
    wide, long = [[f"c{n}" for n in range(4000)]], [[f"v{n}"] for n in range(70_000)]
    path = xlsx(tmp_path / "x", wide=wide, long=long)
    cells, issues = table(spreadsheet.read, path)
    assert [text for _, field, text in cells if field and field.startswith("wide")] == wide[0]
    assert [(n, text) for n, field, text in cells if field == "long.column 1"] == [
        (n, f"v{n - 1}") for n in range(1, 70_001)
    ]
    assert not issues


def test_a_sheet_that_takes_too_much_memory_spoils_no_other(tmp_path: Path) -> None:
    """Two cells in its corners suffice for that; the process that reads them ends."""
    path = tmp_path / "x"
    with xlsxwriter.Workbook(path) as book:
        for name in ("first", "far", "last"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["phone", "x"])
            sheet.write(1, 0, name)
            if name == "far":
                sheet.write(1_048_575, 16_383, "z")
    cells, issues = table(spreadsheet.read, path)
    assert cells == [(1, "first.phone", "first"), (1, "last.phone", "last")]
    assert [(issue.kind, issue.severity) for issue in issues] == [("corrupt", "error")]


def test_too_much_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the parts say of their sizes is added up."""
    monkeypatch.setattr(sheetbounds, "MAX_BYTES", 10_000)
    path = xlsx(tmp_path / "x", S=[["x" * 30_000]])
    assert kinds(spreadsheet.read, path) == {("bomb", "error")}


def test_protected_workbooks_are_issues(tmp_path: Path) -> None:
    """An OLE file that holds a package, and an OpenDocument that says that it is encrypted."""
    data = "".join(("Root Entry", "EncryptionInfo", "EncryptedPackage")).encode("utf-16-le")
    (tmp_path / "x.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000) + data + bytes(2000))
    locked = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    for path in (tmp_path / "x.xlsx", ods(tmp_path / "x.ods", locked, S=[["x"]])):
        assert table(spreadsheet.read, path)[0] == []
        assert kinds(spreadsheet.read, path) == {("encrypted", "error")}


@pytest.mark.parametrize("write", WRITERS)
def test_damaged_workbooks_are_issues_and_never_errors(tmp_path: Path, write: Any) -> None:
    """Cut, with zeros, with wrong bytes."""
    data = write(tmp_path / "x", S=[["name", "phone"], *([f"n{n}", float(n)] for n in range(300))]).read_bytes()
    for spoilt in damaged(data):
        (tmp_path / "x").write_bytes(spoilt)
        issues = table(spreadsheet.read, tmp_path / "x")[1]
        if len(spoilt) < 0.95 * len(data):
            assert "error" in {issue.severity for issue in issues}


def test_a_damaged_sheet_spoils_no_other(tmp_path: Path) -> None:
    """The sheets around it are read."""
    whole = xlsx(tmp_path / "x", a=[["phone"], ["1"]], b=[["phone"], ["2"]], c=[["phone"], ["3"]]).read_bytes()
    with zipfile.ZipFile(BytesIO(whole)) as parts, zipfile.ZipFile(tmp_path / "y", "w") as out:
        for part in parts.namelist():
            data = parts.read(part)
            out.writestr(part, data[:-60] if part.endswith("sheet2.xml") else data)
    cells, issues = table(spreadsheet.read, tmp_path / "y")
    assert [text for _, _, text in cells if text != "2"] == ["1", "3"]
    assert {issue.kind for issue in issues} == {"corrupt"}


def test_a_file_that_is_gone_is_an_issue(tmp_path: Path) -> None:
    """And not an error."""
    assert kinds(spreadsheet.read, tmp_path / "gone.xlsx") == {("unreadable", "error")}


def test_long_cells_come_in_small_batches(tmp_path: Path) -> None:
    """A text that stands in the file once and in many cells is not held for all of them."""
    path = xlsx(tmp_path / "x.xlsx", S=[["x" * 32_000] * 10] * 200)
    batches = spreadsheet.read(spreadsheet.File(str(path), path.name, lambda _: None))
    sizes = [sum(column.values.str.len_bytes().sum() for column in batch.columns) for batch in batches]
    assert sum(sizes) == 200 * 10 * 32_000
    assert max(sizes) <= 17 << 20


def test_old_documents_that_are_no_workbooks_are_said_to_be_such(tmp_path: Path) -> None:
    """Word and HWP keep their parts in the same kind of file."""
    path = xls(tmp_path / "x.xls", S=[["name"], ["kim"]])
    data = path.read_bytes().replace("Workbook".encode("utf-16-le"), "FileHead".encode("utf-16-le"))
    path.with_name("x.hwp").write_bytes(data)
    assert kinds(spreadsheet.read, path.with_name("x.hwp")) == {("unsupported", "error")}


def test_a_list_of_parts_that_unpacks_to_much_is_read_in_pieces(tmp_path: Path) -> None:
    """It is never in memory as a whole."""
    path = tmp_path / "x.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("META-INF/manifest.xml", bytes(100 << 20) + b":encryption-data")
    tracemalloc.start()
    refused = sheetbounds.refusal(str(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused is not None
    assert refused.kind == "encrypted"
    assert peak < 50 << 20
