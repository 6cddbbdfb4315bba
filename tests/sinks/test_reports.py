"""Annotations of GitHub, code quality of GitLab, JUnit XML."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from scanner.model import Issue
from scanner.sinks import REPORTS, github, gitlab, junit
from scanner.sinks.found import Found
from sinks.reports import CONTROL, EVIL, found, group

UNREAD = Issue("binary", "a PNG image", "x.png")
_COMMAND = re.compile(r"::(error|warning|notice) ((?:[a-z]+=[^,:]*,?)*)::(.*)")


def written(format: str, what: Found) -> str:
    """A report as text."""
    return b"".join(REPORTS[format](what)).decode()


def test_annotations_come_gravest_first_with_their_places() -> None:
    """What was not read leads, then door codes, then phones; the last line has the counts."""
    what = found(group(count=1), group(count=1, field="memo", entity_type="DOOR_CODE"), issues=(UNREAD,))
    lines = written("github", what).splitlines()
    assert lines[0] == "::error file=x.png,title=binary::not read: a PNG image"
    assert lines[1].startswith("::error file=d/a.csv,line=5,col=7,title=DOOR_CODE::DOOR_CODE in field memo")
    assert lines[2].startswith("::warning file=d/a.csv,line=5")
    assert lines[3].startswith("::notice title=leakgauge::2 findings in 2 files")


def test_it_is_said_that_github_shows_ten() -> None:
    """With more annotations than GitHub shows, the last line says where the others are."""
    assert "shows 10" in written("github", found(group(count=8), group("b", count=8)))
    assert "shows 10" not in written("github", found(group(count=8)))


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_name_can_write_a_command_of_its_own(path: str, field: str) -> None:
    """Whatever a path, field and message hold, each line is one command that we meant."""
    what = found(group(path + EVIL, field + EVIL), issues=(Issue("k", field + EVIL, path),))
    lines = written("github", what).split("\n")
    assert lines.pop() == ""
    assert len(lines) == 4
    assert all(_COMMAND.fullmatch(line) and not CONTROL.search(line) for line in lines)


def test_a_percent_sign_is_escaped() -> None:
    """GitHub reads `%0A` as a line end: a name with it keeps its percent sign."""
    assert "file=a%250A%3Ab" in written("github", found(group("a%0A:b")))


def test_gitlab_gets_an_entry_for_each_alert_and_issue() -> None:
    """Each has the keys that GitLab asks for; no fingerprint comes twice."""
    rows = json.loads(written("gitlab", found(group(), group(field=None, line=None, count=99), issues=(UNREAD,))))
    assert all(
        set(row) == {"description", "check_name", "fingerprint", "severity", "location"}
        and row["severity"] in {"info", "minor", "major", "critical", "blocker"}
        and row["location"]["lines"]["begin"] >= 1
        for row in rows
    )
    assert len({row["fingerprint"] for row in rows}) == len(rows) == 4
    assert rows[-1]["description"] == "not read: a PNG image"
    assert json.loads(written("gitlab", found())) == []


def test_a_suite_a_file_and_a_failure_a_finding() -> None:
    """Counts of tests, failures and errors agree with the elements; a clean file has a test that passes."""
    what = found(group(), group("b.csv", count=99), group("c", state="masked"), issues=(UNREAD,))
    root = etree.fromstring(written("junit", what).encode())
    assert [suite.get("name") for suite in root] == ["clean.txt", "d/a.csv", "b.csv", "x.png"]
    for name, path in (("tests", "testcase"), ("failures", "testcase/failure"), ("errors", "testcase/error")):
        assert [int(suite.get(name)) for suite in root] == [len(suite.findall(path)) for suite in root]
        assert int(root.get(name)) == sum(int(suite.get(name)) for suite in root)
    assert root[0][0].get("name") == "nothing found"
    assert root[2].findtext("testcase/failure").splitlines()[0] == "b.csv:5:7"


@given(st.text(st.characters(), max_size=30))
def test_any_name_makes_xml_and_json(name: str) -> None:
    """Control characters, quotes and marks of XML in names, fields and messages break neither."""
    what = found(group(name + EVIL, name), issues=(Issue("k", name + EVIL, name),))
    etree.fromstring(b"".join(junit.report(what)))
    json.loads(b"".join(gitlab.report(what)))


@pytest.mark.parametrize("format", list(REPORTS))
def test_a_terminal_is_not_steered(format: str) -> None:
    """No report prints a control character or turns the direction of text."""
    text = written(format, found(group(EVIL, EVIL), issues=(Issue("k", EVIL, EVIL),)))
    assert not CONTROL.search(text)


def test_counts_are_those_of_the_summary() -> None:
    """The notice of GitHub is the line that text ends with."""
    assert list(github.report(found()))[-1] == b"::notice title=leakgauge::nothing found in 2 files, 9 records\n"
