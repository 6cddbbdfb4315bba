"""Tuples in SQL text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.readers.sqlscan import scan

PIECES = [
    "a",
    "'",
    "''",
    "\\",
    '"',
    "`",
    "(",
    ")",
    ",",
    ";",
    "--",
    "/*",
    "*/",
    "$$",
    "$a$",
    "\n",
    "\n#",
    "'x'",
    "('y')",
]


def tuples(text: str, *, backslash: bool = False) -> list[list[str]]:
    """The values of each group."""
    data = text.encode()
    found = scan(data, backslash=backslash)
    spans = list(zip(found.starts.tolist(), found.ends.tolist(), strict=True))
    return [
        [data[start:end].decode() for start, end in spans[low:high]]
        for low, high in zip(found.first[:-1].tolist(), found.first[1:].tolist(), strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(1, f(2, 3)),('a,(b')", [["1", " f(2, 3)"], ["'a,(b'"]]),
        ("('it''s', '')", [["'it''s'", " ''"]]),
        ("/* it's ( */ (1) -- don't (\n(2)", [["1"], ["2"]]),
        ("/*/ ' */ (1)", [["1"]]),
        ("$f$ it's ( $$ $f$ (1)", [["1"]]),
        ("\n#it's\n(1)\n# it's\n(2)", [["1"], ["2"]]),
        (") (1)", [["1"]]),
        ("'a -- b' (1)", [["1"]]),
        ("COPY t FROM stdin;\nit's (\t1\n\\.\n(1)", [["1"]]),
    ],
)
def test_values_stand_between_commas_of_the_outer_brackets(text: str, expected: list[list[str]]) -> None:
    """What stands in strings, comments, bodies, lines of COPY or inner brackets is no structure."""
    assert tuples(text) == expected


@pytest.mark.parametrize("comment", ["-- it's\n", "-- it's a 5\" disk\n", "/* don't ` */", "$$ ' $$"])
@pytest.mark.parametrize("name", ["`it's`", '"o\'clock (x"', '"a" "it\'s"'])
def test_names_with_quotes_open_no_string_whatever_comes_before(comment: str, name: str) -> None:
    """A quote in a quoted name is none of a string, after a comment with an odd number of quotes too."""
    assert tuples(f"{comment}INSERT INTO {name} VALUES ('x', 1)") == [["'x'", " 1"]]


@pytest.mark.parametrize(("text", "escaped"), [("('a\\', (b')", 1), ("('a\\\\', 'b')", 2), ("('\\\\\\', b')", 1)])
def test_an_odd_number_of_backslashes_escapes_a_quote(text: str, escaped: int) -> None:
    """Backslashes escape quotes and one another in dumps of MySQL, and mean nothing elsewhere."""
    assert [len(values) for values in tuples(text, backslash=True)] == [escaped]


@pytest.mark.parametrize("text", ["(1", "'a", "/* a", "$$ a", "`a", "(1, 'a)'"])
def test_what_has_not_ended_is_cut(text: str) -> None:
    """A group, string, comment, body or name without its end is said to be cut, and is no tuple."""
    assert scan(f"(0){text}".encode(), backslash=False).cut
    assert tuples(f"(0){text}") == [["0"]]


def test_doubled_quotes_are_escapes_and_empty_strings_are_none() -> None:
    """Only values with an escape need to be written anew."""
    assert scan(b"('', 'it''s')", backslash=False).escapes.tolist() == [8]
    assert scan(b"('', 'it\\'s')", backslash=True).escapes.tolist() == [8]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.booleans())
def test_groups_are_in_order_and_closed(text: str, backslash: bool) -> None:
    """Whatever the text, groups follow one another, and their values lie within them."""
    found = scan(text.encode(), backslash=backslash)
    edges = [edge for pair in zip(found.opens.tolist(), found.closes.tolist(), strict=True) for edge in pair]
    assert edges == sorted(edges)
    assert (found.starts <= found.ends).all() and found.first[-1] == len(found.starts)


@pytest.mark.parametrize(
    "piece", ["/* x */", "$a$", "/*'*/'x'", '"a".', "--x\n", '"\n', "from stdin;\n", "'from stdin;\n"]
)
def test_hostile_repetition_takes_time_in_proportion(piece: str) -> None:
    """A megabyte of openers is scanned at all: each is stepped over once."""
    assert len(scan((piece * (1_000_000 // len(piece)) + "\n").encode(), backslash=False).opens) == 0
