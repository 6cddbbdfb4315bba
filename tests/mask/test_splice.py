"""Texts in the place of byte ranges."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from scanner.mask.raw import Held
from scanner.mask.splice import BINARY, spliced

RANGES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6)), max_size=8)


@given(st.binary(min_size=50, max_size=60), RANGES)
def test_bytes_outside_of_all_ranges_stay_and_those_within_go(data: bytes, ranges: list[tuple[int, int]]) -> None:
    """However ranges overlap, the result is the bytes that are in none, and one text for those that hang together."""
    spans = sorted((start, start + size) for start, size in ranges)
    starts, ends = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    made = b"".join(spliced(Held(data), starts, ends, pa.array([b"<>"] * len(spans), BINARY)))
    inside = {at for start, end in spans for at in range(start, end)}
    kept = bytes(byte for at, byte in enumerate(data) if at not in inside)
    merged: list[list[int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    expected, at = b"", 0
    for start, end in merged:
        expected, at = expected + data[at:start] + b"<>", end
    assert made == expected + data[at:]
    assert len(made) == len(kept) + 2 * len(merged)
