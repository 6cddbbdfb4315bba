"""Files that are not what they seem, through the command line: no field is lost, or it is said that it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

from scanner.readers.jsondoc import MAX_ELEMENT

Leakgauge = Callable[..., Run]
PERSON = '{"level":"info","name":"김가상","phone":"010-0000-1234"}\n'


@pytest.mark.parametrize("name", ["app.log", "app.csv", "app.tsv", "app.txt", "app.jsonl", "app.log.1"])
def test_json_lines_are_json_whatever_the_files_name(leakgauge: Leakgauge, tmp_path: Path, name: str) -> None:
    """The names that only a key betrays are found in a log and in a wrongly named table, too."""
    (tmp_path / name).write_text(PERSON * 50)
    run = leakgauge("scan", name)
    assert (run.code, run.issues) == (1, [])
    assert run.summary["entities"] == {"PERSON": 50, "PHONE_NUMBER": 50}


def test_json_lines_among_others_are_json(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """A log that is JSON in parts loses no field, its other lines are text, and a warning says so."""
    (tmp_path / "app.log").write_text(("call 010-0000-5678\n" * 3 + PERSON) * 5)
    run = leakgauge("scan", "app.log")
    assert run.summary["entities"] == {"PERSON": 5, "PHONE_NUMBER": 20}
    assert [(issue["kind"], issue["count"]) for issue in run.issues] == [("not_json", 15)]


@pytest.mark.parametrize("name", ["notes.md", "data.py", "dump.sql"])
def test_prose_and_programs_stay_text(leakgauge: Leakgauge, tmp_path: Path, name: str) -> None:
    """JSON that stands in prose or a program is read as its text."""
    (tmp_path / name).write_text(PERSON * 5)
    assert {finding["field"] for finding in leakgauge("scan", name).findings} == {None}


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "cp949"])
@pytest.mark.parametrize(
    ("name", "head", "line", "count"),
    [
        ("a.csv", "name,phone\r", "김가상,010-0000-1234\r", 120),
        ("a.jsonl", "", PERSON.replace("\n", "\r"), 120),
        ("a.txt", "", "전화 010-0000-1234\r", 60),
    ],
)
def test_a_lone_cr_ends_a_line(
    leakgauge: Leakgauge, tmp_path: Path, codec: str, name: str, head: str, line: str, count: int
) -> None:
    """Lines of old Macs are counted and found like any others."""
    text, key = head + line * 60, {"LEAKGAUGE_KEY": "key"}
    (tmp_path / name).write_bytes(text.encode(codec))
    run = leakgauge("scan", name, env=key)
    assert (run.code, run.issues, len(run.findings), run.summary["records"]) == (1, [], count, 60)
    (tmp_path / name).write_bytes(text.replace("\r", "\n").encode(codec))
    assert run.findings == leakgauge("scan", name, env=key).findings


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"'])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_line_that_names_the_delimiter_is_no_header(
    leakgauge: Leakgauge, tmp_path: Path, first: str, end: str
) -> None:
    """What Excel writes above a table is neither the header nor a record, and what it says counts."""
    rows = ["name;phone", *["김가상;010-0000-1234"] * 3, "박가짜,나;010-0000-5678"]
    (tmp_path / "a.csv").write_bytes(end.join([first, *rows]).encode())
    run = leakgauge("scan", "--only", "PHONE_NUMBER", "a.csv")
    assert (run.issues, run.summary["records"]) == ([], 4)
    assert [(f["record"], f["line"], f["field"]) for f in run.findings] == [(n, n + 2, "phone") for n in range(1, 5)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('{"a":1,"name":"김가상",}', "not_json"),
        ('{"a":0123,"name":"김가상"}', "not_json"),
        ("{'name':'김가상'}", "not_json"),
        ("name: 김가상", "not_json"),
        ('{"a":1,"name":"김가상"', "truncated"),
    ],
)
def test_what_is_called_json_and_is_none_is_told(leakgauge: Leakgauge, tmp_path: Path, text: str, kind: str) -> None:
    """A warning says that a file was read as text, and why; none calls a short one too long."""
    (tmp_path / "a.json").write_text(text)
    (issue,) = leakgauge("scan", "a.json").issues
    assert (issue["kind"], issue["severity"], issue["line"]) == (kind, "warning", 1)
    assert "not valid JSON" in issue["message"] or "cut off" in issue["message"]
    assert "too long" not in issue["message"]


@pytest.mark.parametrize(
    "text",
    [
        '[[[[["010-0000-1234" bad]]]]]',
        '[{"a": 1}, {"b":"전화", c\n "010-0000-1234"}]',
        '[{"a":\n[{"b": 1}, {"c" 010-0000-1234}]}',
        f'[ {{"a":"010-0000-1234 {"x" * MAX_ELEMENT}",\n"b":"010-0000-1234"}}]',
    ],
    ids=["nested", "second line", "second record", "too long"],
)
def test_offsets_in_json_that_is_read_as_text_count_in_the_line(
    leakgauge: Leakgauge, tmp_path: Path, text: str
) -> None:
    """A value begins where its line says, wherever in the line its record begins."""
    (tmp_path / "a.json").write_text(text)
    run = leakgauge("scan", "--only", "PHONE_NUMBER", "--show-values", "a.json")
    assert len(run.findings) == text.count("010-0000-1234")
    for finding in run.findings:
        line = text.split("\n")[finding["line"] - 1]
        assert (finding["field"], line[finding["start"] : finding["end"]]) == (None, "010-0000-1234")
        assert finding["column"] == finding["start"] + 1


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.log"])
def test_a_byte_order_mark_amid_a_file_hides_nothing(leakgauge: Leakgauge, tmp_path: Path, name: str) -> None:
    """Files that begin with a mark may be put together: each line is JSON, and its values stand where they stood."""
    (tmp_path / name).write_text(f"\ufeff{PERSON}{PERSON}" * 3, encoding="utf-8")
    run = leakgauge("scan", name)
    assert (run.issues, run.summary["entities"]) == ([], {"PERSON": 6, "PHONE_NUMBER": 6})
    place = PERSON.index("김가상") + 1
    columns = [f["column"] for f in run.findings if f["entity_type"] == "PERSON"]
    assert columns == [place, place, place + 1, place, place + 1, place]


def test_a_byte_order_mark_between_documents_is_nothing(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """Documents that are put together are read one after another, and a mark between them is no record."""
    (tmp_path / "a.json").write_text(
        "\ufeff" + '[{"name":\n"김가상"}]\n\ufeff[{"name":"박가짜"\n}]\n', encoding="utf-8"
    )
    run = leakgauge("scan", "a.json")
    assert (run.issues, run.summary["records"], [f["line"] for f in run.findings]) == ([], 2, [2, 3])


def test_a_second_row_of_names_is_nobody(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """What fields are called is no value, though it begins like a surname."""
    rows = "주문,수취인,수취인,수취인\n번호,이름,전화,주소\n1,김가상,010-0000-1234,서울 강남구 테헤란로 1\n"
    (tmp_path / "a.csv").write_text(rows)
    run = leakgauge("scan", "a.csv")
    assert run.summary["entities"] == {"ADDRESS": 1, "PERSON": 1, "PHONE_NUMBER": 1}
