"""What SQL text is stepped over as a whole: comments, dollar-quoted bodies, names and strings in double quotes, and the
lines of COPY.

A quote in them opens no string, and one of them within a string is none: they are found in their order. Where strings
are is known from the quotes alone, up to the first of these that holds an odd number of quotes; from there on it is
the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scanner.model import IntArray
from scanner.views import TextBuffer

_BEHIND = np.isin(np.arange(256), list(b" \t\r\n"))  # what may stand behind the semicolon of COPY
_BEFORE_VALUE = np.isin(np.arange(256), list(b'"(, \t\r\n'))
_STDIN = re.compile(rb"(?i)\bfrom\s+stdin\b[^;\n]*;\Z")
_LINE_END = re.compile(rb"[^\S\n]*\n")
_DOLLAR = r"^\$(?:[A-Za-z_][A-Za-z_0-9]*)?\$$"
_LONGEST_MARK = 65  # bytes: PostgreSQL's names have at most 63
_LONGEST = 1 << 12  # bytes of a COPY statement that are looked at
_AROUND = 64  # bytes before and after a string of several lines that are looked at
_FEW = 1 << 10  # places that are looked at one by one, without a pass over the text

Block = npt.NDArray[np.uint8]


class Copy(NamedTuple):
    """The lines of a COPY, in bytes: where FROM stdin stands, where they begin and end, and where the line that ends
    them does; -1 where that has not come."""

    said: int
    start: int
    last: int
    end: int


class Spans(NamedTuple):
    """Pieces of a text, int64 (n,), half-open; an end beyond the text is one that has not come."""

    starts: IntArray
    ends: IntArray


class Opaque(NamedTuple):
    """`spans`: what is stepped over, in order; `whole`: up to where all of that has ended."""

    spans: Spans
    copies: list[Copy]
    whole: int


def opaque(data: bytes, quotes: IntArray, semicolons: IntArray, escaped: IntArray) -> Opaque:
    """Find what is stepped over in `data`, which begins outside of everything.

    `quotes`: offsets of the quotes that open or close a string; `semicolons`: of all semicolons; `escaped`: of double
    quotes after a backslash that escapes them.
    """
    block = np.frombuffer(data, dtype=np.uint8)
    copies = _copies(data, block, semicolons)
    kinds = [*_kinds(data, block, escaped), _spans(sorted((at, copy.end) for at, copy in copies.items()))]
    outside = [_some(kind, np.searchsorted(quotes, kind.starts) & 1 == 0) for kind in kinds]
    found = _merged(outside)
    if (np.searchsorted(quotes, found.ends) & 1).any():  # from its end on, strings are where they seemed not to be
        found = _merged(kinds)
    found = _in_turn(found, quotes)
    copied = [copies[start] for start in found.starts.tolist() if start in copies] if copies else []
    if not len(found.ends) or found.ends[-1] <= len(data):
        return Opaque(found, copied, len(data))
    return Opaque(_some(found, slice(-1)), copied, int(found.starts[-1]))


def _spans(pairs: list[tuple[int, int]]) -> Spans:
    return Spans(*np.array(pairs, dtype=np.int64).reshape(-1, 2).T)


def _some(spans: Spans, which: npt.NDArray[np.bool_] | IntArray | slice) -> Spans:
    return Spans(spans.starts[which], spans.ends[which])


def _merged(kinds: list[Spans]) -> Spans:
    starts, ends = np.concatenate([kind.starts for kind in kinds]), np.concatenate([kind.ends for kind in kinds])
    return _some(Spans(starts, ends), np.argsort(starts, kind="stable"))


def _in_turn(spans: Spans, quotes: IntArray) -> Spans:
    """Those that begin outside of strings and of one another.

    As each knows how many quotes come before its end, it also knows which is the next outside of strings.
    """
    sides, after = (np.searchsorted(quotes, places) & 1 for places in spans)
    count = len(spans.starts)
    numbers = [np.append(np.flatnonzero(sides == side), count) for side in (0, 1)]
    follows = [number[np.searchsorted(spans.starts[number[:-1]], spans.ends)] for number in numbers]
    following = np.where(after == 0, *follows).tolist()
    at, taken = int(numbers[0][0]), []
    while at < count:
        taken.append(at)
        at = following[at]
    return _some(spans, np.array(taken, dtype=np.int64))


def _kinds(data: bytes, block: Block, escaped: IntArray) -> Iterator[Spans]:
    """Comments, bodies and quoted names, as if each stood outside of all else."""
    newlines = np.flatnonzero(block == ord("\n"))
    never = len(data) + 1
    dashes = _pairs(block, b"--")
    yield Spans(dashes, _next(newlines + 1, dashes + 1, never))
    if b"#" in data:
        hashes = newlines[newlines + 1 < len(block)] + 1
        hashes = hashes[block[hashes] == ord("#")]
        yield Spans(hashes, _next(newlines + 1, hashes + 1, never))
    if b"/" in data:
        comments = _pairs(block, b"/*")
        yield Spans(comments, _next(_pairs(block, b"*/") + 2, comments + 4, never))
    if b"$" in data:
        yield _bodies(data, block, never)
    if b"`" in data:
        yield _names(np.flatnonzero(block == ord("`")), newlines, never)
    if b'"' in data:
        marks = np.flatnonzero(block == ord('"'))
        marks = np.delete(marks, np.searchsorted(marks, escaped)) if len(escaped) else marks
        yield _strings(data, marks, _names(marks, newlines, never), never)


def _pairs(block: Block, pair: bytes) -> IntArray:
    return np.flatnonzero((block[:-1] == pair[0]) & (block[1:] == pair[1]))


def _next(places: IntArray, starts: IntArray, never: int) -> IntArray:
    """The first place from each start on."""
    found: IntArray = np.append(places, never)[np.searchsorted(places, starts)]
    return found


def _names(marks: IntArray, newlines: IntArray, never: int) -> Spans:
    """A name ends in its line: a mark that no other follows there is stepped over alone."""
    lines = _next(newlines, marks, never)
    ends = np.append(marks[1:] + 1, never)
    return Spans(marks, np.where(ends <= lines, ends, np.where(lines < never, marks + 1, never)))


def _strings(data: bytes, marks: IntArray, names: Spans, never: int) -> Spans:
    """What stands in double quotes: those of `names`, and values of rows that go on in the next lines."""
    alone = np.flatnonzero(names.ends == marks + 1)
    block = np.frombuffer(data, dtype=np.uint8)
    alone = alone[_BEFORE_VALUE[block[marks[alone] - 1]]]
    ends = names.ends.copy()
    for number in alone.tolist():
        mark, end = int(marks[number]), int(marks[number + 1]) + 1 if number + 1 < len(marks) else never
        opens = data[max(0, mark - _AROUND) : mark].rstrip()[-1:] in (b"(", b",") or data[mark - 1 : mark] == b'"'
        if opens and data[end : end + _AROUND].lstrip()[:1] in (b"", b")", b",", b'"'):
            ends[number] = end
    return Spans(marks, ends)


def _bodies(data: bytes, block: Block, never: int) -> Spans:
    """A body ends with the mark that it begins with."""
    dollars = np.flatnonzero(block == ord("$"))
    near = np.flatnonzero(np.diff(dollars) < _LONGEST_MARK)
    starts, behind = dollars[near], dollars[near + 1] + 1
    marks = TextBuffer(data).column(starts, behind)
    true = np.flatnonzero(marks.str.contains(_DOLLAR).to_numpy())
    codes = marks.gather(true).rank("dense").to_numpy().astype(np.int64)
    starts, sizes = starts[true], (behind - starts)[true]
    # of each mark the places stand together, in order
    keys = np.sort(codes * never + starts)
    found = np.append(keys, -1)[np.searchsorted(keys, codes * never + starts + sizes)]
    same = found // never == codes
    return Spans(starts, np.where(same, found % never + sizes, never))


def _copies(data: bytes, block: Block, semicolons: IntArray) -> dict[int, Copy]:
    """The lines that any COPY would bring, by the place behind its semicolon."""
    ends = semicolons[semicolons + 1 < len(block)] + 1
    ends = ends[_BEHIND[block[ends]]]
    if len(ends) > _FEW:
        letters = block | 32
        words = np.flatnonzero((letters[:-1] == ord("t")) & (letters[1:] == ord("d")))  # in stdin: mostly there is none
        ends = ends[np.searchsorted(words, ends) != np.searchsorted(words, ends - _LONGEST)]
    found = [(end, *said) for end in ends.tolist() if (said := _said(data, end))]
    if not found:
        return {}
    lasts, behind = _last_lines(block)
    starts = np.array([start for _, _, start in found], dtype=np.int64)
    which = np.searchsorted(lasts, starts)
    closed = zip(np.append(lasts, -1)[which].tolist(), np.append(behind, len(data) + 1)[which].tolist(), strict=True)
    return {at: Copy(said, start, *last) for (at, said, start), last in zip(found, closed, strict=True)}


def _said(data: bytes, end: int) -> tuple[int, int] | None:
    """Where FROM stdin stands before a semicolon, and where the next line begins."""
    low = max(0, end - _LONGEST)
    if b"stdin" not in data[max(low, data.rfind(b"\n", low, end)) : end].lower():
        return None
    before = max(low, data.rfind(b";", low, end - 1) + 1)
    said, after = _STDIN.search(data, before, end), _LINE_END.match(data, end)
    return (said.start(), after.end()) if said and after else None


def _last_lines(block: Block) -> tuple[IntArray, IntArray]:
    """Where the lines `\\.` begin, and where the next ones do."""
    dots = np.flatnonzero((block[:-2] == ord("\n")) & (block[1:-1] == ord("\\")) & (block[2:] == ord("."))) + 1
    padded = np.append(block, np.zeros(4, dtype=np.uint8))
    carriage = padded[dots + 2] == ord("\r")
    ended = padded[dots + 2 + carriage] == ord("\n")
    return dots[ended], (dots + 3 + carriage)[ended]
