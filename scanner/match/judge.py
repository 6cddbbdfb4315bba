"""Asks validators about matched values."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import polars as pl

from scanner.match.pattern import CompiledPattern

Validator = Callable[[pl.Series], pl.Series]
Verdicts = npt.NDArray[np.int8]


class Judge:
    """Validators by name; each takes a String series and gives Int8: 1 valid, 0 unknown, -1 invalid."""

    def __init__(self, validators: Mapping[str, Validator]) -> None:
        """Keep the validators."""
        self._validators = validators

    def verdicts(self, pattern: CompiledPattern, values: pl.Series) -> Verdicts:
        """Int8 verdicts (n,) on values that `pattern` matched; 0 where it has no validator."""
        if pattern.validator is None:
            return np.zeros(len(values), dtype=np.int8)
        return self._validators[pattern.validator](values).to_numpy().astype(np.int8)

    def digits(self, pattern: CompiledPattern) -> str | None:
        """A Rust regex for those templates of texts with matches of `pattern` in which digits matter; None for none.

        The validator's own, or any digit where it has none.
        """
        if pattern.validator is None:
            return None if pattern.is_blind else ""
        return getattr(self._validators[pattern.validator], "digits", "[0-9]") if pattern.is_blind else ""
