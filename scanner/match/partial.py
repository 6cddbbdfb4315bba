"""Matches inside cells and free text: nominated by few passes over all, confirmed one candidate at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from scanner.match.cells import Cells, contains_any
from scanner.match.compiled import CompiledPattern, CompiledRules, Tree
from scanner.match.found import Found
from scanner.match.judge import Judge
from scanner.match.words import CONTEXT, KEYWORD, Words
from scanner.model import Hint, IntArray


def match(compiled: CompiledRules, judge: Judge, cells: Cells, hints: Sequence[Hint], found: Found) -> None:
    """Add the matches in `cells` to `found`; `hints` are those of the columns."""
    evident = list(compiled.self_evident.descend(cells.text))
    worded = contains_any(cells.text, compiled.literals)
    worded |= np.array([bool(hint.entities) for hint in hints], dtype=np.bool_)[cells.column]
    chosen = worded.copy()
    for _, index in evident:
        chosen[index] = True
    number = np.cumsum(chosen) - 1  # of each chosen cell among the chosen
    cells = cells.take(chosen)
    if not len(cells):
        return
    confirm = _Confirm(cells, Words(compiled, cells), judge, found)
    for pattern, index in evident:
        confirm(pattern, number[index])
    expected = _expected(cells, hints)
    for tree in compiled.needy.values():
        confirm.worded(tree, expected)


def _expected(cells: Cells, hints: Sequence[Hint]) -> dict[str, IntArray]:
    """For each entity type the cells in columns that are expected to hold it."""
    columns: defaultdict[str, list[int]] = defaultdict(list)
    for number, hint in enumerate(hints):
        for entity_type in hint.entities:
            columns[entity_type].append(number)
    return {name: np.flatnonzero(np.isin(cells.column, numbers)) for name, numbers in columns.items()}


class _Confirm:
    """Runs exact regexes over the texts of nominated cells."""

    def __init__(self, cells: Cells, words: Words, judge: Judge, found: Found) -> None:
        self._cells, self._words, self._judge, self._found = cells, words, judge, found
        self._texts = cells.text.to_list()

    def worded(self, tree: Tree, expected: Mapping[str, IntArray]) -> None:
        """Try the patterns of one rule in cells that hold what they need, or are expected to hold its type."""
        rule, number = tree.patterns[0].rule, tree.patterns[0].rule_index
        context = self._words.cells_with(number, CONTEXT)
        near = self._words.cells_with(number, KEYWORD) if rule.keywords else context
        there = np.zeros(len(self._cells), dtype=np.bool_)
        there[expected.get(rule.entity_type, [])] = True
        cells = np.flatnonzero(near | there)
        if len(cells):
            for pattern, index in tree.descend(self._cells.text.gather(cells)):
                which = cells[index]
                supported = near & context if pattern.contextual else near
                allowed = there if pattern.field_only else there | supported
                self(pattern, which[allowed[which]])

    def __call__(self, pattern: CompiledPattern, which: IntArray) -> None:
        """Add the exact spans in the cells numbered `which`."""
        if not len(which):
            return
        group = "value" if pattern.pattern.has_value_group else 0
        finditer, texts = pattern.exact.finditer, self._texts
        spans = [(number, *match.span(group)) for number in which.tolist() for match in finditer(texts[number])]
        if spans:
            values = pl.Series([texts[number][start:end] for number, start, end in spans], dtype=pl.String)
            verdicts = self._judge.verdicts(pattern, values)
            number, start, end = np.array(spans, dtype=np.int64)[verdicts >= 0].T
            near = self._words.near(pattern.rule_index, number, start, end)
            where = self._cells.column[number], self._cells.cell[number]
            score, verdicts = pattern.pattern.score, verdicts[verdicts >= 0]
            self._found.add(pattern.index, *where, (start, end), score, near, verdicts)
