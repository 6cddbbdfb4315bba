"""Finds the structure of JSON text without parsing it: brackets, commas, and the spans of values between them."""

from __future__ import annotations

from codecs import BOM_UTF8
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from scanner.model import IntArray
from scanner.readers.jsonparse import BLANK

Bytes: TypeAlias = npt.NDArray[np.uint8]
Mask: TypeAlias = npt.NDArray[np.bool_]

QUOTE, SLASH, COMMA, BEGIN_ARRAY, BEGIN_OBJECT = b'"\\,[{'
DELTA: IntArray = np.zeros(256, dtype=np.int64)  # what each byte outside of strings adds to the depth
DELTA[list(b"{[")], DELTA[list(b"}]")] = 1, -1
_HITS = np.isin(np.arange(256), list(b'"{}[],'))
_CLOSING = bytes.maketrans(b"{[", b"}]")
_INK = ~np.isin(np.arange(256), list(BLANK))


class Structure:
    """Finds brackets and commas outside of strings, chunk by chunk."""

    def __init__(self) -> None:
        """Outside of everything."""
        self._depth = 0
        self._inside = 0  # 1 within a string
        self._escaping = 0  # 1 if the last chunk ended in a backslash that escapes what comes next

    def scan(self, chunk: bytes) -> tuple[IntArray, Bytes, IntArray]:
        """Positions of the next chunk's brackets and commas, these bytes, and the depth after each."""
        data = np.frombuffer(chunk, dtype=np.uint8)
        hits = np.flatnonzero(_HITS[data])
        if self._escaping or b"\\" in chunk:
            hits = hits[~self._escaped(data, hits)]
            self._escaping = self._carry(chunk)
        chars = data[hits]
        quotes = chars == QUOTE
        inside = (np.cumsum(quotes) + self._inside) & 1
        self._inside = int(inside[-1]) if len(inside) else self._inside
        outside = np.flatnonzero(~quotes & (inside == 0))
        chars = chars[outside]
        depths = self._depth + np.cumsum(DELTA[chars])
        self._depth = int(depths[-1]) if len(depths) else self._depth
        return hits[outside], chars, depths

    def _escaped(self, data: Bytes, hits: IntArray) -> Mask:
        """Which hits are quotes after an odd number of backslashes."""
        quoted: Mask = data[hits] == QUOTE
        after = quoted & (hits > 0) & (data[hits - 1] == SLASH)
        escaped: Mask = quoted & (hits == 0) & bool(self._escaping)
        slashes = np.flatnonzero(data == SLASH)
        if len(slashes):
            number = np.arange(len(slashes))
            first = np.maximum.accumulate(np.where(np.diff(slashes, prepend=-2) > 1, number, 0))
            length = number - first + 1 + (self._escaping & (slashes[first] == 0))
            escaped[after] = length[np.searchsorted(slashes, hits[after] - 1)] & 1 == 1
        return escaped

    def _carry(self, chunk: bytes) -> int:
        slashes = trailing(chunk, b"\\")
        return (slashes + (self._escaping if slashes == len(chunk) else 0)) & 1


def closed(data: bytes) -> bytes:
    """The start of a document up to its last comma, with the brackets that are missing."""
    positions, chars, depths = Structure().scan(data)
    commas = np.flatnonzero(chars == COMMA)
    if not len(commas):
        return data
    last = int(commas[-1])
    begun = np.flatnonzero(DELTA[chars[:last]] > 0)
    after = np.minimum.accumulate(depths[last::-1])[::-1]
    still = begun[after[begun] >= depths[begun]]
    return data[: positions[last]] + chars[still][::-1].tobytes().translate(_CLOSING)


def filled(data: bytes, starts: IntArray, ends: IntArray) -> Mask:
    """Which spans are not blank; mostly their first or second byte tells."""
    ink = _INK[np.frombuffer(data + b" ", dtype=np.uint8)]
    found: Mask = (ink[starts] & (starts < ends)) | (ink[np.minimum(starts + 1, ends)] & (starts + 1 < ends))
    for index in np.flatnonzero(~found).tolist():
        found[index] = bool(data[starts[index] : ends[index]].strip(BLANK))
    return found


def loose(data: bytearray, bounds: list[int]) -> tuple[IntArray, IntArray]:
    """Starts and ends of the values between bounds; what stands between objects and arrays is taken line by line.

    Byte order marks alone, where files were put together, are nothing.
    """
    spans = []
    for start, end in pairwise(bounds):
        between = bytes(data[start:end])
        if between.lstrip(BLANK)[:1] in (b"{", b"["):
            spans.append((start, end))
        elif between.replace(BOM_UTF8, b"").strip(BLANK):
            ends = np.cumsum([len(line) + 1 for line in between.split(b"\n")]) + start
            spans += zip([start, *ends[:-1].tolist()], (ends - 1).tolist(), strict=True)
    starts, stops = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    return starts, stops


def trailing(data: bytes, byte: bytes) -> int:
    """How many of `byte` stand at the end of `data`."""
    return len(data) - len(data.rstrip(byte))
