"""Texts of a column as one run of bytes, and back."""

from __future__ import annotations

import re
import sys
import unicodedata

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from scanner.views import TextBuffer, apart, beginnings, capitals, cut, digits, joined, may_have_capitals, without

TEXTS = st.lists(st.text(max_size=20))


@given(TEXTS)
def test_what_is_joined_can_be_cut(texts: list[str]) -> None:
    """Any texts, empty ones and such beyond the basic plane too, come back as they were."""
    assert cut(*joined(pl.Series(texts, dtype=pl.String))).to_list() == texts


@given(TEXTS)
def test_dropped_characters_leave_the_rest_in_place(texts: list[str]) -> None:
    """ASCII characters are dropped from each text; all others stay in order."""
    expected = ["".join(letter for letter in text if letter not in " -0") for text in texts]
    assert without(pl.Series(texts, dtype=pl.String), b" -0").to_list() == expected


@given(st.lists(st.text(" -09aé", max_size=12)))
def test_what_parts_digits_is_one_hyphen(texts: list[str]) -> None:
    """Dropped characters between two digits of a text leave a hyphen, all others leave nothing."""
    expected = [re.sub("[ -]+", "", re.sub("(?<=[0-9])[ -]+(?=[0-9])", "~", text)).replace("~", "-") for text in texts]
    assert apart(pl.Series(texts, dtype=pl.String), b" -").to_list() == expected


@given(TEXTS)
def test_digits_and_capitals_are_counted_in_each_text(texts: list[str]) -> None:
    """ASCII digits; capitals of ASCII and all that is not ASCII."""
    values = pl.Series(texts, dtype=pl.String)
    assert digits(values).tolist() == [sum(letter in "0123456789" for letter in text) for text in texts]
    expected = [sum(not letter.isascii() or "A" <= letter <= "Z" for letter in text) for text in texts]
    assert capitals(values).tolist() == expected


def test_no_capital_letter_is_missed() -> None:
    """Each letter that has a lower case, in any script, and none of Hangul, Kana and the common Han."""
    letters = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    capitals = [letter for letter in letters if unicodedata.category(letter) in ("Lu", "Lt")]
    assert [letter for letter in capitals if not may_have_capitals(pl.Series(["가", letter]))] == []
    assert not may_have_capitals(pl.Series(["서울시 강남구 12-3", "ひらがな", "中文", "abc"]))


@given(TEXTS)
def test_texts_that_begin_alike_have_one_hash(texts: list[str]) -> None:
    """What follows after 24 bytes makes no difference, neither do the texts around; other beginnings differ."""
    found = beginnings(pl.Series(texts, dtype=pl.String)).tolist()
    heads = [text.encode()[:24].rstrip(b"\0") for text in texts]
    assert len(set(zip(heads, found, strict=True))) == len(set(heads)) == len(set(found))


@given(st.text(max_size=200), st.data())
def test_code_points_before_a_byte_are_counted(text: str, data: st.DataObject) -> None:
    """For every boundary of a character, in any script."""
    buffer = TextBuffer(text.encode())
    cuts = data.draw(st.lists(st.integers(0, len(text)), min_size=1))
    offsets = np.array([len(text[:point].encode()) for point in cuts])
    assert buffer.to_points(offsets).tolist() == cuts
