"""Which patterns are worth a try on which texts: unions of their regexes in a tree, and what templates let match."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import numpy as np
import polars as pl

from scanner.match.cells import contains, pick
from scanner.match.pattern import CompiledPattern
from scanner.match.templates import Memory, Templates, blinded
from scanner.model import IntArray
from scanner.views import digits

# Up to so many texts and characters, compiling a regex in Rust costs more than trying each text in Python.
FEW = 32
SHORT = 1 << 15
# From so many characters of regexes on, an entity type has a union of its own.
ALONE = 2000
_NEEDS = (1, 6)  # digits by which patterns are set apart
_MOST = 0.9  # share of texts from which on it does not pay to leave out the others
_DIGITS = "0123456789"
_SETS = 4096  # sets of patterns that are told apart

_Fits = Callable[[CompiledPattern, str], object]  # tells whether a pattern matches a text; false if it does not


class Tree:
    """Patterns under unions of their regexes: family, entity type, rule; a text descends where a union matches."""

    def __init__(
        self,
        patterns: Iterable[CompiledPattern],
        regex_of: Callable[[CompiledPattern], str | None],
        fits: _Fits,
        may_fit: _Fits,
        by_template: Callable[[CompiledPattern], bool] = lambda pattern: pattern.is_blind,
    ) -> None:
        """`regex_of` gives the Rust regex of a pattern; patterns for which it is None are left out.

        `fits` sieves few texts, one at a time, `may_fit` few templates. For the patterns `by_template` it is enough
        that the template matches.
        """
        self._fits, self._may_fit, self._by_template = fits, may_fit, by_template
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

    def descend(self, texts: pl.Series, alike: Templates | None = None) -> Iterator[tuple[CompiledPattern, IntArray]]:
        """Each pattern with the int64 indices of texts that its regex (of few texts, `fits`) lets pass, in portions."""
        if is_little(texts) or alike is None or not alike.repeat:
            yield from self._descend(self.patterns, np.arange(len(texts)), texts, self._exact, self._fits)
            return
        if len(self._sets) > _SETS:
            self._sets.clear()
            self._set_of.forget()
        sets = self._set_of.of(alike)
        counts = np.bincount(sets, minlength=len(self._sets))
        rare: set[int] = set()
        for numbers, count in zip(list(self._sets), counts.tolist(), strict=True):
            if count <= FEW:
                rare.update(numbers if count else ())
                continue
            index = np.flatnonzero(sets == self._sets[numbers])
            patterns = [self.patterns[number] for number in numbers]
            yield from ((pattern, index) for pattern in patterns if self._by_template(pattern))
            others = [pattern for pattern in patterns if not self._by_template(pattern)]
            yield from self._descend(others, index, pick(texts, index), self._exact, self._fits)
        index = np.flatnonzero(counts[sets] <= FEW)
        together = [self.patterns[number] for number in sorted(rare)]
        yield from self._descend(together, index, pick(texts, index), self._exact, self._fits)

    def _learn(self, texts: pl.Series) -> IntArray:
        """The number, in `_sets`, of the set of patterns that may match texts with these templates."""
        fits = np.zeros((len(texts), max(1, len(self.patterns))), dtype=np.bool_)
        place = {pattern: number for number, pattern in enumerate(self.patterns)}
        regexes = {pattern: blinded(text) for pattern, text in self._exact.items()}
        for pattern, index in self._descend(self.patterns, np.arange(len(texts)), texts, regexes, self._may_fit):
            fits[index, place[pattern]] = True
        packed = np.packbits(fits, axis=1)
        _, first, of = np.unique(packed.view(f"V{packed.shape[1]}"), return_index=True, return_inverse=True)
        sets = [tuple(np.flatnonzero(fits[row]).tolist()) for row in first]
        return np.array([self._sets.setdefault(chosen, len(self._sets)) for chosen in sets])[of.reshape(-1)]

    def _descend(
        self,
        patterns: Sequence[CompiledPattern],
        index: IntArray,
        texts: pl.Series,
        regexes: Mapping[CompiledPattern, str],
        fits: _Fits,
        level: int = 0,
    ) -> Iterator[tuple[CompiledPattern, IntArray]]:
        """Sieve `texts`, those numbered `index`, level by level by `regexes`, few of them one by one by `fits`."""
        if level == len(self._levels):
            yield from ((pattern, index) for pattern in patterns)
            return
        if is_little(texts):
            yield from _one_by_one(patterns, index, texts.to_list(), fits)
            return
        key = self._levels[level]
        groups = [list(group) for _, group in groupby(sorted(patterns, key=key), key=key)]
        if len(groups) == 1 and 0 < level < len(self._levels) - 1:
            yield from self._descend(patterns, index, texts, regexes, fits, level + 1)
            return
        counts = digits(texts) if not level and len(groups) > 1 else None
        for members in groups:
            some, numbers = texts, index
            if counts is not None and (enough := counts >= min(pattern.digits for pattern in members)).mean() < _MOST:
                some, numbers = texts.filter(pl.Series(enough)), index[enough]
            hits = contains(some, "|".join(f"(?:{regexes[p]})" for p in members))
            if hits.any():
                left = some.filter(pl.Series(hits))
                yield from self._descend(members, numbers[hits], left, regexes, fits, level + 1)

    def _family(self, pattern: CompiledPattern) -> str:
        """Small entity types share few unions: each union is a pass over the texts, and a large one is slow.

        Apart are those that need no digit, or fewer than most texts have, so that few texts meet the others.
        """
        entity_type = pattern.rule.entity_type if pattern.rule.entity_type in self._large else ""
        return f"{entity_type} {bisect(_NEEDS, pattern.digits)}"


def _one_by_one(
    patterns: Sequence[CompiledPattern], index: IntArray, texts: Sequence[str], fits: _Fits
) -> Iterator[tuple[CompiledPattern, IntArray]]:
    told = [(number, text, sum(map(text.count, _DIGITS))) for number, text in zip(index.tolist(), texts, strict=True)]
    for pattern in patterns:
        needs = pattern.digits
        hits = [number for number, text, count in told if count >= needs and fits(pattern, text)]
        if hits:
            yield pattern, np.array(hits, dtype=np.int64)


def _entity_type(pattern: CompiledPattern) -> str:
    return pattern.rule.entity_type


def _rule_id(pattern: CompiledPattern) -> str:
    return pattern.rule.id


def _pattern(pattern: CompiledPattern) -> str:
    return f"{pattern.rule.id} {pattern.pattern.name}"


def is_little(texts: pl.Series) -> bool:
    """Whether trying every text in Python is the quicker way."""
    return len(texts) <= FEW and sum(map(len, texts.to_list())) <= SHORT
