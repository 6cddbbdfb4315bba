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
from datasketches import compact_theta_sketch, theta_a_not_b, theta_intersection, theta_sketch

from scanner.model import IntArray

LOG_K = 14  # 16,384 hashes: exact up to as many values, then 1.6 % at 95 %
_SIZE = 1 << LOG_K
_DEVIATIONS = 2  # of 95 % bounds
_WAITING = _SIZE  # hashes that wait to be sorted in
_LIMIT = 1 << 63  # hashes of a sketch are below
# of the format, after the number of 8 bytes before the hashes: an ordered compact sketch, and the hash of the seed 9001
_EMPTY, _FLAGS, _SEED = 4, 0x1A, b"\xcc\x93"
_HEAD = bytes([3, 3, 0, 0, _FLAGS]) + _SEED
_NONE = bytes([1, 3, 3, 0, 0, _FLAGS | _EMPTY]) + _SEED

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
    """A set of which only the size is known; its items are 64-bit hashes.

    Those below the `limit` are known, all others are not.
    """

    def __init__(self, limit: int = _LIMIT) -> None:
        """An empty set; of what is added only hashes below `limit` need be known."""
        self._limit = limit
        self._empty = True
        self._kept: Hashes = np.zeros(0, dtype=np.uint64)
        self._more: list[Hashes] = []
        self._waiting = 0

    def add(self, hashes: IntArray) -> None:
        """Add hashes, int64 (n,), spread evenly. Their lowest bit is left out."""
        self._take(hashes.view(np.uint64) >> np.uint64(1), _LIMIT, empty=not len(hashes))

    def _take(self, hashes: Hashes, limit: int, *, empty: bool) -> None:
        """Add hashes (n,), all that a set has below `limit`; it may have none there without being `empty`."""
        if empty:
            return
        self._limit, self._empty = min(limit, self._limit), False
        if self._limit < _LIMIT:
            hashes = hashes[hashes < self._limit]
        self._more.append(hashes)
        self._waiting += len(hashes)
        if self._waiting > _WAITING:
            self._compact()

    @property
    def limit(self) -> int:
        """What hashes must be below to matter."""
        return self._compact()._limit

    def estimate(self) -> Estimate:
        """How many there are."""
        return Estimate.of(self._sketch())

    def __ior__(self, other: Distinct) -> Self:
        """Add those of another set."""
        other._compact()
        self._take(other._kept, other._limit, empty=other._empty)
        return self

    def __or__(self, other: Distinct) -> Distinct:
        """Those of both."""
        return union([self, other])

    def __and__(self, other: Distinct) -> Distinct:
        """Those in both."""
        both = theta_intersection()
        both.update(self._sketch())
        both.update(other._sketch())
        return Distinct._of(both.get_result().serialize())

    def __sub__(self, other: Distinct) -> Distinct:
        """Those that are not in the other."""
        return Distinct._of(theta_a_not_b().compute(self._sketch(), other._sketch()).serialize())

    def cut(self, log_k: int) -> Distinct:
        """The same set by at most 2 ** `log_k` hashes, the smallest: less precise, and smaller."""
        size = 1 << log_k
        if len(self._compact()._kept) <= size:
            return self
        few = Distinct(int(self._kept[size]))
        few._take(self._kept[:size].copy(), few._limit, empty=False)
        return few

    def _compact(self) -> Self:
        """Sort what was added in, and drop what is more than a sketch holds."""
        if self._more:
            self._kept = _smallest(np.concatenate([self._kept, *self._more]), self._limit)
            self._more, self._waiting = [], 0
            if len(self._kept) > _SIZE:
                self._limit, self._kept = int(self._kept[_SIZE]), self._kept[:_SIZE]
        return self

    def _sketch(self) -> compact_theta_sketch:
        return compact_theta_sketch.deserialize(self._bytes())

    def _bytes(self) -> bytes:
        """The sketch in the library's format for compact ones.

        The format: https://datasketches.apache.org/docs/Theta/ThetaSketches.html and `compact_theta_sketch`.
        """
        self._compact()
        if self._empty or not (len(self._kept) or self._limit < _LIMIT):
            return _NONE
        count = struct.pack("<II", len(self._kept), 0)
        if self._limit < _LIMIT:
            return bytes([3, *_HEAD]) + count + struct.pack("<Q", self._limit) + self._kept.tobytes()
        return bytes([1 + (len(self._kept) > 1), *_HEAD]) + count * (len(self._kept) > 1) + self._kept.tobytes()

    def dump(self) -> str:
        """The sketch as text."""
        return base64.b64encode(self._bytes()).decode()

    @classmethod
    def load(cls, text: str) -> Self:
        """What `dump` gave. Raises `ValueError` for anything else."""
        try:
            data = base64.b64decode(text, validate=True)
            compact_theta_sketch.deserialize(data)
        except (RuntimeError, IndexError) as error:
            raise ValueError("not a sketch") from error
        return cls._of(data)

    @classmethod
    def _of(cls, data: bytes) -> Self:
        """What a compact sketch holds."""
        found = cls()
        size = data[0]
        limit = struct.unpack_from("<Q", data, 16)[0] if size > 2 else _LIMIT
        hashes = np.sort(np.frombuffer(data, dtype="<u8", offset=8 * size))
        found._take(hashes, limit, empty=bool(data[5] & _EMPTY))
        return found


def union(sets: Iterable[Distinct]) -> Distinct:
    """Those of all sets."""
    found = Distinct()
    for each in sets:
        found |= each
    return found


def _smallest(hashes: Hashes, limit: int) -> Hashes:
    """The distinct ones, sorted, without 0, all below `limit`; of many at least the smallest that a sketch wants."""
    hashes = hashes[hashes < limit]
    if len(hashes) > 2 * _SIZE:  # to sort a part is quicker
        few = _distinct(hashes[hashes < limit // len(hashes) * (_SIZE + _SIZE // 8)])
        if len(few) > _SIZE:
            return few
    return _distinct(hashes)


def _distinct(hashes: Hashes) -> Hashes:
    ordered = np.sort(hashes)
    return ordered[np.diff(ordered, prepend=np.uint64(0)) > 0]
