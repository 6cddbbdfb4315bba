"""Cells that were nominated, from all columns of a batch, in one place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from scanner.model import IntArray

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cells:
    """Nominated cells: `column` and `cell` int64 (n,) say which, `text` is a String series (n,) of folded texts."""

    column: IntArray
    cell: IntArray
    text: pl.Series

    def __len__(self) -> int:
        """Number of cells."""
        return len(self.cell)

    def take(self, mask: Mask) -> Cells:
        """The cells where `mask` (n,) is true."""
        return Cells(self.column[mask], self.cell[mask], self.text.filter(pl.Series(mask)))

    def at(self, index: IntArray) -> Cells:
        """The cells at some positions, in ascending order."""
        return self if len(index) == len(self) else Cells(self.column[index], self.cell[index], self.text.gather(index))

    @classmethod
    def gather(cls, parts: Iterable[Cells]) -> Cells:
        """All cells of the parts, in order."""
        parts = list(parts)
        if not parts:
            empty = np.empty(0, dtype=np.int64)
            return cls(empty, empty, pl.Series([], dtype=pl.String))
        column = np.concatenate([part.column for part in parts])
        cell = np.concatenate([part.cell for part in parts])
        return cls(column, cell, pl.concat([part.text for part in parts], rechunk=True))


def contains(texts: pl.Series, pattern: str) -> Mask:
    """Which texts hold a match of a Rust regex; null counts as no."""
    return texts.str.contains(pattern).fill_null(False).to_numpy()


def contains_any(texts: pl.Series, literals: pl.Series) -> Mask:
    """Which texts hold any of the literals, ignoring ASCII case; null counts as no."""
    return texts.str.contains_any(literals.implode(), ascii_case_insensitive=True).fill_null(False).to_numpy()
