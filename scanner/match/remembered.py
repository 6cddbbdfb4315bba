"""Cells whose digits make no difference: what they hold is asked once a template, and remembered from batch to batch.

`공동현관 #1234*` and `공동현관 #5678*` hold a door code each, at the same place and for the same reasons. A template is
*closed* when no pattern and no recognizer that tells digits apart can match its texts: then the template is searched
like any text, and its texts hold what it holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from scanner.match.cells import Cells, Mask, pick
from scanner.match.found import Found
from scanner.match.templates import SHARED_FROM, Templates
from scanner.model import Hint, IntArray

_KEPT = 4 << 20  # characters of templates
_PLACES = 1 << 20  # for the hashes of templates that were met
_OPEN = -1
_ROWS = ("start", "end", "pattern", "base", "context", "verdict")

# Adds what is found in some cells, of columns with these hints, from end to end only where the mask (n,) is true.
Find = Callable[[Cells, Mask, Sequence[Hint], Found], None]
# Which of some templates, in a column with this hint, have texts of which the digits say what is found.
Matter = Callable[[pl.Series, Hint], Mask]


class _Kind(NamedTuple):
    """What is remembered apart: the hint of a column, and whether its cells are looked at from end to end."""

    hint: Hint
    whole: bool


class Remembered:
    """Finds what cells with closed templates hold. Memory is bounded by `_KEPT` characters of templates."""

    def __init__(self, find: Find, digits_matter: Matter) -> None:
        """Start with nothing known."""
        self._find, self._digits_matter = find, digits_matter
        self._forget()

    def _forget(self) -> None:
        self._answers: defaultdict[_Kind, _Answers] = defaultdict(_Answers)
        self._size = 0
        self._met = np.zeros(_PLACES, dtype=np.bool_)

    def match(
        self, cells: Cells, which: Mask, whole: Mask, hints: Sequence[Hint], found: Found
    ) -> tuple[Mask, Templates | None]:
        """Add what those cells hold where `which` (n,) is true; the mask (n,) says for which this is all there is.

        `cells` are in the order of their columns, of which `hints` are; from end to end those are looked at where
        `whole` (n,) is true. If all cells are of one column and kind, the templates of those that are left come too.
        """
        done, left = np.zeros(len(cells), dtype=np.bool_), None
        bounds = np.searchsorted(cells.column, np.arange(len(hints) + 1)).tolist()
        for hint, low, high in zip(hints, bounds, bounds[1:], strict=False):
            for sort in (True, False):
                index = low + np.flatnonzero(which[low:high] & (whole[low:high] == sort))
                if len(index) >= SHARED_FROM:
                    alike = Templates.of(pick(cells.text, index))
                    done[self._column(cells, index, alike, _Kind(hint, sort), found)] = True
                    left = alike.take(~done) if len(index) == len(cells) else None
        return done, left

    def _column(self, cells: Cells, index: IntArray, alike: Templates, kind: _Kind, found: Found) -> IntArray:
        """Those of the cells at `index`, all of one column, that have closed templates; what they hold is added.

        `alike` are their templates.
        """
        if not alike.repeat:
            return index[:0]
        often = self._often(alike)[alike.index]
        index, alike = index[often], alike.take(often)
        answer = self._asked(alike.text, kind)[alike.index]
        closed: IntArray = index[answer != _OPEN]
        cell, rows = self._answers[kind].rows(answer[answer != _OPEN])
        found.extend(cells.column[closed][cell], cells.cell[closed][cell], rows)
        return closed

    def _often(self, alike: Templates) -> Mask:
        """Which templates (t,) stand there more than once, or did before: a single text is asked as soon itself."""
        place = (alike.text.hash() & (_PLACES - 1)).to_numpy()
        often: Mask = (np.bincount(alike.index) > 1) | self._met[place]
        self._met[place] = True
        return often

    def _asked(self, templates: pl.Series, kind: _Kind) -> IntArray:
        """The number of the answer (t,) for each template, or `_OPEN`."""
        if self._size > _KEPT:
            self._forget()
        answers, texts = self._answers[kind], templates.to_list()
        new = [text for text in texts if text not in answers.known]
        if new:
            self._size += sum(map(len, new))
            self._learn(pl.Series(new), kind, answers)
        return np.array([answers.known[text] for text in texts], dtype=np.int64)

    def _learn(self, templates: pl.Series, kind: _Kind, answers: _Answers) -> None:
        matter = self._digits_matter(templates, kind.hint)
        answers.known |= dict.fromkeys(templates.filter(pl.Series(matter)).to_list(), _OPEN)
        closed = templates.filter(pl.Series(~matter))
        cells, found = Cells(np.zeros(len(closed), dtype=np.int64), np.arange(len(closed)), closed), Found()
        self._find(cells, np.full(len(closed), kind.whole), [kind.hint], found)
        answers.add(closed.to_list(), found.frame().sort("cell", maintain_order=True))


class _Answers:
    """What each of some closed templates holds: rows of `model.CANDIDATES` but for the cell."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}
        self._first = np.zeros(1, dtype=np.int64)
        self._rows: list[npt.NDArray[Any]] = []

    def add(self, templates: Sequence[str], held: pl.DataFrame) -> None:
        """Number some templates, in order; `held` are their rows, sorted by `cell`."""
        count = len(self._first) - 1
        self.known |= {text: count + number for number, text in enumerate(templates)}
        sizes = np.bincount(held["cell"].to_numpy(), minlength=len(templates))
        self._first = np.concatenate((self._first, self._first[-1] + np.cumsum(sizes)))
        rows = [held[name].to_numpy() for name in _ROWS]
        self._rows = [np.concatenate(both) for both in zip(self._rows, rows, strict=True)] if self._rows else rows

    def rows(self, answer: IntArray) -> tuple[IntArray, list[npt.NDArray[Any]]]:
        """The rows of the answers (n,), and the position in `answer` of which each is."""
        counts = np.diff(self._first)[answer]
        cell = np.repeat(np.arange(len(answer)), counts)
        row = np.arange(len(cell)) - np.repeat(np.cumsum(counts) - counts, counts) + self._first[answer[cell]]
        return cell, [values[row] for values in self._rows]
