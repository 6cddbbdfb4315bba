"""What each record holds: a bit a tag, so that records are counted by what they hold together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from scanner.model import IntArray

Tag = TypeVar("Tag", bound=Hashable)

_BITS = 63  # tags in a word


@dataclass(slots=True)
class Rows:
    """Records in order: `record` and `table` int64 (n,) tell them apart, `words` int64 (n, m) holds their tags.

    `day` int64 (n,): days since 1970, or `NO_DAY`.
    """

    record: IntArray
    table: IntArray
    words: npt.NDArray[np.int64]
    day: IntArray

    @classmethod
    def of(cls, record: IntArray, table: IntArray) -> Rows:
        """Records that hold nothing yet."""
        count = len(record)
        return cls(record, table, np.zeros((count, 1), dtype=np.int64), np.full(count, NO_DAY))

    def see(self, number: IntArray, day: IntArray) -> None:
        """Take up the day of each row, `NO_DAY` for none; `number` says which record a row belongs to."""
        days = np.full(len(self.day), _NEVER)
        np.minimum.at(days, number, np.where(day == NO_DAY, _NEVER, day))  # of several days of a record the earliest
        self.day = np.where(days == _NEVER, NO_DAY, days)

    def mark(self, rows: IntArray, tag: int) -> None:
        """Give some rows, which may repeat, the tag of a number."""
        word, bit = divmod(tag, _BITS)
        self._widen(word + 1)
        self.words[rows, word] |= 1 << bit

    def _widen(self, width: int) -> None:
        missing = width - self.words.shape[1]
        if missing > 0:
            self.words = np.pad(self.words, ((0, 0), (0, missing)))

    def joined(self, other: Rows) -> Rows:
        """These and others; records that come again take up what was known of them."""
        width = max(self.words.shape[1], other.words.shape[1])
        self._widen(width)
        other._widen(width)
        pairs = [(self.record, other.record), (self.table, other.table), (self.day, other.day)]
        record, table, day = (np.concatenate(pair) for pair in pairs)
        words = np.concatenate((self.words, other.words))
        order = np.lexsort((np.arange(len(record)), record, table))
        new = (np.diff(record[order], prepend=-1) != 0) | (np.diff(table[order], prepend=-1) != 0)
        first = np.flatnonzero(new)
        known = np.minimum.reduceat(np.where(day == NO_DAY, _NEVER, day)[order], first)  # of several days the earliest
        known[known == _NEVER] = NO_DAY
        return Rows(record[order][first], table[order][first], np.bitwise_or.reduceat(words[order], first), known)

    def split(self, record: int, table: int) -> tuple[Rows, Rows]:
        """All but one record, and that one."""
        mine = (self.record == record) & (self.table == table)
        return self.pick(~mine), self.pick(mine)

    def pick(self, mask: npt.NDArray[np.bool_]) -> Rows:
        """The records where `mask` (n,) is true."""
        return Rows(self.record[mask], self.table[mask], self.words[mask], self.day[mask])


NO_DAY = np.iinfo(np.int32).min
_NEVER = np.iinfo(np.int32).max


@dataclass(slots=True)
class Marks(Generic[Tag]):
    """Counts records by all the tags that they bear, and by day."""

    numbers: dict[Tag, int] = field(default_factory=dict)
    days: Counter[int] = field(default_factory=Counter)
    _masks: Counter[tuple[int, ...]] = field(default_factory=Counter)
    _open: Rows | None = None

    def number(self, tag: Tag) -> int:
        """The number of a tag."""
        return self.numbers.setdefault(tag, len(self.numbers))

    def add(self, rows: Rows, begun: int) -> None:
        """Count the records of a batch, of which `begun` begin here; the others go on from batches before.

        Records stay open until the next batch, and one that goes on until it ends.
        """
        if self._open is not None and begun < len(rows.record):
            last = int(rows.record[-1]), int(rows.table[-1])
            rows = self._open.joined(rows)
            if begun:
                done, rows = rows.split(*last)
                self._count(done)
        elif self._open is not None:
            self._count(self._open)
        self._open = rows

    def counted(self) -> Iterable[tuple[list[Tag], int]]:
        """The sets of tags that records bear, and how many do; ends the records that are open."""
        if self._open is not None:
            self._count(self._open)
            self._open = None
        names = list(self.numbers)
        for words, count in self._masks.items():
            yield [names[number] for number in _numbers(words)], count

    def _count(self, rows: Rows) -> None:
        if rows.words.shape[1] == 1:
            masks, counts = np.unique(rows.words[:, 0], return_counts=True)
            masks = masks[:, None]
        else:
            masks, counts = np.unique(rows.words, axis=0, return_counts=True)
        for words, count in zip(masks.tolist(), counts.tolist(), strict=True):
            while len(words) > 1 and not words[-1]:
                words.pop()
            self._masks[tuple(words)] += count
        days, counts = np.unique(rows.day[rows.day != NO_DAY], return_counts=True)
        self.days.update(dict(zip(days.tolist(), counts.tolist(), strict=True)))


def _numbers(words: tuple[int, ...]) -> Iterator[int]:
    """The numbers of the bits that are set."""
    for place, word in enumerate(words):
        while word:
            yield place * _BITS + (word & -word).bit_length() - 1
            word &= word - 1
