"""Names and numbers for people to read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.report.texts import bounds, clean, number, path_of, plural, share, short, size


@given(st.text())
def test_a_clean_text_is_utf8_of_the_same_length(text: str) -> None:
    """Characters are replaced one by one, and what remains can be written."""
    assert len(clean(text)) == len(text)
    clean(text).encode()


@pytest.mark.parametrize(
    "char", ["\x00", "\n", "\x1b", "\x7f", "\x85", "\u200f", "\u202e", "\u2066", "\u061c", "\ufffe", "\udcff"]
)
def test_what_steers_is_replaced(char: str) -> None:
    """Controls, breaks of lines, marks and overrides of direction, halves of pairs and what is no character."""
    assert clean(f"a{char}b") == "a\ufffdb"


@pytest.mark.parametrize("text", ["김철수", "Nguyễn Văn A", "محمد", "a\u200cb", "👨\u200d👩", "<b>&\"'"])
def test_scripts_stay(text: str) -> None:
    """Letters of any script, joiners and markup are kept."""
    assert clean(text) == text


@given(st.text(max_size=2000), st.integers(10, 300))
def test_a_short_text_keeps_its_ends_and_tells_its_length(text: str, limit: int) -> None:
    """What fits is kept; of a longer text both ends, and how long it is."""
    found = short(text, limit)
    assert len(found) <= limit + 30
    assert found[:5] == text[:5]
    assert (found == text) == (len(text) <= limit)
    if len(text) > limit:
        assert found.endswith(f"{text[-5:]} ({len(text):,} characters)")


def test_numbers_have_commas() -> None:
    """Counts, also extrapolated ones, are whole numbers with a comma between thousands."""
    assert [number(count) for count in (0, 999, 1000, 33_700_000, 1234.56)] == [
        "0",
        "999",
        "1,000",
        "33,700,000",
        "1,235",
    ]
    assert [plural(count, "record") for count in (0, 1, 2)] == ["0 records", "1 record", "2 records"]


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1 KB"),
        (6_012_345_678, "6.01 GB"),
        (999_999, "1 MB"),
        (10**19, "1e+04 PB"),
    ],
)
def test_sizes_have_three_digits(count: int, text: str) -> None:
    """Bytes are shown in the largest unit that leaves a number of at least one."""
    assert size(count) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 10, "0 %"), (28, 100, "28.0 %"), (10, 10, "100 %"), (1, 3, "33.3 %"), (1, 10**6, "under 0.1 %"),
        (10**6 - 1, 10**6, "over 99.9 %"), (0, 0, "none"),
    ],
)  # fmt: skip
def test_a_share_never_looks_like_all_or_nothing(part: int, whole: int, text: str) -> None:
    """Only nothing is 0 %, and only all is 100 %."""
    assert share(part, whole) == text


def test_bounds_are_shown_where_a_count_is_not_exact() -> None:
    """Two different bounds are a range; the same, or none, are nothing."""
    assert bounds({"distinct_low": 1000, "distinct_high": 2000}, "distinct") == "1,000 to 2,000"
    assert bounds({"distinct_low": 5, "distinct_high": 5}, "distinct") == ""
    assert bounds({"distinct": 5}, "distinct") == ""


def test_a_name_that_is_not_utf8_is_base64() -> None:
    """The path, or what the result has in its place."""
    assert path_of({"path": "a.csv"}) == "a.csv"
    assert path_of({"path_base64": "YSX/"}) == "base64:YSX/"
    assert path_of({"path": None}) == ""
