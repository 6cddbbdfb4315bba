"""Vietnamese letters and syllables: without diacritics, as they are written, what may be a syllable at all."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from scanner.recognizers.spans import lazy


@cache
def _plain_letters() -> dict[int, str]:
    """Vietnamese letters to plain ones, one for one."""
    letters = [chr(code) for code in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))]
    table = {ord(letter): unicodedata.normalize("NFD", letter)[0] for letter in letters}
    return table | {ord("Đ"): "D", ord("đ"): "d"}


def plain(text: str) -> str:
    """`text` without Vietnamese diacritics, of the same length."""
    return text if text.isascii() else text.translate(_plain_letters())


def small(text: str) -> str:
    """`text` in small letters, of the same length."""
    return text.replace("İ", "I").lower()


_LETTERS = [
    chr(code)
    for code in (*range(0x41, 0x17F), 0x1A0, 0x1A1, 0x1AF, 0x1B0, *range(0x1EA0, 0x1EFA))
    if chr(code).isalpha()
]
# characters of regex classes: the capital and the small letters of Vietnamese
UPPER = "".join(letter for letter in _LETTERS if letter.isupper())
LOWER = "".join(letter for letter in _LETTERS if letter.islower())

# Onset, nucleus, coda: https://en.wikipedia.org/wiki/Vietnamese_phonology, without diacritics.
_SYLLABLE = lazy(
    "(?:ngh?|nh|n|th|tr|t|ch|c|gh|gi|g|kh|k|ph|qu|[bdhlmprsvx])?"
    "(?:uye|uya|uyu|ieu|yeu|uoi|uou|oai|oao|oay|oeo|uay|uy|ue|uo|ua|ui|uu|oa|oe|oi|oo|ie|ia|iu|ye|ai|ao|au|ay|eo|eu|[aeiouy])"
    "(?:ch|c|m|ng|nh|n|p|t)?"
)


@lru_cache(1 << 14)
def is_syllable(word: str) -> bool:
    """Whether a plain small word may be a Vietnamese syllable; the longest has seven letters."""
    return len(word) <= 7 and _SYLLABLE.fullmatch(word) is not None


def forms(word: str) -> tuple[str, ...]:
    """A word as it is written: small, capitalised, in capitals, without diacritics."""
    return word, word.capitalize(), word.title(), word.upper(), plain(word)


def any_of(words: str) -> str:
    """A regex for one of some words that white space parts, the longest first; in them an underscore is a space."""
    ordered = sorted(words.split(), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word.replace("_", " ")) for word in ordered)


def line_around(text: str, position: int) -> tuple[int, int]:
    """Start and end of the line of `text` around `position`."""
    end = text.find("\n", position)
    return text.rfind("\n", 0, position) + 1, end if end >= 0 else len(text)
