"""CSV for spreadsheets."""

from __future__ import annotations

import csv
import io

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model import FINDINGS, Issue, Summary
from scanner.sinks import csvfile
from sinks.reports import CONTROL

ROW = (2, 5, 1, "전화", 0, 13, "PHONE_NUMBER", 0.9, "phone-kr-mobile", "clear", None, "010-****-**78", "ab")
FRAME = pl.DataFrame([ROW], schema=FINDINGS, orient="row")


def rows(data: bytes) -> list[dict[str, str]]:
    """What the csv module reads of a file."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def test_findings_issues_and_counts_are_rows_of_one_table() -> None:
    """Each row has its type; a file begins with a byte order mark for Excel."""
    parts = (csvfile.findings("a.csv", None, FRAME), csvfile.issue(Issue("binary", "an image", "b", count=2)))
    data = csvfile.HEAD + b"".join(parts) + csvfile.summary(Summary(files=1, findings=1))
    assert data.startswith(b"\xef\xbb\xbftype,path,line,")
    finding, issue, summary = rows(data)
    assert (finding["type"], finding["path"], finding["line"], finding["field"]) == ("finding", "a.csv", "2", "전화")
    assert finding["masked"] == "010-****-**78"
    assert (issue["type"], issue["path"], issue["rule_id"]) == ("error", "b", "binary")
    assert issue["message"] == "an image (2 times)"
    assert summary["message"].startswith("1 finding in 1 file")


def test_values_and_reasons_have_columns() -> None:
    """`value` and `explanation` are filled when they were asked for."""
    reasons = pl.Series([[{"evidence": "pattern bare", "score": 0.5}, {"evidence": "context", "score": 0.4}]])
    frame = FRAME.with_columns(value=pl.lit("010-0000-1278"), explanation=reasons)
    (row,) = rows(csvfile.HEAD + csvfile.findings("a.csv", None, frame))
    assert row["value"] == "010-0000-1278"
    assert row["explanation"] == "0.5 pattern bare; 0.4 context"


@pytest.mark.parametrize("cell", ["=1+1", "+82 10", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", ' "=1', "|calc", "%0"])
def test_no_cell_is_a_formula(cell: str) -> None:
    """What a spreadsheet would calculate begins with a quote, in findings and in issues."""
    frame = FRAME.with_columns(field=pl.lit(cell), masked=pl.lit(cell))
    found, issue = rows(csvfile.HEAD + csvfile.findings(cell, None, frame) + csvfile.issue(Issue("k", cell, cell)))
    for text in (found["path"], found["field"], found["masked"], issue["path"], issue["message"]):
        assert text.startswith("'")


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_stays_in_its_cell(path: str, field: str) -> None:
    """Quotes, commas and line ends in names break no row, and controls are gone."""
    name = path.encode(errors="replace").decode()
    frame = FRAME.with_columns(field=pl.lit(field))
    data = csvfile.HEAD + csvfile.findings(name, None, frame) + csvfile.issue(Issue("k", field, name))
    assert [row["type"] for row in rows(data)] == ["finding", "error"]
    assert not CONTROL.search(data.decode().replace("\r\n", ""))
