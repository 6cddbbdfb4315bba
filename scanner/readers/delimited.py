"""CSV, TSV and their kin: a column a field, ragged rows as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from scanner.model import Batch, Column, IntArray, Issue
from scanner.readers.csvrows import MAX_RECORD, Fields, fields
from scanner.readers.dialect import Dialect
from scanner.readers.pieces import LongLine, stream_line
from scanner.views import Places, TextBuffer, line_feeds

_TOGETHER = 1 << 16  # cells

Flags = npt.NDArray[np.bool_]


def read(
    blocks: Iterable[bytes], dialect: Dialect, *, line: int = 1, record: int = 1, top: bool = True
) -> Iterator[Batch]:
    """Read rows from valid UTF-8 blocks; `line` and `record` number the first row, `top` says it is the file's first.

    Blank lines are no records. A row with another number of fields comes whole, as text without a field name. A
    row of more than `MAX_RECORD` bytes is read as text, in pieces.
    """
    dropped = dialect.no_records if top else ()
    blocks = iter(blocks)
    carry = b""
    for block in blocks:
        carry += block
        if len(carry) > MAX_RECORD and b"\n" not in carry:
            carry = yield from stream_line(LongLine(line, record), carry, blocks)
            line, record = line + 1, record + 1
        rows = Rows.cut(carry, dialect.delimiter, dropped, final=False)
        yield from rows.batches(dialect, line, record)
        line, record, carry = line + rows.lines, record + len(rows.first), carry[rows.found.consumed :]
        dropped = _below(dropped, int(rows.found.last.sum()))
    if carry:
        yield from Rows.cut(carry, dialect.delimiter, dropped, final=True).batches(dialect, line, record)


def count(block: bytes, dialect: Dialect, *, top: bool) -> tuple[int, int]:
    """How many bytes of a block that begins with a row are whole rows, and how many records `read` makes of them."""
    rows = Rows.cut(block, dialect.delimiter, dialect.no_records if top else (), final=False, whole=True)
    return rows.found.consumed, len(rows.first)


def _below(dropped: Sequence[int], rows: int) -> tuple[int, ...]:
    """The numbers of rows after `rows` rows were read, without those that were among them."""
    return tuple(number - rows for number in dropped if number >= rows)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one block: `first` and `last` field of each that is a record; int64 arrays (n,)."""

    data: bytes
    found: Fields
    first: IntArray
    last: IntArray

    @classmethod
    def cut(cls, data: bytes, delimiter: int, dropped: Sequence[int], *, final: bool, whole: bool = False) -> Rows:
        """Cut a block into rows, leaving out blank lines and the rows that are no records (numbers `dropped`).

        With `whole` the fields of a row may come as one.
        """
        found = fields(data, delimiter, final=final, whole=whole)
        last = np.flatnonzero(found.last)
        first = np.concatenate((np.zeros(min(len(last), 1), dtype=np.int64), last[:-1] + 1))
        keep = (last > first) | (found.ends[last] > found.starts[last])
        keep[[number for number in dropped if number < len(keep)]] = False
        return cls(data, found, first[keep], last[keep])

    @property
    def lines(self) -> int:
        """Physical lines that the whole rows take."""
        return line_feeds(self.data, self.found.consumed)

    def batches(self, dialect: Dialect, line: int, record: int) -> Iterator[Batch]:
        """One batch of all rows; very long ones come as text pieces in batches of their own."""
        sizes = self.found.ends[self.last] - self.found.starts[self.first]
        long = np.flatnonzero(sizes > MAX_RECORD)
        rows = np.delete(np.arange(len(self.first)), long)
        if len(rows):
            yield self._batch(dialect, rows, line, record)
        for row in long.tolist():
            start, end = self.found.starts[self.first[row]], self.found.ends[self.last[row]]
            at = line + self.data.count(b"\n", 0, start)
            yield from LongLine(at, record + row).feed(self.data[start:end].decode(), last=True)

    def _batch(self, dialect: Dialect, rows: IntArray, line: int, record: int) -> Batch:
        text = TextBuffer(self.data[: self.found.consumed])
        first, last = self.first[rows], self.last[rows]
        width = len(dialect.names)
        regular = last - first + 1 == width
        index = None if regular.all() else np.flatnonzero(regular)
        heads = first[regular]
        cells = list(self._columns(text, heads, width))
        columns = [Column(name, cell.values, index) for name, cell in zip(dialect.names, cells, strict=True)]
        issues: list[Issue] = []
        if index is not None:
            ragged = np.flatnonzero(~regular)
            starts, ends = self.found.starts[first[ragged]], self.found.ends[last[ragged]]
            whole = Cells(text.column(starts, ends), starts, np.zeros(len(starts), dtype=np.bool_))
            cells.append(whole)
            columns.append(Column(None, whole.values, ragged))
            issues.append(_ragged(width, line + self.data.count(b"\n", 0, int(starts[0])), len(ragged)))
        return Batch(columns, record + rows, CellLocator(text, line, cells), issues, len(rows))

    def _columns(self, text: TextBuffer, heads: IntArray, width: int) -> Iterator[Cells]:
        """The cells of each column of the rows that begin with the fields `heads`; short columns are cut together."""
        height = len(heads)
        step = max(1, _TOGETHER // max(1, height))
        for first in range(0, width, step):
            numbers = np.arange(first, min(first + step, width))
            several = self._cells(text, (heads + numbers[:, None]).ravel())
            for index in range(len(numbers)):
                yield several.part(index * height, height)

    def _cells(self, text: TextBuffer, numbers: IntArray) -> Cells:
        quoted = self.found.quoted[numbers]
        starts, ends = self.found.starts[numbers] + quoted, self.found.ends[numbers] - quoted
        values = text.column(starts, ends)
        doubled = np.zeros(len(starts), dtype=np.bool_)
        if self.found.doubled and quoted.any():
            doubled = quoted & values.str.contains('""', literal=True).to_numpy()
            unescaped = values.str.replace_all('""', '"', literal=True)
            values = pl.select(pl.when(pl.Series(doubled)).then(unescaped).otherwise(values)).to_series()
        return Cells(values, starts, doubled)


def _ragged(width: int, line: int, count: int) -> Issue:
    message = f"rows that do not have {width} fields were read as plain text"
    return Issue("ragged_rows", message, severity="warning", line=line, count=count)


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of one column: values, byte offsets (n,) of their text, and which hold doubled quotes (n,)."""

    values: pl.Series
    starts: IntArray
    doubled: Flags

    def part(self, start: int, count: int) -> Cells:
        """Some of these cells, one after another."""
        to = start + count
        return Cells(self.values.slice(start, count), self.starts[start:to], self.doubled[start:to])


class CellLocator:
    """Finds values of delimited text in their block."""

    def __init__(self, text: TextBuffer, line: int, columns: list[Cells]) -> None:
        """`line` is the physical line at which `text` begins."""
        self._text, self._line, self._columns = text, line, columns
        self._places: Places | None = None

    def locate(self, column: int, cells: IntArray, starts: IntArray) -> tuple[IntArray, IntArray]:
        """See `Locator`."""
        self._places = self._places or Places(self._text, self._line)
        where = self._columns[column]
        shift = starts.copy()
        for index in np.flatnonzero(where.doubled[cells]).tolist():
            head = where.values[int(cells[index])][: int(starts[index])]
            shift[index] += head.count('"')
        return self._places.of(where.starts[cells], shift)
