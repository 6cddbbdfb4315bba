"""What must hold for any input: no dependence on cuts, exact offsets, nothing redacted leaks, sums that associate."""

from __future__ import annotations

import csv
import io
import random
import subprocess
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import pytest
from conftest import COMMAND, environment
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner import reading
from scanner.config import ScanConfig
from scanner.match import templates, tree, whole
from scanner.model import Issue, Summary
from scanner.pipeline import Engine
from scanner.plan import Split
from scanner.redact import redact
from scanner.resolve import resolve
from scanner.rules import load_rules
from scanner.sources import Source

KEY = b"a key of thirty-two bytes, fixed"
Found = list[dict[str, Any]]

phones = st.from_regex(r"\A010-[0-9]{4}-[0-9]{4}\Z")
emails = st.from_regex(r"\A[a-z]{2,9}@example\.(com|net|org)\Z")
plain = st.sampled_from(
    ["", "x", "hello", "문 앞", "서울 어딘가", "nguyễn", "\U0001f600 ok", "- -", "공동현관 #1234*", "김철수"]
)
values = st.one_of(phones, emails, plain)
names = st.sampled_from(["phone", "memo", "name", "연락처", "수령인", "c"])


@cache
def engine(encoding: str | None = None) -> Engine:
    """An engine that shows values, for files in `encoding`."""
    return Engine(ScanConfig(show_values=True, key=KEY, encoding=encoding))


