"""Puts texts in the place of byte ranges."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scanner.mask.raw import BLOCK, Raw
from scanner.model import IntArray

BINARY = pa.large_binary()


def spliced(raw: Raw, starts: IntArray, ends: IntArray, texts: pa.LargeBinaryArray) -> Iterator[bytes]:
    """All of `raw` with `texts` instead of the ranges [starts, ends), which ascend; some may overlap or be empty.

    Of ranges that overlap the first gives the text for all. Memory is bounded by a block and the texts in it.
    """
    kept, ends = _apart(starts, ends)
    if len(kept) < len(starts):
        starts, texts = starts[kept], texts.take(pa.array(kept))
    at = low = 0
    while low < len(starts):
        yield from _copied(raw, at, int(starts[low]))
        at = int(starts[low])
        high = max(low + 1, int(np.searchsorted(ends, at + BLOCK, side="right")))
        yield _block(raw.read(at, int(ends[high - 1])), starts[low:high] - at, ends[low:high] - at, texts[low:high])
        at, low = int(ends[high - 1]), high
    yield from _copied(raw, at, raw.size)


def _apart(starts: IntArray, ends: IntArray) -> tuple[IntArray, IntArray]:
    """The numbers of the ranges that begin outside of those before, and where each of these ends with what overlaps."""
    furthest = np.maximum.accumulate(ends)
    begins = np.ones(len(starts), dtype=np.bool_)
    begins[1:] = starts[1:] >= furthest[:-1]
    kept = np.flatnonzero(begins)
    return kept, furthest[np.append(kept[1:], len(starts))[: len(kept)] - 1]


def _copied(raw: Raw, start: int, end: int) -> Iterator[bytes]:
    for at in range(start, end, BLOCK):
        yield raw.read(at, min(at + BLOCK, end))


def _block(data: bytes, starts: IntArray, ends: IntArray, texts: pa.LargeBinaryArray) -> bytes:
    """`data`, which ends with the last range, as Arrow joins what is before each range and its text: no copy in Python.

    The layout is https://arrow.apache.org/docs/format/Columnar.html#variable-size-binary-layout
    """
    count = 2 * len(starts)
    bounds = np.zeros(count + 1, dtype=np.int64)
    bounds[1::2], bounds[2::2] = starts, ends
    pieces = pa.LargeBinaryArray.from_buffers(BINARY, count, [None, pa.py_buffer(bounds), pa.py_buffer(data)])
    before = pieces.take(pa.array(np.arange(0, count, 2)))
    joined = pc.binary_join_element_wise(before, texts, pa.scalar(b"", BINARY))
    made: bytes = joined.buffers()[2].to_pybytes()
    return made
