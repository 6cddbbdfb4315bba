"""Cells that match from end to end: no Python per cell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from scanner.match.cells import Cells, Mask, contains, contains_any
from scanner.match.compiled import CompiledPattern, CompiledRules, Tree, is_little, spellings
from scanner.match.found import Found

# The entity types that a column is expected to hold.
Hint = frozenset[str]


class WholeMatcher:
    """Finds whole-cell matches, in all columns of a batch at once."""

    def __init__(self, compiled: CompiledRules) -> None:
        """Sort the patterns by what they need."""
        self._patterns = compiled.patterns
        self._everywhere = Tree((p for p in compiled.patterns if not p.contextual), lambda p: p.whole)
        self._expected: dict[Hint, Tree] = {}

    def match(self, cells: Cells, hints: Sequence[Hint], found: Found) -> Mask:
        """Add the matches to `found`; `hints` are the entity types expected in each column.

        The mask (n,) says which cells need no closer look: those that are one value from end to end.
        """
        done = self._match(self._everywhere, cells, hints, found)
        for hint in {hint for hint in hints if hint}:
            numbers = [number for number, other in enumerate(hints) if other == hint]
            here = np.flatnonzero(np.isin(cells.column, numbers) & ~done)
            fits = here[self._match(self._expecting(hint), cells.at(here), hints, found)]
            # what the field expects and has no digits holds nothing else
            done[fits] = ~contains(cells.text.gather(fits), "[0-9@]")
        return done

    def _expecting(self, hint: Hint) -> Tree:
        """The patterns that need a column expected to hold their entity type."""
        if hint not in self._expected:
            fitting = (p for p in self._patterns if p.contextual and p.rule.entity_type in hint)
            self._expected[hint] = Tree(fitting, lambda p: p.whole)
        return self._expected[hint]

    def _match(self, tree: Tree, cells: Cells, hints: Sequence[Hint], found: Found) -> Mask:
        done = np.zeros(len(cells), dtype=np.bool_)
        for pattern, index in tree.descend(cells.text):
            which = index[_confirm(pattern, cells.at(index), hints)]
            if len(which):
                lengths = cells.text.gather(which).str.len_chars().to_numpy().astype(np.int64)
                spans = (np.zeros(len(which), dtype=np.int64), lengths)
                found.add(pattern.index, cells.column[which], cells.cell[which], spans, pattern.pattern.score)
                done[which] = True
        return done


def _confirm(pattern: CompiledPattern, cells: Cells, hints: Sequence[Hint]) -> Mask:
    """Which cells match from end to end, and hold a keyword if the rule demands one."""
    if is_little(cells.text):
        fullmatch = pattern.fullmatch
        mask = np.array([fullmatch(text) is not None for text in cells.text.to_list()], dtype=np.bool_)
    else:
        mask = np.ones(len(cells), dtype=np.bool_)  # the tree ended at this very pattern
    if pattern.rule.keywords and mask.any():
        expected = np.array([pattern.rule.entity_type in hint for hint in hints], dtype=np.bool_)[cells.column]
        mask &= expected | contains_any(cells.text, pl.Series(sorted(spellings(pattern.rule.keywords))))
    return mask
