"""Matches inside cells and free text: nominated by few passes over all, confirmed one candidate at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from scanner.match.cells import Cells, contains, contains_any
from scanner.match.compiled import FEW, CompiledPattern, CompiledRules
from scanner.match.found import Found
from scanner.match.whole import Hint
from scanner.match.words import CONTEXT, KEYWORD, Words
from scanner.model import IntArray


def match(compiled: CompiledRules, cells: Cells, hints: Sequence[Hint], found: Found) -> None:
    """Add the matches in `cells` to `found`; `hints` are the entity types expected in each column."""
    nominate = compiled.self_evident.nominate
    evident = contains(cells.text, nominate) if nominate else np.zeros(len(cells), dtype=np.bool_)
    hinted = np.array([bool(hint) for hint in hints])[cells.column]
    mask = evident | hinted | contains_any(cells.text, compiled.literals)
    cells, evident = cells.take(mask), np.flatnonzero(evident[mask])
    if len(cells):
        confirm = _Confirm(cells, Words(compiled, cells), found)
        for pattern, index in compiled.self_evident.descend(cells.text.gather(evident)):
            confirm(pattern, evident[index])
        expected = _expected(cells, hints)
        for pattern in compiled.patterns:
            if not pattern.self_evident and not pattern.whole_only:
                confirm.worded(pattern, expected.get(pattern.rule.entity_type, _NONE))


_NONE = np.empty(0, dtype=np.int64)


def _expected(cells: Cells, hints: Sequence[Hint]) -> dict[str, IntArray]:
    """For each entity type the cells in columns that are expected to hold it."""
    columns: defaultdict[str, list[int]] = defaultdict(list)
    for number, hint in enumerate(hints):
        for entity_type in hint:
            columns[entity_type].append(number)
    return {name: np.flatnonzero(np.isin(cells.column, numbers)) for name, numbers in columns.items()}


class _Confirm:
    """Runs exact regexes over the texts of nominated cells."""

    def __init__(self, cells: Cells, words: Words, found: Found) -> None:
        self._cells, self._words, self._found = cells, words, found
        self._texts = cells.text.to_list()

    def worded(self, pattern: CompiledPattern, expected: IntArray) -> None:
        """Try the cells with a keyword of the rule and, if the pattern needs one, a context word, and those `expected`."""
        which = None
        if pattern.rule.keywords:
            which = self._words.cells_with(pattern.rule_index, KEYWORD)
        if pattern.contextual and (which is None or len(which)):
            context = self._words.cells_with(pattern.rule_index, CONTEXT)
            which = context if which is None else np.intersect1d(which, context, assume_unique=True)
        which = expected if which is None else np.union1d(which, expected) if len(expected) else which
        if len(which) > FEW:
            which = which[contains(self._cells.text.gather(which), pattern.loose)]
        self(pattern, which)

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
