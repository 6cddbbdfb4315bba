"""JSON lines."""

from __future__ import annotations

import base64
import json

import polars as pl

from scanner.model import FINDINGS, Coverage, Issue, Summary
from scanner.sinks import jsonl

ROW = (2, 5, 1, "전화", 0, 13, "PHONE_NUMBER", 0.9, "phone-kr-mobile", "clear", None, "010-****-**78", "ab")
FRAME = pl.DataFrame([ROW], schema=FINDINGS, orient="row")


def test_a_finding_has_its_keys_in_order() -> None:
    """`type`, `v` and the path come first, then the columns of the frame."""
    (line,) = jsonl.findings("a.csv", None, FRAME).splitlines()
    data = json.loads(line)
    assert list(data) == ["type", "v", "path", *FINDINGS]
    assert (data["type"], data["v"], data["path"], data["field"], data["role"]) == ("finding", 1, "a.csv", "전화", None)


def test_a_raw_name_comes_as_base64() -> None:
    """`path_base64` stands in the place of `path`."""
    data = json.loads(jsonl.findings("a\ufffd", b"a\xff", FRAME))
    assert base64.b64decode(data["path_base64"]) == b"a\xff"
    assert list(data)[2] == "path_base64"
    assert "path" not in data


def test_an_issue_leaves_out_what_is_not_known() -> None:
    """Keys without a value are missing, and so is a count of one."""
    line = json.loads(jsonl.issue(Issue("truncated", "ends too early", "a.gz", line=3)))
    assert list(line) == ["type", "v", "path", "kind", "severity", "message", "line"]
    assert json.loads(jsonl.issue(Issue("ragged_rows", "odd", count=2)))["count"] == 2


def test_the_summary_sorts_its_entities() -> None:
    """Two runs of the same files give the same bytes."""
    first, second = Summary(findings=2), Summary(findings=2)
    first.entities.update(["PERSON", "ADDRESS"])
    second.entities.update(["ADDRESS", "PERSON"])
    assert jsonl.summary(first) == jsonl.summary(second)
    assert jsonl.summary(first).endswith(b"}\n")


STEERING = "\x7f\x80\x85\x9b31m\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\u061c"


def test_names_cannot_steer_a_terminal() -> None:
    """Controls and what turns the direction of text are escapes, which stand for the same; other letters stay."""
    name = f"연락처·\u2027é\u2030 {STEERING}\\"
    frame = FRAME.with_columns(field=pl.lit(name))
    for line in (
        jsonl.findings(name, None, frame),
        jsonl.issue(Issue("truncated", "ends too early", name)),
        jsonl.summary(Summary(coverage=[Coverage(name)])),
    ):
        assert not set(STEERING) - set("31m") & set(line.decode())
        assert name in {json.loads(line).get("path"), *(each["path"] for each in json.loads(line).get("coverage", []))}
        assert "연락처·\u2027é\u2030" in line.decode()
