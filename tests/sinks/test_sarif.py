"""SARIF."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model import Issue
from scanner.sinks import sarif
from scanner.sinks.clean import uri
from scanner.sinks.found import MAX_ALERTS, MAX_GROUPS, MAX_ISSUES, Found
from sinks.reports import EVIL, found, group

SCHEMA = json.loads((Path(__file__).parent / "schema" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA)
UNREAD = Issue("binary", "a PNG image", "x.png")
NOTE = Issue("ragged_rows", "odd rows", "a.csv", "warning", line=3, count=2)


def run(what: Found) -> dict[str, Any]:
    """The one run of a valid report."""
    data = json.loads(b"".join(sarif.report(what)))
    assert not list(VALIDATOR.iter_errors(data))
    (only,) = data["runs"]
    return only


def fingerprints(what: Found) -> list[str]:
    """Those of all results."""
    return [result["partialFingerprints"]["primaryLocationLineHash"] for result in run(what)["results"]]


@pytest.mark.parametrize(
    "what",
    [
        found(),
        found(issues=(UNREAD, NOTE, Issue("bytes", "odd"))),
        found(group(), group(field=None, line=None), group(count=1_000_000, state="masked")),
        found(group(EVIL, EVIL, entity_type="STAFF_NUMBER"), issues=(Issue("k", EVIL, EVIL),)),
    ],
    ids=["empty", "unread", "found", "hostile"],
)
def test_a_report_is_valid_by_the_schema_of_oasis(what: Found) -> None:
    """Whatever is found or not read, the schema of SARIF 2.1.0 holds, and columns are code points."""
    assert run(what)["columnKind"] == "unicodeCodePoints"


def test_few_findings_are_results_of_their_own_and_many_are_one() -> None:
    """Ten findings of a kind have ten results; eleven have one that counts them and lists the first ten."""
    assert [len(run(found(group(count=n)))["results"]) for n in (1, 10, 11)] == [1, 10, 1]
    (one,) = run(found(group(count=1_000_000)))["results"]
    assert (one["occurrenceCount"], len(one["locations"])) == (1_000_000, 10)
    assert "1,000,000 values" in one["message"]["text"]
    assert one["locations"][0]["physicalLocation"]["region"] == {"startLine": 5, "startColumn": 7}


def test_what_was_not_read_is_a_notification_and_no_success() -> None:
    """An error makes the execution unsuccessful with exit code 3, a warning does not."""
    (bad,) = run(found(issues=(UNREAD,)))["invocations"]
    (good,) = run(found(issues=(NOTE,)))["invocations"]
    assert (bad["executionSuccessful"], bad["exitCode"]) == (False, 3)
    assert (good["executionSuccessful"], good["exitCode"]) == (True, 0)
    assert [note["level"] for note in bad["toolExecutionNotifications"]] == ["error"]
    assert "2 times" in good["toolExecutionNotifications"][0]["message"]["text"]


def test_more_issues_than_are_listed_are_counted() -> None:
    """The list of notifications has an end, which says how many errors there are beyond."""
    (invocation,) = run(found(issues=(UNREAD,) * (MAX_ISSUES + 5)))["invocations"]
    notes = invocation["toolExecutionNotifications"]
    assert len(notes) == MAX_ISSUES + 1
    assert notes[-1]["level"] == "error"
    assert "5 more" in notes[-1]["message"]["text"]


def test_fingerprints_survive_moved_lines_and_differ() -> None:
    """Results keep their fingerprints when all lines move; no two are alike, nor those of another field or file."""
    before = fingerprints(found(group(count=3), group(field="memo"), group("b.csv", count=50)))
    assert before == fingerprints(found(group(count=3, line=99), group(field="memo"), group("b.csv", count=51)))
    assert len(set(before)) == len(before) == 6


def test_fingerprints_hold_values_only_by_the_key_of_the_user() -> None:
    """Without a key other values give the same fingerprints, as only places count; with one they give others."""
    one, other = group(), group()
    other.places = [place._replace(fingerprint="f" * 32) for place in other.places]
    assert fingerprints(found(one)) == fingerprints(found(other))
    assert set(fingerprints(found(one, keyed=True))).isdisjoint(fingerprints(found(other, keyed=True)))
    assert len(set(fingerprints(found(other, keyed=True)))) == 2


def test_the_largest_report_is_within_the_limits_of_github() -> None:
    """As many groups as are kept, of ten million findings, make at most 5,000 results, in less than 10 MB of gzip."""
    groups = [group(f"data/exports of 2026/{n:06d}.csv", f"$.order.{n}.phone", count=2500) for n in range(MAX_GROUPS)]
    data = b"".join(sarif.report(found(*groups)))
    assert len(gzip.compress(data, 1)) < 10_000_000
    results = json.loads(data)["runs"][0]["results"]
    assert len(results) == MAX_GROUPS <= MAX_ALERTS
    small = [group(f"{n}.csv", count=9) for n in range(MAX_GROUPS)]
    assert len(json.loads(b"".join(sarif.report(found(*small))))["runs"][0]["results"]) <= MAX_ALERTS


@given(st.binary(min_size=1, max_size=40).filter(lambda name: b"\0" not in name))
def test_uris_keep_every_byte_of_a_name(name: bytes) -> None:
    """A path of any bytes is a URI of ASCII without spaces or controls that gives the same bytes again."""
    path = uri(name.decode(errors="replace"), name)
    assert path.isascii()
    assert path.isprintable()
    assert " " not in path
    parts = urlsplit(path)
    assert parts.scheme == ("file" if name.startswith(b"/") else "")
    back = unquote_to_bytes(path.removeprefix("file://"))
    assert name.endswith(back)
    assert set(name.removesuffix(back)) <= set(b"./")


def test_members_of_archives_and_names_that_are_no_utf8_have_uris() -> None:
    """`!` stays, Hangul and bytes are percent-encoded, `./` goes, absolute paths are file URIs."""
    assert uri("./a b/x.zip!가/b.csv", None) == "a%20b/x.zip!%EA%B0%80/b.csv"
    assert uri("x\\xff", b"x\xff") == "x%FF"
    assert uri("/tmp/a:b", None) == "file:///tmp/a%3Ab"
