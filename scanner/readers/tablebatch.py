"""Rows of tables as batches, with bounds: very long cells come in pieces, and what grows without measure is a bomb."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from scanner.model import Batch, Column, IntArray, Issue, NoPlace
from scanner.readers.pieces import LEFT, PIECE, RIGHT

BATCH = 8 << 20  # bytes of text that a batch should hold
CELLS = 1 << 19  # that a batch may hold
FREE, RATIO = 1 << 30, 2000  # bytes of text, and times the file's size, from which on both a file is a bomb

# A field's name, its texts, and the row of each; None where each row has one.
Field = tuple[str | None, pl.Series, IntArray | None]


class BombError(Exception):
    """A file that grows to more text than anybody has written."""


@dataclass(slots=True)
class Meter:
    """Counts what comes of a file of `size` bytes."""

    size: int
    seen: int = 0

    @classmethod
    def of(cls, path: str) -> Meter:
        """For a file; of one that has gone opening it tells."""
        return cls(Path(path).stat().st_size if Path(path).exists() else 0)

    def take(self, fields: Sequence[Field]) -> None:
        """Count texts. Raises `BombError`."""
        self.add(sum(int(values.str.len_bytes().sum()) for _, values, _ in fields))

    def add(self, size: int) -> None:
        """Count bytes. Raises `BombError`."""
        self.seen += size
        if self.seen > FREE and self.seen > RATIO * self.size:
            raise BombError


def bomb(path: str | None = None) -> Issue:
    """What to say of a bomb."""
    return Issue("bomb", f"its data grows more than {RATIO}-fold: the rest was not read", path)


def rows_batch(fields: Sequence[Field], first: int, height: int) -> Batch:
    """A batch of `height` records, numbered from `first`."""
    records = np.arange(first, first + height, dtype=np.int64)
    return Batch([_column(*field) for field in fields], records, NoPlace(), begun=height)


def _column(name: str | None, values: pl.Series, rows: IntArray | None) -> Column:
    longest = values.str.len_bytes().max()
    if not isinstance(longest, int) or longest <= PIECE:
        return Column(name, values, rows)
    return _in_pieces(name, values, np.arange(len(values)) if rows is None else rows)


def _in_pieces(name: str | None, values: pl.Series, rows: IntArray) -> Column:
    """Cells of which some are very long, cut as `pieces` cuts lines."""
    pieces, of, starts, lows = [], [], [], []
    for row, value in zip(rows.tolist(), values.to_list(), strict=True):
        for kept in range(0, len(value or ""), PIECE):
            start = max(0, kept - LEFT)
            pieces.append(value[start : kept + PIECE + RIGHT])
            of.append(row)
            starts.append(start)
            lows.append(kept - start)
    low, origin = np.array(lows, dtype=np.int64), np.array(starts, dtype=np.int64)
    at = np.array(of, dtype=np.int64)
    return Column(name, pl.Series(pieces, dtype=pl.String), at, origin, (low, low + PIECE))
