"""Counts what was found in the batches of one split."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from scanner.columns import FieldProfile
from scanner.gauge import identify, places
from scanner.gauge.dates import days
from scanner.gauge.gauge import SAMPLES, Field, Gauge, Tally, of_table
from scanner.gauge.hashing import Hashing
from scanner.gauge.marks import Marks, Rows
from scanner.gauge.patterns import Patterns
from scanner.gauge.people import NAME, Identifiers
from scanner.gauge.places import Place
from scanner.model import Batch, IntArray
from scanner.redact import masked
from scanner.values import Spans

_SIX = {(role, kind) for role in ("sender", "recipient") for kind in ("PERSON", "PHONE_NUMBER", "ADDRESS")}

_TELL = {"PHONE_NUMBER": places.of_phones, "ADDRESS": places.of_addresses}
_SPAN = ("cell", "start", "end", "pattern")
_LEAST = 64  # values among which samples are looked for first

# What a record may be marked with: what a field of it holds, where that is, its table.
Tag = Field | Place | str


class Measure:
    """The counts of one split of the file `path`."""

    def __init__(
        self, path: str, patterns: Patterns, hashing: Hashing, *, tables: bool, known: Gauge | None = None
    ) -> None:
        """`tables`: fields are `table.column`, and each table has its own record numbers.

        The counts are to be added to what is `known`.
        """
        self._path, self._patterns, self._hashing, self._tables = path, patterns, hashing, tables
        self._gauge = Gauge.after(known) if known else Gauge()
        self._marks: Marks[Tag] = Marks()

    def add(self, batch: Batch, profiles: Sequence[FieldProfile], found: pl.DataFrame) -> None:
        """Count a batch, of which each column has a profile, and what was found in it.

        `found`: `column`, `cell`, `start`, `end`, `pattern` as in `model.CANDIDATES`, sorted by column.
        """
        if not batch.height:
            return
        tables = _tables(batch) if self._tables else {}
        rows, number = _records(batch, tables)
        rows.see(number, days(batch))
        for name, at in tables.items():
            rows.mark(number[at], self._marks.number(name))
        if found.height:
            self._hits(list(self._values(batch, profiles, found, number)), rows)
        self._marks.add(rows, batch.begun)

    def finish(self) -> Gauge:
        """All counts of the split."""
        gauge = self._gauge
        for tags, count in self._marks.counted():
            held = [tag for tag in tags if isinstance(tag, Field)]
            for key in held:
                gauge.tally(key).records += count
            for tag in tags:
                if isinstance(tag, str):
                    gauge.tables[self._path, tag] += count
            where = [tag for tag in tags if isinstance(tag, Place)]
            gauge.countries.update(dict.fromkeys({place.country for place in where}, count))
            gauge.provinces.update({(country, part): count for country, part in where if part is not None})
            gauge.combinations[tuple(sorted({key.entity_type for key in held}))] += count
            gauge.dimensions[len(_SIX.intersection((key.role, key.entity_type) for key in held))] += count
        gauge.days = self._marks.days
        return gauge

    def _values(
        self, batch: Batch, profiles: Sequence[FieldProfile], found: pl.DataFrame, number: IntArray
    ) -> Iterator[_Values]:
        """The values in the clear of each field; what is masked is only counted."""
        cell, start, end, pattern = (found[name].to_numpy().astype(np.int64) for name in _SPAN)
        kind, clear = self._patterns.kind[pattern], self._patterns.clear[pattern]
        bounds = np.searchsorted(found["column"].to_numpy(), np.arange(len(batch.columns) + 1)).tolist()
        for column, profile, low, high in zip(batch.columns, profiles, bounds, bounds[1:], strict=False):
            for each in np.flatnonzero(np.bincount(kind[low:high])).tolist():
                field = Field(self._path, column.field, self._patterns.kinds[each], profile.role)
                mine = low + np.flatnonzero((kind[low:high] == each) & clear[low:high])
                tally = self._gauge.tally(field)
                tally.masked += int(np.count_nonzero(kind[low:high] == each)) - len(mine)
                if len(mine):
                    tally.items += len(mine)
                    spans = Spans(column, cell[mine], start[mine], end[mine])
                    folded, rules = spans.folded(), pattern[mine]
                    hashes = self._hashing.of(folded, each, rules, self._patterns)
                    yield _Values(field, tally, spans, folded, number[spans.rows()], rules, each, hashes)

    def _hits(self, fields: Sequence[_Values], rows: Rows) -> None:
        for each in fields:
            each.tally.distinct.add(each.hashes)
            each.tally.sample(_samples(each))
            rows.mark(each.record, self._marks.number(each.field))
            for place, record in self._places(each):
                rows.mark(record, self._marks.number(place))
        if fields:
            self._people(fields)

    def _places(self, values: _Values) -> Iterator[tuple[Place, IntArray]]:
        """Countries and provinces, and the records in which they occur."""
        tell = _TELL.get(values.field.entity_type)
        if tell is None:
            return
        for pattern in np.flatnonzero(np.bincount(values.pattern)).tolist():
            mine = np.flatnonzero(values.pattern == pattern)
            for place, which in tell(values.folded.gather(mine), pattern, self._patterns):
                yield place, values.record[mine[which]]

    def _people(self, fields: Sequence[_Values]) -> None:
        persons = identify.persons([each.record for each in fields], [each.field.role for each in fields])
        parts = [part for each, person in zip(fields, persons, strict=True) for part in self._identifiers(each, person)]
        names = [part for part in parts if part.tier == NAME]
        addresses = [part for part in parts if part.entity_type == "ADDRESS"]
        self._gauge.people.count([*parts, *identify.addressed(names, addresses)])

    def _identifiers(self, values: _Values, person: IntArray) -> Iterator[Identifiers]:
        """The values of a field by their tier; those of `NONE` tell nobody apart."""
        tiers = self._patterns.tier[values.pattern]
        for tier in np.flatnonzero(np.bincount(tiers)).tolist():
            mine = tiers == tier
            yield Identifiers(tier, values.field.entity_type, person[mine], values.hashes[mine])


@dataclass(frozen=True, slots=True)
class _Values:
    """The values in the clear of one type in one field: where they are, `folded` without look-alikes, and which record
    of the batch, pattern and hash each has: int64 (n,); `kind` is the number of the type."""

    field: Field
    tally: Tally
    spans: Spans
    folded: pl.Series
    record: IntArray
    pattern: IntArray
    kind: int
    hashes: IntArray


def _tables(batch: Batch) -> dict[str, IntArray]:
    """The rows of each table."""
    rows: dict[str, list[IntArray]] = {}
    for column in batch.columns:
        name = of_table(column.field)
        if name is not None:
            rows.setdefault(name, []).append(np.arange(batch.height) if column.rows is None else column.rows)
    return {name: np.unique(np.concatenate(parts)) for name, parts in rows.items()}


def _records(batch: Batch, tables: Mapping[str, IntArray]) -> tuple[Rows, IntArray]:
    """The records of a batch, and which of them each row belongs to: neighbouring rows may be of one record."""
    record, table = batch.records, np.zeros(batch.height, dtype=np.int64)
    for name, rows in tables.items():
        table[rows] = _number(name)
    first = np.append(True, (record[1:] != record[:-1]) | (table[1:] != table[:-1]))
    return Rows.of(record[first], table[first]), np.cumsum(first) - 1


def _number(name: str) -> int:
    """A number for the name of a table, the same in all batches."""
    return int.from_bytes(hashlib.blake2b(name.encode(errors="replace"), digest_size=7).digest())


def _samples(values: _Values) -> dict[int, str]:
    """The masked values of the smallest hashes, by hash: those that a tally may take up."""
    samples, hashes = values.tally.samples, values.hashes
    here = np.flatnonzero(hashes <= max(samples)) if len(samples) == SAMPLES else np.arange(len(hashes))
    if not len(here):
        return {}
    least = np.partition(hashes[here], _LEAST)[:_LEAST] if len(here) > _LEAST else hashes[here]
    few = np.unique(least)
    if len(few) < SAMPLES:  # these are all alike
        few = np.unique(hashes[here])
    mine = here[np.isin(hashes[here], few[:SAMPLES])]
    spelled = pl.DataFrame({"hash": hashes[mine], "text": values.spans.at(mine).texts()}).unique()
    shown = spelled.with_columns(shown=masked(spelled["text"], values.field.entity_type))
    return dict(shown.group_by("hash").agg(pl.col("shown").min()).iter_rows())
