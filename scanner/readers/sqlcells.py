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

_QUOTE = 39
_BLANK = np.isin(np.arange(256), list(b" \t\r\n"))
_NATIONAL = np.isin(np.arange(256), list(b"NnEe"))
_PREFIXED = re.compile(rb"(?i)(_[a-z0-9]+ *|u&|b)'")
_HEX = re.compile(rb"(?i)(?:(?:_binary +)?x'([0-9a-f]*)'|(?:_binary +)?0x([0-9a-f]+))\Z")
_NULL = b"NULL"
# https://dev.mysql.com/doc/refman/8.4/en/string-literals.html#character-escape-sequences
_ESCAPES = {
    "\\0": "\0", "\\b": "\b", "\\n": "\n", "\\r": "\r", "\\t": "\t", "\\Z": "\x1a", "\\\\": "\\", "\\'": "'",
    '\\"': '"', "\\%": "\\%", "\\_": "\\_",
}  # fmt: skip
_KEPT = ("\\%", "\\_")  # escapes that stay as they are
_DOUBLED, _BACKSLASH = re.compile("''|.", re.S), re.compile(r"\\.|''|.", re.S)


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of one column: `values`; the raw text of each, byte spans (n,); which of them are written differently (n,):
    1 with escapes, 2 as hexadecimal digits."""

    values: pl.Series
    starts: IntArray
    ends: IntArray
    written: npt.NDArray[np.uint8]


def cells(text: TextBuffer, starts: IntArray, ends: IntArray, *, backslash: bool) -> Cells:
    """The values that stand between brackets and commas, byte spans (n,)."""
    starts, ends = _trimmed(text.bytes, starts, ends)
    filled = ends > starts
    first = np.where(filled, text.bytes[np.minimum(starts, text.size - 1)], 0)
    last = np.where(filled, text.bytes[np.maximum(ends - 1, 0)], 0)
    null = _is_null(text.bytes, starts, ends, first)
    second = text.bytes[np.minimum(starts + 1, text.size - 1)]
    long = ends - starts > 1
    national = long & (last == _QUOTE) & _NATIONAL[first] & (second == _QUOTE)
    string = (long & (first == _QUOTE) & (last == _QUOTE)) | national
    written = np.zeros(len(starts), dtype=np.uint8)
    starts, ends = starts + string + national, ends - string
    other = np.flatnonzero(~string & ((last == _QUOTE) | ((first == ord("0")) & (second | 32 == ord("x")))))
    data = text.padded
    decoded: dict[int, str] = {}
    for cell in other.tolist():
        raw = data[starts[cell] : ends[cell]]
        if match := _PREFIXED.match(raw):
            starts[cell], ends[cell], string[cell] = starts[cell] + match.end(), ends[cell] - 1, True
        elif (match := _HEX.match(raw)) and (value := _from_hex(match[1] or match[2] or b"")) is not None:
            decoded[cell], written[cell] = value, 2
    values = text.column(starts, ends)
    values = _unescaped(data, values, string, written, backslash)
    if decoded:
        values = values.scatter(list(decoded), list(decoded.values()))
    if null.any():
        values = pl.select(pl.when(pl.Series(~null)).then(values)).to_series()
    return Cells(values, starts, ends, written)


def plain_cells(text: TextBuffer, starts: IntArray, ends: IntArray) -> Cells:
    """Pieces of text as they stand, byte spans (n,)."""
    return Cells(text.column(starts, ends), starts, ends, np.zeros(len(starts), dtype=np.uint8))


def _unescaped(
    data: bytes, values: pl.Series, string: npt.NDArray[np.bool_], written: npt.NDArray[np.uint8], backslash: bool
) -> pl.Series:
    """The values with their escapes resolved, which `written` then says."""
    found = string & values.str.contains("''", literal=True).to_numpy() if b"''" in data else np.zeros_like(string)
    pairs = {"''": "'"}
    if backslash and b"\\" in data:
        found |= string & values.str.contains("\\", literal=True).to_numpy()
        pairs |= _ESCAPES
    if not found.any():
        return values
    written[found] = 1
    plain = values.filter(pl.Series(found)).str.replace_many(list(pairs), list(pairs.values()))
    return values.scatter(np.flatnonzero(found), plain)


def _trimmed(block: npt.NDArray[np.uint8], starts: IntArray, ends: IntArray) -> tuple[IntArray, IntArray]:
    starts, ends = starts.copy(), ends.copy()
    todo = np.flatnonzero((starts < ends) & _BLANK[block[np.minimum(starts, len(block) - 1)]])
    while len(todo):
        starts[todo] += 1
        todo = todo[(starts[todo] < ends[todo]) & _BLANK[block[np.minimum(starts[todo], len(block) - 1)]]]
    todo = np.flatnonzero((starts < ends) & _BLANK[block[ends - 1]])
    while len(todo):
        ends[todo] -= 1
        todo = todo[(starts[todo] < ends[todo]) & _BLANK[block[ends[todo] - 1]]]
    return starts, ends


def _is_null(
    block: npt.NDArray[np.uint8], starts: IntArray, ends: IntArray, first: npt.NDArray[np.uint8]
) -> npt.NDArray[np.bool_]:
    null: npt.NDArray[np.bool_] = (ends - starts == len(_NULL)) & (first & 0xDF == _NULL[0])
    for index in range(1, len(_NULL)):
        null &= block[np.minimum(starts + index, len(block) - 1)] & 0xDF == _NULL[index]
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

    def after(self, data: bytes) -> At:
        """Where the text begins that follows `data`."""
        last = data.rfind(b"\n")
        return At(self.line + data.count(b"\n"), len(data[last + 1 :].decode()) + (self.before if last < 0 else 0))


class CellLocator:
    """Finds values of SQL text in their block."""

    def __init__(self, text: TextBuffer, at: At, columns: list[Cells], unit: re.Pattern[str]) -> None:
        """`at`: where `text` begins; `unit` matches a character or an escape for one."""
        self._text, self._at, self._columns, self._unit = text, at, columns, unit
        self._places: Places | None = None

    def locate(self, column: int, cells: IntArray, starts: IntArray) -> tuple[IntArray, IntArray]:
        """See `Locator`. Of what is written as hexadecimal digits the place is where those begin."""
        self._places = self._places or Places(self._text, *self._at)
        where = self._columns[column]
        shift = starts.copy()
        for index in np.flatnonzero(where.written[cells]).tolist():
            cell = int(cells[index])
            raw = self._text.padded[where.starts[cell] : where.ends[cell]].decode()
            shift[index] = 0 if where.written[cell] == 2 else self._raw(raw, int(starts[index]))
        return self._places.of(where.starts[cells], shift)

    def _raw(self, raw: str, start: int) -> int:
        """How many code points of a raw text come before the code point `start` of its value."""
        at = 0
        for unit in self._unit.finditer(raw):
            if start <= 0:
                break
            at += len(unit.group())
            start -= 2 if unit.group() in _KEPT else 1
        return at


def escapes(backslash: bool) -> re.Pattern[str]:
    """A character of a string, or an escape for one."""
    return _BACKSLASH if backslash else _DOUBLED
