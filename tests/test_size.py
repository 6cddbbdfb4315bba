"""`size` counts what `scan` finds: the same values, records and combinations, however the work is cut."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import os
import tempfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.cli import cli
from scanner.config import ScanConfig
from scanner.counts import Measuring
from scanner.gauge import Gauge, result
from scanner.gauge.gauge import of_table
from scanner.model import Issue, Summary
from scanner.pipeline import Engine
from scanner.plan import Split
from scanner.size import size_of
from scanner.sources import Source

Leakgauge = Callable[..., Run]
FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
CASES = sorted(path.parent for path in FIXTURES.glob("*/expected.jsonl"))
COUNTED = ("sql", "html", "sqlite", "excel")  # formats in which each table has its own numbers of records


def said(command: str, *arguments: str) -> str:
    """What a command prints."""
    return CliRunner().invoke(cli, [command, *arguments], catch_exceptions=False).stdout


def aggregate(lines: Iterable[dict[str, Any]], formats: dict[str, str | None]) -> dict[str, Any]:
    """What the findings of a scan add up to, in the words of `size`."""
    held: defaultdict[Any, set[str]] = defaultdict(set)
    values: defaultdict[str, list[str]] = defaultdict(list)
    masked: Counter[str] = Counter()
    roles: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        kind, path = line["entity_type"], line.get("path") or line["path_base64"]
        if line["state"] == "masked":
            masked[kind] += 1
            continue
        table = of_table(line["field"]) if formats.get(path) in COUNTED else None
        held[path, table, line["record"]].add(kind)
        values[kind].append(line["fingerprint"])
        if line["role"]:
            roles[line["role"]][kind] += 1
    combinations = Counter(tuple(sorted(kinds)) for kinds in held.values())
    return {
        "records_with_findings": len(held),
        "entities": {
            kind: {
                "items": len(values[kind]),
                "records": sum(kind in kinds for kinds in held.values()),
                "distinct": len(set(values[kind])),
                "masked": masked[kind],
            }
            for kind in sorted({*values, *masked})
        },
        "combinations": combinations,
        "roles": {role: dict(counts) for role, counts in roles.items()},
    }


def summed(size: dict[str, Any]) -> dict[str, Any]:
    """The same of what `size` says."""
    names = ("items", "records", "distinct", "masked")
    entities = {kind: {name: counts[name] for name in names} for kind, counts in size["entities"].items()}
    combinations = {tuple(each["entities"]): each["records"] for each in size["combinations"]}
    return {
        "records_with_findings": size["records_with_findings"],
        "entities": entities,
        "combinations": combinations,
        "roles": size["roles"],
    }


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_size_is_the_aggregate_of_scan(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For every fixture the values, records, distinct values, combinations and roles are those of the findings."""
    monkeypatch.chdir(folder)
    names = ["--key-file", "../key.txt", *sorted(path.name for path in folder.glob("input.*"))]
    *lines, summary = (json.loads(line) for line in said("scan", *names).splitlines())
    size = json.loads(said("size", "--format", "json", *names))
    formats = {file["path"]: file["format"] for file in summary["coverage"]}
    assert summed(size) == aggregate((line for line in lines if line["type"] == "finding"), formats)
    assert size["records"] == summary["records"]
    assert [file["path"] for file in size["files"]] == [file["path"] for file in summary["coverage"]]
    assert size["coverage"]["complete"] == summary["complete"]
    assert size["coverage"]["bytes_read"] == summary["bytes"]


phones = st.from_regex(r"\A010-[0-9]{4}-[0-9]{4}\Z")
mails = st.from_regex(r"\A[a-c]{2,3}@example\.(com|net|org)\Z")
names = st.sampled_from(["김민준", "이서연", "박도윤", ""])
memos = st.sampled_from(["", "문 앞", "공동현관 #1234*", "010-****-5678", "2026-03-01 배송"])
rows = st.lists(st.tuples(names, phones, mails, memos), min_size=1, max_size=30)
HEADS = ("수령인", "연락처", "email", "memo")


