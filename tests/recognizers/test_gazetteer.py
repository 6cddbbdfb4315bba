"""The word lists and how texts are searched for them."""

import gzip
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.recognizers.gazetteer import Gazetteer, Weights, by_letter, weights, words
from scanner.rules import rules_dir

LISTS = sorted(path.name.split(".")[0] for path in (rules_dir() / "gazetteers").glob("*.txt*"))


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_sorted_and_clean(name: str) -> None:
    """Each list has one word a line, with a weight or without, sorted, without duplicates, blanks or outer spaces."""
    lines = [line.split("\t") for line in words(name)]
    listed = [word for word, *_ in lines]
    assert listed == sorted(set(listed))
    assert all(word and word == word.strip() for word in listed)
    assert {len(line) for line in lines} in ({1}, {2})


def test_each_list_stands_in_the_sources() -> None:
    """SOURCES.md names every list."""
    sources = (rules_dir() / "gazetteers" / "SOURCES.md").read_text("utf-8")
    assert [name for name in LISTS if not re.search(rf"\b{name}\b", sources)] == []


def test_a_packed_list_reads_as_a_plain_one(tmp_path: Path) -> None:
    """Weights are integers after a tab, and a gzipped list is read like a plain one."""
    (tmp_path / "list.txt.gz").write_bytes(gzip.compress("가\t3\n나 다\t-12\n".encode()))
    assert weights("list", tmp_path) == {"가": 3, "나 다": -12}


@pytest.mark.parametrize("text", ["가\n나", "가\n나\n", "가\r\n나\r\n"])
def test_the_last_word_counts_however_the_file_ends(tmp_path: Path, text: str) -> None:
    """A list reads the same with and without a final line feed, and with CRLF."""
    (tmp_path / "list.txt").write_bytes(text.encode())
    assert words("list", tmp_path) == ("가", "나")


def test_an_empty_list_has_no_words(tmp_path: Path) -> None:
    """A file without a line gives no word, not an empty one."""
    (tmp_path / "list.txt").write_bytes(b"")
    assert words("list", tmp_path) == ()


def test_lines_are_those_with_a_word() -> None:
    """Only lines that hold a word are given, each once, without its line feed."""
    text = "서울 부산\n없음\n대구\n"
    lines = [text[start:end] for start, end in Gazetteer(more=("서울", "부산", "대구")).lines(text)]
    assert lines == ["서울 부산", "대구"]


def test_suffix_belongs_to_each_word() -> None:
    """With a suffix a word counts only when it is followed by it."""
    assert Gazetteer(more=["Trần", "Lê"], suffix=" ").starts("Trần Văn, Lê.") == [0]


@pytest.mark.parametrize("name", ["en-given", "en-surnames", "en-words", "en-endings"])
def test_few_words_are_looked_up_without_a_table(name: str) -> None:
    """A word has the weight that the table gives it, before and after so many are asked that one is made."""
    table = weights(name)
    some = [*list(table)[:: len(table) // 700 or 1], "", "zzzz", "aaaa", "m-n"]
    few = Weights(name)
    for _ in range(4):
        assert [few.get(word) for word in some] == [table.get(word) for word in some]


@pytest.mark.parametrize("any_case", [False, True])
@given(st.lists(st.text("aBkSsıİſKé", min_size=1, max_size=3), min_size=1), st.text("abBkKsSıiİſKéÉ", max_size=4))
def test_words_by_letter_match_what_an_alternation_matches(any_case: bool, given_words: list[str], text: str) -> None:
    """Grouped by their first letters words match the same texts, in any case or in their own."""
    plain = re.compile("|".join(given_words), re.IGNORECASE if any_case else 0)
    grouped = re.compile(by_letter(given_words, any_case=any_case))
    assert bool(grouped.fullmatch(text)) == bool(plain.fullmatch(text))
