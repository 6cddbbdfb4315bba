"""The cells of all columns of a batch, or some of them, in one place."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from scanner.model import IntArray

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cells:
    """Some cells: `column` and `cell` int64 (n,) say which, `text` is a String series (n,) of folded texts."""

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
        return self if len(index) == len(self) else Cells(self.column[index], self.cell[index], pick(self.text, index))

    @classmethod
    def of(cls, columns: Sequence[pl.Series]) -> Cells:
        """The cells of all columns, String series of folded texts, that hold anything, in order."""
        if len(columns) == 1:  # text: nothing is copied
            texts = columns[0].rechunk()
        else:
            texts = pl.concat([pl.Series([], dtype=pl.String), *columns], rechunk=True)
        sizes = np.array([len(values) for values in columns], dtype=np.int64)
        column = np.repeat(np.arange(len(columns)), sizes)
        cell = np.arange(len(texts)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        full = (texts.str.len_bytes() > 0).fill_null(False).to_numpy()
        found = cls(column, cell, texts)
        return found if full.all() else found.take(full)


def pick(texts: pl.Series, index: IntArray) -> pl.Series:
    """The texts at some positions, in ascending order and each once; nothing is copied where they are side by side."""
    if len(index) and int(index[-1]) - int(index[0]) + 1 == len(index):
        return texts.slice(int(index[0]), len(index))
    return texts[index]


# Polars keeps the last 32 regexes of each thread compiled. A batch needs hundreds, which take a tenth of a second to
# compile, so each has a thread.
_THREADS = [ThreadPoolExecutor(1) for _ in range(16)]


def contains(texts: pl.Series, pattern: str) -> Mask:
    """Which texts, of which none is null, hold a match of a Rust regex."""
    thread = _THREADS[hash(pattern) % len(_THREADS)]
    return thread.submit(texts.str.contains, pattern).result().to_numpy()


def contains_any(texts: pl.Series, literals: pl.Series) -> Mask:
    """Which texts, of which none is null, hold any of the literals, ignoring ASCII case."""
    return texts.str.contains_any(literals.implode(), ascii_case_insensitive=True).to_numpy()
