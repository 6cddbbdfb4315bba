"""Escapes in the values of SQL text."""

from __future__ import annotations

from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.readers.sqlescapes import BACKSLASH, COPIED, DOUBLED, EXTENDED, UNICODE, Form, decoded, place

FORMS = [*DOUBLED.values(), *BACKSLASH.values(), COPIED, EXTENDED, UNICODE]
PIECES = st.sampled_from(
    ["a", "가", "😀", "''", '""', "\\n", "\\\\", "\\%", "\\가", "\\x41", "\\355\\x99\\x8d", "\\uAC00"]
)


def value(raw: str, form: Form) -> str:
    """What a raw text stands for, as it is read among others."""
    return str(decoded(pl.Series(["a", raw, "b"]), pl.Series([1]).to_numpy(), form)[1])


@pytest.mark.parametrize(
    ("form", "raw", "expected"),
    [
        (DOUBLED["'"], "it''s \\n \"\"", 'it\'s \\n ""'),
        (DOUBLED['"'], 'a ""b"" \'\' \\n', "a \"b\" '' \\n"),
        (BACKSLASH["'"], "010\\-0000\\-1234 \\가 \\\\n \\n \\% \\_ ''", "010-0000-1234 가 \\n \n \\% \\_ '"),
        (BACKSLASH['"'], 'a\\"b""c', 'a"b"c'),
        (COPIED, "010-0000-\\x38888\\055\\N \\\\x41 \\v", "010-0000-8888-N \\x41 \v"),
        (COPIED, "\\xED\\x99\\215", "홍"),
        (
            EXTENDED,
            "\\uD64D\\uAE38 \\U0001F600 \\ud83d\\ude00 010\\x2d0\\0550 it''s \\q\\'",
            "홍길 😀 😀 010-0-0 it's q'",
        ),
        (UNICODE, "\\D64D\\AE38 \\+01F600 \\D83D\\DE00 \\\\ ''", "홍길 😀 😀 \\ '"),
    ],
)
def test_escapes_stand_for_what_is_documented(form: Form, raw: str, expected: str) -> None:
    """Of MySQL, of PostgreSQL's strings and of COPY."""
    assert value(raw, form) == expected


@pytest.mark.parametrize(
    ("form", "raw"),
    [
        (EXTENDED, "\\uD64D".replace("D64D", "D800")),
        (EXTENDED, "\\UFFFFFFFF"),
        (EXTENDED, "\\xE9\\xe9"),
        (UNICODE, "\\D800"),
        (UNICODE, "\\+FFFFFF"),
        (UNICODE, "\\zz"),
        (COPIED, "\\351"),
    ],
)
def test_what_stands_for_no_character_stays(form: Form, raw: str) -> None:
    """Half a surrogate pair, what lies beyond Unicode, and bytes that are no UTF-8 are kept as they are written."""
    assert value(raw, form) == raw


@pytest.mark.parametrize("form", FORMS)
@given(raw=st.lists(PIECES, max_size=8).map("".join))
def test_places_ascend_and_cut_a_text_into_its_characters(form: Form, raw: str) -> None:
    """What stands between the places of two characters stands for the first of them."""
    whole = value(raw, form)
    places = [place(raw, form, number) for number in range(len(whole) + 1)]
    assert places == sorted(places) and places[0] == 0 and places[-1] == len(raw)
    assert "".join(value(raw[low:high], form) for low, high in pairwise(places)) == whole
