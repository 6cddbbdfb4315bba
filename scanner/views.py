"""String columns as views into one buffer: no copy, no Python object a cell."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from scanner.model import IntArray

# Arrow's string view: values of at most 12 bytes stand in the view itself.
_INLINE = 12
_MASK = np.tril(np.full((_INLINE + 1, _INLINE), 0xFF, dtype=np.uint8), -1)
_PIECE = 1 << 18  # bytes that the processor has at hand
_NO_UTF8 = 0xFF  # stands in no text
_HYPHEN = bytes(range(_NO_UTF8)) + b"-"
_NEAR = 3  # so many bytes after a digit, another one is sought byte by byte
# the first bytes of a word of eight, and how many words are a beginning
_WORD, _WORDS = 8, 3
_LOWEST = np.array([(1 << 8 * count) - 1 for count in range(_WORD)] + [-1], dtype=np.int64)
_AFTER = np.zeros(_WORD * _WORDS, dtype=np.uint8)
_ODD = np.int64(-0x61C8864680B583EB)  # spreads bits

Bytes: TypeAlias = npt.NDArray[np.uint8]


class TextBuffer:
    """Valid UTF-8 `data`, ready to be cut into string columns and to tell code points from bytes."""

    def __init__(self, data: bytes) -> None:
        """Keep `data` (UTF-8), padded so that a view may be read at its very end."""
        self.size = len(data)
        self.padded = data + bytes(_INLINE)
        self.bytes = np.frombuffer(self.padded, dtype=np.uint8, count=self.size)
        self._ascii: bool | None = None

    def column(self, starts: IntArray, ends: IntArray) -> pl.Series:
        """Cells [start, end) in bytes as a String series; int64 arrays (n,) that lie on character boundaries.

        The layout is Arrow's variable-size binary view, https://arrow.apache.org/docs/format/Columnar.html
        """
        lengths = ends - starts
        views = np.zeros((len(starts), 4), dtype=np.int32)
        views[:, 0] = lengths
        views[:, 1] = np.ndarray(self.size + 1, dtype="<i4", buffer=self.padded, strides=(1,))[starts]
        views[:, 3] = starts
        short = np.flatnonzero(lengths <= _INLINE)
        if len(short):
            windows = np.ndarray(self.size + 1, dtype=f"V{_INLINE}", buffer=self.padded, strides=(1,))
            heads = windows[starts[short]].view(np.uint8).reshape(-1, _INLINE) & _MASK[lengths[short]]
            views[short, 1:] = heads.view(np.int32)
        buffers = [None, pa.py_buffer(views), pa.py_buffer(self.padded)]
        return pl.Series(_Exported(pa.Array.from_buffers(pa.string_view(), len(starts), buffers)))

    def to_points(self, offsets: IntArray) -> IntArray:
        """Code points before each byte offset."""
        if self._ascii is None:
            self._ascii = self.padded.isascii()
        return offsets if self._ascii else self._leads.before(offsets)

    @cached_property
    def _leads(self) -> _Bits:
        """The bytes that begin a character."""
        return _Bits((self.bytes & 0xC0) != 0x80)


class _Exported:
    """An array by Arrow's C interface alone: given as it is, polars first loads all of pyarrow's functions.

    https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html
    """

    def __init__(self, array: pa.Array) -> None:
        """Hold `array`."""
        self._array = array

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        """Its schema and itself, as capsules."""
        capsules: tuple[object, object] = self._array.__arrow_c_array__(requested_schema)
        return capsules


class _Bits:
    """Counts how many of the first flags are set, from one sum for each 64 of them."""

    def __init__(self, flags: npt.NDArray[np.bool_]) -> None:
        """`flags` (n,)."""
        packed = np.packbits(flags, bitorder="little")
        self._words = np.zeros(len(flags) // 64 + 1, dtype="<u8")
        self._words.view(np.uint8)[: len(packed)] = packed
        self._sums = np.concatenate(([0], np.cumsum(np.bitwise_count(self._words), dtype=np.int64)))

    def before(self, positions: IntArray) -> IntArray:
        """How many flags before each position, 0 to n, are set."""
        word = positions >> 6
        below = (np.uint64(1) << (positions & 63).astype(np.uint64)) - np.uint64(1)
        count: IntArray = self._sums[word] + np.bitwise_count(self._words[word] & below)
        return count


def line_feeds(data: bytes, end: int) -> int:
    """How many line feeds `data` holds before `end`; four times as quick as `bytes.count`."""
    points = np.frombuffer(data, dtype=np.uint8, count=end)
    return sum(int(np.count_nonzero(points[at : at + _PIECE] == 10)) for at in range(0, end, _PIECE))


def joined(values: pl.Series) -> tuple[Bytes, IntArray]:
    """All texts of a String series without nulls, end to end in UTF-8, and the int64 offset (n,) where each ends."""
    _, offsets, data = values.to_arrow(compat_level=pl.CompatLevel.oldest()).buffers()
    ends: IntArray = np.frombuffer(offsets, dtype=np.int64, count=len(values) + 1)[1:]
    return np.frombuffer(data, dtype=np.uint8, count=int(ends[-1]) if len(ends) else 0), ends


def counted(flags: npt.NDArray[np.bool_], ends: IntArray) -> IntArray:
    """How many flags are set in each of some texts, one after another, up to their ends; int64 (n,)."""
    before = _Bits(flags).before(ends).astype(np.int64)
    return before - np.concatenate(([0], before[:-1]))[: len(before)]


def digits(values: pl.Series) -> IntArray:
    """How many ASCII digits each text of a String series without nulls has, int64 (n,)."""
    points, ends = joined(values)
    return counted(_are_digits(points), ends)


def capitals(values: pl.Series) -> IntArray:
    """How many capitals of ASCII, and characters outside of ASCII, each text has, int64 (n,)."""
    points, ends = joined(values)
    return counted((points - np.uint8(ord("A")) < 26) | (points >= 0xC0), ends)


def cut(data: bytes | bytearray | Bytes, ends: IntArray) -> pl.Series:
    """What `joined` takes apart: texts that stand one after another in `data`, each up to its end."""
    buffers = [None, pa.py_buffer(np.concatenate(([0], ends))), pa.py_buffer(data)]
    return pl.Series(_Exported(pa.Array.from_buffers(pa.large_string(), len(ends), buffers)))


def without(values: pl.Series, dropped: bytes) -> pl.Series:
    """The texts without some ASCII characters; the series holds no nulls."""
    points, ends = joined(values)
    gone = _among(points, dropped)
    return cut(points.tobytes().translate(None, dropped), ends - _Bits(gone).before(ends)) if gone.any() else values


def apart(values: pl.Series, dropped: bytes) -> pl.Series:
    """The same, but what stood between two ASCII digits becomes one `-`: 12-3 and 1-23 stay two texts."""
    points, ends = joined(values)
    gone = _among(points, dropped)
    if not gone.any():
        return values
    between = _between_digits(points, gone, ends)
    gone[between], data = False, bytearray(points)
    np.frombuffer(data, dtype=np.uint8)[between] = _NO_UTF8
    return cut(data.translate(_HYPHEN, dropped), ends - _Bits(gone).before(ends))


def _between_digits(points: Bytes, gone: npt.NDArray[np.bool_], ends: IntArray) -> IntArray:
    """Where what is `gone` begins after a digit, and the next byte of the same text that stays is a digit too."""
    digit = np.append(_are_digits(points), False)
    first = np.flatnonzero(gone[1:] & digit[:-2]) + 1
    after = _staying(np.append(gone, False), first + 1)
    first, after = first[digit[after]], after[digit[after]]
    found: IntArray = first[ends[np.searchsorted(ends, first - 1, side="right")] > after]
    return found


def _staying(gone: npt.NDArray[np.bool_], start: IntArray) -> IntArray:
    """Where from each place on the first byte is that is not `gone`; the last one never is."""
    for _ in range(_NEAR):
        start = start + gone[start]
    far = np.flatnonzero(gone[start])
    if len(far):
        stays = np.flatnonzero(~gone)
        start[far] = stays[np.searchsorted(stays, start[far])]
    return start


def _are_digits(points: Bytes) -> npt.NDArray[np.bool_]:
    return points - np.uint8(ord("0")) < 10


def _among(points: Bytes, wanted: bytes) -> npt.NDArray[np.bool_]:
    """Which bytes are among some."""
    found = np.zeros(len(points), dtype=np.bool_)
    for at in range(0, len(points), _PIECE):
        piece = slice(at, at + _PIECE)
        for low, count in _ranges(wanted):
            found[piece] |= points[piece] - low < count
    return found


@cache
def _ranges(wanted: bytes) -> list[tuple[np.uint8, int]]:
    """Bytes as ranges: the first one and how many follow one another."""
    there = np.unique(np.frombuffer(wanted, dtype=np.uint8))
    parts = np.split(there, np.flatnonzero(np.diff(there) > 1) + 1)
    return [(part[0], len(part)) for part in parts]


def may_have_capitals(values: pl.Series) -> bool:
    """Whether any text may hold a letter or sign that has a lower case: one of ASCII, or one outside of the scripts of
    East Asia, which begin at U+3000."""
    points, _ = joined(values)
    # one byte more than a piece: a letter may begin at its end
    return any(_have_capitals(points[at : at + _PIECE + 1]) for at in range(0, len(points), _PIECE))


def _have_capitals(points: Bytes) -> bool:
    # in UTF-8 what begins with E3 to ED is East Asian, but for Cyrillic and Latin from U+A640 to U+A7FF: EA 99 to 9F
    other = (points - np.uint8(0xC3) < 0x20).any() or points.max(initial=0) > 0xED
    return bool(other or (points - np.uint8(ord("A")) < 26).any() or _cased(points).any())


def _cased(points: Bytes) -> npt.NDArray[np.bool_]:
    """Where a letter from U+A640 to U+A7FF begins."""
    found: npt.NDArray[np.bool_] = (points[:-1] == 0xEA) & (points[1:] - np.uint8(0x99) < 7)
    return found


def beginnings(values: pl.Series) -> IntArray:
    """A hash of the first 24 bytes of each text, int64 (n,); the series holds no nulls."""
    points, ends = joined(values)
    starts, size = np.concatenate(([0], ends[:-1])), len(points)
    words = np.ndarray(size + 1, dtype="<i8", buffer=np.append(points, _AFTER), strides=(1,))
    found, left = np.zeros(len(starts), dtype=np.int64), ends - starts
    for _ in range(_WORDS):
        found = (found ^ (words[starts] & _LOWEST[np.clip(left, 0, _WORD)])) * _ODD
        found ^= found >> 29
        starts, left = np.minimum(starts + _WORD, size), left - _WORD
    return found


class Places:
    """Physical lines and columns of code points in a `TextBuffer` that begins in line `first_line`."""

    def __init__(self, text: TextBuffer, first_line: int, before: int = 0) -> None:
        """`first_line` counts from 1; `before`: code points of that line that come before the text."""
        self._text = text
        self._first_line = first_line
        self._line_starts = text.to_points(np.concatenate(([0], np.flatnonzero(text.bytes == 10) + 1)))
        self._line_starts[0] = -before

    def of(self, offsets: IntArray, shift: IntArray) -> tuple[IntArray, IntArray]:
        """Lines and code-point columns, both from 1, of the points `shift` code points after byte `offsets`."""
        points = self._text.to_points(offsets) + shift
        index = np.searchsorted(self._line_starts, points, side="right") - 1
        return self._first_line + index, points - self._line_starts[index] + 1
