"""String columns as views into one buffer: no copy, no Python object a cell."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from scanner.model import IntArray

# Arrow's string view: values of at most 12 bytes stand in the view itself.
_INLINE = 12
_MASK = np.tril(np.full((_INLINE + 1, _INLINE), 0xFF, dtype=np.uint8), -1)
_PIECE = 1 << 18  # bytes that the processor has at hand
# the first bytes of a word of eight, and how many words are a beginning
_WORD, _WORDS = 8, 3
_LOWEST = np.array([(1 << 8 * count) - 1 for count in range(_WORD)] + [-1], dtype=np.int64)
_ODD = np.int64(-0x61C8864680B583EB)  # spreads bits


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


def joined(values: pl.Series) -> tuple[bytes, IntArray]:
    """All texts of a String series without nulls, end to end in UTF-8, and the int64 offset (n,) where each ends."""
    _, offsets, data = values.to_arrow(compat_level=pl.CompatLevel.oldest()).buffers()
    ends: IntArray = np.frombuffer(offsets, dtype=np.int64, count=len(values) + 1)[1:]
    return data.to_pybytes()[: int(ends[-1]) if len(ends) else 0], ends


def digits(values: pl.Series) -> IntArray:
    """How many ASCII digits each text of a String series without nulls has, int64 (n,)."""
    data, ends = joined(values)
    return _each(np.frombuffer(data, dtype=np.uint8) - np.uint8(ord("0")) < 10, ends)


def capitals(values: pl.Series) -> IntArray:
    """How many capitals of ASCII, and characters outside of ASCII, each text has, int64 (n,)."""
    data, ends = joined(values)
    points = np.frombuffer(data, dtype=np.uint8)
    return _each((points - np.uint8(ord("A")) < 26) | (points >= 0xC0), ends)


def _each(found: npt.NDArray[np.bool_], ends: IntArray) -> IntArray:
    """How many bytes are `found` in each of some texts, one after another, up to their ends."""
    before = _Bits(found).before(ends).astype(np.int64)
    return before - np.concatenate(([0], before[:-1]))[: len(before)]


def cut(data: bytes | npt.NDArray[np.uint8], ends: IntArray) -> pl.Series:
    """What `joined` takes apart: texts that stand one after another in `data`, each up to its end."""
    buffers = [None, pa.py_buffer(np.concatenate(([0], ends))), pa.py_buffer(data)]
    return pl.Series(_Exported(pa.Array.from_buffers(pa.large_string(), len(ends), buffers)))


def without(values: pl.Series, dropped: bytes) -> pl.Series:
    """The texts without some ASCII characters; the series holds no nulls."""
    data, ends = joined(values)
    points = np.frombuffer(data, dtype=np.uint8)
    gone = _among(data, points, dropped)
    return values if gone is None else cut(data.translate(None, dropped), ends - _Bits(gone).before(ends))


def apart(values: pl.Series, dropped: bytes) -> pl.Series:
    """The same, but what stood between two ASCII digits becomes one `-`: 12-3 and 1-23 stay two texts."""
    data, ends = joined(values)
    points = np.frombuffer(data, dtype=np.uint8)
    gone = _among(data, points, dropped)
    if gone is None:
        return values
    between = _between_digits(points, gone, ends)
    gone[between], points = False, points.copy()
    points[between] = ord("-")
    return cut(points[~gone].tobytes(), ends - _Bits(gone).before(ends))


def _between_digits(points: npt.NDArray[np.uint8], gone: npt.NDArray[np.bool_], ends: IntArray) -> IntArray:
    """Where what is `gone` begins after a digit, and the next byte of the same text that stays is a digit too."""
    digit = points - np.uint8(ord("0")) < 10
    first = np.flatnonzero(gone[1:] & digit[:-1]) + 1
    stays = np.flatnonzero(~gone)
    after = np.searchsorted(stays, first)
    first, after = first[after < len(stays)], stays[after[after < len(stays)]]
    same = np.searchsorted(ends, first - 1, side="right") == np.searchsorted(ends, after, side="right")
    found: IntArray = first[digit[after] & same]
    return found


def _among(data: bytes, points: npt.NDArray[np.uint8], wanted: bytes) -> npt.NDArray[np.bool_] | None:
    """Which bytes of `data`, as an array `points`, are among some; None where none is."""
    there = [byte for byte in wanted if byte in data]
    found = points == there[0] if there else None
    for byte in there[1:]:
        found |= points == byte
    return found


def may_have_capitals(values: pl.Series) -> bool:
    """Whether any text may hold a letter or sign that has a lower case: one of ASCII, or one outside of the scripts of
    East Asia, which begin at U+3000."""
    points = np.frombuffer(joined(values)[0], dtype=np.uint8)
    # in UTF-8 what begins with E3 to ED is East Asian, but for Cyrillic and Latin from U+A640 to U+A7FF: EA 99 to 9F
    other = (points >= 0xC3) & (points < 0xE3) | (points > 0xED)
    return bool((points - np.uint8(ord("A")) < 26).any() or other.any() or _cased(points).any())


def _cased(points: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Where a letter from U+A640 to U+A7FF begins."""
    found: npt.NDArray[np.bool_] = (points[:-1] == 0xEA) & (points[1:] - np.uint8(0x99) < 7)
    return found


def beginnings(values: pl.Series) -> IntArray:
    """A hash of the first 24 bytes of each text, int64 (n,); the series holds no nulls."""
    data, ends = joined(values)
    starts = np.concatenate(([0], ends[:-1]))
    words = np.ndarray(len(data) + 1, dtype="<i8", buffer=data + bytes(_WORD * _WORDS), strides=(1,))
    found, left = np.zeros(len(starts), dtype=np.int64), ends - starts
    for _ in range(_WORDS):
        found = (found ^ (words[starts] & _LOWEST[np.clip(left, 0, _WORD)])) * _ODD
        found ^= found >> 29
        starts, left = np.minimum(starts + _WORD, len(data)), left - _WORD
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
