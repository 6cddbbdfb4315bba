"""The word lists and how texts are searched for them."""

import pytest

from scanner.recognizers.gazetteer import Gazetteer, word_set, words
from scanner.rules import rules_dir

LISTS = sorted(path.stem for path in (rules_dir() / "gazetteers").glob("*.txt"))


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_sorted_and_clean(name: str) -> None:
    """Each list has one word a line, sorted, without duplicates, blanks or surrounding spaces."""
    assert list(words(name)) == sorted(word_set(name))
    assert all(word and word == word.strip() for word in words(name))


def test_lines_are_those_with_a_word() -> None:
    """Only lines that hold a word are given, each once, without its line feed."""
    text = "서울 부산\n없음\n대구\n"
    lines = [text[start:end] for start, end in Gazetteer(more=("서울", "부산", "대구")).lines(text)]
    assert lines == ["서울 부산", "대구"]


def test_suffix_belongs_to_each_word() -> None:
    """With a suffix a word counts only when it is followed by it."""
    assert Gazetteer("vi-surnames", suffix=" ").starts("Trần Văn, Lê.") == [0]
