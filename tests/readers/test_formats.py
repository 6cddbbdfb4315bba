"""Which reader a file gets."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.readers import FORMATS, Format, detect_format
from scanner.readers.dialect import Dialect


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
        ("app.log", LINES, "jsonl"),
        ("app.log", "started\n" * 9 + LINES, "jsonl"),
        ("app.log", TABLE, "delimited"),
        ("app.log", TABLE.replace("phone", "mail"), "text"),
        ("a.md", LINES, "text"),
        ("a.py", LINES, "text"),
        ("a.sql", LINES, "sql"),
        ("a.sql", "SELECT 1;\n", "sql"),
        ("dump", "-- x\nINSERT INTO t VALUES (1, 'a');\n", "sql"),
        ("a.md", "INSERT INTO t VALUES (1, 'a');\n", "text"),
        ("a.csv", LINES, "jsonl"),
        ("a.tsv", LINES, "jsonl"),
        ("a.csv", '[\n{"a": 1,\n"b": 2}\n]\n', "json"),
        ("a.csv", '{"a": 1},phone\n{"a": 2},1\n', "delimited"),
        ("a.jsonl", '[\n{"a": 1,\n"b": 2}\n]\n', "json"),
        ("a.jsonl", '{"a": 1}', "jsonl"),
        ("a.jsonl", '{"a": "' + "b" * 99, "jsonl"),
        ("a.json", "{'a': 1}", "json"),
        ("a.json", "a = 1\n", "json"),
        ("a.json", TABLE, "delimited"),
        ("notes", "Dear all,\nplease read this, and answer.\nThanks\n", "text"),
        ("empty", "", "text"),
    ],
)
def test_name_and_text_tell_the_format(path: str, sample: str, expected: str) -> None:
    """The text decides, the suffix where the text does not, and prose is never taken for a table or for JSON."""
    assert name(path, sample) == expected


def test_a_sample_that_is_cut_is_judged_by_its_whole_lines() -> None:
    """The last, incomplete line of a sample does not count."""
    assert name("-", LINES + '{"a": "cut in the', complete=False) == "jsonl"


def test_formats_know_their_suffixes() -> None:
    """No suffix belongs to two formats, and each begins with a dot."""
    suffixes = [suffix for row in FORMATS.values() for suffix in row.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(suffix.startswith(".") for suffix in suffixes)


@given(
    st.sampled_from(
        [
            *(
                Format("delimited", Dialect(44, ("a", "b"), header, said))
                for header in (None, 1, 2)
                for said in (False, True)
            ),
            Format("text"),
            Format("jsonl"),
        ]
    ),
    st.text(st.sampled_from('a,"\n\r '), max_size=40).map(str.encode),
    st.booleans(),
)
def test_records_are_counted_as_they_are_read(kind: Format, block: bytes, top: bool) -> None:
    """The whole records of a block, read alone, are as many as were counted, and the rest begins a record."""
    size, number = kind.count(block, top=top)
    assert size == 0 or block[size - 1 : size] == b"\n"
    batches = list(kind.read([block[:size]], line=1, record=1, top=top))
    records = {record for batch in batches for record in batch.records.tolist()}
    assert number == (block.count(b"\n") if kind.name == "jsonl" else len(records))


LIMITS = {
    "pieces.PIECE": 16,
    "pieces.LEFT": 2,
    "pieces.RIGHT": 4,
    "text.PIECE": 16,
    "text.STREAMED": 20,
    "csvrows.MAX_RECORD": 40,
    "delimited.MAX_RECORD": 40,
    "jsonlines.LONG_LINE": 40,
    "jsondoc.MAX_ELEMENT": 40,
    "jsonwindow.GROWTH": 10,
}


@pytest.mark.parametrize("size", [7, 50, 1 << 20])
@pytest.mark.parametrize(
    ("kind", "data", "count"),
    [
        (Format("delimited", Dialect(44, ("a", "b"), None)), b'1,2\n\n3\n4,"5\n6"\n' + b"7" * 90 + b"\n8,9", 5),
        (Format("text"), b"a\n\n" + b"b" * 90 + b"\nc", 4),
        (Format("jsonl"), b'{"a":1}\n\n{"a":"' + b"b" * 90 + b'"}\n{]\n[]', 4),
        (Format("json"), b'[{"a":1},\n{"a":"' + b"b" * 90 + b'",\n"c":1,\n"d":2},{"a":3}]', 3),
        (Format("json"), b'{"a":[{"b":"' + b"b" * 90 + b'","c":\n1}],"d":1}', 2),
    ],
)
def test_each_record_begins_once(
    monkeypatch: pytest.MonkeyPatch, kind: Format, data: bytes, count: int, size: int
) -> None:
    """A record that comes in several batches, because it is long, counts in the first of them."""
    for name, limit in LIMITS.items():
        monkeypatch.setattr(f"scanner.readers.{name}", limit)
    blocks = [data[start : start + size] for start in range(0, len(data), size)]
    batches = list(kind.read(blocks, line=1, record=1, top=True))
    assert sum(batch.begun for batch in batches) == count
    assert len({number for batch in batches for number in batch.records.tolist()}) == count


ENDLESS = {
    "delimited": (b"name,phone\n", b"Ann Example,555-0100\n"),
    "jsonl": (b"", b'{"name": "Ann Example"}\n'),
    "json": (b"[", b'{"name": "Ann Example"},\n'),
    "sql": (b"", b"INSERT INTO t (name) VALUES ('Ann Example');\n"),
    "html": (b"<html><body><table><tr><th>name</th></tr>", b"<tr><td>Ann Example</td></tr>\n"),
    "ldif": (b"", b"dn: uid=ann\ncn: Ann Example\n\n"),
    "vcard": (b"", b"BEGIN:VCARD\nFN:Ann Example\nEND:VCARD\n"),
    "text": (b"", b"Ann Example\n"),
}


@pytest.mark.parametrize("kind", FORMATS)
def test_texts_are_streamed(kind: str) -> None:
    """A reader of text gives batches while the text goes on, and holds back no more than the largest bound."""
    head, record = ENDLESS[kind]
    taken = 0

    def blocks() -> Iterator[bytes]:
        nonlocal taken
        yield head
        while True:
            taken += 1
            yield record * 2_000

    dialect = Dialect(ord(","), ("name", "phone"), 0) if kind == "delimited" else None
    batches = Format(kind, dialect).read(filter(None, blocks()), line=1, record=1, top=True)
    records = 0
    while records < 40_000:
        records += next(batches).begun
    assert (taken * 2_000 - records) * len(record) < 80 << 20


BEGINNINGS = [
    token * 8000
    for token in (
        *("\n", " \n", "/* x */\n", "-- x\n", "# x\n", "version: 1\n", "copy x ", "insert into "),
        *("create table\n", "<!doctype ", "BEGIN:VCARD", "GO\n", "{", "[", '"', "From: a\n"),
    )
]


@pytest.mark.parametrize("beginning", BEGINNINGS, ids=lambda text: repr(text[:10]))
@pytest.mark.parametrize("end", ["Dear all", ".a {", "dn: x"])
def test_telling_a_format_does_not_hang(beginning: str, end: str) -> None:
    """However often the beginning of a format is repeated, it is told, or told apart, in a moment."""
    before = signal.signal(signal.SIGALRM, lambda *_: pytest.fail("takes too long"))
    signal.alarm(20)
    try:
        assert name("notes", beginning + end) in FORMATS
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
