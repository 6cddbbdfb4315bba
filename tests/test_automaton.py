"""The automaton finds what a naive search finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.automaton import Automaton

ALPHABET = "abAB1 홍길é王\U0001f600\n"


def found(words: list[str], text: str, ignore_case: bool = False) -> set[tuple[int, int, str]]:
    """What the automaton finds, as (start, end, word)."""
    starts, ends, ids = Automaton(words, ignore_case).hits(text)
    return {(int(s), int(e), words[i]) for s, e, i in zip(starts, ends, ids, strict=True)}


def naive(words: list[str], text: str) -> set[tuple[int, int, str]]:
    """What a search at every place finds."""
    return {(i, i + len(w), w) for w in words for i in range(len(text)) if text.startswith(w, i)}


@given(st.lists(st.text(ALPHABET, min_size=1, max_size=4), unique=True), st.text(ALPHABET, max_size=60))
def test_hits_are_those_of_a_naive_search(words: list[str], text: str) -> None:
    """Every occurrence of every word is found once, at code-point offsets."""
    starts, _, _ = Automaton(words).hits(text)
    assert found(words, text) == naive(words, text)
    assert len(starts) == len(naive(words, text))


@given(st.lists(st.text("abé", min_size=1, max_size=3), unique=True), st.text(ALPHABET, max_size=60))
def test_case_folding_touches_ascii_only(words: list[str], text: str) -> None:
    """With ignore_case, ASCII letters match either case and offsets stay those of the text."""
    folded = "".join(c.lower() if c.isascii() else c for c in text)
    assert found(words, text, ignore_case=True) == naive(words, folded)


def test_overlapping_words_are_all_found() -> None:
    """A word within another and words that share characters are reported together."""
    assert found(["서울", "서울특별시", "별시 강"], "서울특별시 강남구") == {
        (0, 2, "서울"),
        (0, 5, "서울특별시"),
        (3, 7, "별시 강"),
    }


def test_the_first_of_equal_words_counts() -> None:
    """A word given twice is reported once, with its first index."""
    assert [a.tolist() for a in Automaton(["x", "x"]).hits("ax")] == [[1], [2], [0]]


def test_no_words_find_nothing() -> None:
    """An automaton without words is allowed."""
    assert found([], "abc") == set()


def test_an_empty_word_is_refused() -> None:
    """An empty word would match everywhere."""
    with pytest.raises(ValueError, match="empty"):
        Automaton(["a", ""])
