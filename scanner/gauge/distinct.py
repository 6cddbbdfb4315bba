"""How many distinct values there are: exact while they are few, then within bounds.

Theta sketches of Apache DataSketches, https://datasketches.apache.org/docs/Theta/ThetaSketches.html: they keep the
smallest hashes. Whatever the order in which values come and parts are merged, the result is the same.
"""

from __future__ import annotations

import base64
from collections import deque
from collections.abc import Iterable
from typing import NamedTuple, Self

from datasketches import (
    compact_theta_sketch,
    theta_a_not_b,
    theta_intersection,
    theta_sketch,
    theta_union,
    update_theta_sketch,
)

from scanner.model import IntArray

LOG_K = 14  # 16,384 hashes: exact up to as many values, then 1.6 % at 95 %
_DEVIATIONS = 2  # of 95 % bounds


class Estimate(NamedTuple):
    """A number, and the bounds within which it is in 95 of 100 cases; all are equal where it was counted."""

    value: int
    low: int
    high: int

    @classmethod
    def of(cls, sketch: theta_sketch) -> Self:
        """What a sketch says."""
        value = round(sketch.get_estimate())
        return cls(value, round(sketch.get_lower_bound(_DEVIATIONS)), round(sketch.get_upper_bound(_DEVIATIONS)))


class Distinct:
    """A set of which only the size is known; its items are 64-bit hashes."""

    def __init__(self, sketch: compact_theta_sketch | None = None) -> None:
        """Empty, or what a sketch holds."""
        self._sketch, self._more = sketch, None

    _more: update_theta_sketch | None

    def add(self, hashes: IntArray) -> None:
        """Add hashes, int64 (n,)."""
        if self._more is None:
            self._more = update_theta_sketch(LOG_K)
        deque(map(self._more.update, hashes.tolist()), maxlen=0)  # the loop runs in C

    def estimate(self) -> Estimate:
        """How many there are."""
        return Estimate.of(self._compact())

    def __or__(self, other: Distinct) -> Distinct:
        """Those of both."""
        return union([self, other])

    def __and__(self, other: Distinct) -> Distinct:
        """Those in both."""
        both = theta_intersection()
        both.update(self._compact())
        both.update(other._compact())
        return Distinct(both.get_result())

    def __sub__(self, other: Distinct) -> Distinct:
        """Those that are not in the other."""
        return Distinct(theta_a_not_b().compute(self._compact(), other._compact()))

    def _compact(self) -> compact_theta_sketch:
        if self._more is not None:
            self._more.trim()
            mine, self._more = self._more.compact(), None
            self._sketch = mine if self._sketch is None else _united([self._sketch, mine])
        elif self._sketch is None:
            self._sketch = update_theta_sketch(LOG_K).compact()
        return self._sketch

    def dump(self) -> str:
        """The sketch as text."""
        return base64.b64encode(self._compact().serialize()).decode()

    @classmethod
    def load(cls, text: str) -> Self:
        """What `dump` gave. Raises `ValueError` for anything else."""
        try:
            return cls(compact_theta_sketch.deserialize(base64.b64decode(text, validate=True)))
        except (RuntimeError, IndexError) as error:
            raise ValueError("not a sketch") from error


def union(sets: Iterable[Distinct]) -> Distinct:
    """Those of all sets."""
    return Distinct(_united([each._compact() for each in sets]))


def _united(sketches: Iterable[theta_sketch]) -> compact_theta_sketch:
    result = theta_union(LOG_K)
    for sketch in sketches:
        result.update(sketch)
    return result.get_result()
