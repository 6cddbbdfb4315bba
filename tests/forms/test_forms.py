"""The formats of `scan` through the command line: codes, what is written, what is not."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import COMMAND, Run, environment

from scanner.cli import cli
from scanner.sinks import REPORTS, SINKS

Leakgauge = Callable[..., Run]
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
FORMATS = tuple(name for name in (*SINKS, *REPORTS) if name != "hook")
CSV = "name,phone,sum\nKim,010-0000-1234,5\nLee,010-0000-5678,6\nPark,,7\nChoi,010-0000-1234,8\n"


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    """A table with three telephone numbers, of which two are the same."""
    path = tmp_path / "orders.csv"
    path.write_text(CSV)
    return path


def test_the_choices_are_the_formats_there_are() -> None:
    """`--format` offers each sink but that of `hook`, each report, and nothing else."""
    (option,) = (each for each in cli.commands["scan"].params if each.name == "format_")
    assert set(option.type.choices) == set(FORMATS)  # type: ignore[attr-defined]


@pytest.mark.parametrize("format", FORMATS)
def test_exit_codes_are_the_same_in_all_formats(leakgauge: Leakgauge, orders: Path, format: str) -> None:
    """1 with findings, 0 without, 3 where something was not read, which the output says."""
    (orders.parent / "clean.txt").write_text("nothing\n")
    (orders.parent / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    assert leakgauge("scan", "--format", format, "orders.csv").code == 1
    assert leakgauge("scan", "--format", format, "clean.txt").code == 0
    unread = leakgauge("scan", "--format", format, "b.png")
    assert unread.code == 3
    assert b"PNG" in unread.out


@pytest.mark.parametrize("format", FORMATS)
def test_a_full_disk_and_a_closed_pipe_end_as_in_json_lines(leakgauge: Leakgauge, orders: Path, format: str) -> None:
    """A disk without room is told with exit code 2; a pipe that nobody reads is 141 without a word."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    full = leakgauge("scan", "--format", format, "-o", "/dev/full", "orders.csv")
    assert (full.code, "cannot write the findings" in full.err) == (2, True)
    read, write = os.pipe()
    os.close(read)
    command = [*COMMAND, "scan", "--format", format, str(orders)]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, env=environment(), timeout=120)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("format", [name for name in FORMATS if name not in ("jsonl", "text")])
def test_no_raw_value_of_a_fixture_is_written(leakgauge: Leakgauge, format: str) -> None:
    """No value of a fixture, of four letters or digits and more, occurs in a format."""
    paths = [str(FIXTURES / name) for name in ("orders-ko/input.csv", "chat-mixed/input.log")]
    shown, hidden = leakgauge("scan", "--show-values", *paths), leakgauge("scan", "--format", format, *paths)
    clear = {finding["value"] for finding in shown.findings if finding["state"] == "clear"}
    secrets = {value for value in clear if sum(map(str.isalnum, value)) >= 4}
    assert len(secrets) > 50
    # hashes and offsets are no values
    printed = re.sub('[0-9a-f]{32}|(?<=,)[0-9]+(?=,)|"start[A-Za-z]+":[0-9]+', "", hidden.out.decode())
    assert not [value for value in secrets if value in printed]


@pytest.mark.parametrize("format", list(REPORTS))
@pytest.mark.parametrize("option", ["--show-values", "--explain"])
def test_reports_refuse_what_they_have_no_place_for(leakgauge: Leakgauge, format: str, option: str) -> None:
    """Options of single findings are errors of usage with a format that counts."""
    run = leakgauge("scan", "--format", format, option, ".")
    assert (run.code, option in run.err) == (2, True)


@pytest.mark.parametrize("format", ["sarif", "text"])
def test_processes_write_what_one_writes(leakgauge: Leakgauge, tmp_path: Path, format: str) -> None:
    """A large file that several processes read in parts gives the report that one process gives."""
    rows = "".join(f"{n},010-0000-{n % 10_000:04d}\n" for n in range(1_000_000))
    pads = "".join(f"{n},{'x' * 30}\n" for n in range(700_000))
    (tmp_path / "big.csv").write_text("id,phone\n" + rows[: 1 << 18] + pads + rows[: 1 << 18])
    one, two = (leakgauge("scan", "--format", format, "-j", jobs, "big.csv") for jobs in "12")
    assert one.code == two.code == 1
    # samples are of a key that each run draws
    lines = (re.sub(r"010-\S+", "", run.out.decode()) for run in (one, two))
    assert next(lines) == next(lines)


def test_text_tells_of_each_column_and_whether_it_is_safe(leakgauge: Leakgauge, orders: Path) -> None:
    """A table has for each column its types, share of rows, distinct values, first place and masked samples."""
    out = leakgauge("scan", "--format", "text", "--only", "PHONE_NUMBER", "orders.csv").out.decode().splitlines()
    assert out[0] == "orders.csv"
    assert out[1].split() == ["column", "holds", "rows", "distinct", "first", "at", "such", "as"]
    assert out[2].split()[:5] == ["phone", "PHONE_NUMBER", "75%", "2", "2:5"]
    assert sorted(out[2].split()[5:]) == sorted(["010-****-**34,", "010-****-**78"]) or "010-****-**78," in out[2]
    assert out[3] == "not safe to share: 1 of 3 columns holds personal data: phone (PHONE_NUMBER)"
    assert out[-1] == "not safe to share: personal data in 1 of 1 file"


