"""Where the fields of delimited text begin and end, found for a whole block at once.

Quoting is that of RFC 4180: a field is quoted when a quote opens it and a later quote, before a delimiter or a line
end, closes it; two quotes inside stand for one. Blanks may follow the closing quote and are no part of the field. A
quote anywhere else, or one that is never closed within `MAX_RECORD` bytes, is an ordinary character, so a stray quote
spoils one row and not the rest of the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scanner.model import IntArray

MAX_RECORD = 16 << 20  # bytes

QUOTE, LF, CR = 34, 10, 13


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of `consumed` bytes of whole rows, in order.

    `starts`, `ends`: int64 byte offsets (n,) of each field, quotes included; `quoted`: bool (n,), whether the field
    stands in quotes; `last`: bool (n,), whether it ends its row. `doubled`: some quotes stand side by side.
    """

    starts: IntArray
    ends: IntArray
    quoted: npt.NDArray[np.bool_]
    last: npt.NDArray[np.bool_]
    consumed: int
    doubled: bool = False


def fields(data: bytes, delimiter: int, *, final: bool, whole: bool = False) -> Fields:
    """Cut `data` (UTF-8, at the start of a row) into fields; `final` says that no more bytes follow.

    An incomplete last row is left unless `final`, or unless it is longer than `MAX_RECORD`. With `whole` the fields of
    a row may come as one.
    """
    block = np.frombuffer(data, dtype=np.uint8)
    marks = block == LF
    if not whole:
        marks |= block == delimiter
    if b'"' not in data:
        return _from_separators(block, np.flatnonzero(marks), None, final)
    found = _by_parity(block, np.flatnonzero(marks | (block == QUOTE)), delimiter, final)
    return found if found is not None else _one_by_one(data, delimiter, final)


def _from_separators(
    block: npt.NDArray[np.uint8], separators: IntArray, quotes: IntArray | None, final: bool
) -> Fields:
    """Fields between structural delimiters and line ends."""
    newline = block[separators] == LF
    if final and len(block) and (not len(separators) or separators[-1] != len(block) - 1 or not newline[-1]):
        separators, newline = np.append(separators, len(block)), np.append(newline, True)
    rows = np.flatnonzero(newline)
    count = int(rows[-1]) + 1 if len(rows) else 0
    ends, newline = separators[:count], newline[:count]
    starts = np.concatenate((np.zeros(min(count, 1), dtype=np.int64), ends[:-1] + 1))
    consumed = min(int(ends[-1]) + 1, len(block)) if count else 0
    ends[rows] -= (ends[rows] > starts[rows]) & (block[np.maximum(ends[rows] - 1, 0)] == CR)
    quoted = np.zeros(count, dtype=np.bool_)
    if quotes is None or not count:
        return Fields(starts, ends, quoted, newline, consumed)
    opened = np.flatnonzero((block[np.minimum(starts, len(block) - 1)] == QUOTE) & (ends - starts >= 2))
    quoted[opened] = block[ends[opened] - 1] == QUOTE
    return Fields(starts, ends, quoted, newline, consumed, doubled=bool((np.diff(quotes) == 1).any()))


def _by_parity(block: npt.NDArray[np.uint8], marks: IntArray, delimiter: int, final: bool) -> Fields | None:
    """Fields when every quote of the block opens, closes or doubles; None when one does not.

    `marks`: int64 byte offsets (n,) of quotes and separators.
    """
    is_quote = block[marks] == QUOTE
    quotes = marks[is_quote]
    if not _well_formed(block, quotes, delimiter, final):
        return None
    outside = ~is_quote & (np.cumsum(is_quote) % 2 == 0)
    found = _from_separators(block, marks[outside], quotes, final)
    row_ends = np.concatenate(([0], found.ends[found.last]))
    too_long = len(block) - found.consumed > MAX_RECORD or (np.diff(row_ends) > MAX_RECORD).any()
    return None if too_long else found


def _well_formed(block: npt.NDArray[np.uint8], quotes: IntArray, delimiter: int, final: bool) -> bool:
    """Whether each odd quote opens a field or doubles the one before, and each even one closes or is doubled."""
    if len(quotes) % 2 and final:
        return False
    opening, closing = quotes[0::2], quotes[1::2]
    before = block[np.maximum(opening - 1, 0)]
    opens = (opening == 0) | (before == delimiter) | (before == LF) | (before == QUOTE)
    inner = closing[closing < len(block) - 1]
    after = block[inner + 1]
    closes = (after == delimiter) | (after == LF) | (after == QUOTE)
    carriage = np.flatnonzero(after == CR)
    followed = block[np.minimum(inner[carriage] + 2, len(block) - 1)]
    closes[carriage] = (followed == LF) | (inner[carriage] + 2 >= len(block))
    return bool(opens.all() and closes.all())


def _one_by_one(data: bytes, delimiter: int, final: bool) -> Fields:
    """Fields one after another, for a block with stray quotes."""
    mark = re.escape(bytes([delimiter]))
    quoted_field = re.compile(rb'("[^"]*(?:""[^"]*)*") *(?=' + mark + rb"|\r?(?:\n|\Z))")
    plain_field = re.compile(rb"[^" + mark + rb"\n]*")
    spans: list[tuple[int, int, bool, bool]] = []
    position = row_start = complete = consumed = 0
    while position <= len(data):
        match = quoted_field.match(data, position) if data[position : position + 1] == b'"' else None
        if match and match.end() - row_start > MAX_RECORD:
            match = None
        is_quoted = match is not None
        end = match.end() if match else plain_field.match(data, position).end()  # type: ignore[union-attr]
        end += data[end : end + 1] == b"\r" and is_quoted
        at_end = end >= len(data)
        unsure = at_end or (not is_quoted and data[position : position + 1] == b'"' and _may_close(data, position))
        if unsure and not final and len(data) - row_start <= MAX_RECORD:
            break
        if at_end and position == row_start and end == position:
            break
        ends_row = at_end or data[end] == LF
        trimmed = match.end(1) if match else end - (ends_row and end > position and data[end - 1] == CR)
        spans.append((position, trimmed, is_quoted, ends_row))
        position = end + 1
        if ends_row:
            row_start, complete, consumed = position, len(spans), min(position, len(data))
    return _as_fields(spans[:complete], consumed)


def _may_close(data: bytes, start: int) -> bool:
    """Whether the quote at `start` could still be closed by bytes that have not come yet."""
    rest = re.compile(rb'"[^"]*(?:""[^"]*)*"?').match(data, start)
    return rest is not None and rest.end() == len(data)


def _as_fields(spans: list[tuple[int, int, bool, bool]], consumed: int) -> Fields:
    table = np.array(spans, dtype=np.int64).reshape(-1, 4)
    return Fields(table[:, 0], table[:, 1], table[:, 2] != 0, table[:, 3] != 0, consumed, doubled=True)
