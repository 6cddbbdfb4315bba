"""Keywords and context words in nominated cells: one automaton pass, then arithmetic on positions."""

from __future__ import annotations

import numpy as np

from scanner.match.cells import Mask
from scanner.match.compiled import CompiledRules
from scanner.match.templates import Templates
from scanner.model import IntArray

KEYWORD, CONTEXT = 0, 1
BEFORE, AFTER = 40, 20  # code points around a match in which a context word counts

_EMPTY = np.empty(0, dtype=np.int64)


class Words:
    """Where the words of each rule stand in some cells, a digit in a word standing for any digit.

    `rules`: the numbers of those rules that have a word in any cell.
    """

    def __init__(self, compiled: CompiledRules, alike: Templates) -> None:
        """Search the templates of the cells once for all words of all rules."""
        lengths = alike.text.str.len_chars().to_numpy().astype(np.int64)
        self._of = alike.index
        self._masks: dict[tuple[int, int], Mask] = {}
        self._offsets = np.concatenate(([0], np.cumsum(lengths + 1)))  # of each template in the joined text
        automaton, uses = compiled.words
        text = "\n".join(alike.text.to_list())
        starts, ends, words = automaton.hits(text)
        self._by_rule = _by_rule(starts, ends, words, uses, _whole_words(text, starts, ends))
        self.rules = {rule for rule, _ in self._by_rule}

    def cells_with(self, rule: int, kind: int) -> Mask:
        """Which cells (n,) hold a word of `kind` of a rule."""
        key = (rule, kind)
        if key not in self._masks:
            mask = np.zeros(len(self._offsets) - 1, dtype=np.bool_)
            starts, _ = self._by_rule.get(key, (_EMPTY, _EMPTY))
            mask[np.searchsorted(self._offsets, starts, side="right") - 1] = True
            self._masks[key] = mask[self._of]
        return self._masks[key]

    def near(self, rule: int, cell: IntArray, start: IntArray, end: IntArray) -> Mask:
        """Whether a context word of the rule stands near each span; `cell` numbers the cells given at the start."""
        starts, ends = self._by_rule.get((rule, CONTEXT), (_EMPTY, _EMPTY))
        if not len(starts):
            return np.zeros(len(cell), dtype=np.bool_)
        template = self._of[cell]
        first, limit = self._offsets[template], self._offsets[template + 1]
        low, high = first + start, first + end
        before = _any_between(ends, np.maximum(low - BEFORE, first + 1), low)
        after = _any_between(starts, high, np.minimum(high + AFTER, limit - 1))
        return before | after


def _any_between(points: IntArray, low: IntArray, high: IntArray) -> Mask:
    """Whether one of the sorted points lies in each closed interval."""
    return np.searchsorted(points, high, side="right") > np.searchsorted(points, low, side="left")


def _whole_words(text: str, starts: IntArray, ends: IntArray) -> Mask:
    """Drop ASCII words that are a piece of a longer one: `tel` in `hotel`, but not in `tel_no` or `homeTel`."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    padded = np.concatenate((np.array([32], dtype=np.uint32), points, np.array([32], dtype=np.uint32)))
    lower = (padded >= 97) & (padded <= 122)
    upper = (padded >= 65) & (padded <= 90)
    before, first, last, after = starts, starts + 1, ends, ends + 1
    inside = (lower[before] & lower[first]) | (upper[before] & (upper[first] | lower[first]))
    inside |= (lower[last] & lower[after]) | (upper[last] & (upper[after] | (lower[after] & (ends - starts > 1))))
    return ~inside


def _by_rule(
    starts: IntArray, ends: IntArray, words: IntArray, uses: IntArray, whole: Mask
) -> dict[tuple[int, int], tuple[IntArray, IntArray]]:
    """Sorted starts and ends of the hits for each (rule, kind); context words count as whole words only."""
    first = np.searchsorted(uses[:, 0], words, side="left")
    count = np.searchsorted(uses[:, 0], words, side="right") - first
    hit = np.repeat(np.arange(len(words)), count)
    use = np.repeat(first - np.concatenate(([0], np.cumsum(count)))[:-1], count) + np.arange(len(hit))
    counts = (uses[use, 2] == KEYWORD) | whole[hit]
    hit, use = hit[counts], use[counts]
    key = uses[use, 1] * 2 + uses[use, 2]
    order = np.argsort(key, kind="stable")
    keys, splits = np.unique(key[order], return_index=True)
    groups = np.split(order, splits[1:]) if len(keys) else []
    return {
        (int(k) // 2, int(k) % 2): (np.sort(starts[hit[g]]), np.sort(ends[hit[g]]))
        for k, g in zip(keys, groups, strict=True)
    }
