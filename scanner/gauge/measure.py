"""Counts what was found in the batches of one split."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl

from scanner.columns import FieldProfile
from scanner.gauge import identify, places
from scanner.gauge.dates import days
from scanner.gauge.gauge import SAMPLES, Field, Gauge, Tally, of_table
from scanner.gauge.hashing import Hashing
from scanner.gauge.marks import Marks, Rows
from scanner.gauge.patterns import Patterns
from scanner.gauge.places import Place
from scanner.model import Batch, IntArray
from scanner.redact import masked
from scanner.values import values_of

_SIX = {(role, kind) for role in ("sender", "recipient") for kind in ("PERSON", "PHONE_NUMBER", "ADDRESS")}

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
            keys, key = self._keys(batch, profiles, found)
            clear = self._patterns.clear[found["pattern"].to_numpy()]
            for field, count in zip(keys, np.bincount(key[~clear], minlength=len(keys)).tolist(), strict=True):
                self._gauge.tally(field).masked += count
            if clear.any():
                self._clear(keys, self._hits(batch, found, key, number, clear), rows)
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

    def _keys(
        self, batch: Batch, profiles: Sequence[FieldProfile], found: pl.DataFrame
    ) -> tuple[list[Field], IntArray]:
        """The fields with findings, by column, and which of them each finding is of."""
        kinds = self._patterns.kinds
        pair = found["column"].to_numpy() * np.int64(len(kinds)) + self._patterns.kind[found["pattern"].to_numpy()]
        seen = np.flatnonzero(np.bincount(pair))
        keys = []
        for column, kind in (divmod(each, len(kinds)) for each in seen.tolist()):
            keys.append(Field(self._path, batch.columns[column].field, kinds[kind], profiles[column].role))
        index = np.zeros(int(seen[-1]) + 1, dtype=np.int64)
        index[seen] = np.arange(len(seen))
        return keys, index[pair]

    def _hits(self, batch: Batch, found: pl.DataFrame, key: IntArray, number: IntArray, clear: np.ndarray) -> _Hits:
        record = number[_rows(found, batch)]
        if not clear.all():
            found, key, record = found.filter(pl.Series(clear)), key[clear], record[clear]
        values, folded = values_of(found, batch)
        pattern = found["pattern"].to_numpy()
        kind = self._patterns.kind[pattern]
        return _Hits(
            values, folded, key, record, pattern, kind, self._hashing.of(folded, kind, pattern, self._patterns)
        )

    def _clear(self, keys: Sequence[Field], hits: _Hits, rows: Rows) -> None:
        order = np.argsort(hits.key, kind="stable")  # nearly sorted already
        bounds = np.searchsorted(hits.key[order], np.arange(len(keys) + 1)).tolist()
        for name, (low, high) in zip(keys, pairwise(bounds), strict=True):
            if low < high:
                here, tally = order[low:high], self._gauge.tally(name)
                tally.items += high - low
                tally.distinct.add(hits.hashes[here])
                tally.sample(_samples(hits, here, tally, name.entity_type))
                rows.mark(hits.record[here], self._marks.number(name))
        for place, record in self._places(hits):
            rows.mark(record, self._marks.number(place))
        self._people(keys, hits)

    def _places(self, hits: _Hits) -> Iterator[tuple[Place, IntArray]]:
        """Countries and provinces, and the records in which they occur."""
        for kind, tell in (("PHONE_NUMBER", places.of_phones), ("ADDRESS", places.of_addresses)):
            here = np.flatnonzero(hits.kind == self._patterns.number(kind))
            for pattern in np.flatnonzero(np.bincount(hits.pattern[here])).tolist():
                mine = here[hits.pattern[here] == pattern]
                for place, which in tell(hits.folded.gather(mine), pattern, self._patterns):
                    yield place, hits.record[mine[which]]

    def _people(self, keys: Sequence[Field], hits: _Hits) -> None:
        role = np.array([identify.ROLES.index(name.role) for name in keys])[hits.key]
        person, tier = identify.persons(hits.record, role), self._patterns.tier[hits.pattern]
        is_address = hits.kind == self._patterns.number("ADDRESS")
        everyone = identify.with_addressed(person, tier, hits.hashes, hits.kind, is_address)
        self._gauge.people.count(*everyone, self._patterns.kinds)


@dataclass(frozen=True, slots=True)
class _Hits:
    """Values in the clear, as they are and folded, with which field, record of the batch, pattern, kind and hash each
    has: int64 (n,)."""

    values: pl.Series
    folded: pl.Series
    key: IntArray
    record: IntArray
    pattern: IntArray
    kind: IntArray
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


def _rows(found: pl.DataFrame, batch: Batch) -> IntArray:
    """The row of each finding; the findings come by column."""
    rows, number = found["cell"].to_numpy().astype(np.int64), found["column"].to_numpy()
    for column in np.flatnonzero(np.bincount(number)).tolist():
        of_cell = batch.columns[column].rows
        if of_cell is not None:
            here = slice(*np.searchsorted(number, [column, column + 1]).tolist())
            rows[here] = of_cell[rows[here]]
    return rows


def _samples(hits: _Hits, here: IntArray, tally: Tally, entity_type: str) -> dict[int, str]:
    """The masked values of the smallest hashes, by hash: those that a tally may take up."""
    if len(tally.samples) == SAMPLES:
        here = here[hits.hashes[here] < max(tally.samples)]
    least = here[np.argpartition(hits.hashes[here], _LEAST)[:_LEAST]] if len(here) > _LEAST else here
    hashes, first = np.unique(hits.hashes[least], return_index=True)
    if len(hashes) < SAMPLES:  # these are all alike
        least = here
        hashes, first = np.unique(hits.hashes[here], return_index=True)
    if not len(hashes):
        return {}
    shown = masked(hits.values.gather(least[first[:SAMPLES]]), entity_type)
    return dict(zip(hashes[:SAMPLES].tolist(), shown.to_list(), strict=True))
