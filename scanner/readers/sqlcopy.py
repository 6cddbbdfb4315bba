"""The lines of PostgreSQL's `COPY … FROM stdin`: values between tabs, up to a line `\\.`.

https://www.postgresql.org/docs/current/sql-copy.html, "Text Format".
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scanner.model import IntArray
from scanner.readers.sqlopaque import Copy

_TAB, _LF, _CR = b"\t\n\r"
_LAST = re.compile(rb"\\\.\r?\n")


class Lines(NamedTuple):
    """The lines of several COPYs: `copy`, `first`, `widths`: int64 (n,), the number of each line's COPY and of its
    first value, and how many it has; `starts`, `ends`: int64 (m,), the values."""

    copy: IntArray
    first: IntArray
    widths: IntArray
    starts: IntArray
    ends: IntArray


def lines_of(block: npt.NDArray[np.uint8], copies: list[Copy]) -> Lines:
    """Take the lines of several COPYs apart, which are whole."""
    low, high = np.array([(copy.start, copy.last) for copy in copies], dtype=np.int64).reshape(-1, 2).T
    ends = _separators(block, low, high)
    starts = np.concatenate((ends[:1], ends[:-1] + 1))
    filled = low[low < high]
    starts[np.searchsorted(ends, filled)] = filled
    last = np.flatnonzero(block[ends] == _LF)
    first = np.concatenate((np.zeros(min(len(last), 1), dtype=np.int64), last[:-1] + 1))
    ends[last] -= (ends[last] > starts[last]) & (block[np.maximum(ends[last] - 1, 0)] == _CR)
    return Lines(np.searchsorted(low, starts[first], side="right") - 1, first, last - first + 1, starts, ends)


def begun(data: bytes) -> Copy:
    """The lines that a text begins with."""
    at = 0
    while (end := _LAST.match(data, at)) is None:
        at = data.find(b"\n\\.", at) + 1
        if not at:
            return Copy(0, 0, -1, -1)
    return Copy(0, 0, at, end.end())


def _separators(block: npt.NDArray[np.uint8], low: IntArray, high: IntArray) -> IntArray:
    """Tabs and line ends between the bounds of some pieces."""
    if not len(low):
        return low
    piece = block[low[0] : high[-1]]
    found: IntArray = np.flatnonzero((piece == _TAB) | (piece == _LF)) + low[0]
    if len(low) > 1:
        found = found[found < high[np.searchsorted(low, found, side="right") - 1]]
    return found
