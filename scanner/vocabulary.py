"""Words that field names are made of, and what they mean."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Word:
    """Where a word stands in a text, in code points, and what it means."""

    start: int
    end: int
    meanings: frozenset[str]


class Vocabulary:
    """Words with meanings, found longest first and without overlap in normalised field names."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        """Each word with one of its meanings."""
        meanings: defaultdict[str, set[str]] = defaultdict(set)
        for word, meaning in words:
            if text := normalise(word):
                meanings[text].add(meaning)
        self._meanings = {word: frozenset(found) for word, found in meanings.items()}
        ordered = sorted(self._meanings, key=len, reverse=True)
        self._regex = re.compile("|".join(map(_alone, ordered)) or "(?!)")

    @property
    def words(self) -> Iterable[str]:
        """All words, normalised."""
        return self._meanings

    def __contains__(self, text: str) -> bool:
        """Whether a normalised text is just one of the words."""
        return text in self._meanings

    def find(self, text: str) -> list[Word]:
        """The words in a normalised text, from left to right."""
        return [Word(match.start(), match.end(), self._meanings[match.group()]) for match in self._regex.finditer(text)]


def _alone(word: str) -> str:
    """A regex; its tests keep `at` out of `category`, while digits may follow: phone1.

    It begins with a letter, so that `re` can tell at once which words may begin at a place.
    """
    first, rest = re.escape(word[0]), re.escape(word[1:])
    return f"{first}(?<![a-z]{first}){rest}(?![a-z])" if word.isascii() else first + rest


@lru_cache(1 << 16)
def normalise(name: str) -> str:
    """Lower-case words split by single spaces, without Latin diacritics; `receiverPhone_no` is `receiver phone no`."""
    name = unicodedata.normalize("NFKC", name)
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name).lower().replace("đ", "d")
    decomposed = unicodedata.normalize("NFD", name)
    name = unicodedata.normalize("NFC", re.sub("(?<=[a-z])[\u0300-\u036f]+", "", decomposed))
    return re.sub(r"[\W_]+", " ", name).strip()
