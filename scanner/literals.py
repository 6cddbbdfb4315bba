"""Many literal words at once, by Aho-Corasick over UTF-8 bytes.

pyahocorasick walks the children of a state one by one, so an automaton over `str` is slow as soon as its words begin
with thousands of different characters (Hangul, Han). Built on the UTF-8 bytes, seen as latin-1, a state has at most
256 children and the search is some hundred times faster. UTF-8 is self-synchronising: a word is found at character
boundaries only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import ahocorasick

# In regexes that nominate cells for recognizers, between what stands one after another, near or far.
THEN = "(?s:.*)"


class Literals:
    """Finds every occurrence of a fixed set of words, overlapping ones too."""

    def __init__(self, words: Sequence[str], ignore_case: bool = False) -> None:
        """Build for `words`; of equal words the first counts. `ignore_case` folds ASCII letters only.

        Raises `ValueError` for an empty word.
        """
        self._ignore_case = ignore_case
        self._lengths = [len(word) for word in words]
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        for index, word in enumerate(words):
            if not word:
                raise ValueError("an automaton cannot hold an empty word")
            key = self._encode(word).decode("latin-1")
            if key not in self._automaton:
                self._automaton.add_word(key, index)
        self._automaton.make_automaton()

    def spans(self, text: str) -> tuple[list[int], list[int]]:
        """Return starts and ends (code points, half-open), ordered by end, of equal ones the longest word first."""
        data = self._encode(text)
        starts, ends = [], []
        byte = end = 0
        for last, word in self._found(data):
            end += _characters(data[byte : last + 1]) if last >= byte else 0
            byte = last + 1
            starts.append(end - self._lengths[word])
            ends.append(end)
        return starts, ends

    def _found(self, data: bytes) -> Iterator[tuple[int, int]]:
        """The last byte and the number of each word."""
        return self._automaton.iter(data.decode("latin-1")) if len(self._automaton) else iter(())

    def _encode(self, text: str) -> bytes:
        data = text.encode("utf-8", "surrogatepass")
        return data.lower() if self._ignore_case else data


def _characters(data: bytes) -> int:
    """How many characters begin in a piece of UTF-8."""
    return len(data) if data.isascii() else len(data.decode("utf-8", "surrogatepass"))
