"""How well a run of Chinese characters divides into the words of the dictionary: the cheapest way through a lattice.

Costs are -10 * log2 of a probability, so they add up. A word's probability is its share of all words of the corpus that
jieba's dictionary was counted in.
"""

from __future__ import annotations

from functools import cache, lru_cache

from scanner.recognizers.gazetteer import weights

# 10 * log2 of the corpus' 60 million words
CORPUS = 258
# a character that is no word: it occurs less than the rarest
NEVER = -10
_LONGEST = 4


@cache
def known_words() -> dict[str, int]:
    """10 * log2 of how often each word of the dictionary occurs in its corpus."""
    return weights("zh-words")


@lru_cache(maxsize=1 << 16)
def cost(run: str) -> int:
    """The cost of the cheapest division of a run of characters into words."""
    known = known_words()
    best = [0]
    for end in range(1, len(run) + 1):
        cheapest = best[-1] - known.get(run[end - 1], NEVER)
        for start in range(max(0, end - _LONGEST), end - 1):
            weight = known.get(run[start:end])
            if weight is not None and best[start] - weight < cheapest:
                cheapest = best[start] - weight
        best.append(cheapest + CORPUS)
    return best[-1]