def as_csv(table: Sequence[Sequence[str]]) -> bytes:
    """A CSV file."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([HEADS, *table])
    return out.getvalue().encode()


def as_lines(table: Sequence[Sequence[str]]) -> bytes:
    """A file of JSON lines."""
    return "".join(f"{json.dumps(dict(zip(HEADS, row, strict=True)))}\n" for row in table).encode()


def as_text(table: Sequence[Sequence[str]]) -> bytes:
    """A file of text lines."""
    return "".join(f"{' '.join(row)}\n" for row in table).encode()


@cache
def engine() -> Engine:
    """One for all."""
    return Engine(ScanConfig(key=b"k" * 32))


def gauges(data: bytes, name: str, split_bytes: int) -> list[Gauge]:
    """The counts of each split of a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        planner = replace(engine().planner(), split_bytes=split_bytes)
        splits = [each for each in planner.plan(Source(name, None, str(path), None)) if not isinstance(each, Issue)]
        return [measured(split) for split in splits]


def measured(split: Split) -> Gauge:
    """The counts of a split, through the bytes that travel between processes."""
    *_, last = Measuring()(engine(), split)
    assert last.made is not None
    return Gauge.load(last.made)


def total(parts: Iterable[Gauge]) -> dict[str, Any]:
    """What parts add up to, with nothing left to order."""
    gauge = Gauge()
    for part in parts:
        gauge.add(part)
    found = result(gauge, Summary(), [])
    return found | {"fields": sorted(found["fields"], key=str)}


@settings(max_examples=25)
@given(rows, st.sampled_from([(as_csv, "a.csv"), (as_lines, "a.jsonl"), (as_text, "a.log")]), st.integers(40, 400))
def test_a_file_equals_its_pieces(table: list[tuple[str, ...]], how: tuple[Any, str], cut: int) -> None:
    """The counts of a file are those of its splits, in any order and grouping."""
    write, name = how
    (whole,) = gauges(write(table), name, 1 << 20)
    pieces = gauges(write(table), name, cut)
    middle = len(pieces) // 2
    left, right = Gauge(), Gauge()
    for piece in pieces[:middle]:
        left.add(piece)
    for piece in pieces[middle:]:
        right.add(piece)
    assert total([whole]) == total(pieces) == total(reversed(pieces)) == total([right, left])


