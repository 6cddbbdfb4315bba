"""The screen: quick, and never cleaner than the scan."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.containers.kinds import MAIL
from scanner.hook import build, known
from scanner.hook.screen import MOST, NUMERAL, Screen
from scanner.hook.text import LONGEST
from scanner.match.needs import DIGITS, least
from scanner.model import DEFAULT_MIN_SCORE
from scanner.readers import FORMATS
from scanner.readers.detect import PACKED
from scanner.rules import load_rules
from scanner.validate import VALIDATORS

FIXTURES = Path(__file__).parents[2] / "fixtures"
RULES = load_rules()
POSITIVES = [
    example.text for rule in RULES.rules for example in rule.positives if not example.field and "\n" not in example.text
]
CLEAN = [
    '"""Return the rows of a table, sorted by size; version 1.2.10, since 2024-01-15."""',
    "timeout = 30  # seconds, see https://example.com/help/129",
    "digest = '9f86d081884c7d659a2feaa0c55ad015'",
    "# 표를 정렬한다: 크기가 없는 행은 마지막에 온다",
    "    return [row for row in rows if row.size >= 0x7fff]",
    "name: build",
    "127.0.0.1:8080",
]


def may_hold(name: str, data: bytes) -> bool:
    """What a new screen says, which has done no work yet."""
    return Screen().may_hold(name, data)


def test_it_is_up_to_date() -> None:
    """rules/screen.json is what the rules say; `make screen` writes it."""
    assert known.load() == build.known()


@pytest.mark.parametrize("text", POSITIVES)
def test_every_positive_example_passes(text: str) -> None:
    """What a rule finds in a text is let through."""
    assert may_hold("example.py", text.encode())


@given(st.sampled_from(POSITIVES), st.lists(st.sampled_from(CLEAN)), st.lists(st.sampled_from(CLEAN)))
@settings(max_examples=50, deadline=None)
def test_a_value_among_clean_lines_passes(text: str, before: list[str], after: list[str]) -> None:
    """Clean lines around a value do not hide it, whatever the file is called."""
    data = "\n".join([*before, text, *after]).encode()
    assert all(may_hold(name, data) for name in ("a.py", "b.md", "Makefile", "c.txt", "d.json"))


def test_fixtures_with_findings_pass() -> None:
    """Every fixture of which a scan reports something in the clear, or cannot read all, is let through."""
    folders = [path.parent for path in FIXTURES.glob("*/expected.jsonl")]
    assert folders
    for folder in folders:
        lines = [json.loads(line) for line in (folder / "expected.jsonl").read_text().splitlines()]
        if any(line.get("state") == "clear" or line.get("severity") == "error" for line in lines):
            for path in folder.glob("input*"):
                assert not path.is_file() or may_hold(path.name, path.read_bytes()), path


@pytest.mark.parametrize("line", CLEAN)
def test_clean_lines_do_not_pass(line: str) -> None:
    """Dates, versions, digests, addresses of the own machine and Korean comments alone are worth no scan."""
    assert not may_hold("clean.py", line.encode())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", "표를 정렬한다".encode("cp949")),
        ("a.txt", "text".encode("utf-16")),
        ("a.py", b"\xef\xbb\xbfx = 1\n"),
        ("a.py", b"x = 1\rx = 2\n"),
        ("a.bin", b"\x00\x01\x02"),
        ("a.csv", b"size,count\nsmall,3\n"),
        ("a.txt", b"size,count\nsmall,3\nlarge,4\n"),
        ("a.txt", b'{"a": 1}\n{"a": 2}\n'),
        ("a.txt", b"<html><body>x</body></html>"),
        ("a.txt", b"dn: cn=x\n"),
        ("a.md", b"From: x\nTo: y\nSubject: z\n\ntext\n"),
        ("a.py", "# 注释\n".encode()),
        ("a.py", "# コメント\n".encode()),
        ("a.py", "# تعليق\n".encode()),
        ("a.py", b"x = 1\n" * (1 << 18)),
        ("a.js", b"x" * 10_000),
    ],
)
def test_what_it_cannot_judge_passes(name: str, data: bytes) -> None:
    """Other encodings, formats with fields, other scripts and large files are left to the scan."""
    assert may_hold(name, data)


ENDINGS = [*MAIL, *PACKED, *(ending for name, row in FORMATS.items() if name != "text" for ending in row.suffixes)]


@pytest.mark.parametrize("ending", [*ENDINGS, *map(str.upper, ENDINGS)])
def test_names_that_say_how_a_file_is_read_pass(ending: str) -> None:
    """Whatever is mail, compressed or has fields by its name is left to the scan, though it looks like plain text."""
    assert may_hold(f"a{ending}", b"x = 1\n")
    assert not may_hold("a.txt", b"x = 1\n")


POINTS = " ".join(f"{n * 7919 % 997}.{n % 89:02} {n % 613}.{n * 31 % 97:02}" for n in range(60))
DENSE = {
    "paths": "\n".join(f'd="M{n}.5 {POINTS}z"' for n in range(300)),
    "integers": "\n".join(" ".join(str((n + m) * 7919 % 9973) for m in range(15)) for n in range(3000)),
    "dots": "\n".join("1." * 900 + "1" * (n % 50) for n in range(100)),
    "words": "\n".join(
        f"{'abcdefghij'[n // 26**2]}{chr(97 + n // 26 % 26)}{chr(97 + n % 26)} = {'more + ' * 9}last"
        for n in range(6000)
    ),
    "long": "x" * 2001,
}


@pytest.mark.parametrize("name", DENSE)
def test_it_does_no_more_work_than_a_scan(name: str) -> None:
    """A text that would take the screen longer than a scan is let through, before the work is done."""
    screen = Screen()
    assert screen.may_hold("a.py", DENSE[name].encode())
    counted = NUMERAL * sum(map(str.isdigit, DENSE[name]))
    assert screen.work <= max(MOST, counted) + LONGEST


def test_files_of_one_run_share_the_work() -> None:
    """Many clean files are one large one; each alone is not worth a scan."""
    screen, text = Screen(), "\n".join(f"size_{n} = {n % 10}" for n in range(2000)).encode()
    assert not may_hold("a.py", text)
    assert any(screen.may_hold("a.py", text) for _ in range(100))


def test_the_folding_is_that_of_the_scan() -> None:
    """Digits of full width are digits to the screen, too."""
    assert may_hold("a.py", "tel ０１０－００００－１２３４".encode())


@pytest.mark.parametrize("name", build._NEVER_VALID)
def test_validators_that_are_never_sure(name: str) -> None:
    """Those said to be never sure call no example of any rule valid."""
    matches = [e.match for rule in RULES.rules if rule.validator == name for e in rule.positives if e.match]
    assert matches
    assert VALIDATORS[name](pl.Series(matches, dtype=pl.String)).max() <= 0


TRIES = [(rule, item) for rule in known.load().words for item in rule.tries]


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_digits_are_counted_as_patterns_need_them(data: st.DataObject) -> None:
    """Whatever a pattern matches has the digits, in the place, that the pattern is said to need."""
    pattern = data.draw(st.sampled_from([p for _, p in RULES.patterns]))
    text = data.draw(st.from_regex(re.compile(pattern.regex), fullmatch=True).filter(lambda t: "\n" not in t))
    from scanner.hook.screen import _digits

    assert least(pattern.regex, DIGITS) <= _digits(text)[build._within(pattern.regex)]


def test_the_threshold_is_the_default() -> None:
    """The screen knows what is reported by default, and nothing of lower thresholds."""
    from scanner.hook.screen import LEAST

    assert LEAST == DEFAULT_MIN_SCORE
