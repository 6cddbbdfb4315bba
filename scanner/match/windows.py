"""Recognizers on the cells that were nominated for them: one call for many cells, joined by line feeds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol

import numpy as np
import polars as pl

from scanner.match.cells import Cells, Mask, contains
from scanner.match.found import Found
from scanner.match.templates import Memory, Templates, blinded, is_blind
from scanner.match.tree import is_little


class Analyzer(Protocol):
    """The part of Presidio's `EntityRecognizer` that we call."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[Any]:
        """Return results with entity_type, start, end and score."""
        ...


@dataclass(slots=True)
class Window:
    """A recognizer that is made when the first cell is nominated.

    `nominate` are Rust regexes that a cell must all match; none to look at every cell. `entities` maps each of its
    entity types to the number in the `pattern` column of candidates.
    """

    name: str
    nominate: Sequence[str]
    entities: dict[str, int]
    make: Callable[[], Analyzer]
    _analyzer: Analyzer | None = field(default=None)
    _fitting: Memory = field(init=False)

    def __post_init__(self) -> None:
        """Start to remember."""
        self._fitting = Memory(self._fits)

    def _fits(self, texts: pl.Series) -> Mask:
        """Which templates match all regexes, but for the digits."""
        fits = np.ones(len(texts), dtype=np.bool_)
        for regex in self.nominate:
            fits &= contains(texts, blinded(regex))
        return fits

    def match(self, cells: Cells, alike: Templates, found: Found) -> None:
        """Add what the recognizer finds in those `cells` that are nominated; they have the templates `alike`."""
        if is_little(cells.text):
            fits = [self._fits_one(text) for text in cells.text.to_list()]
            cells = cells.take(np.array(fits, dtype=np.bool_))
        else:
            cells = self._nominated(cells, alike)
        self.analyze(cells, found)

    def _fits_one(self, text: str) -> bool:
        """Whether a text matches all regexes: for few texts, as Rust would compile the regexes again for each batch."""
        return all(_compiled(regex).search(text) for regex in self.nominate)

    def _nominated(self, cells: Cells, alike: Templates) -> Cells:
        if alike.repeat:
            cells = cells.take(self._fitting.of(alike))
        for regex in self.nominate:
            if not (alike.repeat and is_blind(regex)):
                cells = cells.take(contains(cells.text, regex))
        return cells

    def analyze(self, cells: Cells, found: Found) -> None:
        """Add what the recognizer finds in `cells`, nominated or not."""
        if not len(cells):
            return
        self._analyzer = self._analyzer or self.make()
        texts = cells.text.to_list()
        offsets = np.concatenate(([0], np.cumsum([len(text) + 1 for text in texts])))
        results = self._analyzer.analyze("\n".join(texts), list(self.entities))
        for entity, number in self.entities.items():
            _add(number, [r for r in results if r.entity_type == entity], cells, offsets, found)


@cache
def _compiled(regex: str) -> re.Pattern[str]:
    return re.compile(regex)


def _add(number: int, results: Sequence[Any], cells: Cells, offsets: Any, found: Found) -> None:
    start = np.array([r.start for r in results], dtype=np.int64)
    end = np.array([r.end for r in results], dtype=np.int64)
    score = np.array([r.score for r in results], dtype=np.float32)
    index = np.searchsorted(offsets, start, side="right") - 1
    inside = end < offsets[index + 1]  # a foreign recognizer may run over the end of a cell
    index, score = index[inside], score[inside]
    spans = (start[inside] - offsets[index], end[inside] - offsets[index])
    found.add(number, cells.column[index], cells.cell[index], spans, score)


RecognizerRow = tuple[str, Sequence[str], Sequence[str], Callable[[], Analyzer]]


def windows(table: Iterable[RecognizerRow], first: int) -> list[Window]:
    """Windows for (name, nominate, entity types, make) rows, their entity types numbered from `first`."""
    result = []
    for name, nominate, entities, make in table:
        result.append(Window(name, nominate, {entity: first + n for n, entity in enumerate(entities)}, make))
        first += len(entities)
    return result
