"""Matches inside cells and free text: nominated by few passes over all, confirmed one candidate at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from scanner.match.cells import Cells, contains_any
from scanner.match.compiled import CompiledPattern, CompiledRules
from scanner.match.found import Found
from scanner.match.whole import Hint
from scanner.match.words import CONTEXT, KEYWORD, Words
from scanner.model import IntArray


def match(compiled: CompiledRules, cells: Cells, hints: Sequence[Hint], found: Found) -> None:
    """Add the matches in `cells` to `found`; `hints` are the entity types expected in each column."""
    evident = list(compiled.self_evident.descend(cells.text))
    worded = contains_any(cells.text, compiled.literals)
    worded |= np.array([bool(hint) for hint in hints], dtype=np.bool_)[cells.column]
    chosen = worded.copy()
    for _, index in evident:
        chosen[index] = True
    number = np.cumsum(chosen) - 1  # of each chosen cell among the chosen
    cells, worded = cells.take(chosen), np.flatnonzero(worded[chosen])
    if not len(cells):
        return
    confirm = _Confirm(cells, Words(compiled, cells), _expected(cells, hints), found)
    for pattern, index in evident:
        confirm(pattern, number[index])
    for pattern, index in compiled.needy.descend(cells.text.gather(worded)):
        confirm.worded(pattern, worded[index])


def _expected(cells: Cells, hints: Sequence[Hint]) -> dict[str, IntArray]:
    """For each entity type the cells in columns that are expected to hold it."""
    columns: defaultdict[str, list[int]] = defaultdict(list)
    for number, hint in enumerate(hints):
        for entity_type in hint:
            columns[entity_type].append(number)
    return {name: np.flatnonzero(np.isin(cells.column, numbers)) for name, numbers in columns.items()}


class _Confirm:
    """Runs exact regexes over the texts of nominated cells."""

    def __init__(self, cells: Cells, words: Words, expected: dict[str, IntArray], found: Found) -> None:
        self._cells, self._words, self._expected, self._found = cells, words, expected, found
        self._texts = cells.text.to_list()

    def worded(self, pattern: CompiledPattern, which: IntArray) -> None:
        """Try those of the cells that hold a keyword of the rule and, if needed, a context word, or are expected to."""
        allowed = np.full(len(self._cells), not pattern.field_only, dtype=np.bool_)
        if pattern.rule.keywords:
            allowed &= self._words.cells_with(pattern.rule_index, KEYWORD)
        if pattern.contextual:
            allowed &= self._words.cells_with(pattern.rule_index, CONTEXT)
        if pattern.rule.entity_type in self._expected:
            allowed[self._expected[pattern.rule.entity_type]] = True
        self(pattern, which[allowed[which]])

    def __call__(self, pattern: CompiledPattern, which: IntArray) -> None:
        """Add the exact spans in the cells numbered `which`."""
        if not len(which):
            return
        group = "value" if pattern.pattern.has_value_group else 0
        finditer, texts = pattern.exact.finditer, self._texts
        spans = [(number, *match.span(group)) for number in which.tolist() for match in finditer(texts[number])]
        if spans:
            number, start, end = np.array(spans, dtype=np.int64).T
            near = self._words.near(pattern.rule_index, number, start, end)
            where = self._cells.column[number], self._cells.cell[number]
            self._found.add(pattern.index, *where, (start, end), pattern.pattern.score, near)