def test_a_wide_file_equals_its_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it has more and larger fields than are kept as a whole, and these keep few hashes."""
    monkeypatch.setattr("scanner.gauge.gauge.MAX_FIELDS", 12)
    monkeypatch.setattr("scanner.gauge.gauge._ROOM", 12 << 6)
    lines = [",".join(f"phone{n}" for n in range(16))]
    lines += [",".join(f"010-{row:04}-{row * 16 + n:04}" for n in range(16)) for row in range(300)]
    data = "".join(f"{line}\n" for line in lines).encode()
    (whole,) = gauges(data, "a.csv", 1 << 20)
    pieces = gauges(data, "a.csv", 9000)
    expected = total([whole])
    assert len(pieces) > 5
    assert expected == total(pieces) == total(reversed(pieces))
    assert len(expected["fields"]) == 12 + 1
    assert expected["entities"]["PHONE_NUMBER"]["distinct_high"] == 300 * 16
    assert sum(field["distinct_low"] < 300 < field["distinct_high"] for field in expected["fields"]) >= 10


def test_processes_make_no_difference(tmp_path: Path) -> None:
    """One process and four print the same of a file that is worth several."""
    table = [
        (f"김민{n % 7}", f"010-{n // 10000:04}-{n % 10000:04}", f"a{n}@example.com", "x" * 60) for n in range(90000)
    ]
    (tmp_path / "a.csv").write_bytes(as_csv(table) * 5)
    key = str(FIXTURES / "key.txt")
    arguments = ["--format", "json", "--only", "EMAIL_ADDRESS", "--key-file", key, str(tmp_path / "a.csv")]
    one, four = (json.loads(said("size", "-j", jobs, *arguments)) for jobs in ("1", "4"))
    assert one == four
    assert one["entities"]["EMAIL_ADDRESS"]["items"] == 5 * len(table)
    counts = one["entities"]["EMAIL_ADDRESS"]
    assert counts["distinct_low"] <= len(table) <= counts["distinct_high"]


def test_from_python(tmp_path: Path) -> None:
    """`size_of` returns what the command prints."""
    (tmp_path / "a.csv").write_bytes(as_csv([("김민준", "010-0000-0001", "a@example.com", "")]))
    config = ScanConfig(key=hashlib.sha256(b"k").digest())
    (tmp_path / "key").write_bytes(b"k")
    printed = said("size", "--format", "json", "--key-file", str(tmp_path / "key"), str(tmp_path / "a.csv"))
    assert size_of(str(tmp_path / "a.csv"), config) == json.loads(printed)


@pytest.mark.parametrize("pack", [False, True])
def test_names_that_are_not_utf8_are_told_apart(tmp_path: Path, pack: bool) -> None:
    """Two files whose names differ in a byte that is no UTF-8 are two files, named by their bytes; so are archives."""
    paths = [os.fsencode(tmp_path) + name for name in (b"/a\xff.csv", b"/a\xfe.csv")]
    for path, row in zip(paths, ("010-0000-0001,,,", "010-0000-0002,"), strict=True):
        data = f"phone,memo\n{row}\n".encode()
        if pack:
            with zipfile.ZipFile(os.fsdecode(path), "w") as archive:
                archive.writestr("b.csv", data)
        else:
            Path(os.fsdecode(path)).write_bytes(data)
    found = json.loads(said("size", "--format", "json", str(tmp_path)))
    expected = sorted(path + (b"!b.csv" if pack else b"") for path in paths)
    for rows in (found["files"], found["fields"]):
        assert sorted(base64.b64decode(row["path_base64"]) for row in rows) == expected
        assert not any("path" in row for row in rows)
    issues = {base64.b64decode(issue["path_base64"]) for issue in found["coverage"]["issues"]}
    assert issues == {paths[0] + (b"!b.csv" if pack else b"")}
    assert [file["records"] for file in found["files"]] == [1, 1]
    text = said("size", str(tmp_path))
    assert r"a\xff.csv" in text and r"a\xfe.csv" in text


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
@pytest.mark.parametrize("more", [(), ("--format", "json")])
def test_a_full_disk_is_told(tmp_path: Path, leakgauge: Leakgauge, more: tuple[str, ...]) -> None:
    """A result that cannot be written is exit code 2 and says why."""
    (tmp_path / "a.csv").write_bytes(as_csv([("김민준", "010-0000-0001", "a@example.com", "")]))
    run = leakgauge("size", *more, "-o", "/dev/full", "a.csv")
    assert (run.code, run.out) == (2, b"")
    assert "No space left on device" in run.err and "Traceback" not in run.err


def test_a_shorter_result_replaces_a_longer_one(tmp_path: Path, leakgauge: Leakgauge) -> None:
    """The file behind -o holds the last result and nothing of what it held."""
    (tmp_path / "a.csv").write_bytes(as_csv([("김민준", "010-0000-0001", "a@example.com", "")]))
    (tmp_path / "out.txt").write_text("x" * 100_000)
    key = ("--key-file", "a.csv")
    run, printed = leakgauge("size", *key, "-o", "out.txt", "a.csv"), leakgauge("size", *key, "a.csv")
    assert (run.code, run.out) == (1, b"")
    assert (tmp_path / "out.txt").read_bytes() == printed.out


def test_lines_beside_the_rows_of_a_dump_are_told(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """Where more records hold something than there are rows, the table says what the others are."""
    rows = "INSERT INTO users VALUES (1,'010-0000-1234');\n"
    (tmp_path / "a.sql").write_text(f"{rows}UPDATE users SET phone='010-0000-5678' WHERE id=1;\n", encoding="utf-8")
    assert (
        leakgauge("size", "a.sql").out.decode().startswith("1 record and other lines in 1 file, 2 with personal data")
    )
    (tmp_path / "a.sql").write_text(rows, encoding="utf-8")
    assert leakgauge("size", "a.sql").out.decode().startswith("1 record in 1 file, 1 with")


def test_json_holds_no_controls_of_names(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """What a file is called stands there in escapes."""
    name = "a\x9b31m\u202e.csv"
    (tmp_path / name).write_text("phone,b\n010-0000-1234,x\n", encoding="utf-8")
    printed = leakgauge("size", "--format", "json", ".").out.decode()
    assert not {"\x9b", "\u202e"} & set(printed)
    assert [each["path"].removeprefix("./") for each in json.loads(printed)["files"]] == [name]
