"""Look-alike characters."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.escapes import holds
from scanner.fold import fold, origins


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("０１０－１２３４－５６７８", "010-1234-5678"),
        ("٠١٠ ١٢٣", "010 123"),
        ("۰۱۰", "010"),
        ("1–2—3ー4", "1-2-3-4"),
        ("サーバー", "サーバー"),
        ("ｋｉｍ＠ｅｘａｍｐｌｅ．ｃｏｍ", "kim@example.com"),
        ("서울\u3000강남", "서울 강남"),
    ],
)
def test_look_alikes_become_ascii(text: str, folded: str) -> None:
    """Digits of other scripts, full-width forms, odd spaces, and dashes between digits, but no vowel marks."""
    assert fold(pl.Series([text])).to_list() == [folded]


@pytest.mark.parametrize("text", ["홍길동", "Nguyễn Văn Ánh", "がじろう", "آدم"])
def test_marks_apart_from_their_letters_are_put_together(text: str) -> None:
    """What macOS writes in form NFD is folded as what others write; the rest of the column stays."""
    apart = unicodedata.normalize("NFD", text)
    assert apart != text
    assert fold(pl.Series([apart, None, "abc", "１"])).to_list() == [text, None, "abc", "1"]


@given(st.lists(st.sampled_from(["홍", "동", "ễ", "a", " ", "が", "가", "\u0301", "0", "\u11a8"])).map("".join))
def test_places_in_a_folded_text_are_those_of_its_letters(text: str) -> None:
    """Each code point of the folded text comes from the piece of the text that begins at its origin."""
    text = unicodedata.normalize("NFD", text)
    folded, places = fold(pl.Series([text])).item(), origins(text)
    assert len(places) == len(folded) + 1
    assert places == sorted(places)
    pieces = [text[low:high] for low, high in pairwise(places)]
    assert unicodedata.normalize("NFC", "".join(pieces)) == folded


@given(st.lists(st.one_of(st.none(), st.text())))
def test_every_cell_keeps_its_length_and_ascii_stays(cells: list[str | None]) -> None:
    """Offsets in the folded text are offsets in the original, whatever it holds."""
    for before, after in zip(cells, fold(pl.Series(cells, dtype=pl.String)).to_list(), strict=True):
        assert (before is None) == (after is None)
        assert before is None or len(before) == len(after) or len(after) == len(origins(before)) - 1
        assert before is None or not before.isascii() or holds(before) or before == after
