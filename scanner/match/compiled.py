"""All rules compiled: which patterns are tried in which cells, and the words that they need."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import groupby

import numpy as np
import polars as pl

from scanner.automaton import Automaton
from scanner.match.cells import contains_any
from scanner.match.pattern import CompiledPattern
from scanner.match.templates import ZEROS, Memory
from scanner.match.tree import Tree
from scanner.model import WEIGHTS, IntArray
from scanner.rules import Pattern, Rule, RuleSet


class CompiledRules:
    """All patterns of a `RuleSet`, for one threshold."""

    def __init__(self, rules: RuleSet, min_score: float) -> None:
        """`min_score`: findings below it are not reported, so what cannot reach it alone needs evidence to run."""
        self.rules = rules
        numbers = {rule.id: number for number, rule in enumerate(rules.rules)}
        self.patterns = []
        for index, (rule, pattern) in enumerate(rules.patterns):
            reach = _reach(rule, pattern)
            lacks = round(min_score - reach, 6)
            needs = lacks > 0, lacks > WEIGHTS["context"]
            self.patterns.append(CompiledPattern(index, rule, numbers[rule.id], pattern, reach, *needs))

    @cached_property
    def words(self) -> tuple[Automaton, IntArray]:
        """The automaton of all keywords and context words, and what each word is for.

        The array has rows (word, rule, kind), sorted by word; kind 0 is a keyword, 1 a context word.
        """
        uses = [(w, n, 0) for n, rule in enumerate(self.rules.rules) for w in spellings(rule.keywords)]
        uses += [(w, n, 1) for n, rule in enumerate(self.rules.rules) for w in spellings(rule.context_words)]
        words = sorted({word for word, _, _ in uses})
        index = {word: number for number, word in enumerate(words)}
        table = sorted((index[word], rule, kind) for word, rule, kind in uses)
        return Automaton(words, ignore_case=True), np.array(table, dtype=np.int64).reshape(-1, 3)

    @cached_property
    def worded(self) -> Memory:
        """Which templates hold a word that a pattern which is not self-evident needs."""
        return Memory(lambda texts: contains_any(texts, self._literals))

    @cached_property
    def _literals(self) -> pl.Series:
        words = {w for p in self.patterns if not p.self_evident for w in spellings(needed(p))}
        return pl.Series(sorted(words), dtype=pl.String)

    @cached_property
    def self_evident(self) -> Tree:
        """The patterns that are tried inside every cell."""
        return _tree(p for p in self.patterns if p.self_evident and not p.whole_only)

    @cached_property
    def needy(self) -> dict[int, Tree]:
        """By rule number, the patterns that are tried inside cells with a keyword, or context word, of their rule."""
        chosen = [p for p in self.patterns if not p.self_evident and not p.whole_only]
        groups = groupby(chosen, key=lambda p: p.rule_index)
        return {number: _tree(group) for number, group in groups}


def _tree(patterns: Iterable[CompiledPattern]) -> Tree:
    """The patterns, to be sought inside cells."""
    return Tree(
        patterns,
        regex_of=lambda p: p.loose,
        fits=lambda p, text: True,
        may_fit=lambda p, template: p.may_match(template),
        by_template=lambda p: p.is_blind or p.run is not None,
    )


def spellings(words: Iterable[str]) -> set[str]:
    """How templates write the words once the case of ASCII letters is ignored: `sđt` also as `sĐt`, for SĐT."""
    forms = (form for word in words for form in (word.lower(), word.capitalize(), word.title(), word.upper()))
    return {form.encode().lower().translate(ZEROS).decode() for form in forms}


def needed(pattern: CompiledPattern) -> tuple[str, ...]:
    """Literals of which one must occur in a cell for the pattern to run: keywords, else context words."""
    return pattern.rule.keywords or pattern.rule.context_words


def _reach(rule: Rule, pattern: Pattern) -> float:
    """The score that a pattern can reach without context."""
    checked = rule.validator and pattern.state == "clear"
    return pattern.score + (WEIGHTS["check"] if checked else 0)