@contextmanager
def written(data: bytes, name: str) -> Iterator[Source]:
    """A file of `data` that lives for a while."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        yield Source(name, None, str(path), None)


def splits(source: Source, split_bytes: int, encoding: str | None = None) -> list[Split]:
    """The splits of a readable file."""
    planned = list(replace(engine(encoding).planner(), split_bytes=split_bytes).plan(source))
    assert not any(isinstance(item, Issue) for item in planned)
    return [item for item in planned if isinstance(item, Split)]


def scan(source: Source, split_bytes: int = 1 << 30, encoding: str | None = None) -> tuple[Found, int]:
    """All findings of a file in order, and the number of its records."""
    found: Found = []
    records = 0
    for split in splits(source, split_bytes, encoding):
        for part in engine(encoding).run(split, engine(encoding).shown):
            assert not [issue for issue in part.issues if issue.severity == "error"]
            found += part.made.rows(named=True) if part.made is not None else []
            records += part.summary.records
    return found, records


def cell(text: str) -> str:
    """A CSV cell, quoted where it must be."""
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\n\r') else text


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    """CSV with quoted cells, line breaks in them, blank and ragged rows, stray quotes, CRLF or LF."""
    width = draw(st.integers(1, 3))
    odd = st.one_of(values, values.map(lambda text: f'a "{text}",\n{text}'), values.map(lambda text: f"{text}\n\n"))
    rows = draw(st.lists(st.lists(odd, min_size=width, max_size=width), min_size=1, max_size=25))
    lines = [",".join(cell(text) for text in row) for row in rows]
    for place in draw(st.lists(st.integers(0, len(lines)), max_size=3)):
        lines.insert(
            place, draw(st.sampled_from(["", "a,b,c,d 010-1234-0000", '5" tv,010-1234-0001', '"stray 010-1234-0002']))
        )
    header = ",".join(draw(st.lists(names, min_size=width, max_size=width)))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return (header + end + end.join(lines) + draw(st.sampled_from(["", end]))).encode()


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    """Lines of text with values in it."""
    lines = draw(st.lists(st.lists(values, max_size=4).map(" ".join), min_size=1, max_size=30))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return end.join(lines).encode()


@st.composite
def json_lines(draw: st.DrawFn) -> bytes:
    """JSON lines, nested a little, some of them blank or broken."""
    records = st.dictionaries(
        names, st.one_of(values, st.lists(values, max_size=2), st.integers(0, 10**12)), max_size=3
    )
    lines = [orjson.dumps(record) for record in draw(st.lists(records, min_size=2, max_size=20))]
    for place in draw(st.lists(st.integers(0, len(lines)), max_size=2)):
        lines.insert(place, draw(st.sampled_from([b"", b'{"phone": "010-1234-0003"'])))
    return b"\n".join(lines)


files = st.one_of(
    tables().map(lambda data: ("t.csv", data)),
    texts().map(lambda data: ("t.txt", data)),
    json_lines().map(lambda data: ("t.jsonl", data)),
)


@settings(max_examples=15, deadline=None)
@given(files, st.integers(5, 300))
def test_findings_do_not_depend_on_where_blocks_are_cut(file: tuple[str, bytes], block: int) -> None:
    """Reading a file in blocks of a few bytes gives the findings, places and counts of reading it at once."""
    with written(file[1], file[0]) as source:
        whole = scan(source)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(reading, "BLOCK", block)
            assert scan(source) == whole


@settings(max_examples=25, deadline=None)
@given(files, st.integers(100, 4000))
def test_findings_do_not_depend_on_splits(file: tuple[str, bytes], split_bytes: int) -> None:
    """Byte ranges that are scanned alone give together the findings, lines, columns and records of one run."""
    with written(file[1], file[0]) as source:
        assert scan(source, split_bytes) == scan(source)


@pytest.mark.parametrize("seed", range(2))
def test_a_large_column_is_judged_like_its_parts(seed: int) -> None:
    """Shortcuts for thousands of cells at once find what a look at some hundred cells at a time finds."""
    chance = random.Random(seed)
    rules = [rule for rule in load_rules().rules if rule.positives]
    main, others = chance.choice(rules), chance.sample(rules, 3)
    pool = [e.match for e in main.positives] * 4 + [e.text for rule in (main, *others) for e in rule.positives]
    header = chance.choice([*main.columns, "memo"])
    rows = "".join(f"r{n},{cell(chance.choice(pool) or '')}\n" for n in range(5000))
    with written(f"x,{header}\n{rows}".encode(), "t.csv") as source, pytest.MonkeyPatch.context() as patch:
        whole = scan(source)
        patch.setattr(reading, "BLOCK", 30_000)
        assert scan(source) == whole


@pytest.mark.parametrize("seed", range(4))
def test_shortcuts_find_what_a_look_at_each_cell_finds(seed: int) -> None:
    """The ways of many cells (regexes in Rust, templates, a column's winner) give what the ways of few give."""
    chance = random.Random(seed)
    rules = chance.sample([rule for rule in load_rules().rules if rule.positives], 12)
    pool = [text for rule in rules for e in rule.positives for text in (e.text, e.match or e.text)]
    pool += [e.text for rule in rules for e in rule.negatives]
    headers = [chance.choice([*chance.choice(rules).columns, "memo"]) for _ in range(3)]
    rows = [",".join(cell(chance.choice(pool)) for _ in headers) for _ in range(60)]
    with written("\n".join([",".join(headers), *rows]).encode(), "t.csv") as source:
        few = scan(source)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tree, "FEW", 0)
            patch.setattr(templates, "SHARED_FROM", 1)
            patch.setattr(whole, "SETTLED_FROM", 1)
            assert scan(source) == few


def test_a_file_is_cut_into_many_splits_at_all() -> None:
    """The property above is not empty: a table of 100 rows is cut, also where cells hold line breaks."""
    rows = "".join(f'010-1234-{n:04d},"memo\n{n}"\n' for n in range(100))
    with written(b"phone,memo\n" + rows.encode(), "t.csv") as source:
        assert len(splits(source, 200)) > 10
        assert scan(source, 200) == scan(source)


