"""Raw JSON records to batches; what is not JSON goes on as text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from scanner.model import Batch, Column, IntArray, Issue
from scanner.readers.jsonfields import Field
from scanner.readers.jsonflat import Cells, Flat, flatten, spread
from scanner.readers.jsonkeys import encodable, is_action
from scanner.readers.jsonparse import BAD, BLANK, exact, parse
from scanner.readers.jsonplaces import JsonLocator
from scanner.readers.jsonraw import Anchored, Raw, moved
from scanner.readers.pieces import LongLine, is_long


@dataclass(frozen=True, slots=True)
class Problem:
    """What to report of records that are not read as JSON: `what` follows their number."""

    kind: str
    what: str

    def issue(self, line: int, count: int = 1) -> Issue:
        """The warning for `count` records, the first of them at physical line `line`."""
        message = f"{count} {'record is' if count == 1 else 'records are'} {self.what}"
        return Issue(self.kind, message, severity="warning", line=line, count=count)


NOT_JSON = Problem("not_json", "not valid JSON, scanned as text")
TOO_LONG = Problem("long_record", "too long to be parsed, scanned as text")


# The fields of some records, of one tree: so many come first, then so many of another.
Roots = Sequence[tuple[Field, int]]


def batches(roots: Roots, raw: Raw, longest: int, invalid: Problem = NOT_JSON) -> Iterator[Batch]:
    """Parse and flatten the records of `raw`; yields a batch, and the pieces of very long lines after it.

    None of `roots` is below another. A record that is not JSON, which is called `invalid`, or has more than `longest`
    bytes goes on as text lines. One that is null, or an action of a bulk request, has a number, but is not counted.
    """
    values = parse(raw.slices(), longest)
    begun = len(values) - values.count(None) - sum(map(is_action, values))
    for batch in _batches(roots, raw, values, longest, invalid):
        batch.begun, begun = begun, 0
        yield batch


def _batches(roots: Roots, raw: Raw, values: list[Any], longest: int, invalid: Problem) -> Iterator[Batch]:
    roots[0][0].forget()
    flat = _flat(roots, values)
    lossy = {index for index in raw.repeating(flat.keys) if values[index] is not BAD} | flat.floats
    if lossy:
        data = raw.text.padded
        for index in lossy:
            values[index] = exact(data[raw.begins[index] : raw.ends[index]])
        flat = _flat(roots, values)
    cells = [*_keys(roots, raw, values), *flat.cells]
    fields = frozenset(root for root, _ in roots)
    bad = np.array([index for index, value in enumerate(values) if value is BAD], dtype=np.int64)
    if not len(bad):
        yield _batch(fields, raw, cells)
        return
    problems = [TOO_LONG if long else invalid for long in raw.ends[bad] - raw.begins[bad] > longest]
    yield from _with_text(fields, raw, cells, bad, problems)


def _spans(roots: Roots) -> Iterator[tuple[Field, IntArray]]:
    """The rows of each field, ascending."""
    parts: defaultdict[Field, list[IntArray]] = defaultdict(list)
    at = 0
    for root, count in roots:
        parts[root].append(np.arange(at, at + count))
        at += count
    return ((root, np.concatenate(rows)) for root, rows in parts.items())


def _keys(roots: Roots, raw: Raw, values: list[Any]) -> Iterator[Cells]:
    """The keys of members of maps; those of members that are not JSON stand in their text."""
    if raw.members is None:
        return
    keys = raw.members.keys
    for root, rows in _spans(roots):
        if root.parent is not None and root.parent.names is not None:
            named = [row for row in rows.tolist() if keys[row] is not None and values[row] is not BAD]
            yield root.parent.names, [keys[row] for row in named], np.array(named, dtype=np.int64)


def _flat(roots: Roots, values: list[Any]) -> Flat:
    """The records as cells of fields that are not named after data."""
    good = [None if value is BAD else value for value in values]
    parts = [(root, [good[row] for row in rows.tolist()], rows) for root, rows in _spans(roots)]
    records = [cells for part in parts for cells in spread(*part)]
    flat = flatten(records, len(values))
    while roots[0][0].judge():
        flat = flatten(records, len(values))
    return flat


def _batch(roots: frozenset[Field], raw: Raw, cells: list[Cells], text_rows: IntArray | None = None) -> Batch:
    height = len(raw.records)
    columns = [Column(where.path, _series(values), _sparse(rows, height)) for where, values, rows in cells]
    fields: list[Field | None] = [where for where, _, _ in cells]
    if text_rows is not None and len(text_rows):
        values = raw.text.column(raw.starts[text_rows], raw.ends[text_rows])
        at = raw.starts[text_rows]
        origin = Anchored(raw).of(at, at * 0)[1] - 1
        columns.append(Column(None, values, _sparse(text_rows, height), origin if origin.any() else None))
        fields.append(None)
    return Batch(columns, raw.records, JsonLocator(roots, raw, fields, columns))


def _series(values: list[str]) -> pl.Series:
    try:
        return pl.Series(values, dtype=pl.String)
    except UnicodeEncodeError:
        return pl.Series(list(map(encodable, values)), dtype=pl.String)


def _sparse(rows: IntArray, height: int) -> IntArray | None:
    return None if len(rows) == height and bool((rows == np.arange(height)).all()) else rows


def _with_text(
    roots: frozenset[Field], raw: Raw, cells: list[Cells], bad: IntArray, problems: list[Problem]
) -> Iterator[Batch]:
    """Each record of `bad` makes way for its text lines; its item of `problems` says why."""
    good = np.setdiff1d(np.arange(len(raw.records)), bad)
    text = _text_lines(raw, bad)
    lines, long = text.pick(np.flatnonzero(~_long(text))), text.pick(np.flatnonzero(_long(text)))
    parts = raw.pick(good)
    records = np.concatenate((parts.records, lines.records))
    starts = np.concatenate((parts.starts, lines.starts))
    order = np.lexsort((starts, records))
    row_of = np.empty(len(order), dtype=np.int64)
    row_of[order] = np.arange(len(order))
    ends = np.concatenate((parts.ends, lines.ends))
    rows = replace(raw, starts=starts, ends=ends, records=records, members=None).pick(order)
    cells = [(where, values, row_of[np.searchsorted(good, at)]) for where, values, at in cells]
    batch = _batch(roots, rows, cells, row_of[len(good) :])
    if len(text.records):
        batch.issues += _issues(raw, text, bad, problems)
        yield batch
    elif len(good):
        yield batch
    yield from _pieces(long)


def _issues(raw: Raw, text: Raw, bad: IntArray, problems: list[Problem]) -> Iterator[Issue]:
    """One for each kind of problem; records without `text` are blank and no problem."""
    filled = np.isin(raw.records[bad], text.records)
    for problem in dict.fromkeys(problems):
        at = bad[filled & np.array([each is problem for each in problems])]
        if len(at):
            first = text.starts[text.records == raw.records[at[0]]][:1]
            yield problem.issue(int(Anchored(raw).of(first, first * 0)[0][0]), len(at))


def _text_lines(raw: Raw, bad: IntArray) -> Raw:
    """The lines of some records, without blank ones and line ends."""
    spans = []
    for index in bad.tolist():
        start, end = int(raw.starts[index]), int(raw.ends[index])
        for line in raw.text.padded[start:end].split(b"\n"):
            if line.strip(BLANK):
                spans.append((start, start + len(line.removesuffix(b"\r")), raw.records[index]))
            start += len(line) + 1
    starts, ends, records = np.array(spans, dtype=np.int64).reshape(-1, 3).T
    return replace(raw, starts=starts, ends=ends, records=records, members=None)


def _long(raw: Raw) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return np.array([is_long(line) for line in raw.slices()], dtype=np.bool_)


def _pieces(long: Raw) -> Iterator[Batch]:
    lines, columns = Anchored(long).of(long.starts, np.zeros(len(long.starts), dtype=np.int64))
    for text, line, column, record in zip(long.slices(), lines, columns, long.records, strict=True):
        pieces = LongLine(int(line), int(record)).feed(text.decode(), last=True)
        yield from moved(pieces, int(line), int(column))
