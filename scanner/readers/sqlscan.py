"""Where the tuples of SQL text stand, and the values in them, found for a whole block at once.

Strings stand in single quotes, doubled inside, or after a backslash in dumps of MySQL. Comments, dollar-quoted bodies
and quoted names are stepped over. https://dev.mysql.com/doc/refman/8.4/en/string-literals.html,
https://www.postgresql.org/docs/current/sql-syntax-lexical.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scanner.model import IntArray

_QUOTE, _OPEN, _CLOSE, _COMMA, _END, _SLASH, _LF = b"'(),;\\\n"
_HITS = np.isin(np.arange(256), list(b"'(),;"))
_DELTA: IntArray = np.zeros(256, dtype=np.int64)
_DELTA[_OPEN], _DELTA[_CLOSE] = 1, -1
_DOLLAR = re.compile(rb"\$(?:[A-Za-z_][A-Za-z_0-9]*)?\$")
_OPENERS = (re.compile(rb"--+"), re.compile(rb"/\*"), re.compile(rb"\n#"), _DOLLAR)


class Tuples(NamedTuple):
    """The groups in brackets that stand outside of others, and their values.

    `opens`, `closes`: int64 (n,), the offset of each group's brackets; `first`, (n + 1,): the number of each group's
    first value, and how many values there are; `starts`, `ends`: int64 (m,), the values between commas. `stops`:
    int64 (k,), the semicolons between groups. `cut`: the text ends within a group, string, comment or body.
    """

    opens: IntArray
    closes: IntArray
    first: IntArray
    starts: IntArray
    ends: IntArray
    stops: IntArray
    cut: bool


def scan(data: bytes, *, backslash: bool) -> Tuples:
    """Find the tuples of `data`, which begins outside of everything; `backslash`: it escapes quotes."""
    block = np.frombuffer(data, dtype=np.uint8)
    hits = np.flatnonzero(_HITS[block])
    if backslash and b"\\" in data:
        hits = hits[~_escaped(block, hits)]
    hits, whole = _without_opaque(data, block, hits)
    chars = block[hits]
    quotes = chars == _QUOTE
    inside = np.cumsum(quotes) & 1
    outside = np.flatnonzero(~quotes & (inside == 0) & (hits < whole))
    in_text = whole < len(data) or bool(len(inside) and inside[-1])
    return _tuples(hits[outside], chars[outside], in_text)


def _tuples(hits: IntArray, chars: npt.NDArray[np.uint8], in_text: bool) -> Tuples:
    depths = np.cumsum(_DELTA[chars])
    if len(depths):  # a bracket too many closes nothing: depth counts from the lowest that was before
        depths -= np.minimum(np.minimum.accumulate(depths), 0)
    opening = (chars == _OPEN) & (depths == 1)
    closing = (chars == _CLOSE) & (depths == 0)
    closing[1:] &= depths[:-1] > 0
    closing[:1] = False
    count = int(np.flatnonzero(closing)[-1]) + 1 if closing.any() else 0
    opening[count:] = False
    bounds = np.flatnonzero(opening | closing | ((chars == _COMMA) & (depths == 1) & (np.arange(len(chars)) < count)))
    at, ends_group = hits[bounds], closing[bounds]
    begins = np.flatnonzero(~ends_group)
    first = np.flatnonzero(opening[bounds][begins])
    return Tuples(
        hits[opening],
        hits[closing],
        np.append(first, len(begins)),
        at[begins] + 1,
        at[begins + 1] if len(begins) else at[:0],
        hits[(chars == _END) & (depths == 0)],
        in_text or bool(len(depths) and depths[-1]),
    )


def _escaped(block: npt.NDArray[np.uint8], hits: IntArray) -> npt.NDArray[np.bool_]:
    """Which hits are quotes after an odd number of backslashes."""
    escaped: npt.NDArray[np.bool_] = (block[hits] == _QUOTE) & (hits > 0) & (block[hits - 1] == _SLASH)
    slashes = np.flatnonzero(block == _SLASH)
    number = np.arange(len(slashes))
    first = np.maximum.accumulate(np.where(np.diff(slashes, prepend=-2) > 1, number, 0))
    odd = (number - first + 1) & 1 == 1
    after = np.flatnonzero(escaped)
    escaped[after] = odd[np.searchsorted(slashes, hits[after] - 1)]
    return escaped


def _without_opaque(data: bytes, block: npt.NDArray[np.uint8], hits: IntArray) -> tuple[IntArray, int]:
    """The hits outside of comments, bodies and quoted names, and the offset up to which all of those are closed."""
    quotes = hits[block[hits] == _QUOTE]
    spans, whole = [], len(data)
    flip = done = 0
    starts = sorted({*_places(data), *_names(block, hits, quotes)})
    inside = np.searchsorted(quotes, starts) & 1
    for start, within in zip(starts, inside.tolist(), strict=True):
        if start < done or within ^ flip:
            continue
        done = _end(data, start)
        if done < 0:
            whole = start
            break
        if data.find(b"'", start, done) >= 0:
            low, high = np.searchsorted(quotes, (start, done))
            flip ^= int(high - low) & 1
        spans.append((start, done))
    if not spans:
        return hits, whole
    lows, highs = np.array(spans, dtype=np.int64).T
    span = np.searchsorted(lows, hits, side="right") - 1
    return hits[(span < 0) | (hits >= highs[span])], whole


def _places(data: bytes) -> Iterator[int]:
    """Where comments and bodies may begin."""
    for opener in _OPENERS:
        for match in opener.finditer(data):
            yield match.start() + (data[match.start()] == _LF)


def _names(block: npt.NDArray[np.uint8], hits: IntArray, quotes: IntArray) -> set[int]:
    """Where names in backticks, double quotes or square brackets begin that hold what would be structure elsewhere."""
    found: set[int] = set()
    for opener in b'`"':
        marks = np.flatnonzero(block == opener)
        marks = marks[np.searchsorted(quotes, marks) & 1 == 0]
        starts, ends = marks[0::2][: len(marks) // 2], marks[1::2]
        found.update(starts[np.searchsorted(hits, starts) != np.searchsorted(hits, ends)].tolist())
    return found


def _end(data: bytes, start: int) -> int:
    """Where what begins at `start` has ended; -1 where it has not."""
    head = data[start : start + 1]
    if head in (b"-", b"#"):
        return data.find(b"\n", start) + 1 or -1
    if head == b"/":
        return data.find(b"*/", start) + 2 if data.find(b"*/", start) >= 0 else -1
    if head == b"$":
        tag = _DOLLAR.match(data, start)
        mark = tag.group() if tag else b"$$"
        end = data.find(mark, start + len(mark))
        return end + len(mark) if end >= 0 else -1
    end = data.find(head, start + 1)
    return end + 1 if end >= 0 else -1
