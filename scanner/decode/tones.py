"""Puts together the vowels and tone marks of Vietnamese, which Windows code page 1258 has apart and no other text."""

from __future__ import annotations

import codecs
import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_FIRST, _LAST = 0x300, 0x323
_VOWELS = 0x1B1  # all letters that take a tone come before


class Composer(codecs.IncrementalDecoder):
    """Decodes as another decoder does, and gives each vowel together with the mark that follows it."""

    def __init__(self, inner: codecs.IncrementalDecoder) -> None:
        """Put together what `inner` decodes."""
        super().__init__()
        self._inner, self._held = inner, ""

    def decode(self, data: bytes, final: bool = False) -> str:  # type: ignore[override]
        """Decode a piece, all but its last character, which a mark may follow."""
        text = self._held + self._inner.decode(data, final)
        waits = not final and text[-1:] not in _TONES
        text, self._held = (text[:-1], text[-1:]) if waits else (text, "")
        return composed(text)


def composed(text: str) -> str:
    """The text with each pair of a vowel and a tone as one character, where there is such a one."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).copy()
    marks = np.flatnonzero((points[1:] >= _FIRST) & (points[1:] <= _LAST)) + 1
    marks = marks[points[marks - 1] < _VOWELS]
    pairs = _pairs()[points[marks] - _FIRST, points[marks - 1]]
    points[marks[pairs > 0] - 1] = pairs[pairs > 0]
    return np.delete(points, marks[pairs > 0]).tobytes().decode("utf-32-le", "surrogatepass")


@cache
def _pairs() -> npt.NDArray[np.uint32]:
    """The character for each mark and letter; 0 where there is none."""
    table = np.zeros((_LAST - _FIRST + 1, _VOWELS), dtype=np.uint32)
    for tone in _TONES:
        for letter in filter(str.isalpha, map(chr, range(_VOWELS))):
            pair = unicodedata.normalize("NFC", letter + tone)
            table[ord(tone) - _FIRST, ord(letter)] = ord(pair) if len(pair) == 1 else 0
    return table
