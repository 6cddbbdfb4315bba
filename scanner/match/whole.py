"""Cells that match from end to end: no Python per cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import polars as pl

from scanner.match.cells import Cells, Mask, contains, contains_any, pick
from scanner.match.compiled import CompiledRules, spellings
from scanner.match.found import Found
from scanner.match.judge import Judge, Verdicts
from scanner.match.needs import NUMBERED, least
from scanner.match.pattern import CompiledPattern
from scanner.match.templates import Templates, blind
from scanner.match.tree import Tree
from scanner.model import DEFAULT_MIN_SCORE, HOME, WEIGHTS, Hint, IntArray

SETTLED_FROM = 4096  # cells of a column from which on it pays to look for the pattern that most of them match
SETTLED_NEXT = 512  # and cells that are left for the next one
_WINNERS = 4
_SAMPLE, _FEW = 32, 4
_NUMBERED = "[0-9@]"


class WholeMatcher:
    """Finds whole-cell matches, in all columns of a batch at once."""

    def __init__(self, compiled: CompiledRules, judge: Judge) -> None:
        """Keep the patterns; trees of them are made when a field first needs them."""
        self._patterns, self._judge = compiled.patterns, judge
        self._winners: dict[tuple[int, int, Hint], CompiledPattern | None] = {}
        self._rivals: dict[tuple[int, int, Hint], tuple[Tree, Tree]] = {}
        self._expected: dict[frozenset[str], Tree] = {}
        self._telling: dict[tuple[str, float], Tree] = {}
        self._everywhere = _tree(p for p in compiled.patterns if not p.contextual)

    def settle(self, cells: Cells, hints: Sequence[Hint], found: Found) -> tuple[Mask, Mask]:
        """Add the matches of the pattern that most cells of a column match, for all columns that have one.

        Then of the one that most other cells match, and so on. `hints` are those of the columns. The first mask (n,)
        says which cells that decides, so that `match` need not look at them, the second which need no closer look at
        all: those that are one value from end to end.
        """
        done = np.zeros(len(cells), dtype=np.bool_)
        decided = np.zeros(len(cells), dtype=np.bool_)
        bounds = np.searchsorted(cells.column, np.arange(len(hints) + 1)).tolist()
        for number, (low, high) in enumerate(pairwise(bounds)):
            least = SETTLED_FROM
            rest = np.arange(low, high)
            for rank in range(_WINNERS):
                winner = self._winner((number, rank), cells, rest, hints[number]) if len(rest) >= least else None
                if winner is None:
                    break
                won, verdicts = self._won_by(winner, cells.at(rest), hints[number])
                decided[rest[won]] = True
                done[rest[won]] = self._settled(winner, cells.at(rest[won]), verdicts, found)
                rest, least = np.delete(rest, won), SETTLED_NEXT if len(won) else len(rest) + 1
        return decided, done

    def _settled(self, winner: CompiledPattern, cells: Cells, verdicts: Verdicts, found: Found) -> Mask:
        """Add the matches of `winner` in the cells (n,) that it won; which of them need no closer look."""
        self._add(winner, cells, found, verdicts)
        sure: Mask = (verdicts == 1) | ((verdicts == 0) & self._suffices(winner))
        return sure & ~contains(cells.text, _NUMBERED) if winner.contextual else sure

    def match(self, cells: Cells, alike: Templates, which: Mask, hints: Sequence[Hint], found: Found) -> Mask:
        """Add the matches of all patterns in the cells where `which` (n,) is true.

        `alike` are the templates of `cells`. The mask (n,) says which cells need no closer look.
        """
        done = np.zeros(len(cells), dtype=np.bool_)
        done[self._tried(self._everywhere, cells, alike, np.flatnonzero(which), hints, found)] = True
        for entities in {hint.entities for hint in hints if hint.entities}:
            columns = [number for number, other in enumerate(hints) if other.entities == entities]
            here = np.flatnonzero(which & np.isin(cells.column, columns))
            fits = self._tried(self._expecting(entities), cells, alike, here, hints, found)
            # what the field expects and has no digits holds nothing else
            done[fits[~contains(pick(cells.text, fits), _NUMBERED)]] = True
        return done

    def fitting(self, cells: Cells, entity_type: str, at_least: float) -> Mask:
        """Which cells (n,) a pattern of `entity_type` with a base score of `at_least` matches."""
        key, mask = (entity_type, at_least), np.zeros(len(cells), dtype=np.bool_)
        if key not in self._telling:
            fitting = (p for p in self._patterns if p.rule.entity_type == entity_type and p.pattern.score >= at_least)
            self._telling[key] = _tree(fitting)
        for pattern, index in self._telling[key].descend(cells.text):
            verdicts = self._judge.verdicts(pattern, pick(cells.text, index))
            mask[index[verdicts >= 0]] = True
        return mask

    def _expecting(self, entities: frozenset[str]) -> Tree:
        """The patterns that need a column expected to hold their entity type."""
        if entities not in self._expected:
            fitting = (p for p in self._patterns if p.contextual and p.rule.entity_type in entities)
            self._expected[entities] = _tree(fitting)
        return self._expected[entities]

    def _tried(
        self, tree: Tree, cells: Cells, alike: Templates, index: IntArray, hints: Sequence[Hint], found: Found
    ) -> IntArray:
        """Add the matches of all patterns of a tree in the cells at `index`; returns where one matches for certain."""
        sure = [index[:0]]
        for pattern, hits in tree.descend(pick(cells.text, index), alike.at(index)):
            which = index[hits]
            which = which[_worded(pattern, cells.at(which), hints)]
            if len(which):
                verdicts = self._judge.verdicts(pattern, pick(cells.text, which))
                self._add(pattern, cells.at(which), found, verdicts)
                sure.append(which[(verdicts == 1) | ((verdicts == 0) & self._suffices(pattern))])
        return np.unique(np.concatenate(sure))

    def _add(self, pattern: CompiledPattern, cells: Cells, found: Found, verdicts: Verdicts) -> None:
        if verdicts.min(initial=0) < 0:
            cells, verdicts = cells.take(verdicts >= 0), verdicts[verdicts >= 0]
        lengths = cells.text.str.len_chars().to_numpy().astype(np.int64)
        spans = (np.zeros(len(cells), dtype=np.int64), lengths)
        found.add(pattern.index, cells.column, cells.cell, spans, pattern.pattern.score, verdict=verdicts)

    def _winner(self, place: tuple[int, int], cells: Cells, index: IntArray, hint: Hint) -> CompiledPattern | None:
        """The pattern that would answer for most of a sample of some cells; tried first is the last one that did.

        `place` is the number of their column, and how many patterns have taken their share of it.
        """
        sample = cells.at(index[:_SAMPLE]).text.to_list()
        key = (*place, hint)
        last = self._winners.get(key)
        if last is None or 2 * sum(last.fullmatch(text) is not None for text in sample) <= len(sample):
            self._winners[key] = last = self._most(sample, hint)
        return last

    def _most(self, sample: Sequence[str], hint: Hint) -> CompiledPattern | None:
        ranked = self._ranked(hint)
        # most columns of text have no winner, which few of their texts tell
        if not any(p.fullmatch(text) for text in sample[:: _SAMPLE // _FEW] for p in ranked):
            return None
        firsts = (next((p for p in ranked if p.fullmatch(text)), None) for text in sample)
        winner, count = Counter(firsts).most_common(1)[0]
        if winner is None or 2 * count <= len(sample):
            return None
        fitting = [text for text in sample if winner.fullmatch(text)]
        valid = self._judge.verdicts(winner, pl.Series(fitting)) >= 0
        return winner if 2 * valid.sum() > len(sample) else None

    def _ranked(self, hint: Hint) -> list[CompiledPattern]:
        """The patterns for a column, those first that win over the others if they match: see `resolve`."""
        fitting = (p for p in self._patterns if p.whole and (not p.contextual or p.rule.entity_type in hint.entities))
        return sorted(fitting, key=lambda p: (-_best(p, hint), p.index))

    def _won_by(self, winner: CompiledPattern, cells: Cells, hint: Hint) -> tuple[IntArray, Verdicts]:
        """The cells for which `winner` is the answer, as nothing that could be stronger matches them; its verdicts."""
        index = np.flatnonzero(contains(cells.text, winner.whole or ""))
        index = index[_worded(winner, cells.at(index), {int(n): hint for n in cells.column[:1]})]
        verdicts = self._judge.verdicts(winner, pick(cells.text, index))
        won = verdicts >= 0
        for verdict in np.unique(verdicts[won]).tolist():
            same = np.flatnonzero(verdicts == verdict)
            texts = pick(cells.text, index[same])
            for stronger, among in zip(self._stronger(winner, verdict, hint), (None, _NUMBERED), strict=True):
                won[same[_matched(stronger, texts, among)]] = False
        return index[won], verdicts[won]

    def _stronger(self, winner: CompiledPattern, verdict: int, hint: Hint) -> tuple[Tree, Tree]:
        """The patterns that may outdo a whole-cell match of `winner` with this verdict.

        The second are those that need a digit or an `@`.
        """
        key = (winner.index, verdict, hint)
        if key not in self._rivals:
            mine = (-_evidence(winner, winner.pattern.score + WEIGHTS["check"] * verdict, hint), winner.index)
            rivals = (p for p in self._ranked(hint) if p is not winner)
            stronger = [p for p in rivals if (-_best(p, hint, winner, verdict), p.index) < mine]
            numbered = [p for p in stronger if least(p.whole or "", NUMBERED)]
            self._rivals[key] = _tree(p for p in stronger if p not in numbered), _tree(numbered)
        return self._rivals[key]

    def _suffices(self, pattern: CompiledPattern) -> bool:
        """Whether the pattern is reported even if its validator cannot tell."""
        return pattern.contextual or round(pattern.pattern.score, 2) >= DEFAULT_MIN_SCORE


def _matched(tree: Tree, texts: pl.Series, among: str | None) -> IntArray:
    """Those of the texts (n,) that a pattern of a tree matches; the Rust regex `among` matches all of them."""
    index = np.arange(len(texts))
    if not tree.patterns:
        return index[:0]
    if among is not None and _seldom(texts, among):
        index = np.flatnonzero(contains(texts, among))
    some = pick(texts, index)
    found = tree.descend(some, Templates.of(some) if tree.is_large else None) if len(some) else ()
    return np.concatenate([index[:0], *(index[hits] for _, hits in found)])


def _seldom(texts: pl.Series, regex: str) -> bool:
    """Whether it pays to leave out the texts that a regex does not match."""
    sample = contains(texts.head(_SAMPLE), regex)
    return 2 * int(sample.sum()) < len(sample)


def _tree(patterns: Iterable[CompiledPattern]) -> Tree:
    """The patterns, to be tried on whole cells."""
    return Tree(
        patterns,
        regex_of=lambda p: p.whole,
        fits=lambda p, text: p.fullmatch(text),
        may_fit=lambda p, template: p.may_be_whole(template),
    )


def _best(
    pattern: CompiledPattern, hint: Hint, winner: CompiledPattern | None = None, verdict: int | None = None
) -> float:
    """The most evidence that a whole-cell match of the pattern can have in a column.

    In a cell that `winner` matches too, their validator has given its `verdict` if it is the same.
    """
    same = winner is not None and pattern.validator is not None and pattern.validator == winner.validator
    score = pattern.pattern.score + WEIGHTS["check"] * (verdict or 0) if same else pattern.reach
    return _evidence(pattern, score, hint)


def _evidence(pattern: CompiledPattern, score: float, hint: Hint) -> float:
    expected = hint.weight if pattern.rule.entity_type in hint.entities else 0
    return round(score + expected + (HOME if pattern.rule.at_home(hint.languages) else 0), 2)


def _worded(pattern: CompiledPattern, cells: Cells, hints: Sequence[Hint] | dict[int, Hint]) -> Mask:
    """Which cells hold a keyword of the pattern's rule, or stand in a column that needs none."""
    mask = np.ones(len(cells), dtype=np.bool_)
    if pattern.rule.keywords:
        columns = np.unique(cells.column)
        expected = [pattern.rule.entity_type in hints[int(number)].entities for number in columns]
        if not all(expected):
            mask = np.isin(cells.column, columns[expected])
            mask |= contains_any(blind(cells.text), pl.Series(sorted(spellings(pattern.rule.keywords))))
    return mask
