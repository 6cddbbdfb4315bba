"""Vietnamese vowels and tones that a code page has apart."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from test_decode import decode

from scanner.decode import Encoding
from scanner.decode.tones import composed

MARKS = "\u0300\u0301\u0303\u0309\u0323"


def test_text_in_cp1258_is_as_people_write_it() -> None:
    """Vowels and tones of Windows code page 1258 come as one character each, in both cases."""
    text = "Nguyễn Thị Ánh Nguyệt, ĐƯỜNG LÊ LỢI, quận Bình Thạnh, kỹ sư"
    data = "".join(apart(char) for char in text).encode("cp1258")
    assert len(data.decode("cp1258")) > len(text)
    assert decode(data, Encoding("cp1258"))[0] == text


def apart(char: str) -> str:
    """A letter with its tone as a mark of its own."""
    parts = unicodedata.normalize("NFD", char)
    tone = next((part for part in parts if part in MARKS), "")
    return unicodedata.normalize("NFC", parts.replace(tone, "", 1)) + tone


@given(st.text(f"aAêơưYđ·1 {MARKS}", max_size=30))
def test_composing_changes_no_meaning(text: str) -> None:
    """What is composed is canonically the same text, and composing again changes nothing but a second mark."""
    assert unicodedata.normalize("NFD", composed(text)) == unicodedata.normalize("NFD", text)


@given(st.text(f"aêơY1 {MARKS}", max_size=30), st.integers(1, 5))
@settings(max_examples=300)
def test_cuts_never_part_a_vowel_from_its_tone(text: str, size: int) -> None:
    """Wherever a long line is cut, the text is the same."""
    data = text.encode("cp1258")
    assert decode(data, Encoding("cp1258"), size)[0] == composed(data.decode("cp1258"))


def test_marks_without_a_vowel_stay() -> None:
    """A mark at the start, after no letter, or after another mark is left as it is."""
    assert composed("\u0301a\u0301\u0301b1\u0309") == "\u0301á\u0301b1\u0309"
