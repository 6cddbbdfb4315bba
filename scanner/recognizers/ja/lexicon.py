"""What UniDic says of Japanese words: the classes of each and its cost in each; lower is more usual.

Classes: S surname, G given name, H name of a foreigner, P place, N noun, D numeral, X suffix, R prefix, V verb stem.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache

from scanner.recognizers.gazetteer import words
from scanner.recognizers.spans import lazy

NEVER = 10_000  # more than any word costs
_COST = lazy("([A-Z])([0-9]+)")


@lru_cache(1 << 16)
def costs(word: str, name: str = "ja-lexicon") -> dict[str, int]:
    """The cost of each class of a word; none for one that the list `name` lacks.

    The lists are sorted, a line being `田中`, a tab, `G1267S818`: to search one takes less than to make a dict of it.
    """
    lines = words(name)
    at = bisect_left(lines, word + "\t")
    found, _, classes = lines[at].partition("\t") if at < len(lines) else ("", "", "")
    return {kind: int(cost) for kind, cost in _COST.findall(classes)} if found == word else {}


@cache
def _surnames() -> frozenset[str]:
    return frozenset(line.partition("\t")[0] for line in words("ja-lexicon") if "S" in line)


def is_surname(word: str) -> bool:
    """Whether it is known as a surname: asked of most pieces of a text, so of a set."""
    return word in _surnames()


def begins_with_surname(run: str) -> bool:
    """Whether a surname stands at the start and something after it."""
    return any(is_surname(run[:size]) for size in range(min(4, len(run) - 1), 0, -1))
