"""Cells that match from end to end: no Python per cell."""

from __future__ import annotations

import re

import numpy as np
import polars as pl

from scanner.match.cells import Cells, Mask, contains, contains_any
from scanner.match.compiled import FEW, CompiledPattern, CompiledRules, Tree
from scanner.match.found import Found
from scanner.model import IntArray

# The entity types that a column is expected to hold.
Hint = frozenset[str]


class WholeMatcher:
    """Finds whole-cell matches, in all columns of a batch at once."""

    def __init__(self, compiled: CompiledRules) -> None:
        """Sort the patterns by what they need."""
        self._compiled = compiled
        self._trees: dict[Hint, Tree] = {}

    def tree(self, hint: Hint) -> Tree:
        """The patterns for columns that are expected to hold the entity types `hint`."""
        if hint not in self._trees:
            fitting = [p for p in self._compiled.patterns if not p.contextual or p.rule.entity_type in hint]
            self._trees[hint] = Tree(fitting, lambda pattern: pattern.whole)
        return self._trees[hint]

    def match(self, columns: list[Cells], hints: list[Hint], found: Found) -> list[Mask]:
        """Add the matches to `found`; the masks, one a column, say which cells need no closer look."""
        done = [np.zeros(len(cells), dtype=np.bool_) for cells in columns]
        for hint in set(hints):
            numbers = [number for number, other in enumerate(hints) if other == hint]
            nominated = [self._nominate(columns[number], hint) for number in numbers]
            chosen = Cells.gather(columns[n].at(index) for n, index in zip(numbers, nominated, strict=True))
            finished = self._match(chosen, hint, found)
            splits = np.cumsum([len(index) for index in nominated])[:-1]
            for number, index, part in zip(numbers, nominated, np.split(finished, splits), strict=True):
                done[number][index] = part
        return done

    def _nominate(self, cells: Cells, hint: Hint) -> IntArray:
        nominate = self.tree(hint).nominate
        return np.flatnonzero(contains(cells.text, nominate)) if nominate else np.empty(0, dtype=np.int64)

    def _match(self, cells: Cells, hint: Hint, found: Found) -> Mask:
        done = np.zeros(len(cells), dtype=np.bool_)
        if not len(cells):
            return done
        lengths = cells.text.str.len_chars().to_numpy().astype(np.int64)
        for pattern, index in self.tree(hint).descend(cells.text):
            which = _confirm(pattern, index, cells.text, hint)
            if len(which):
                spans = (np.zeros(len(which), dtype=np.int64), lengths[which])
                found.add(pattern.index, cells.column[which], cells.cell[which], spans, pattern.pattern.score)
                done[which] |= not pattern.contextual
        return done


def _confirm(pattern: CompiledPattern, index: IntArray, texts: pl.Series, hint: Hint) -> IntArray:
    """Which of the texts at `index` match from end to end, and hold a keyword if the rule demands one."""
    assert pattern.whole is not None
    some = texts.gather(index)
    if len(index) <= FEW:
        fullmatch = re.compile(pattern.whole).fullmatch
        mask = np.array([fullmatch(text) is not None for text in some.to_list()], dtype=np.bool_)
    else:
        mask = contains(some, pattern.whole)
    keywords = pattern.rule.keywords
    if keywords and pattern.rule.entity_type not in hint and mask.any():
        mask &= contains_any(some, pl.Series([word.lower() for word in keywords]))
    return index[mask]
