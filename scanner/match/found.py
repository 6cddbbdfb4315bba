"""Collects what the matching steps find, as arrays, and makes the candidates frame of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from scanner.match.cells import Mask
from scanner.model import CANDIDATES, IntArray


class Found:
    """Candidates of one batch, in parts; each part is for one pattern."""

    def __init__(self) -> None:
        """Start with none."""
        self._parts: list[tuple[npt.NDArray[Any], ...]] = []  # the columns of `CANDIDATES`

    def add(
        self,
        pattern: int,
        column: IntArray,
        cell: IntArray,
        spans: tuple[IntArray, IntArray],
        base: float | Sequence[float],
        context: Mask | bool = False,
        verdict: npt.NDArray[np.int8] | int = 0,
    ) -> None:
        """Add candidates of one pattern; arrays are (n,), spans are code points in the cell's text."""
        if len(cell):
            count = len(cell)
            self._parts.append(
                (
                    *(array.astype(np.uint32) for array in (column, cell, *spans)),
                    np.full(count, pattern, dtype=np.uint32),
                    np.broadcast_to(np.asarray(base, dtype=np.float32), count),
                    np.broadcast_to(np.asarray(context, dtype=np.bool_), count),
                    np.broadcast_to(np.asarray(verdict, dtype=np.int8), count),
                )
            )

    def extend(self, column: IntArray, cell: IntArray, rows: Sequence[npt.NDArray[Any]]) -> None:
        """Add candidates of several patterns: `rows` are the columns of `CANDIDATES` after the cell, all (n,)."""
        if len(cell):
            self._parts.append((column.astype(np.uint32), cell.astype(np.uint32), *rows))

    def frame(self) -> pl.DataFrame:
        """The candidates frame, see `model.CANDIDATES`."""
        columns = [np.concatenate(arrays) for arrays in zip(*self._parts, strict=True)]
        return pl.DataFrame(dict(zip(CANDIDATES, columns, strict=False)), schema=CANDIDATES)
