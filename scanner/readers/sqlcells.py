"""Values of SQL text as cells: without quotes, prefixes and escapes; NULL is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from scanner.model import IntArray
from scanner.views import Places, TextBuffer

_QUOTE, _SPACE, _CASE = 39, 32, 0x20
_BLANK = np.isin(np.arange(256), list(b" \t\r\n"))
_PREFIXED = re.compile(rb"(?i)([ne]|_[a-z0-9]+ *|u&|b)'")
_HEX = re.compile(rb"(?i)(?:(?:_binary +)?x'([0-9a-f]*)'|(?:_binary +)?0x([0-9a-f]+))\Z")
_NULL = int.from_bytes(b"null", "little")
# https://dev.mysql.com/doc/refman/8.4/en/string-literals.html#character-escape-sequences
_ESCAPES = {
    "\\0": "\0", "\\b": "\b", "\\n": "\n", "\\r": "\r", "\\t": "\t", "\\Z": "\x1a", "\\\\": "\\", "\\'": "'",
    '\\"': '"', "\\%": "\\%", "\\_": "\\_",
}  # fmt: skip
_KEPT = ("\\%", "\\_")  # escapes that stay as they are
_DOUBLED = {"''": "'"}
# https://www.postgresql.org/docs/current/sql-copy.html
_COPIED = {"\\b": "\b", "\\f": "\f", "\\n": "\n", "\\r": "\r", "\\t": "\t", "\\v": "\v", "\\\\": "\\"}
_ESCAPED, _DECODED, _COPY, _BARE = 1, 2, 3, 4  # how a cell is written, other than as it stands
_UNITS = {True: re.compile(r"\\.|''|.", re.S), False: re.compile("''|.", re.S)}
_COPY_UNIT = re.compile(r"\\.|.", re.S)

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of one column: `values`; the raw text of each, byte spans (n,); which of them are written differently (n,):
    1 with escapes, 2 as hexadecimal digits, 3 with escapes of COPY, 4 without the quotes that others have."""

    values: pl.Series
    starts: IntArray
    ends: IntArray
    written: npt.NDArray[np.uint8]

    def part(self, low: int, high: int) -> Cells:
        """Some of these cells, one after another."""
        if low == 0 and high == len(self.starts):
            return self
        values = self.values.slice(low, high - low)
        return Cells(values, self.starts[low:high], self.ends[low:high], self.written[low:high])


def cells(text: TextBuffer, starts: IntArray, ends: IntArray, escaped: Flags, *, backslash: bool) -> Cells:
    """The values that stand between brackets and commas, byte spans (n,); `escaped` tells which hold an escape."""
    starts, ends = _trimmed(text.bytes, starts, ends)
    national, string = _strings(text, starts, ends)
    starts, ends = starts + string, ends - string
    starts[national] += 1
    written, others = np.zeros(len(starts), dtype=np.uint8), np.flatnonzero(~string)
    null = others[_are_null(text, starts[others], ends[others])]
    decoded = _other(text, others, (starts, ends, string, written))
    written[others[~string[others] & (written[others] == 0)]] = _BARE
    values = text.column(starts, ends)
    found = np.flatnonzero(escaped & string)
    if len(found):
        written[found] = _ESCAPED
        values = _replaced(values, found, _DOUBLED | _ESCAPES if backslash else _DOUBLED)
    if decoded:
        values = values.scatter(list(decoded), list(decoded.values()))
    return Cells(values.scatter(null, None) if len(null) else values, starts, ends, written)


def _strings(text: TextBuffer, starts: IntArray, ends: IntArray) -> tuple[IntArray, Flags]:
    """Which cells stand in quotes after an N or E, and which in quotes at all."""
    first, last = text.bytes[np.minimum(starts, text.size - 1)], text.bytes[np.maximum(ends - 1, 0)]
    closed = (last == _QUOTE) & (ends - starts > 1)
    string = closed & (first == _QUOTE)
    maybe = np.flatnonzero(closed & ~string)
    letter, quote = first[maybe] | _CASE, text.bytes[starts[maybe] + 1]
    national = maybe[((letter == ord("n")) | (letter == ord("e"))) & (quote == _QUOTE) & (ends - starts > 2)[maybe]]
    string[national] = True
    return national, string


def _other(
    text: TextBuffer, others: IntArray, found: tuple[IntArray, IntArray, Flags, npt.NDArray[np.uint8]]
) -> dict[int, str]:
    """Literals with a prefix: those of strings become strings in `found`, of hexadecimal digits the texts are given."""
    starts, ends, string, written = found
    filled = others[ends[others] > starts[others]]
    second = text.bytes[np.minimum(starts[filled] + 1, text.size - 1)] | _CASE
    hexadecimal = (text.bytes[starts[filled]] == ord("0")) & (second == ord("x"))
    decoded: dict[int, str] = {}
    for cell in filled[hexadecimal | (text.bytes[ends[filled] - 1] == _QUOTE)].tolist():
        raw = text.padded[starts[cell] : ends[cell]]
        if match := _PREFIXED.match(raw):
            starts[cell], ends[cell], string[cell] = starts[cell] + match.end(), ends[cell] - 1, True
        elif (match := _HEX.match(raw)) and (value := _from_hex(match[1] or match[2] or b"")) is not None:
            decoded[cell], written[cell] = value, _DECODED
    return decoded


