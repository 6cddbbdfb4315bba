"""Findings of a file as groups: counts, records, distinct values, the first places, a few samples.

What was gathered in parts of a file adds up, in the order of the file. Its size has a bound: `MAX` groups, each with a
few places and samples and a sketch of at most 128 KiB, of 32 KiB where there are many.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

import numpy as np
import orjson
import polars as pl

from scanner.gauge.distinct import Distinct
from scanner.gauge.gauge import of_table
from scanner.model import Batch
from scanner.sinks.found import PLACES

MAX = 2000  # groups of a file, and names of its columns
_MANY, _LOG_K = 500, 12
_SAMPLES = 3
_OTHERS = "(other fields)"
_KEYS = ("field", "entity_type", "state", "rule_id", "role")
_PLACE = ("line", "column", "record", "fingerprint")


class Key(NamedTuple):
    """What tells the groups of a file apart; `rule_id` or `role` may be left out."""

    field: str | None
    entity_type: str
    state: str
    rule_id: str | None
    role: str | None


class Spot(NamedTuple):
    """Where a value begins, as in a finding."""

    line: int | None
    column: int | None
    record: int
    fingerprint: str


@dataclass(slots=True)
class Tally:
    """One group; `first` and `last` are its outermost records, `samples` masked values by the smallest hashes."""

    count: int = 0
    records: int = 0
    first: int | None = None
    last: int | None = None
    spots: list[Spot] = field(default_factory=list)
    samples: dict[int, str] = field(default_factory=dict)
    distinct: Distinct = field(default_factory=Distinct)

    def add(self, other: Tally) -> None:
        """Take up what follows; a record may go on in it."""
        self.count += other.count
        self.records += other.records - (self.last is not None and self.last == other.first)
        self.first = other.first if self.first is None else self.first
        self.last = other.last
        self.spots += other.spots[: PLACES - len(self.spots)]
        self.samples = dict(sorted((self.samples | other.samples).items())[:_SAMPLES])
        self.distinct |= other.distinct

    def parts(self) -> list[Any]:
        """What JSON can hold of it, in the order of the fields."""
        spots, samples = [tuple(spot) for spot in self.spots], list(self.samples.items())
        return [self.count, self.records, self.first, self.last, spots, samples, self.distinct.dump()]


@dataclass(slots=True)
class Gather:
    """What was found in a part of a file, by kind; the columns that were seen, and the records of each table."""

    tallies: dict[Key, Tally] = field(default_factory=dict)
    columns: dict[str, None] = field(default_factory=dict)
    tables: dict[str, int] = field(default_factory=dict)

    def see(self, batch: Batch, *, tables: bool) -> None:
        """Take up the names of a batch's columns; `tables`: they are `table.column`, and records count by table."""
        for column in batch.columns:
            if column.field is None:
                continue
            self._name(column.field)
            name = of_table(column.field) if tables else None
            if name is not None and batch.height:
                records = batch.records if column.rows is None else batch.records[column.rows]
                self.tables[name] = max(self.tables.get(name, 0), int(records.max(initial=0)))

    def _name(self, column: str) -> None:
        if len(self.columns) < MAX:
            self.columns.setdefault(column)

    def add(self, frame: pl.DataFrame, without: str) -> None:
        """Take up findings (`model.FINDINGS`), told apart `without` one of `rule_id` and `role`."""
        if frame.is_empty():
            return
        digests = np.frombuffer(bytes.fromhex("".join(frame["fingerprint"].to_list())), dtype=np.int64)[::2]
        rows = frame.select(*_PLACE, "masked", *(name for name in _KEYS if name != without)).with_columns(
            pl.lit(None, pl.String).alias(without), hash=pl.Series(digests)
        )
        for key, mine in rows.group_by(_KEYS, maintain_order=True):
            self._tally(Key(*key)).add(_tally(mine))

    def _tally(self, key: Key) -> Tally:
        if key not in self.tallies and len(self.tallies) >= MAX:
            key = key._replace(field=_OTHERS, role=None)
        return self.tallies.setdefault(key, Tally())

    def merge(self, other: Gather) -> None:
        """Take up the part that follows."""
        for key, tally in other.tallies.items():
            mine = self._tally(key)
            mine.add(tally)
            if len(self.tallies) > _MANY:
                mine.distinct = mine.distinct.cut(_LOG_K)
        for name in other.columns:
            self._name(name)
        for name, count in other.tables.items():
            self.tables[name] = max(self.tables.get(name, 0), count)

    def dump(self) -> bytes:
        """All of it as JSON."""
        tallies = [[tuple(key), *tally.parts()] for key, tally in self.tallies.items()]
        return orjson.dumps({"tallies": tallies, "columns": list(self.columns), "tables": self.tables})

    @classmethod
    def load(cls, data: bytes) -> Self:
        """What `dump` gave."""
        known: Mapping[str, Any] = orjson.loads(data)
        found = cls(columns=dict.fromkeys(known["columns"]), tables=known["tables"])
        for key, count, records, first, last, spots, samples, distinct in known["tallies"]:
            places = [Spot(*spot) for spot in spots]
            sketch = Distinct.load(distinct)
            found.tallies[Key(*key)] = Tally(count, records, first, last, places, dict(samples), sketch)
        return found


def _tally(rows: pl.DataFrame) -> Tally:
    """The findings of one kind, in their order."""
    records = rows["record"]
    few = rows.select("hash", "masked").unique("hash").bottom_k(_SAMPLES, by="hash").sort("hash")
    tally = Tally(len(rows), records.n_unique(), records[0], records[-1])
    tally.spots = [Spot(*spot) for spot in rows.select(_PLACE).head(PLACES).iter_rows()]
    tally.samples = dict(few.iter_rows())
    tally.distinct.add(rows["hash"].to_numpy())
    return tally
