"""Which reader a file gets."""

from __future__ import annotations

import pytest

from scanner.readers import FORMATS, detect_format


def name(path: str, sample: str, complete: bool = True) -> str:
    """The format of a file; rows that hold `phone` are headers."""
    return detect_format(path, sample.encode(), complete=complete, is_header=lambda row: "phone" in row).name


TABLE = "phone,memo\n1,a\n2,b\n3,c\n"
LINES = '{"a": 1}\n{"a": 2}\n'


@pytest.mark.parametrize(
    ("path", "sample", "expected"),
    [
        ("a.csv", TABLE, "delimited"),
        ("a.csv", "one column\n1\n2\n", "delimited"),
        ("a.tsv", "phone\tmemo\n1\ta\n", "delimited"),
        ("export", TABLE, "delimited"),
        ("-", TABLE.replace(",", "|"), "delimited"),
        ("a.csv.gz", TABLE, "delimited"),
        ("a.jsonl", LINES, "jsonl"),
        ("dump.json", LINES, "jsonl"),
        ("-", LINES, "jsonl"),
        ("a.json", '{"a": [1, 2]}', "json"),
        ("a.json", "[1, 2]", "json"),
        ("-", '[{"a": 1}, {"a": 2}]', "json"),
        ("a.log", "[2024-01-01] started\n[2024-01-02] ended\n", "text"),
        ("-", "[2024-01-01] started\n[2024-01-02] ended\n", "text"),
        ("a.md", TABLE, "text"),
        ("a.py", "x = {\n}\n", "text"),
        ("notes", "Dear all,\nplease read this, and answer.\nThanks\n", "text"),
        ("empty", "", "text"),
    ],
)
def test_name_and_text_tell_the_format(path: str, sample: str, expected: str) -> None:
    """The suffix counts first, the text decides where there is none, and prose is never taken for a table."""
    assert name(path, sample) == expected


def test_a_sample_that_is_cut_is_judged_by_its_whole_lines() -> None:
    """The last, incomplete line of a sample does not count."""
    assert name("-", LINES + '{"a": "cut in the', complete=False) == "jsonl"


def test_formats_know_their_suffixes() -> None:
    """No suffix belongs to two formats, and each begins with a dot."""
    suffixes = [suffix for row in FORMATS.values() for suffix in row.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(suffix.startswith(".") for suffix in suffixes)
