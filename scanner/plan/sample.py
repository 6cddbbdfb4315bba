"""Random blocks of a file in place of all of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from random import Random

import numpy as np

from scanner.decode import read_full
from scanner.plan.split import SECOND, Split
from scanner.readers.csvrows import fields
from scanner.sources import open_source

_BLOCKS = 64  # that are read of a file when there are enough: so many tell how much they differ
_LEAST = 16  # with fewer the intervals mean nothing
_SMALLEST, _LARGEST = 64 << 10, 4 << 20  # bytes of a block
_LINES, _ROWS = 64, 4  # that are looked at for the start of a record
_LINE = 64 << 20  # bytes in which a line must end


@dataclass(frozen=True, slots=True)
class Sample:
    """How much of each large file is read: a share from 0 to 1 of its blocks, chosen by a seed."""

    share: float
    seed: int = 0

    def splits(self, whole: Split) -> Iterator[Split]:
        """Blocks of a plain file whose records end with lines, in order; nothing where it is too small to choose.

        A record belongs to the block in which it begins.
        """
        size = whole.end or 0
        block = int(min(max(size * self.share / _BLOCKS, _SMALLEST), _LARGEST))
        count = size // block
        chosen = max(_LEAST, round(self.share * count))
        if 2 * chosen > count or whole.encoding.cr:
            return
        numbers = Random(f"{self.seed} {whole.source.path}").sample(range(count), chosen)
        for place, number in enumerate(sorted(numbers)):
            start = _record(whole, size * number // count)
            end = size if number == count - 1 else _record(whole, size * (number + 1) // count)
            yield replace(
                whole,
                start=start,
                end=max(start, end),
                record=1 + start,  # tells the records of blocks apart
                top=number == 0,
                last=place == chosen - 1,
                blocks=(count, chosen),
            )


def _record(whole: Split, at: int) -> int:
    """Where the first record begins from a byte on: the first line that is followed by rows of the usual width.

    Cells of delimited text may hold line ends. Where no line is near, records are taken to be lines.
    """
    line, dialect = _line(whole, at), whole.format.dialect
    if at == 0 or dialect is None or len(dialect.names) < 2 or dialect.delimiter >= SECOND:
        return line
    with closing(open_source(whole.source, line, whole.end)) as stream:
        data = read_full(stream, 1 << 16)
    start = 0
    for _ in range(_LINES):
        ends = np.flatnonzero(fields(data[start:], dialect.delimiter, final=False).last)[:_ROWS]
        if len(ends) and (np.diff(ends, prepend=-1) == len(dialect.names)).all():
            return line + start
        start = data.find(b"\n", start) + 1
        if not start:
            break
    return line


def _line(whole: Split, at: int) -> int:
    """Where the first line begins from a byte on."""
    if at == 0:
        return 0
    with closing(open_source(whole.source, at - 1, whole.end)) as stream:
        data, seen = read_full(stream, 1 << 16), 0
        while data and seen < _LINE:
            found = data.find(b"\n")
            if found >= 0:
                return at + seen + found
            seen += len(data)
            data = read_full(stream, 1 << 20)
    return min(at + seen, whole.end or at)
