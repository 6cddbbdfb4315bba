"""Matches inside cells and free text: nominated by few passes over all, confirmed one candidate at a time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import repeat

import numpy as np
import polars as pl

from scanner.match.cells import Cells, Mask, contains, pick
from scanner.match.compiled import CompiledRules
from scanner.match.found import Found
from scanner.match.judge import Judge, Verdicts
from scanner.match.pattern import CompiledPattern, Run
from scanner.match.templates import Templates
from scanner.match.tree import Tree, is_little
from scanner.match.words import CONTEXT, KEYWORD, Words
from scanner.model import Hint, IntArray
from scanner.views import Bytes, joined

_Spans = tuple[IntArray, IntArray, IntArray]  # number of a text, start and end in it
_NONE = np.zeros(0, dtype=np.int64)
_DIGITS = re.compile("[0-9]+")
_FEW = 16  # a share of the cells that is listed alone


def match(
    compiled: CompiledRules, judge: Judge, cells: Cells, alike: Templates, hints: Sequence[Hint], found: Found
) -> None:
    """Add the matches in `cells`, which have the templates `alike`, to `found`; `hints` are those of the columns."""
    evident = list(compiled.self_evident.descend(cells.text, alike))
    # few cells are not worth a search of their own: `Words` looks at them anyway
    worded = np.ones(len(cells), dtype=np.bool_) if is_little(cells.text) else compiled.worded.of(alike)
    worded = worded | np.array([bool(hint.entities) for hint in hints], dtype=np.bool_)[cells.column]
    chosen = worded.copy()
    for _, index in evident:
        chosen[index] = True
    if not chosen.any():
        return
    number = np.cumsum(chosen) - 1  # of each chosen cell among the chosen
    cells = cells.take(chosen)
    confirm = _Confirm(compiled, cells, alike.take(chosen), judge, found)
    runs: defaultdict[str, list[tuple[Run, IntArray]]] = defaultdict(list)
    for pattern, index in evident:
        if alike.repeat and pattern.run is not None:
            runs[pattern.run.between.pattern].append((pattern.run, number[index]))
        else:
            confirm(pattern, number[index])
    for some in runs.values():
        confirm.runs(some)
    expected = _expected(cells, hints)
    for rule, tree in compiled.needy.items():
        if rule in confirm.words.rules or tree.patterns[0].rule.entity_type in expected:
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

    def __init__(self, compiled: CompiledRules, cells: Cells, alike: Templates, judge: Judge, found: Found) -> None:
        self._cells, self._alike, self._judge, self._found = cells, alike, judge, found
        self.words = Words(compiled, alike)

    @cached_property
    def _texts(self) -> list[str]:
        return self._cells.text.to_list()

    @cached_property
    def _joined(self) -> tuple[Bytes, IntArray]:
        return joined(self._cells.text)

    def worded(self, tree: Tree, expected: Mapping[str, IntArray]) -> None:
        """Try the patterns of one rule in cells that hold what they need, or are expected to hold its type."""
        rule, number = tree.patterns[0].rule, tree.patterns[0].rule_index
        context = self.words.cells_with(number, CONTEXT)
        near = self.words.cells_with(number, KEYWORD) if rule.keywords else context
        there = np.zeros(len(self._cells), dtype=np.bool_)
        there[expected.get(rule.entity_type, [])] = True
        cells = np.flatnonzero(near | there)
        if len(cells):
            for pattern, index in tree.descend(pick(self._cells.text, cells), self._alike.at(cells)):
                which = cells[index]
                supported = near & context if pattern.contextual else near
                allowed = there if pattern.field_only else there | supported
                self(pattern, which[allowed[which]])

    def runs(self, runs: Sequence[tuple[Run, IntArray]]) -> None:
        """Add the spans of patterns that match runs of digits between the same boundaries, each in some cells."""
        there = np.zeros(len(self._cells), dtype=np.bool_)
        for _, which in runs:
            there[which] = True
        for pattern, spans in self._of_runs(list(dict.fromkeys(run for run, _ in runs)), np.flatnonzero(there)):
            self._add(pattern, spans)

    def _of_runs(self, runs: Sequence[Run], which: IntArray) -> Iterator[tuple[CompiledPattern, _Spans]]:
        """Each of some patterns with what it matches of the runs of digits in the cells numbered `which`."""
        few = self._alike.at(which)
        number, start, end, at = _shared(which, few, *_runs(runs, few.text.to_list()))
        begun = self._begun(runs, number, at)
        number, start, end = number[begun], start[begun], end[begun]
        values = self._cells.text[number].str.slice(pl.Series(start), pl.Series(end - start))
        index = np.flatnonzero(contains(values, "|".join(run.whole for run in runs)))
        left = pick(values, index)
        for run in runs:
            fits = index[contains(left, run.whole)] if len(index) else index
            spans = number[fits], start[fits], end[fits]
            yield run.pattern, spans if run.sure else self._each(run.pattern, np.unique(spans[0]))

    def _begun(self, runs: Sequence[Run], number: IntArray, at: IntArray) -> Mask:
        """Which runs of digits, from bytes `at` of the cells numbered `number` on, have two that may begin a match.

        To look costs less than to cut them out.
        """
        points, ends = self._joined
        first = ends[number - 1] * (number > 0) + at
        tens, ones = points[first] - ord("0"), points[first + 1] - ord("0")
        begin: Mask = np.any([run.heads for run in runs], axis=0)[10 * tens + ones]
        return begin

    def __call__(self, pattern: CompiledPattern, which: IntArray) -> None:
        """Add the exact spans in the cells numbered `which`."""
        self._add(pattern, self._spans(pattern, which))

    def _add(self, pattern: CompiledPattern, spans: _Spans) -> None:
        number, start, end = spans
        if len(number):
            verdicts = self._verdicts(pattern, number, start, end)
            number, start, end = number[verdicts >= 0], start[verdicts >= 0], end[verdicts >= 0]
            near = self.words.near(pattern.rule_index, number, start, end)
            where = self._cells.column[number], self._cells.cell[number]
            score, verdicts = pattern.pattern.score, verdicts[verdicts >= 0]
            self._found.add(pattern.index, *where, (start, end), score, near, verdicts)

    def _spans(self, pattern: CompiledPattern, which: IntArray) -> _Spans:
        """The cell number, start and end of each match; sought once a template where digits make no difference.

        Where they do, the template tells from where on a match is sought.
        """
        few = self._alike.at(which) if self._alike.repeat else None
        if few is not None and pattern.is_blind:
            held = _spans(pattern, np.arange(len(few.text)), few.text.to_list(), repeat(0))
            number, start, end = _shared(which, few, *held)
            return number, start, end
        if few is not None and pattern.run is not None:
            ((_, spans),) = self._of_runs([pattern.run], which)
            return spans
        return self._each(pattern, which, _from(pattern, few) if few else None)

    def _each(self, pattern: CompiledPattern, which: IntArray, lows: Iterable[int] | None = None) -> _Spans:
        """What is found in each of the texts numbered `which`, from its place of `lows` on."""
        if _FEW * len(which) < len(self._cells):
            texts = self._cells.text[which].to_list()
        else:
            texts = [self._texts[number] for number in which.tolist()]
        return _spans(pattern, which, texts, repeat(0) if lows is None else lows)

    def _verdicts(self, pattern: CompiledPattern, number: IntArray, start: IntArray, end: IntArray) -> Verdicts:
        if pattern.validator is None:
            return np.zeros(len(number), dtype=np.int8)
        texts = self._cells.text[number]
        return self._judge.verdicts(pattern, texts.str.slice(pl.Series(start), pl.Series(end - start)))


def _shared(which: IntArray, alike: Templates, number: IntArray, *of: IntArray) -> tuple[IntArray, ...]:
    """The spans in texts numbered `which`, of those in their templates `alike`: their `number`, and more `of` each."""
    first = np.searchsorted(number, np.arange(len(alike.text) + 1))
    count = np.diff(first)[alike.index]
    cell = np.repeat(np.arange(len(which)), count)
    span = np.arange(len(cell)) - np.repeat(np.cumsum(count) - count, count) + first[alike.index[cell]]
    return which[cell], *(values[span] for values in of)


def _runs(runs: Sequence[Run], templates: Sequence[str]) -> tuple[IntArray, ...]:
    """The runs of digits in some templates that have a length of one of `runs`, and at which bytes they begin.

    `runs` share what may touch them.
    """
    shortest, longest = min(run.shortest for run in runs), max(run.longest for run in runs)
    between, spans, at = runs[0].between.match, [], []
    for number, text in enumerate(templates):
        last, byte = 0, 0
        for start, end in (match.span() for match in _DIGITS.finditer(text)):
            if shortest <= end - start <= longest and between(text, start):
                spans.append((number, start, end))
                byte, last = byte + len(text[last:start].encode()), start
                at.append(byte)
    return *_arrays(spans), np.array(at, dtype=np.int64)


def _from(pattern: CompiledPattern, alike: Templates) -> list[int]:
    """Before which place no match begins in each of some texts."""
    firsts = [pattern.may_match(template) for template in alike.text.to_list()]
    lows: list[int] = np.array([first.start() if first else 0 for first in firsts], dtype=np.int64)[
        alike.index
    ].tolist()
    return lows


def _spans(pattern: CompiledPattern, numbers: IntArray, texts: Sequence[str], lows: Iterable[int]) -> _Spans:
    """The number of the text, start and end of each match that begins at its place of `lows` or later, in order."""
    group = "value" if pattern.pattern.has_value_group else 0
    finditer = pattern.exact.finditer
    listed = zip(numbers.tolist(), texts, lows, strict=False)
    return _arrays([(number, *match.span(group)) for number, text, low in listed for match in finditer(text, low)])


def _arrays(spans: Sequence[tuple[int, int, int]]) -> _Spans:
    if not spans:  # the rule, so it should be quick
        return _NONE, _NONE, _NONE
    number, start, end = np.array(spans, dtype=np.int64).T
    return number, start, end
