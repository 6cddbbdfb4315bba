"""Where digits matter: which templates have texts of which only some hold what a pattern or a recognizer seeks."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import groupby

import numpy as np
import polars as pl

from scanner.match.cells import Mask, contains, pick
from scanner.match.compiled import CompiledRules
from scanner.match.judge import Judge
from scanner.match.pattern import CompiledPattern
from scanner.match.templates import Templates, blinded
from scanner.match.tree import Tree
from scanner.match.windows import Windows
from scanner.match.words import CONTEXT, KEYWORD, Words
from scanner.model import Hint


class Digits:
    """The patterns that name a digit or have a validator, and the recognizers that tell digits apart."""

    def __init__(self, compiled: CompiledRules, judge: Judge, windows: Windows) -> None:
        """Keep them; what they look for is put together when a template first asks."""
        self._compiled, self._judge, self._windows = compiled, judge, windows

    @cached_property
    def _apart(self) -> list[CompiledPattern]:
        return [pattern for pattern in self._compiled.patterns if self._judge.digits(pattern) is not None]

    @cached_property
    def _everywhere(self) -> Tree:
        """Those patterns that run on every cell."""
        return _tree(pattern for pattern in self._apart if pattern.self_evident)

    @cached_property
    def _needy(self) -> dict[int, Tree]:
        """The others by the number of their rule."""
        needy = (pattern for pattern in self._apart if not pattern.self_evident)
        return {number: _tree(patterns) for number, patterns in groupby(needy, key=lambda pattern: pattern.rule_index)}

    def matter(self, templates: pl.Series, hint: Hint) -> Mask:
        """In which of some templates (t,), of a column with this hint, digits matter."""
        mask = self._windows.tell_digits_apart(templates)
        self._mark(mask, templates, self._everywhere, ~mask)
        words = Words(self._compiled, Templates.each(templates))
        for number, tree in self._needy.items():
            rule = tree.patterns[0].rule
            if rule.entity_type in hint.entities:
                self._mark(mask, templates, tree, ~mask)
            elif number in words.rules:
                kind = KEYWORD if rule.keywords else CONTEXT
                self._mark(mask, templates, tree, ~mask & words.cells_with(number, kind))
        return mask

    def _mark(self, mask: Mask, templates: pl.Series, tree: Tree, among: Mask) -> None:
        """Set `mask` (t,) where digits matter to a pattern of `tree`, in those templates where `among` (t,) is true."""
        index = np.flatnonzero(among)
        for pattern, hits in tree.descend(pick(templates, index)) if len(index) else ():
            found = index[hits]
            mask[found[contains(pick(templates, found), self._judge.digits(pattern) or "")]] = True


def _tree(patterns: Iterable[CompiledPattern]) -> Tree:
    def fits(pattern: CompiledPattern, template: str) -> object:
        return pattern.may_match(template)

    return Tree(patterns, lambda p: blinded(p.loose), fits, fits)
