"""Puts texts in the place of byte ranges."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scanner.mask.raw import BLOCK, Raw
from scanner.model import IntArray


def spliced(raw: Raw, starts: IntArray, ends: IntArray, texts: list[bytes]) -> Iterator[bytes]:
    """All of `raw` with `texts` instead of the ranges [starts, ends), which ascend; some may overlap or be empty.

    Of ranges that overlap the first gives the text for all. Memory is bounded by a block and the texts in it.
    """
    kept, ends = _apart(starts, ends)
    starts, texts = starts[kept], [texts[index] for index in kept.tolist()]
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


def _block(data: bytes, starts: IntArray, ends: IntArray, texts: list[bytes]) -> bytes:
    pieces: list[bytes] = []
    at = 0
    for start, end, text in zip(starts.tolist(), ends.tolist(), texts, strict=True):
        pieces += (data[at:start], text)
        at = end
    return b"".join(pieces)