def test_findings_do_not_depend_on_the_number_of_processes(tmp_path: Path) -> None:
    """One process and four write the same bytes for a CSV of 40 MB."""
    filler = ["note " + "lorem ipsum " * 30, "memo " + "dolor sit amet " * 24]
    with (tmp_path / "big.csv").open("w") as out:
        out.write("id,phone,memo\n")
        for n in range(108_000):
            phone = f"010-{n // 10_000:04d}-{n % 10_000:04d}" if n % 20 == 0 else ""
            out.write(f"r{n},{phone},{filler[n % 2]}\n")
    assert (tmp_path / "big.csv").stat().st_size > 40_000_000

    def run(jobs: str) -> bytes:
        command = [*COMMAND, "scan", "-j", jobs, str(tmp_path / "big.csv")]
        return subprocess.run(command, capture_output=True, env=environment(LEAKGAUGE_KEY="same")).stdout

    one = run("1")
    assert one.count(b'"finding"') == 5400
    assert one == run("4")


# Words that an encoding can write, beside ASCII.
WORDS = {
    "utf-8": "서울 東京 Nguyễn \U0001f600",
    "utf-8-sig": "서울 東京 Nguyễn \U0001f600",
    "utf-16": "서울 東京 Nguyễn \U0001f600",
    "cp949": "서울 강남 배송",
    "gb18030": "北京 收货 \U00020000",
    "big5": "台北 收件 電話",
    "cp932": "東京 宛先 ｶﾅ",
    "euc-jp": "東京 宛先",
    "cp1258": "Hà Nôi đâu",
}


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(sorted(WORDS)), st.lists(st.tuples(values, values, st.booleans()), min_size=1, max_size=8))
def test_offsets_and_places_give_back_the_value(encoding: str, rows: list[tuple[str, str, bool]]) -> None:
    """`[start:end]` of the decoded field is the value, and the file's text at line and column begins with it."""
    safe = [tuple(v if v.isascii() else WORDS[encoding] for v in row[:2]) for row in rows]
    memo = [
        f'{first}, {WORDS[encoding]} "{second}"' if rows[n][2] else second for n, (first, second) in enumerate(safe)
    ]
    table = [(first, memo[n]) for n, (first, _) in enumerate(safe)]
    text = "phone,memo\n" + "".join(f"{cell(first)},{cell(second)}\n" for first, second in table)
    with written(text.encode(encoding), "t.csv") as source:
        found, _ = scan(source, encoding=encoding)
    fields = list(csv.DictReader(io.StringIO(text)))
    lines = text.split("\n")
    for finding in found:
        field = fields[finding["record"] - 1][finding["field"]]
        assert field[finding["start"] : finding["end"]] == finding["value"]
        assert lines[finding["line"] - 1][finding["column"] - 1 :].startswith(finding["value"])
    expected = sum(value.startswith("010-") or "@" in value for row in table for value in row if '"' not in value)
    assert len(found) >= expected


spans = st.tuples(st.integers(0, 1), st.integers(0, 2), st.integers(0, 20), st.integers(1, 8), st.integers(0, 20))


@given(st.lists(st.tuples(spans, st.integers(0, 5)), max_size=30))
def test_resolving_twice_changes_nothing_and_results_never_overlap(rows: list[tuple[Any, int]]) -> None:
    """Of overlapping candidates one stays; what was left out overlaps something at least as good."""
    frame = pl.DataFrame(
        [(c, cell, s, s + n, p, t / 20, t / 20) for (c, cell, s, n, t), p in rows],
        schema={
            **dict.fromkeys(["column", "cell", "start", "end", "pattern"], pl.UInt32),
            **dict.fromkeys(["total", "score"], pl.Float64),
        },
        orient="row",
    )
    once = resolve(frame, 0.3)
    assert resolve(once, 0.3).equals(once)
    kept = once.rows(named=True)
    for first, second in pairwise(kept):
        same = (first["column"], first["cell"]) == (second["column"], second["cell"])
        assert not same or first["end"] <= second["start"]
    for row in frame.filter(pl.col("score") >= 0.3).rows(named=True):
        over = [k for k in kept if (k["column"], k["cell"]) == (row["column"], row["cell"])
                and k["start"] < row["end"] and row["start"] < k["end"]]  # fmt: skip
        assert any(k["total"] >= row["total"] for k in over)


