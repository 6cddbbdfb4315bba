"""Words of field names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.vocabulary import Vocabulary, normalise

WORDS = ("tel", "telephone", "phone", "at", "전화", "전화번호", "no", "no 1")
KNOWN = Vocabulary((word, word.upper()) for word in WORDS)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("receiverPhone_no", "receiver phone no"),
        ("SĐT người nhận", "sdt nguoi nhan"),
        ("ＴＥＬ", "tel"),
        ("  수령인 (성함) ", "수령인 성함"),
        ("HTTPProxy", "http proxy"),
    ],
)
def test_names_become_plain_words(name: str, words: str) -> None:
    """Case, camel case, separators, width and Latin diacritics do not matter."""
    assert normalise(name) == words


@given(st.lists(st.sampled_from([*WORDS, "e", " ", "x", "1", "번호"]), max_size=6).map("".join))
def test_the_longest_words_are_found_that_no_letter_goes_on(text: str) -> None:
    """Of the words at a place the longest one counts; letters around Latin words keep them from being words."""
    choices = [rf"(?<![a-z]){word}(?![a-z])" if word.isascii() else word for word in sorted(WORDS, key=len)[::-1]]
    expected = [(match.start(), match.end()) for match in re.finditer("|".join(choices), text)]
    found = KNOWN.find(text)
    assert [(word.start, word.end) for word in found] == expected
    assert all(word.meanings == {text[word.start : word.end].upper()} for word in found)


def test_an_empty_vocabulary_finds_nothing() -> None:
    """No words are in no text, nor is one that is no letter or digit."""
    assert Vocabulary([]).find("phone") == Vocabulary([("-", "x")]).find("phone - phone") == []