def copied_cells(text: TextBuffer, starts: IntArray, ends: IntArray) -> Cells:
    """The values of lines of COPY, byte spans (n,), without escapes; `\\N` is none."""
    found = plain_cells(text, starts, ends)
    if b"\\" not in text.padded:
        return found
    escaped = np.flatnonzero(found.values.str.contains("\\", literal=True).to_numpy())
    if not len(escaped):
        return found
    found.written[escaped] = _COPY
    null = escaped[(found.values.gather(escaped) == "\\N").to_numpy()]
    values = _replaced(found.values, escaped, _COPIED)
    return Cells(values.scatter(null, None) if len(null) else values, starts, ends, found.written)


def plain_cells(text: TextBuffer, starts: IntArray, ends: IntArray) -> Cells:
    """Pieces of text as they stand, byte spans (n,)."""
    return Cells(text.column(starts, ends), starts, ends, np.zeros(len(starts), dtype=np.uint8))


def _replaced(values: pl.Series, cells: IntArray, escapes: dict[str, str]) -> pl.Series:
    """The values with the escapes in some cells resolved."""
    plain = values.gather(cells).str.replace_many(list(escapes), list(escapes.values()))
    return values.scatter(cells, plain)


def _trimmed(block: npt.NDArray[np.uint8], starts: IntArray, ends: IntArray) -> tuple[IntArray, IntArray]:
    todo = np.flatnonzero(block[np.minimum(starts, len(block) - 1)] <= _SPACE)
    starts, ends = (starts.copy(), ends.copy()) if len(todo) else (starts, ends)
    while len(todo):
        todo = todo[(starts[todo] < ends[todo]) & _BLANK[block[np.minimum(starts[todo], len(block) - 1)]]]
        starts[todo] += 1
    todo = np.flatnonzero(block[ends - 1] <= _SPACE)
    ends = ends.copy() if len(todo) else ends
    while len(todo):
        todo = todo[(starts[todo] < ends[todo]) & _BLANK[block[ends[todo] - 1]]]
        ends[todo] -= 1
    return starts, ends


def _are_null(text: TextBuffer, starts: IntArray, ends: IntArray) -> Flags:
    null: Flags = ends - starts == 4
    words = np.ndarray(text.size + 8, dtype="<u4", buffer=text.padded, strides=(1,))
    null[null] = words[starts[null]] | 0x20202020 == _NULL
    return null


def _from_hex(digits: bytes) -> str | None:
    """The text that hexadecimal digits stand for, if it is any."""
    try:
        text = bytes.fromhex(digits.decode()).decode()
    except ValueError:
        return None
    return text if text.isprintable() else None


class At(NamedTuple):
    """Where a text begins: a physical line from 1, and the code points of it that come before."""

    line: int
    before: int = 0

    def after(self, data: bytes, size: int) -> At:
        """Where the text begins that follows the first bytes of `data`."""
        last = data.rfind(b"\n", 0, size)
        points = len(data[last + 1 : size].decode()) + (self.before if last < 0 else 0)
        return At(self.line + data.count(b"\n", 0, size), points)


class CellLocator:
    """Finds values of SQL text in their block."""

    def __init__(self, text: TextBuffer, at: At, columns: list[Cells], *, backslash: bool) -> None:
        """`at`: where `text` begins; `backslash`: it escapes quotes."""
        self._text, self._at, self._columns, self._unit = text, at, columns, _UNITS[backslash]
        self._places: Places | None = None

    def locate(self, column: int, cells: IntArray, starts: IntArray) -> tuple[IntArray, IntArray]:
        """See `Locator`. Of what is written as hexadecimal digits the place is where those begin, or end."""
        self._places = self._places or Places(self._text, *self._at)
        where = self._columns[column]
        shift = starts.copy()
        written = where.written[cells]
        for index in np.flatnonzero((written > 0) & (written != _BARE)).tolist():
            cell = int(cells[index])
            raw = self._text.padded[where.starts[cell] : where.ends[cell]].decode()
            if written[index] == _DECODED:
                shift[index] = len(raw) if starts[index] == len(where.values[cell]) else 0
            else:
                shift[index] = _raw(_COPY_UNIT if written[index] == _COPY else self._unit, raw, int(starts[index]))
        return self._places.of(where.starts[cells], shift)

    def written(self, column: int, cells: IntArray) -> IntArray:
        """Which cells (n,) of a column stand without quotes: 1; and which as hexadecimal digits: 2; else 0."""
        written = self._columns[column].written[cells]
        return np.where(written == _DECODED, 2, written == _BARE).astype(np.int64)


def _raw(unit: re.Pattern[str], raw: str, start: int) -> int:
    """How many code points of a raw text come before the code point `start` of its value."""
    at = 0
    for found in unit.finditer(raw):
        if start <= 0:
            break
        at += len(found.group())
        start -= 2 if unit is not _COPY_UNIT and found.group() in _KEPT else 1
    return at