def test_text_never_calls_safe_what_it_did_not_read(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """Clean files are safe as far as the rules go; with one that could not be read it is not known."""
    (tmp_path / "clean.csv").write_text("a,b\n1,2\n")
    clean = leakgauge("scan", "--format", "text", "clean.csv").out.decode().splitlines()
    assert clean[-1] == "safe to share as far as the rules go: nothing found, all read"
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    unread = leakgauge("scan", "--format", "text", ".").out.decode().splitlines()
    assert unread[-1] == "not known whether safe to share: 1 file could not be read, or not all of it"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--only", "IP_ADDRESS"], "only IP_ADDRESS was looked for"),
        (["--except", "PHONE_NUMBER", "--except", "PERSON"], "PHONE_NUMBER, PERSON were not looked for"),
        (["--region", "VN", "--except", "PERSON"], "PERSON was not looked for; only rules of VN were asked"),
        (["--min-score", "1.0"], "only scores from 1 on count"),
        (["-c", "allow.toml"], "3 allowed values are in it"),
    ],
)
def test_text_never_calls_safe_what_it_did_not_look_for(
    leakgauge: Leakgauge, tmp_path: Path, arguments: list[str], why: str
) -> None:
    """Settings that leave something out, and values that are allowed, make it unknown, and the last line says why."""
    (tmp_path / "a.csv").write_text("id,memo\n" + "1,010-0000-1234\n" * 3)
    (tmp_path / "allow.toml").write_text('[[allow]]\nfield = "memo"\n')
    done = leakgauge("scan", "--format", "text", *arguments, "a.csv")
    assert done.code == 0
    assert done.out.decode().splitlines()[-1] == f"not known whether safe to share: {why}"


def test_text_never_calls_safe_what_a_pragma_allows(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """Neither a file that holds masked values and allowed ones, nor one that holds allowed ones alone."""
    masked, allowed = "010-****-**34,x\n" * 3, "010-0000-1234,leakgauge: allow\n" * 2
    (tmp_path / "a.csv").write_text("phone,memo\n" + masked + allowed)
    lines = leakgauge("scan", "--format", "text", "a.csv").out.decode().splitlines()
    why = "2 allowed values are in it"
    assert f"not known whether safe: only values that are masked already; {why}" in lines
    assert lines[-1] == f"not known whether safe to share: {why}"


def test_text_with_a_baseline_calls_nothing_safe(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """What is accepted is in the file, and the summary says how much there is."""
    (tmp_path / "a.csv").write_text(CSV)
    leakgauge("baseline", "create", "a.csv", "-o", "b.json")
    done = leakgauge("scan", "--format", "text", "--baseline", "b.json", "a.csv")
    assert done.code == 0
    assert b"safe" not in done.out
    assert b"accepted by the baseline" in done.out


def test_text_has_a_line_for_each_finding_in_running_text(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """Text without fields is shown by path, line and column; so is all when values or reasons are asked for."""
    (tmp_path / "a.txt").write_text("phone 010-0000-1234\n")
    (tmp_path / "b.csv").write_text(CSV)
    lines = leakgauge("scan", "--format", "text", "a.txt").out.decode().splitlines()
    assert lines[0].startswith("a.txt:1:7: PHONE_NUMBER 010-****-**34  (phone-kr-mobile, ")
    lines = leakgauge("scan", "--format", "text", "--explain", "b.csv").out.decode().splitlines()
    assert any(line.startswith("b.csv:2:5 [phone]: PHONE_NUMBER") for line in lines)


def test_tables_of_a_dump_count_their_own_rows(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """The share of a column is that of the rows of its table, not of the file."""
    people = ",".join(f"({n},'010-0000-{n:04d}')" for n in range(1, 11))
    others = ",".join(f"({n},'x')" for n in range(1, 91))
    dump = f"INSERT INTO people (id, phone) VALUES {people};\nINSERT INTO other (id, word) VALUES {others};\n"
    (tmp_path / "d.sql").write_text(dump)
    out = leakgauge("scan", "--format", "text", "--only", "PHONE_NUMBER", "d.sql").out.decode()
    assert re.search(r"^people\.phone +PHONE_NUMBER +100% +10 ", out, re.MULTILINE), out


def test_a_name_that_is_no_utf8_is_told_byte_by_byte(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """SARIF has the bytes of the name percent-encoded."""
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.txt")).write_text("phone 010-0000-1234\n")
    except OSError:
        pytest.skip("the file system wants UTF-8")
    (result,) = json.loads(leakgauge("scan", "--format", "sarif", ".").out)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%FF.txt"
