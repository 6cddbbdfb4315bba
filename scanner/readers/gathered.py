"""Records whose cells come one by one, any number of them for a field, and the places where their text stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import polars as pl

from scanner.model import Batch, Column, IntArray, Issue, Locator, NoPlace
from scanner.readers.jsonkeys import encodable
from scanner.readers.pieces import LEFT, PIECE, RIGHT
from scanner.views import TextBuffer

MAX_FIELDS = 1000  # of one batch; the cells of more come without a field


class Run(NamedTuple):
    """A stretch of a cell's text: from code point `at` on it stands in the source from `source` on.

    `literal`: character by character; else all of it at `source`, as what an entity or base64 stands for.
    """

    at: int
    source: int
    literal: bool = True

    def after(self, start: int) -> Run:
        """The same of a text that begins at code point `start` of this one's."""
        if self.at >= start:
            return Run(self.at - start, self.source, self.literal)
        return Run(0, self.source + (start - self.at if self.literal else 0), self.literal)


@dataclass(slots=True)
class Lines:
    """Where lines begin in a text that comes in chunks, in code points from its beginning.

    `starts`: int64 (n,), ascending; the first is that of line `first`. `size`: code points so far.
    """

    first: int
    starts: IntArray = field(default_factory=lambda: np.zeros(1, dtype=np.int64))
    size: int = 0

    def feed(self, chunk: bytes) -> None:
        """Take note of the next chunk, valid UTF-8."""
        text = TextBuffer(chunk)
        points = text.to_points(np.append(np.flatnonzero(text.bytes == 10) + 1, text.size))
        self.starts = np.concatenate((self.starts, points[:-1] + self.size))
        self.size += int(points[-1])

    def forget(self, point: int) -> None:
        """Keep only the lines from that of `point` on."""
        gone = int(np.searchsorted(self.starts, point, side="right")) - 1
        self.first, self.starts = self.first + gone, self.starts[gone:]

    def places(self) -> _Places:
        """The lines as they are now."""
        return _Places(self.first, self.starts)


class _Places(NamedTuple):
    first: int
    starts: IntArray

    def of(self, points: IntArray) -> tuple[IntArray, IntArray]:
        """Physical lines and columns, both from 1."""
        index = np.searchsorted(self.starts, points, side="right") - 1
        return self.first + index, points - self.starts[index] + 1


@dataclass(slots=True)
class _Cells:
    """The cells of one field: their texts, their rows and their runs, which are none where places are not known."""

    texts: list[str] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    runs: list[Sequence[Run]] = field(default_factory=list)


@dataclass(slots=True)
class Gathered:
    """Collects cells until `batch` takes them. `record`: the number of the record that is being collected."""

    record: int = 1
    issues: list[Issue] = field(default_factory=list)
    binary: int = 0  # values that are no text and were left out
    _fields: dict[str | None, _Cells] = field(default_factory=dict)
    _records: list[int] = field(default_factory=list)
    _filled: bool = False  # the record has cells
    _in_batch: bool = False  # and some of them wait
    _counted: int = 0  # the record that a batch before has begun

    def add(self, name: str | None, text: str, runs: Sequence[Run] = ()) -> None:
        """A cell of the record; a blank one is none."""
        if not text or text.isspace():
            return
        if not self._in_batch:
            self._records.append(self.record)
            self._filled = self._in_batch = True
        cells = self._fields.get(name)
        if cells is None:
            name = name if len(self._fields) < MAX_FIELDS else None
            cells = self._fields.setdefault(name, _Cells())
        cells.texts.append(text)
        cells.rows.append(len(self._records) - 1)
        cells.runs.append(runs)

    def end(self) -> None:
        """The record has ended; one without cells is none."""
        self.record += self._filled
        self._filled = self._in_batch = False

    def __len__(self) -> int:
        """Records with cells that wait to be taken."""
        return len(self._records)

    def batch(self, lines: Lines | None = None) -> Batch | None:
        """What was collected since the last time, None if that is nothing; a record may go on in the next batch."""
        if self.binary:
            message = "binary cells are no text and were left out"
            self.issues.append(Issue("binary_cells", message, severity="warning", count=self.binary))
            self.binary = 0
        if not self._fields and not self.issues:
            return None
        height = len(self._records)
        columns = [_column(name, cells, height) for name, cells in self._fields.items()]
        locator: Locator = NoPlace()
        if lines is not None:
            locator = _RunLocator(lines.places(), [cells.runs for cells in self._fields.values()], columns)
        begun = height - (self._records[:1] == [self._counted])
        self._counted = self._records[-1] if self._records else self._counted
        batch = Batch(columns, np.array(self._records, dtype=np.int64), locator, self.issues, begun)
        self.issues, self._fields, self._records, self._in_batch = [], {}, [], False
        return batch


def _column(name: str | None, cells: _Cells, height: int) -> Column:
    """The cells of a field; those of more than `PIECE` code points in overlapping pieces."""
    rows = np.array(cells.rows, dtype=np.int64)
    if max(map(len, cells.texts)) > PIECE:
        return _in_pieces(name, cells)
    sparse = None if len(rows) == height and bool((rows == np.arange(height)).all()) else rows
    return Column(name, _series(cells.texts), sparse)


def _series(texts: list[str]) -> pl.Series:
    try:
        return pl.Series(texts, dtype=pl.String)
    except UnicodeEncodeError:
        return pl.Series(list(map(encodable, texts)), dtype=pl.String)


def _in_pieces(name: str | None, cells: _Cells) -> Column:
    texts, spans, runs = [], [], []
    for text, row, places in zip(cells.texts, cells.rows, cells.runs, strict=True):
        for kept in range(0, len(text), PIECE):
            start = max(0, kept - LEFT)
            texts.append(text[start : kept + PIECE + RIGHT])
            spans.append((row, start, kept - start))
            runs.append(places)
    cells.runs[:] = runs
    rows, origin, low = np.array(spans, dtype=np.int64).T
    return Column(name, _series(texts), rows, origin, (low, low + PIECE))


@dataclass(slots=True)
class _RunLocator:
    """Finds the code points of cells by their runs; `runs`: of each cell of each column."""

    places: _Places
    runs: list[list[Sequence[Run]]]
    columns: list[Column]

    def locate(self, column: int, cells: IntArray, starts: IntArray) -> tuple[IntArray, IntArray]:
        """See `Locator`."""
        origin = self.columns[column].origin
        points = starts if origin is None else starts + origin[cells]
        runs = self.runs[column]
        pairs = zip(cells.tolist(), points.tolist(), strict=True)
        return self.places.of(np.array([_source(runs[cell], point) for cell, point in pairs], dtype=np.int64))


def _source(runs: Sequence[Run], point: int) -> int:
    run = runs[bisect_right(runs, point, key=lambda run: run.at) - 1]
    return run.source + (point - run.at if run.literal else 0)
