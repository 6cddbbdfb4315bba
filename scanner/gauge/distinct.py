"""How many distinct values there are: exact while they are few, then within bounds.

Theta sketches of Apache DataSketches, https://datasketches.apache.org/docs/Theta/ThetaSketches.html: they keep the
smallest hashes. Whatever the order in which values come and parts are merged, the result is the same.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterable
from typing import NamedTuple, Self, TypeAlias

import numpy as np
import numpy.typing as npt
from datasketches import compact_theta_sketch, theta_a_not_b, theta_intersection, theta_sketch, theta_union

from scanner.model import IntArray

LOG_K = 14  # 16,384 hashes: exact up to as many values, then 1.6 % at 95 %
_SIZE = 1 << LOG_K
_DEVIATIONS = 2  # of 95 % bounds
_WAITING = 1 << 18  # hashes that are kept before they become a sketch
_LIMIT = 1 << 63  # hashes of a sketch are below
# of the format: an ordered compact sketch, the hash of the seed 9001, and an empty sketch
_FLAGS, _SEED = 0x1A, b"\xcc\x93"
_NONE = bytes([1, 3, 3, 0, 0, _FLAGS | 4]) + _SEED

Hashes: TypeAlias = npt.NDArray[np.uint64]


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
        self._sketch = sketch
        self._more: list[IntArray] = []
        self._waiting = 0

    def add(self, hashes: IntArray) -> None:
        """Add hashes, int64 (n,), spread evenly."""
        self._more.append(hashes)
        self._waiting += len(hashes)
        if self._waiting > _WAITING:
            self._compact()

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

    def cut(self, log_k: int) -> Distinct:
        """The same set by at most 2 ** `log_k` hashes, the smallest: less precise, and smaller."""
        return union([self], log_k) if self._compact().num_retained > 1 << log_k else self

    def _compact(self) -> compact_theta_sketch:
        if self._more or self._sketch is None:
            mine = _sketch(np.concatenate(self._more) if self._more else np.zeros(0, dtype=np.int64))
            self._sketch = mine if self._sketch is None else _united([self._sketch, mine])
            self._more, self._waiting = [], 0
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


def union(sets: Iterable[Distinct], log_k: int = LOG_K) -> Distinct:
    """Those of all sets, by at most 2 ** `log_k` hashes."""
    return Distinct(_united([each._compact() for each in sets], log_k))


def _united(sketches: Iterable[theta_sketch], log_k: int = LOG_K) -> compact_theta_sketch:
    result = theta_union(log_k)
    for sketch in sketches:
        result.update(sketch)
    return result.get_result()


def _sketch(hashes: IntArray) -> compact_theta_sketch:
    """A sketch of hashes, which are its own: half of them, without the sign, in the library's format for compact ones.

    The format: https://datasketches.apache.org/docs/Theta/ThetaSketches.html and `compact_theta_sketch` of the library.
    """
    kept = _smallest(hashes.view(np.uint64) >> np.uint64(1))
    head = bytes([1, 3, 3, 0, 0, _FLAGS]) + _SEED
    if len(kept) > _SIZE:
        head = bytes([3]) + head[1:] + struct.pack("<IIQ", _SIZE, 0, int(kept[_SIZE]))
        kept = kept[:_SIZE]
    elif len(kept) > 1:
        head = bytes([2]) + head[1:] + struct.pack("<II", len(kept), 0)
    elif not len(kept):
        head = _NONE
    return compact_theta_sketch.deserialize(head + kept.astype("<u8").tobytes())


def _smallest(hashes: Hashes) -> Hashes:
    """The distinct ones, sorted, without 0; of many at least the smallest that a sketch wants."""
    if len(hashes) > 2 * _SIZE:  # to sort a part is quicker
        few = _distinct(hashes[hashes < _LIMIT // len(hashes) * (_SIZE + _SIZE // 8)])
        if len(few) > _SIZE:
            return few
    return _distinct(hashes)


def _distinct(hashes: Hashes) -> Hashes:
    ordered = np.sort(hashes)
    return ordered[np.diff(ordered, prepend=np.uint64(0)) > 0]
