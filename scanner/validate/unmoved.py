"""Validators to which one digit is like another, so that a text need not be judged again for its digits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

NOWHERE = r"[^\s\S]"


@dataclass(frozen=True, slots=True)
class Unmoved:
    """A validator that judges values alike which differ in their digits alone.

    `digits`: a Rust regex without anchors that takes all digits for one. Values that it matches are excepted.
    """

    judge: Callable[[pl.Series], pl.Series]
    digits: str = NOWHERE

    def __call__(self, values: pl.Series) -> pl.Series:
        """The verdicts of `judge`."""
        return self.judge(values)
