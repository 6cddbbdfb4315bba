"""Rules compiled for matching: what each pattern needs, and trees of regexes that find the patterns worth a try."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np
import polars as pl
import regex

from scanner.automaton import Automaton
from scanner.match.cells import contains, contains_any
from scanner.match.templates import ZEROS, Memory, Templates, blinded, is_blind
from scanner.model import WEIGHTS, IntArray
from scanner.rules import Pattern, Rule, RuleSet

# Up to so many texts and bytes, compiling a regex in Rust costs more than trying each text in Python.
FEW = 256
SHORT = 1 << 15
# From so many characters of regexes on, an entity type has a union of its own.
ALONE = 2000

# Supersets of the boundaries in `rules.BOUNDARIES` without lookaround, for Rust's regex.
_LOOSE = {
    "none": ("", ""),
    "digit": ("(?:^|[^0-9])", "(?:$|[^0-9])"),
    "word": ("(?:^|[^0-9A-Za-z_])", "(?:$|[^0-9A-Za-z_])"),
    "token": ("(?:^|[^0-9A-Za-z_])", "(?:$|[^0-9A-Za-z_])"),
}


@dataclass(frozen=True, eq=False)
class CompiledPattern:
    """A pattern ready to run; `index` is its number in candidates frames, `rule_index` that of its rule.

    `reach`: the score that it can have without context or field. `contextual`: that stays below the threshold, so it
    only runs in cells with a context word of its rule, or in fields that are expected to hold its entity type;
    `field_only`: not even a context word is enough.
    """

    index: int
    rule: Rule
    rule_index: int
    pattern: Pattern
    reach: float
    contextual: bool
    field_only: bool

    @property
    def validator(self) -> str | None:
        """The validator of its values; masked ones are not checked."""
        return self.rule.validator if self.pattern.state == "clear" else None

    @property
    def self_evident(self) -> bool:
        """Whether it runs on every cell."""
        return not self.contextual and not self.rule.keywords

    @property
    def whole_only(self) -> bool:
        """Whether it matches cells from end to end only."""
        return self.pattern.regex.startswith("^")

    @cached_property
    def is_blind(self) -> bool:
        """Whether it treats all digits alike; then it finds the same spans in a text and in its template."""
        return is_blind(self.pattern.regex)

    @property
    def _bare(self) -> str:
        return self.pattern.regex.replace("(?P<value>", "(?:")

    @property
    def loose(self) -> str:
        """A Rust regex that matches every text in which `exact` finds something."""
        before, after = _LOOSE[self.pattern.boundary]
        return f"{before}(?:{self._bare}){after}"

    @property
    def whole(self) -> str | None:
        """A regex, for Rust and Python, for a text that matches from end to end; None where a cue belongs to it."""
        return None if self.pattern.has_value_group else f"^(?:{self._bare})$"

    @cached_property
    def fullmatch(self) -> Callable[[str], object]:
        """Tells whether a text matches `whole`."""
        return re.compile(self._bare).fullmatch

    @cached_property
    def exact(self) -> regex.Pattern[str]:
        """The regex that finds spans, within its boundary."""
        return regex.compile(self.rule.bounded(self.pattern))


class Tree:
    """Patterns under unions of their regexes: family, entity type, rule; a text descends where a union matches."""

    def __init__(
        self,
        patterns: Iterable[CompiledPattern],
        regex_of: Callable[[CompiledPattern], str | None],
        fits: Callable[[CompiledPattern, str], bool] = lambda pattern, text: True,
    ) -> None:
        """`regex_of` gives the Rust regex of a pattern; patterns for which it is None are left out.

        `fits` sieves few texts, one at a time.
        """
        self._fits = fits
        self._exact = {p: text for p in patterns if (text := regex_of(p))}
        self.patterns = list(self._exact)
        sizes: Counter[str] = Counter()
        for pattern, text in self._exact.items():
            sizes[pattern.rule.entity_type] += len(text)
        self._large = {entity_type for entity_type, size in sizes.items() if size > ALONE}
        self._levels: list[Callable[[CompiledPattern], str]] = [self._family, _entity_type, _rule_id, _pattern]
        self._sets: dict[tuple[int, ...], int] = {}
        self._set_of = Memory(self._learn)

    @property
    def is_large(self) -> bool:
        """Whether its regexes are so many that templates should be asked first."""
        return bool(self._large)

    def descend(
        self, texts: pl.Series, templates: Templates | None = None
    ) -> Iterator[tuple[CompiledPattern, IntArray]]:
        """Each pattern with the int64 indices of texts that its regex (of few texts, `fits`) lets pass, in portions."""
        if is_little(texts) or templates is None or not templates.repeat:
            yield from self._descend(self.patterns, np.arange(len(texts)), texts, self._exact)
            return
        sets = self._set_of.of(templates)
        counts = np.bincount(sets, minlength=len(self._sets))
        rare: set[int] = set()
        for numbers, count in zip(list(self._sets), counts.tolist(), strict=True):
            if count <= FEW:
                rare.update(numbers if count else ())
                continue
            index = np.flatnonzero(sets == self._sets[numbers])
            patterns = [self.patterns[number] for number in numbers]
            yield from ((pattern, index) for pattern in patterns if pattern.is_blind)
            others = [pattern for pattern in patterns if not pattern.is_blind]
            yield from self._descend(others, index, texts.gather(index), self._exact)
        index = np.flatnonzero(counts[sets] <= FEW)
        together = [self.patterns[number] for number in sorted(rare)]
        yield from self._descend(together, index, texts.gather(index), self._exact)

    def _learn(self, templates: pl.Series) -> IntArray:
        """The number, in `_sets`, of the set of patterns that may match the texts of each template."""
        fits = np.zeros((len(templates), len(self.patterns)), dtype=np.bool_)
        place = {pattern: number for number, pattern in enumerate(self.patterns)}
        regexes = {pattern: blinded(text) for pattern, text in self._exact.items()}
        for pattern, index in self._descend(self.patterns, np.arange(len(templates)), templates, regexes, all_=True):
            fits[index, place[pattern]] = True
        rows, of = np.unique(fits, axis=0, return_inverse=True)
        sets = [tuple(np.flatnonzero(row).tolist()) for row in rows]
        return np.array([self._sets.setdefault(chosen, len(self._sets)) for chosen in sets])[of.reshape(-1)]

    def _descend(
        self,
        patterns: Sequence[CompiledPattern],
        index: IntArray,
        texts: pl.Series,
        regexes: Mapping[CompiledPattern, str],
        level: int = 0,
        *,
        all_: bool = False,
    ) -> Iterator[tuple[CompiledPattern, IntArray]]:
        """Sieve `texts`, those numbered `index`, level by level; `all_` by regex, however few they are."""
        if level == len(self._levels):
            yield from ((pattern, index) for pattern in patterns)
            return
        if not all_ and is_little(texts):
            yield from self._one_by_one(patterns, index, texts.to_list())
            return
        key = self._levels[level]
        groups = [list(group) for _, group in groupby(sorted(patterns, key=key), key=key)]
        if len(groups) == 1 and 0 < level < len(self._levels) - 1:
            yield from self._descend(patterns, index, texts, regexes, level + 1, all_=all_)
            return
        for members in groups:
            hits = contains(texts, "|".join(f"(?:{regexes[p]})" for p in members))
            if hits.any():
                left = texts.filter(pl.Series(hits))
                yield from self._descend(members, index[hits], left, regexes, level + 1, all_=all_)

    def _one_by_one(
        self, patterns: Sequence[CompiledPattern], index: IntArray, texts: Sequence[str]
    ) -> Iterator[tuple[CompiledPattern, IntArray]]:
        for pattern in patterns:
            hits = [number for number, text in zip(index.tolist(), texts, strict=True) if self._fits(pattern, text)]
            if hits:
                yield pattern, np.array(hits, dtype=np.int64)

    def _family(self, pattern: CompiledPattern) -> str:
        """Small entity types share one union: each union is a pass over the texts, and a large one is slow."""
        return pattern.rule.entity_type if pattern.rule.entity_type in self._large else ""


def _entity_type(pattern: CompiledPattern) -> str:
    return pattern.rule.entity_type


def _rule_id(pattern: CompiledPattern) -> str:
    return pattern.rule.id


def _pattern(pattern: CompiledPattern) -> str:
    return f"{pattern.rule.id} {pattern.pattern.name}"


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
        return Memory(lambda templates: contains_any(templates, self._literals))

    @cached_property
    def _literals(self) -> pl.Series:
        words = {w for p in self.patterns if not p.self_evident for w in spellings(needed(p))}
        return pl.Series(sorted(words), dtype=pl.String)

    @cached_property
    def self_evident(self) -> Tree:
        """The patterns that are tried inside every cell."""
        return Tree((p for p in self.patterns if p.self_evident and not p.whole_only), lambda p: p.loose)

    @cached_property
    def needy(self) -> dict[int, Tree]:
        """By rule number, the patterns that are tried inside cells with a keyword, or context word, of their rule."""
        chosen = [p for p in self.patterns if not p.self_evident and not p.whole_only]
        groups = groupby(chosen, key=lambda p: p.rule_index)
        return {number: Tree(list(group), lambda p: p.loose) for number, group in groups}


def spellings(words: Iterable[str]) -> set[str]:
    """How templates write the words once the case of ASCII letters is ignored: `sđt` also as `sĐt`, for SĐT."""
    forms = (form for word in words for form in (word.lower(), word.capitalize(), word.title(), word.upper()))
    return {form.encode().lower().translate(ZEROS).decode() for form in forms}


def is_little(texts: pl.Series) -> bool:
    """Whether trying every text in Python is the quicker way."""
    return len(texts) <= FEW and int(texts.str.len_bytes().sum() or 0) <= SHORT


def needed(pattern: CompiledPattern) -> tuple[str, ...]:
    """Literals of which one must occur in a cell for the pattern to run: keywords, else context words."""
    return pattern.rule.keywords or pattern.rule.context_words


def _reach(rule: Rule, pattern: Pattern) -> float:
    """The score that a pattern can reach without context."""
    checked = rule.validator and pattern.state == "clear"
    return pattern.score + (WEIGHTS["check"] if checked else 0)