def redacted(kind: str, given_values: list[str], key: bytes = KEY, code: str | None = None) -> Found:
    """`redact` of some values of one entity type."""
    frame = pl.DataFrame(
        {"value": given_values, "folded": given_values, "entity_type": kind, "calling_code": code},
        schema=dict.fromkeys(["value", "folded", "entity_type", "calling_code"], pl.String),
    )
    return redact(frame, key).rows(named=True)


KINDS = ["PERSON", "PHONE_NUMBER", "ADDRESS", "CREDIT_CARD", "DOOR_CODE", "TRACKING_NUMBER", "USERNAME", "KR_RRN"]


def letters(text: str) -> int:
    """How many letters, digits and marks a text has, and characters that may be some: unassigned or of private use."""
    kinds = [unicodedata.category(char) for char in text]
    return sum(kind[0] in "LNM" or kind in ("Cn", "Co") for kind in kinds)


@given(st.sampled_from(KINDS), st.text(st.characters(codec="utf-8", max_codepoint=0xFFFF), min_size=1, max_size=30))
def test_a_masked_value_does_not_hold_the_value(kind: str, value: str) -> None:
    """Of three letters or digits and more at least half are hidden, and the length stays."""
    (row,) = redacted(kind, [value])
    assert "value" not in row
    assert len(row["masked"]) == len(value)
    if letters(value) >= 3:
        assert value not in row["masked"]
        assert letters(row["masked"]) <= letters(value) / 2


@given(st.text("abc.é名", min_size=1, max_size=9), st.sampled_from("@＠"))
def test_a_masked_address_of_mail_shows_at_most_a_letter_of_the_person(person: str, sign: str) -> None:
    """Only the domain and one letter of the local part stay."""
    (row,) = redacted("EMAIL_ADDRESS", [f"{person}{sign}example.com"])
    assert row["masked"] in (f"{person[0]}***@example.com", "***@example.com")
    assert len(person) > 1 or row["masked"].startswith("***")


@given(st.from_regex(r"\A010[0-9]{8}\Z"), st.from_regex(r"\A010[0-9]{8}\Z"))
def test_fingerprints_are_equal_for_one_number_and_differ_for_two(first: str, second: str) -> None:
    """Ways to write a number do not matter, the number, the entity type and the key do."""
    ways = [
        first,
        f"{first[:3]}-{first[3:7]}-{first[7:]}",
        f"+82 {first[1:3]}-{first[3:7]}-{first[7:]}",
        f"0082{first[1:]}",
        f"82-{first[1:3]}-{first[3:7]}-{first[7:]}",
        f"+82 (0){first[1:]}",
    ]
    prints = {row["fingerprint"] for row in redacted("PHONE_NUMBER", ways, code="82")}
    (other,) = redacted("PHONE_NUMBER", [second], code="82")
    assert len(prints) == 1
    assert (other["fingerprint"] in prints) == (first == second)
    for kind, key in (("PHONE_NUMBER", b"another key"), ("USERNAME", KEY)):
        assert redacted(kind, [first], key, code="82")[0]["fingerprint"] not in prints


summaries = st.builds(
    Summary,
    *[st.integers(0, 9)] * 5,
    st.dictionaries(st.sampled_from("ABC"), st.integers(1, 9)).map(Counter),
    st.integers(0, 9),
    st.booleans(),
)


@given(summaries, summaries, summaries)
def test_summaries_add_up_in_any_order(a: Summary, b: Summary, c: Summary) -> None:
    """Addition is associative and commutative, and an empty summary changes nothing."""
    assert (a + b) + c == a + (b + c)
    assert a + b == b + a
    assert a + Summary() == a
