"""Many literal words at once, by Aho-Corasick over UTF-8 bytes.

pyahocorasick walks the children of a state one by one, so an automaton over `str` is slow as soon as its words begin
with thousands of different characters (Hangul, Han). Built on the UTF-8 bytes, seen as latin-1, a state has at most
256 children and the search is some hundred times faster. UTF-8 is self-synchronising: a word is found at character
boundaries only.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import ahocorasick
import numpy as np

from scanner.model import IntArray


class Automaton:
    """Finds every occurrence of a fixed set of words, overlapping ones too."""

    def __init__(self, words: Sequence[str], ignore_case: bool = False) -> None:
        """Build for `words`; of equal words the first counts. `ignore_case` folds ASCII letters only.

        Raises `ValueError` for an empty word.
        """
        self._ignore_case = ignore_case
        self._sizes = np.zeros(len(words), dtype=np.int64)
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        for index, word in enumerate(words):
            if not word:
                raise ValueError("an automaton cannot hold an empty word")
            data = self._encode(word)
            self._sizes[index] = len(data)
            key = data.decode("latin-1")
            if key not in self._automaton:
                self._automaton.add_word(key, index)
        self._automaton.make_automaton()

    def hits(self, text: str) -> tuple[IntArray, IntArray, IntArray]:
        """Return starts, ends (code points, half-open) and word indices, int64, ordered by end, longest word first."""
        if not len(self._automaton):
            return _empty(), _empty(), _empty()
        data = self._encode(text)
        found = np.fromiter(chain.from_iterable(self._automaton.iter(data.decode("latin-1"))), dtype=np.int64)
        ends, words = found[0::2] + 1, found[1::2]
        starts = ends - self._sizes[words]
        if len(ends) and not text.isascii():
            starts, ends = _code_points(data, starts, ends)
        return starts, ends, words

    def _encode(self, text: str) -> bytes:
        data = text.encode("utf-8", "surrogatepass")
        return data.lower() if self._ignore_case else data


def _empty() -> IntArray:
    return np.empty(0, dtype=np.int64)


def _code_points(data: bytes, starts: IntArray, ends: IntArray) -> tuple[IntArray, IntArray]:
    """Turn byte offsets into code-point offsets: count the bytes before that begin a character."""
    leads = (np.frombuffer(data, dtype=np.uint8) & 0xC0) != 0x80
    before = np.zeros(len(data) + 1, dtype=np.int64)
    np.cumsum(leads, out=before[1:])
    return before[starts], before[ends]
