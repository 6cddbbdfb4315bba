"""Words at once, as `literals` finds them, for numpy."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from scanner.literals import Literals
from scanner.model import IntArray


class Automaton(Literals):
    """Finds words in texts of any density: offsets come as arrays."""

    def __init__(self, words: Sequence[str], ignore_case: bool = False) -> None:
        """See `Literals`."""
        super().__init__(words, ignore_case)
        self._sizes = np.array([len(self._encode(word)) for word in words], dtype=np.int64)

    def hits(self, text: str) -> tuple[IntArray, IntArray, IntArray]:
        """Return starts, ends (code points, half-open) and word indices, int64, ordered by end, longest word first."""
        data = self._encode(text)
        found = np.fromiter(chain.from_iterable(self._found(data)), dtype=np.int64)
        ends, words = found[0::2] + 1, found[1::2]
        starts = ends - self._sizes[words]
        if len(ends) and not text.isascii():
            starts, ends = _code_points(data, starts, ends)
        return starts, ends, words


def _code_points(data: bytes, starts: IntArray, ends: IntArray) -> tuple[IntArray, IntArray]:
    """Turn byte offsets into code-point offsets: count the bytes before that begin a character."""
    leads = (np.frombuffer(data, dtype=np.uint8) & 0xC0) != 0x80
    before = np.zeros(len(data) + 1, dtype=np.int64)
    np.cumsum(leads, out=before[1:])
    return before[starts], before[ends]
