"""Values of SQL text as cells: without quotes, prefixes and escapes; NULL is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from scanner.model import IntArray
from scanner.readers.sqlescapes import BACKSLASH, COPIED, DOUBLED, EXTENDED, UNICODE, Form, decoded, place
from scanner.views import Places, TextBuffer

_QUOTE, _DOUBLE, _SPACE, _CASE = 39, 34, 32, 0x20
_BLANK = np.isin(np.arange(256), list(b" \t\r\n"))
_PREFIXED = re.compile(rb"(?i)(?:(?P<unicode>u&)|[neb]|_[a-z0-9]+ *)'|(?:n|_[a-z0-9]+ *)(?P<double>\")")
_HEX = re.compile(rb"(?i)(?:(?:_binary +)?x'([0-9a-f]*)'|(?:_binary +)?0x([0-9a-f]+))\Z")
_NULL = int.from_bytes(b"null", "little")
# how a cell is written, other than as it stands: a string with escapes, without quotes, in hexadecimal digits
_SINGLE, _IN_DOUBLE, _EXTENDED, _UNICODE, _COPY, _BARE, _DECODED = range(1, 8)
_HOLDS = {_IN_DOUBLE: r'\\|""', _EXTENDED: r"\\|''", _UNICODE: r"\\|''"}  # escapes, as a regex

Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of one column: `values`; the raw text of each, byte spans (n,); how each is `written` (n,): 0 as
    it stands, from 1 on with escapes of some form, without the quotes that others have, or as hexadecimal digits."""

    values: pl.Series
    starts: IntArray
    ends: IntArray
    written: Codes

    def part(self, low: int, high: int) -> Cells:
        """Some of these cells, one after another."""
        if low == 0 and high == len(self.starts):
            return self
        values = self.values.slice(low, high - low)
        return Cells(values, self.starts[low:high], self.ends[low:high], self.written[low:high])


def cells(text: TextBuffer, starts: IntArray, ends: IntArray, escaped: Flags, *, backslash: bool) -> Cells:
    """The values that stand between brackets and commas, byte spans (n,); `escaped` tells which hold an escape."""
    starts, ends = _trimmed(text.bytes, starts, ends)
    form, lettered = _strings(text, starts, ends)
    string = form > 0
    starts, ends = starts + string, ends - string
    starts[lettered] += 1
    others = np.flatnonzero(~string)
    null = others[_are_null(text, starts[others], ends[others])]
    digits = _other(text, others, (starts, ends, form))
    values, written = text.column(starts, ends), np.zeros(len(starts), dtype=np.uint8)
    for code, found in _with_escapes(values, form, escaped):
        written[found] = code
        values = decoded(values, found, forms(backslash)[code])
    written[others[form[others] == 0]] = _BARE
    if digits:
        written[list(digits)] = _DECODED
        values = values.scatter(list(digits), list(digits.values()))
    return Cells(values.scatter(null, None) if len(null) else values, starts, ends, written)


@cache
def forms(backslash: bool) -> dict[int, Form]:
    """The forms of strings with escapes; `backslash`: it escapes quotes in all of them."""
    plain = BACKSLASH if backslash else DOUBLED
    return {_SINGLE: plain["'"], _IN_DOUBLE: plain['"'], _EXTENDED: EXTENDED, _UNICODE: UNICODE, _COPY: COPIED}


def _with_escapes(values: pl.Series, form: Codes, escaped: Flags) -> Iterator[tuple[int, IntArray]]:
    """Of each form the cells that hold an escape of it."""
    if len(found := np.flatnonzero(escaped & (form == _SINGLE))):
        yield _SINGLE, found
    rare = np.flatnonzero(form > _SINGLE)
    for code in np.unique(form[rare]).tolist():
        some = rare[form[rare] == code]
        if len(found := some[values.gather(some).str.contains(_HOLDS[code]).to_numpy()]):
            yield code, found


def _strings(text: TextBuffer, starts: IntArray, ends: IntArray) -> tuple[Codes, IntArray]:
    """The form of each cell that stands in quotes, 0 for others; and which of them have an N or E before those."""
    first, last = text.bytes[np.minimum(starts, text.size - 1)], text.bytes[np.maximum(ends - 1, 0)]
    closed = (last == _QUOTE) & (ends - starts > 1)
    string = closed & (first == _QUOTE)
    others = np.flatnonzero(~string)
    maybe = others[closed[others]]
    letter, quote = first[maybe] | _CASE, text.bytes[starts[maybe] + 1]
    true = ((letter == ord("n")) | (letter == ord("e"))) & (quote == _QUOTE) & (ends - starts > 2)[maybe]
    form = string.astype(np.uint8)
    form[maybe[true]] = np.where(letter[true] == ord("e"), _EXTENDED, _SINGLE)
    double = others[(first[others] == _DOUBLE) & (last[others] == _DOUBLE)]
    form[double[(ends - starts)[double] > 1]] = _IN_DOUBLE
    return form, maybe[true]


def _other(text: TextBuffer, others: IntArray, found: tuple[IntArray, IntArray, Codes]) -> dict[int, str]:
    """Literals with a prefix: those of strings become strings in `found`, of hexadecimal digits the texts are given."""
    starts, ends, form = found
    filled = others[ends[others] > starts[others]]
    second = text.bytes[np.minimum(starts[filled] + 1, text.size - 1)] | _CASE
    hexadecimal = (text.bytes[starts[filled]] == ord("0")) & (second == ord("x"))
    last, digits = text.bytes[ends[filled] - 1], dict[int, str]()
    for cell in filled[hexadecimal | (last == _QUOTE) | (last == _DOUBLE)].tolist():
        raw = text.padded[starts[cell] : ends[cell]]
        if (match := _PREFIXED.match(raw)) and len(raw) > match.end() and raw[-1:] == match.group()[-1:]:
            starts[cell], ends[cell] = starts[cell] + match.end(), ends[cell] - 1
            form[cell] = _UNICODE if match["unicode"] else _IN_DOUBLE if match["double"] else _SINGLE
        elif (match := _HEX.match(raw)) and (value := _from_hex(match[1] or match[2] or b"")) is not None:
            digits[cell] = value
    return digits


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
    values = decoded(found.values, escaped, COPIED)
    return Cells(values.scatter(null, None) if len(null) else values, starts, ends, found.written)


def plain_cells(text: TextBuffer, starts: IntArray, ends: IntArray) -> Cells:
    """Pieces of text as they stand, byte spans (n,)."""
    return Cells(text.column(starts, ends), starts, ends, np.zeros(len(starts), dtype=np.uint8))


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
        self._text, self._at, self._columns, self._forms = text, at, columns, forms(backslash)
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
                shift[index] = place(raw, self._forms[int(written[index])], int(starts[index]))
        return self._places.of(where.starts[cells], shift)

    def written(self, column: int, cells: IntArray) -> IntArray:
        """Which cells (n,) of a column stand without quotes: 1; and which as hexadecimal digits: 2; else 0.

        What holds a quote, as `'x'::text` does, is not without.
        """
        where = self._columns[column]
        bare, digits = (where.written[cells] == code for code in (_BARE, _DECODED))
        if bare.any():
            bare &= ~where.values.gather(cells).str.contains("'", literal=True).fill_null(False).to_numpy()
        return np.where(digits, 2, bare).astype(np.int64)
