"""Arab cities, governorates and countries in a text."""

from __future__ import annotations

from functools import cache, lru_cache

from scanner.recognizers.ar.letters import WORD, plain
from scanner.recognizers.gazetteer import word_set
from scanner.recognizers.spans import lazy

_WORD = lazy(WORD)
_MORE = lazy(rf"(?: {WORD}){{1,3}}")


@cache
def _first_words() -> frozenset[str]:
    return frozenset(place.split(" ")[0] for place in word_set("ar-places"))


@lru_cache(1 << 16)
def _key(word: str) -> str:
    """A word as the list has it: however its end is written."""
    return plain(word).replace("ة", "ه").replace("ى", "ي")


def place_end(text: str, at: int, end: int) -> int:
    """The end of the longest known place that begins at `at` of `text` and ends by `end`; 0 for none."""
    first = _WORD.match(text, at, end)
    if first is None or _key(first.group()) not in _first_words():
        return 0
    following = _MORE.match(text, first.end(), end)
    words = (first.group() + (following.group() if following else "")).split(" ")
    for count in range(len(words), 0, -1):
        if " ".join(map(_key, words[:count])) in word_set("ar-places"):
            return at + len(" ".join(words[:count]))
    return 0
