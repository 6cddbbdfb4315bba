"""Where the tuples of SQL text stand, and the values in them, found for a whole block at once.

Strings stand in single quotes, doubled inside, or after a backslash in dumps of MySQL and after an E. Comments,
dollar-quoted bodies and what stands in double quotes, names or strings, are stepped over.
https://dev.mysql.com/doc/refman/8.4/en/string-literals.html,
https://www.postgresql.org/docs/current/sql-syntax-lexical.html
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scanner.model import IntArray
from scanner.readers.sqlopaque import Copy, Spans, opaque

_QUOTE, _OPEN, _CLOSE, _COMMA, _END, _SLASH, _DOUBLE = b"'(),;\\\""
_BEFORE_E = np.isin(np.arange(256), list(b"(,=| \t\r\n"))
_EXTENDED = re.compile(rb"'(?:[^'\\]|\\.|'')*+'?", re.S)
_PAIR = re.compile(rb"\\.", re.S)

Bytes = npt.NDArray[np.uint8]


class Tuples(NamedTuple):
    """The groups in brackets that stand outside of others, and their values.

    `opens`, `closes`: int64 (n,), the offset of each group's brackets; `first`, (n + 1,): the number of each group's
    first value, and how many values there are; `starts`, `ends`: int64 (m,), the values between commas. `stops`:
    int64 (k,), the semicolons between groups, and the last byte of what each COPY brought. `cut`: the text ends
    within a group, string, comment or body. `escapes`: backslashes and doubled quotes. `copies`: the lines of COPY;
    only those of the last may have no end.
    """

    opens: IntArray
    closes: IntArray
    first: IntArray
    starts: IntArray
    ends: IntArray
    stops: IntArray
    cut: bool
    escapes: IntArray
    copies: list[Copy]


def scan(data: bytes, *, backslash: bool) -> Tuples:
    """Find the tuples of `data`, which begins outside of everything; `backslash`: it escapes quotes."""
    block = np.frombuffer(data, dtype=np.uint8)
    hits, slashes = _hits(block), np.zeros(0, dtype=np.int64)
    escaped = slashes
    if backslash and b"\\" in data:
        slashes = np.flatnonzero(block == _SLASH)
        escaped = _escaped(block, slashes)
    elif b"\\" in data and b"\\'" in data:
        escaped = _in_extended(data, block, hits)
    hits = np.delete(hits, np.searchsorted(hits, escaped[block[escaped] == _QUOTE])) if len(escaped) else hits
    chars = block[hits]
    quotes = np.flatnonzero(chars == _QUOTE)
    found = opaque(data, hits[quotes], hits[chars == _END], escaped[block[escaped] == _DOUBLE])
    kept = _outside(hits, found.spans, found.whole)
    if kept is not None:
        hits, chars = hits[kept], chars[kept]
        quotes = np.flatnonzero(chars == _QUOTE)
    others = np.flatnonzero(chars != _QUOTE)
    outside = others[(others - np.arange(len(others))) & 1 == 0]  # after an even number of quotes
    tuples = _tuples(hits[outside], chars[outside], found.copies)
    cut = tuples.cut or found.whole < len(data) or len(quotes) & 1 == 1
    return tuples._replace(cut=cut, escapes=np.concatenate((slashes, _doubled(hits[quotes]))))


def _hits(block: Bytes) -> IntArray:
    """Where quotes, brackets, commas and semicolons stand, and `*` and `+`, whose codes are between theirs."""
    marks = (block - np.uint8(_QUOTE)) <= _COMMA - _QUOTE
    marks |= block == _END
    return np.flatnonzero(marks)


def _escaped(block: Bytes, slashes: IntArray) -> IntArray:
    """What stands after an odd number of backslashes."""
    firsts, lasts = np.diff(slashes, prepend=-2) > 1, np.diff(slashes, append=len(block) + 2) > 1
    odd = (slashes[lasts] - slashes[firsts]) & 1 == 0
    after: IntArray = slashes[lasts][odd] + 1
    return after[after < len(block)]


def _in_extended(data: bytes, block: Bytes, hits: IntArray) -> IntArray:
    """What stands after a backslash in `E'…'`, where it escapes quotes in all dumps of PostgreSQL."""
    quotes = hits[(block[hits] == _QUOTE) & (hits > 1)]
    begins = quotes[(block[quotes - 1] | 0x20 == ord("e")) & _BEFORE_E[block[quotes - 2]]]
    end, found = 0, list[int]()
    for begin in begins.tolist():
        if begin >= end and (string := _EXTENDED.match(data, begin)):
            end = string.end()
            found += [pair.start() + 1 for pair in _PAIR.finditer(data, begin, end)]
    return np.array(found, dtype=np.int64)


def _doubled(quotes: IntArray) -> IntArray:
    """The quotes that seem to close a string, and are but the first of two within it."""
    closing = quotes[1:-1:2]
    doubled: IntArray = closing[quotes[2::2][: len(closing)] == closing + 1]
    return doubled


def _outside(hits: IntArray, spans: Spans, whole: int) -> IntArray | None:
    """The hits up to `whole` that are in none of the spans; None for all."""
    count = int(np.searchsorted(hits, whole))
    lows, highs = (np.searchsorted(hits, places) for places in spans)
    filled = lows < highs
    if not filled.any() and count == len(hits):
        return None
    turns = np.zeros(len(hits) + 1, dtype=np.int8)
    turns[lows[filled]] += 1
    turns[highs[filled]] -= 1
    return np.flatnonzero(np.cumsum(turns[:count], dtype=np.int8) == 0)


def _tuples(hits: IntArray, chars: Bytes, copies: list[Copy]) -> Tuples:
    """The tuples by what stands outside of all strings."""
    opening, closing = chars == _OPEN, chars == _CLOSE
    depths = np.cumsum(opening.view(np.int8) - closing.view(np.int8), dtype=np.int32)
    if len(depths) and depths.min() < 0:  # a bracket too many closes nothing: depth counts from the lowest before
        depths -= np.minimum(np.minimum.accumulate(depths), 0)
    ended = depths == 0
    closing &= ended
    closing[1:] &= depths[:-1] > 0
    closing[:1] = False
    single = depths == 1
    opening &= single
    bounds = opening | closing | ((chars == _COMMA) & single)
    count = int(np.flatnonzero(closing)[-1]) + 1 if closing.any() else 0
    opening[count:] = bounds[count:] = False
    bounds = np.flatnonzero(bounds)
    at, ends_group = hits[bounds], closing[bounds]
    begins = np.flatnonzero(~ends_group)
    first = np.flatnonzero(opening[bounds][begins])
    ends = np.array([copy.end - 1 for copy in copies if copy.last >= 0], dtype=np.int64)
    return Tuples(
        hits[opening],
        hits[closing],
        np.append(first, len(begins)),
        at[begins] + 1,
        at[begins + 1] if len(begins) else at[:0],
        np.sort(np.concatenate((hits[(chars == _END) & ended], ends))),
        bool(len(depths) and depths[-1]),
        hits[:0],
        copies,
    )
