"""What was counted in a part of a leak; parts add up, in any order and grouping, to the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

import orjson

from scanner.gauge.distinct import LOG_K, Distinct, union
from scanner.gauge.people import People

SAMPLES = 3
MAX_FIELDS = 5000  # beyond which the last ones are counted together: files without end bring fields without end
_ROOM = MAX_FIELDS << 12  # hashes of all fields, 160 MiB: each keeps 16,384 up to 1,250 fields, 4,096 at the most

Types = tuple[str, ...]  # sorted entity types


def of_table(field: str | None) -> str | None:
    """The table of a field `table.column`; None for a path within a record and for a mere column."""
    table, dot, _ = (field or "").rpartition(".")
    return table if dot and not table.startswith("$") else None


class Field(NamedTuple):
    """One type in one field of a file."""

    path: str
    field: str | None
    entity_type: str
    role: str | None


def _order(key: Field) -> tuple[str, ...]:
    return tuple(part or "" for part in key)


@dataclass(slots=True)
class Tally:
    """Values of one field: clear ones, those masked already, records with a clear one, distinct values.

    `samples`: masked values by the hash of the value; the smallest hashes are kept, so that parts add up.
    """

    items: int = 0
    masked: int = 0
    records: int = 0
    distinct: Distinct = field(default_factory=Distinct)
    samples: dict[int, str] = field(default_factory=dict)

    def add(self, other: Tally) -> None:
        """Take up those of another part."""
        self.items += other.items
        self.masked += other.masked
        self.records += other.records
        self.distinct |= other.distinct
        self.sample(other.samples)

    def sample(self, more: dict[int, str]) -> None:
        """Take up samples: of the spellings of one value the first in order, so that it is the same for all orders."""
        both = self.samples | {number: min(text, self.samples.get(number, text)) for number, text in more.items()}
        self.samples = dict(sorted(both.items())[:SAMPLES])


@dataclass(slots=True)
class Gauge:
    """Counts of a part of a leak.

    Records: by path and table, of formats with several (`tables`), by the set of clear types that they hold
    (`combinations`), by how many of sender's and recipient's name, phone and address (`dimensions`), by country, by
    country and province, by day since 1970. Values: by entity type, of parts that were added; see `distinct`.
    """

    fields: dict[Field, Tally] = field(default_factory=dict)
    values: dict[str, Distinct] = field(default_factory=dict)
    tables: Counter[tuple[str, str]] = field(default_factory=Counter)
    combinations: Counter[Types] = field(default_factory=Counter)
    dimensions: Counter[int] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    provinces: Counter[tuple[str, str]] = field(default_factory=Counter)
    days: Counter[int] = field(default_factory=Counter)
    people: People = field(default_factory=People)
    known: Gauge | None = None

    @classmethod
    def after(cls, known: Gauge) -> Self:
        """Counts of a part that is to be added to what is `known`: without the hashes that would be dropped then."""
        return cls(people=People(known=known.people), known=known)

    def of_file(self, path: str) -> Self:
        """Forget the fields of another file than `path`, where files come one after another."""
        if any(key.path not in ("", path) for key in self.fields):
            self.fields.clear()
        return self

    def tally(self, key: Field) -> Tally:
        """The tally of a field."""
        if key not in self.fields:
            self.fields[key] = self.known.following(key) if self.known else Tally()
        return self.fields[key]

    def following(self, key: Field) -> Tally:
        """An empty tally of more values of a field: only hashes that still matter, to it or to its type, are kept."""
        if key not in self.fields:
            return Tally()
        mine = self.fields[key]
        limit = max(mine.distinct.limit, self.distinct(key.entity_type).limit)
        return Tally(distinct=Distinct(limit), samples=mine.samples)

    def distinct(self, entity_type: str) -> Distinct:
        """The distinct values of a type: what its fields keep may be less precise."""
        if entity_type in self.values:
            return self.values[entity_type]
        return union(tally.distinct for key, tally in self.fields.items() if key.entity_type == entity_type)

    def add(self, other: Gauge) -> None:
        """Take up another part."""
        for kind in {key.entity_type for key in self.fields} - self.values.keys():
            self.values[kind] = self.distinct(kind)
        for kind in {key.entity_type for key in other.fields}:
            known = self.values.setdefault(kind, Distinct())
            known |= other.distinct(kind)
        for key, tally in other.fields.items():
            self.tally(key).add(tally)
        self._fold()
        self._fit()
        for name in _COUNTERS:
            getattr(self, name).update(getattr(other, name))
        self.people.add(other.people)

    def _fold(self) -> None:
        """Count the last fields by name together where there are too many: the same ones, however parts are added."""
        named = [key for key in self.fields if key.path]
        if len(named) > MAX_FIELDS:
            for key in sorted(named, key=_order)[MAX_FIELDS:]:
                self.tally(Field("", None, key.entity_type, key.role)).add(self.fields.pop(key))

    def _fit(self) -> None:
        """Let the fields share their room, by their number; that never falls, so the order of parts is no matter."""
        named = sum(bool(key.path) for key in self.fields)
        log_k = min(LOG_K, (_ROOM // max(1, named)).bit_length() - 1)
        for tally in self.fields.values() if log_k < LOG_K else ():
            tally.distinct = tally.distinct.cut(log_k)

    def dump(self) -> bytes:
        """All of it as JSON."""
        fields = [
            [*key, tally.items, tally.masked, tally.records, tally.distinct.dump(), list(tally.samples.items())]
            for key, tally in self.fields.items()
        ]
        counters = {name: list(getattr(self, name).items()) for name in _COUNTERS}
        values = {kind: distinct.dump() for kind, distinct in self.values.items()}
        return orjson.dumps({"fields": fields, "values": values, **counters, "people": self.people.dump()})

    @classmethod
    def load(cls, data: bytes) -> Self:
        """What `dump` gave. Raises `ValueError` for anything else."""
        try:
            return cls._loaded(orjson.loads(data))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("not the counts of a leak") from error

    @classmethod
    def _loaded(cls, data: dict[str, Any]) -> Self:
        result = cls(people=People.load(data["people"]))
        result.values = {kind: Distinct.load(distinct) for kind, distinct in data["values"].items()}
        for *key, items, masked, records, distinct, samples in data["fields"]:
            result.fields[Field(*key)] = Tally(items, masked, records, Distinct.load(distinct), dict(samples))
        for name in _COUNTERS:
            known = ((tuple(key) if isinstance(key, list) else key, count) for key, count in data[name])
            setattr(result, name, Counter(dict(known)))
        return result


_COUNTERS = ("tables", "combinations", "dimensions", "countries", "provinces", "days")
