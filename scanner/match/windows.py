"""Recognizers on the cells that were nominated for them: one call for many cells, joined by line feeds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import filterfalse, groupby
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
import polars as pl

from scanner import views
from scanner.literals import THEN
from scanner.match.cells import Cells, Mask, contains, pick
from scanner.match.found import Found
from scanner.match.needs import CAPITALS, DIGITS, least
from scanner.match.templates import Memory, Templates, alternatives, blinded, is_blind
from scanner.match.tree import is_little

_MOST_WAYS = 63  # bits of an int64 but for the sign
_FEW_PARTS = 4


class Analyzer(Protocol):
    """The part of Presidio's `EntityRecognizer` that we call."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[Any]:
        """Return results with entity_type, start, end and score."""
        ...


class RecognizerRow(NamedTuple):
    """A recognizer: its name, its entity types, and how to make it when the first cell is nominated.

    `nominate` are Rust regexes that a cell must all match; none to look at every cell. Without `ascii`, texts of ASCII
    alone hold nothing for it. `digits` is a Rust regex for templates: only in texts with those that it matches does it
    make a difference to the recognizer which digits stand there.
    """

    name: str
    nominate: Sequence[str]
    entities: Sequence[str]
    make: Callable[[], Analyzer]
    ascii: bool = True
    digits: str = "[0-9]"


@dataclass(slots=True)
class Window:
    """A recognizer at work; `entities` maps each of its types to the number in the `pattern` column of candidates."""

    row: RecognizerRow
    entities: dict[str, int]
    _analyzer: Analyzer | None = field(default=None)

    @property
    def name(self) -> str:
        """The recognizer's name."""
        return self.row.name

    def analyze(self, cells: Cells, found: Found) -> None:
        """Add what the recognizer finds in `cells`, nominated or not.

        Line feeds join the cells; those within a cell become vertical tabs, which a recognizer may step over.
        """
        if not len(cells):
            return
        self._analyzer = self._analyzer or self.row.make()
        texts = cells.text.to_list()
        offsets = np.concatenate(([0], np.cumsum([len(text) + 1 for text in texts])))
        results = self._analyzer.analyze("\n".join(text.replace("\n", "\v") for text in texts), list(self.entities))
        for entity, number in self.entities.items():
            _add(number, [r for r in results if r.entity_type == entity], cells, offsets, found)


