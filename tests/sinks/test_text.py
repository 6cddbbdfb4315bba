"""Text for people."""

from __future__ import annotations

import polars as pl

from scanner.model import FINDINGS, Issue, Summary
from scanner.sinks import text

ROW = (2, 5, 1, "전화", 0, 13, "PHONE_NUMBER", 0.9, "phone-kr-mobile", "clear", None, "010-****-**78", "ab")
FRAME = pl.DataFrame([ROW], schema=FINDINGS, orient="row")


def line(frame: pl.DataFrame) -> str:
    """The text of a frame."""
    return text.findings("a.csv", None, frame).decode()


def test_a_line_can_be_clicked_and_says_what_was_found() -> None:
    """Place, field, type, mask, rule and score stand in one line."""
    assert line(FRAME) == "a.csv:2:5 [전화]: PHONE_NUMBER 010-****-**78  (phone-kr-mobile, 0.9)\n"


def test_missing_places_and_fields_are_left_out() -> None:
    """Formats without lines show the path and the record; a value that was masked before is marked."""
    bare = FRAME.with_columns(line=None, column=None, field=None, state=pl.lit("masked")).cast(FINDINGS)
    assert line(bare) == "a.csv:record 1: PHONE_NUMBER 010-****-**78  (phone-kr-mobile, 0.9, masked already)\n"


def test_a_value_cannot_write_to_the_terminal() -> None:
    """Control characters of a shown value become spaces, so that it stays on its line."""
    assert "\x1b" not in line(FRAME.with_columns(value=pl.lit("\x1b[31m\n010")))
    assert line(FRAME.with_columns(value=pl.lit("\x1b[31m\n010"))).count("\n") == 1


def test_reasons_follow_their_finding() -> None:
    """Each piece of evidence has a line of its own below the finding."""
    reasons = [[{"evidence": "pattern bare", "score": 0.5}, {"evidence": "context word near", "score": 0.4}]]
    lines = line(FRAME.with_columns(explanation=pl.Series(reasons))).splitlines()
    assert lines[1:] == ["    +0.50  pattern bare", "    +0.40  context word near"]


def test_issues_say_whether_something_was_not_read() -> None:
    """An error is `not read`, a warning a note; repeated ones are counted."""
    assert text.issue(Issue("binary", "a PNG image", "a.png")) == b"a.png: not read: a PNG image\n"
    note = Issue("ragged_rows", "odd rows", "a.csv", "warning", line=3, count=2)
    assert text.issue(note) == b"a.csv:3: note: odd rows (2 times)\n"


def test_the_verdict_never_says_nothing_found_about_what_was_not_read() -> None:
    """`nothing found in` files is said only of files that were read completely."""
    assert text.summary(Summary(files=2, records=3)) == b"nothing found in 2 files, 3 records\n"
    unread = text.summary(Summary(files=1, issues=1, complete=False)).decode()
    assert "could be read" in unread
    assert "not everything was read" in unread


def test_the_verdict_tells_masked_values_from_nothing() -> None:
    """Where all that was found is masked already, the verdict is not `nothing found`."""
    masked = Summary(files=1, records=3, masked=2)
    assert text.summary(masked) == b"nothing in the clear in 1 file, 3 records; 2 values masked already\n"
    assert text.summary(masked + Summary(issues=1, complete=False)).startswith(b"nothing in the clear in what could")
