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
from scanner.model import Batch, IntArray
from scanner.redact import masked
from scanner.values import with_values

_SIX = {(role, kind) for role in ("sender", "recipient") for kind in ("PERSON", "PHONE_NUMBER", "ADDRESS")}

# What a record may be marked with: what a field of it holds; a country, and perhaps its province; its table.
Tag = Field | tuple[str, str | None] | str


class Measure:
    """The counts of one split of the file `path`."""

    def __init__(self, path: str, hashing: Hashing, *, tables: bool) -> None:
        """`tables`: fields are `table.column`, and each table has its own record numbers."""
        self._path, self._tables, self._hashing = path, tables, hashing
        self._gauge = Gauge()
        self._marks: Marks[Tag] = Marks()

    def add(self, batch: Batch, profiles: Sequence[FieldProfile], found: pl.DataFrame) -> None:
        """Count a batch, of which each column has a profile, and what was found in it.

        `found`: `column`, `cell`, `start`, `end` as in `model.CANDIDATES`, `entity_type`, `rule_id`, `state`,
        `calling_code` (String).
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
            clear = (found["state"] == "clear").to_numpy()
            self._masked(keys, key[~clear])
            values = with_values(found.filter(pl.Series(clear)), batch)
            if values.height:
                at = number[_rows(found, batch)[clear]]
                hits = _Hits(values, key[clear], at, self._hashing.of(values))
                self._clear(keys, hits, rows)
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
                elif not isinstance(tag, Field):
                    self._place(*tag, count)
            gauge.combinations[tuple(sorted({key.entity_type for key in held}))] += count
            gauge.dimensions[len(_SIX.intersection((key.role, key.entity_type) for key in held))] += count
        gauge.days = self._marks.days
        return gauge

    def _place(self, country: str, province: str | None, count: int) -> None:
        if province is None:
            self._gauge.countries[country] += count
        else:
            self._gauge.provinces[country, province] += count

    def _keys(
        self, batch: Batch, profiles: Sequence[FieldProfile], found: pl.DataFrame
    ) -> tuple[list[Field], IntArray]:
        """The fields with findings, by column, and which of them each finding is of."""
        kinds = found["entity_type"].unique().sort().to_list()
        kind = found["entity_type"].replace_strict(kinds, list(range(len(kinds))), return_dtype=pl.Int64)
        pairs, key = np.unique(found["column"].to_numpy() * len(kinds) + kind.to_numpy(), return_inverse=True)
        keys = []
        for column, number in (divmod(pair, len(kinds)) for pair in pairs.tolist()):
            keys.append(Field(self._path, batch.columns[column].field, kinds[number], profiles[column].role))
        return keys, key

    def _masked(self, keys: Sequence[Field], key: IntArray) -> None:
        for name, count in zip(keys, np.bincount(key, minlength=len(keys)).tolist(), strict=True):
            if count:
                self._gauge.tally(name).masked += count

    def _clear(self, keys: Sequence[Field], hits: _Hits, rows: Rows) -> None:
        order = np.argsort(hits.key, kind="stable")
        bounds = np.searchsorted(hits.key[order], np.arange(len(keys) + 1)).tolist()
        for name, (low, high) in zip(keys, pairwise(bounds), strict=True):
            if low < high:
                here, tally = order[low:high], self._gauge.tally(name)
                tally.items += high - low
                tally.distinct.add(hits.hashes[here])
                tally.sample(_samples(hits, here, tally, name.entity_type))
                rows.mark(hits.record[here], self._marks.number(name))
        for tag, record in _told(hits):
            rows.mark(record, self._marks.number(tag))
        self._people(keys, hits)

    def _people(self, keys: Sequence[Field], hits: _Hits) -> None:
        role = np.array([identify.ROLES.index(name.role) for name in keys])[hits.key]
        kinds = [name.entity_type for name in keys]
        person, tier = (
            identify.persons(hits.record, role),
            identify.tiers(hits.rows["entity_type"], hits.rows["rule_id"]),
        )
        is_address = (hits.rows["entity_type"] == "ADDRESS").to_numpy()
        everyone = identify.with_addressed(person, tier, hits.hashes, hits.key, is_address)
        self._gauge.people.count(*everyone, kinds)


@dataclass(frozen=True, slots=True)
class _Hits:
    """Clear values: `rows` with `value`, `folded`; which field, which record of the batch and what hash each has."""

    rows: pl.DataFrame
    key: IntArray
    record: IntArray
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
    for column in np.unique(number).tolist():
        of_cell = batch.columns[column].rows
        if of_cell is not None:
            here = slice(*np.searchsorted(number, [column, column + 1]).tolist())
            rows[here] = of_cell[rows[here]]
    return rows


def _samples(hits: _Hits, here: IntArray, tally: Tally, entity_type: str) -> dict[int, str]:
    """The masked values of the smallest hashes, by hash: those that a tally may take up."""
    if len(tally.samples) == SAMPLES:
        here = here[hits.hashes[here] < max(tally.samples)]
    hashes, first = np.unique(hits.hashes[here], return_index=True)
    if not len(hashes):
        return {}
    shown = masked(hits.rows["value"].gather(here[first[:SAMPLES]]), entity_type)
    return dict(zip(hashes[:SAMPLES].tolist(), shown.to_list(), strict=True))


def _told(hits: _Hits) -> Iterator[tuple[Tag, IntArray]]:
    """Countries and provinces, and the records in which they occur."""
    kinds = hits.rows["entity_type"]
    for kind, tell in (("PHONE_NUMBER", places.of_phones), ("ADDRESS", places.of_addresses)):
        which = (kinds == kind).arg_true()
        told = tell(hits.rows[which]).with_columns(record=pl.Series(hits.record[which.to_numpy()]))
        known = told.drop_nulls("country")
        for (country, province), part in known.partition_by("country", "province", as_dict=True).items():
            record = part["record"].to_numpy()
            yield (country, None), record
            if province is not None:
                yield (country, province), record