class Windows:
    """All recognizers."""

    def __init__(self, rows: Iterable[RecognizerRow], first: int) -> None:
        """Number their entity types from `first`. Raises `ValueError` where they nominate in more than 63 ways."""
        self.all: list[Window] = []
        for row in rows:
            entities = dict.fromkeys(row.entities)  # a foreign recognizer may name one twice
            self.all.append(Window(row, {entity: first + n for n, entity in enumerate(entities)}))
            first += len(entities)
        # regexes that must all match: each way to be nominated is a bit
        ways = ((window, _ways(window.row.nominate)) for window in self.all if window.row.nominate)
        self._ways = [(window, regexes) for window, several in ways for regexes in several]
        if len(self._ways) > _MOST_WAYS:
            raise ValueError(f"recognizers may be nominated in {_MOST_WAYS} ways, not in {len(self._ways)}")
        self._memory = Memory(self._bits)

    def match(self, cells: Cells, alike: Templates, found: Found) -> None:
        """Add what recognizers find in those of `cells`, which have the templates `alike`, that they nominate."""
        few = is_little(cells.text)
        bits = self._few(cells.text.to_list()) if few else self._memory.of(alike)
        for window, ways in groupby(enumerate(self._ways), key=lambda way: way[1][0]):
            chosen = np.zeros(len(cells), dtype=np.bool_)
            for number, (_, regexes) in ways:
                index = np.flatnonzero((bits >> number & 1 == 1) & ~chosen)
                for regex in () if few else filterfalse(is_blind, regexes):
                    index = index[contains(pick(cells.text, index), regex)]
                chosen[index] = True
            window.analyze(cells.take(chosen), found)

    def match_all(self, cells: Cells, found: Found) -> None:
        """Add what those find that nominate nothing, and so look at all `cells`."""
        for window in self.all:
            if not window.row.nominate:
                window.analyze(cells, found)

    def tell_digits_apart(self, templates: pl.Series) -> Mask:
        """For which templates (t,) it matters to a recognizer which digits their texts have."""
        if is_little(templates):
            return np.array([any(_tells_apart(*way, text) for way in self._ways) for text in templates.to_list()])
        mask = np.zeros(len(templates), dtype=np.bool_)
        bits = self._bits(templates)
        for number, (window, _) in enumerate(self._ways):
            index = np.flatnonzero((bits >> number & 1 == 1) & ~mask)
            mask[index] = contains(pick(templates, index), window.row.digits)
        return mask

    def _bits(self, texts: pl.Series) -> npt.NDArray[np.int64]:
        """Of each template the ways in which its texts may be nominated, as bits of an int64."""
        wide = (texts.str.len_bytes() != texts.str.len_chars()).to_numpy()
        counts = {DIGITS: views.digits(texts), CAPITALS: views.capitals(texts)}
        bits = np.zeros(len(texts), dtype=np.int64)
        for number, (window, regexes) in enumerate(self._ways):
            among = np.ones(len(texts), dtype=np.bool_) if window.row.ascii else wide.copy()
            for regex in regexes:
                for needed, count in counts.items():
                    among &= count >= least(regex, needed)
                among[among] = contains(texts.filter(pl.Series(among)), blinded(regex))
            bits |= among.astype(np.int64) << number
        return bits

    def _few(self, texts: Sequence[str]) -> npt.NDArray[np.int64]:
        """The same for few texts, exactly: Rust would compile the regexes again for each batch."""
        bits = [sum(1 << number for number, way in enumerate(self._ways) if _nominates(*way, text)) for text in texts]
        return np.array(bits, dtype=np.int64)


def _ways(nominate: Sequence[str]) -> list[tuple[str, ...]]:
    """The regexes; of a single one that is asked of all texts its alternatives, if they are few.

    Together they would take as long as the slowest, and most templates leave but one of them.
    """
    parts = alternatives(nominate[0]) if len(nominate) == 1 and not is_blind(nominate[0]) else []
    return [(part,) for part in parts] if 0 < len(parts) <= _FEW_PARTS else [tuple(nominate)]


def _nominates(window: Window, regexes: Sequence[str], text: str) -> bool:
    return (window.row.ascii or not text.isascii()) and all(_holds(regex, text) for regex in regexes)


def _tells_apart(window: Window, regexes: Sequence[str], template: str) -> bool:
    """Whether it may matter to a recognizer, nominated in some way, which digits a text with `template` has."""
    return _nominates(window, (window.row.digits, *map(blinded, regexes)), template)


def _holds(regex: str, text: str) -> bool:
    return any(_found(parts, text) for parts in _searches(regex))


def _found(parts: Sequence[re.Pattern[str]], text: str) -> bool:
    """Whether some regexes are found one after another; they may overlap, which is too much rather than too little."""
    at = 0
    for part in parts:
        found = part.search(text, at)
        if found is None:
            return False
        at = found.start()
    return True


@cache
def _searches(regex: str) -> list[list[re.Pattern[str]]]:
    """Its alternatives, each as what must follow one another.

    Python's engine skips to where a match may begin, but only for one alternative at a time.
    """
    return [list(map(re.compile, part.split(THEN))) for part in alternatives(regex) or [regex]]


def _add(number: int, results: Sequence[Any], cells: Cells, offsets: Any, found: Found) -> None:
    start = np.array([r.start for r in results], dtype=np.int64)
    end = np.array([r.end for r in results], dtype=np.int64)
    # a foreign recognizer may give any number
    score = np.nan_to_num(np.clip(np.array([r.score for r in results], dtype=np.float32), 0, 1))
    index = np.searchsorted(offsets, start, side="right") - 1
    inside = end < offsets[index + 1]  # a foreign recognizer may run over the end of a cell
    index, score = index[inside], score[inside]
    spans = (start[inside] - offsets[index], end[inside] - offsets[index])
    found.add(number, cells.column[index], cells.cell[index], spans, score)
