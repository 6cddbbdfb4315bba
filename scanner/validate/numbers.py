"""Arithmetic that many check digits share, over matrices of digits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

Digits = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def digits_only(values: pl.Series) -> pl.Series:
    """The ASCII digits of each value; String to String."""
    return values.str.replace_all("[^0-9]", "")


def alnum_only(values: pl.Series) -> pl.Series:
    """The ASCII letters, upper-cased, and digits of each value; String to String."""
    return values.str.to_uppercase().str.replace_all("[^0-9A-Z]", "")


def code_matrix(values: pl.Series, width: int) -> Digits:
    """Bytes of ASCII values of exactly `width` characters as an int64 matrix (n, width); others become rows of -1."""
    fits = (values.str.len_bytes() == width).fill_null(False)
    padded = pl.select(pl.when(fits).then(values).otherwise(pl.lit("\x00" * width))).to_series()
    data = np.frombuffer("".join(padded.to_list()).encode(), dtype=np.uint8).reshape(-1, width)
    matrix = data.astype(np.int64)
    matrix[~fits.to_numpy()] = -1
    return matrix


def digit_matrix(values: pl.Series, width: int) -> Digits:
    """Digits of values of exactly `width` ASCII digits as an int64 matrix (n, width); others become rows of -1."""
    matrix = code_matrix(values, width) - ord("0")
    matrix[((matrix < 0) | (matrix > 9)).any(axis=1)] = -1
    return matrix


def weighted_sum(matrix: Digits, weights: Sequence[int]) -> Digits:
    """Sum of the first len(weights) digits times their weights, one a row."""
    return np.asarray(matrix[:, : len(weights)] @ np.asarray(weights, dtype=np.int64), dtype=np.int64)


def verdict(valid: Mask, known: Mask | None = None) -> pl.Series:
    """Three-valued verdict: 1 where valid, -1 where not, 0 where not `known`."""
    result = np.where(valid, 1, -1)
    if known is not None:
        result = np.where(known, result, 0)
    return pl.Series(values=result, dtype=pl.Int8)
