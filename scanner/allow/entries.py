"""The entries of an allowlist, against what is found in one file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import polars as pl

from scanner.allow.lookup import Lookup
from scanner.allowlist import Allow
from scanner.globs import wild
from scanner.model import Batch, IntArray
from scanner.sources import Exclude
from scanner.values import with_values

_FIELDS: Final = 1 << 14  # whose entries are remembered
_LOOKUPS: Final = 64  # that are kept
_KINDS = ["column", "rule_id", "entity_type", "calling_code"]

Numbers = tuple[int, ...]
Asked = tuple[Numbers, str, str | None]  # entries that ask for a value, its entity type and calling code


class Entries:
    """Those of some entries that can allow something in the file at `path`; fingerprints are keyed with `key`."""

    def __init__(self, entries: Sequence[Allow], path: str, key: bytes) -> None:
        """Choose by path and day."""
        chosen = ((n, each) for n, each in enumerate(entries) if not each.expired and _fits(each, path))
        self._entries = dict(chosen)
        self._names = {name: wild(name) for entry in self._entries.values() for name in entry.field}
        self._key = key
        self._known: dict[tuple[str | None, str, str], Numbers] = {}
        self._lookups: dict[Asked, Lookup] = {}

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._entries)

    def allowed(self, batch: Batch, rows: pl.DataFrame) -> IntArray:
        """The number of the first entry that allows each row, int64 (n,), and -1 where none does.

        Reads `column`, by which the rows are sorted, `cell`, `start`, `end`, `rule_id`, `entity_type`, `calling_code`.
        """
        by = np.full(len(rows), -1, dtype=np.int64)
        asked: defaultdict[Asked, list[IntArray]] = defaultdict(list)
        kinds = rows.select(_KINDS).with_row_index("at").partition_by(_KINDS, as_dict=True) if self._entries else {}
        for (column, rule, entity, code), some in kinds.items():
            numbers = self._for(batch.columns[column].field, rule, entity)
            at = some["at"].to_numpy().astype(np.int64)
            if numbers and not _asks(self._entries[numbers[-1]]):
                by[at] = numbers[-1]
                numbers = numbers[:-1]
            if numbers:
                asked[numbers, entity, code].append(at)
        for at, found in self._looked_up(batch, rows, asked):
            by[at[found >= 0]] = found[found >= 0]
        return by

    def _for(self, field: str | None, rule: str, entity: str) -> Numbers:
        """The entries for what a rule finds in a field, up to the first that asks for no value."""
        known = self._known.get((field, rule, entity))
        if known is None:
            if len(self._known) >= _FIELDS:
                self._known.clear()
            known = self._known[field, rule, entity] = tuple(self._chosen(field, rule, entity))
        return known

    def _chosen(self, field: str | None, rule: str, entity: str) -> Iterator[int]:
        here = {name for name, regex in self._names.items() if field is not None and regex.fullmatch(field)}
        for number, entry in self._entries.items():
            named = not entry.rule or rule in entry.rule or entity in entry.rule
            if named and (not entry.field or not here.isdisjoint(entry.field)):
                yield number
                if not _asks(entry):
                    return

    def _looked_up(
        self, batch: Batch, rows: pl.DataFrame, asked: Mapping[Asked, list[IntArray]]
    ) -> Iterator[tuple[IntArray, IntArray]]:
        """Rows whose values are asked for, and the entries that allow them; values are taken from their cells once."""
        if not asked:
            return
        index = np.sort(np.concatenate([at for some in asked.values() for at in some]))
        values = with_values(rows[index], batch)
        for each, some in asked.items():
            at = np.concatenate(some)
            yield at, self._lookup(each).numbers(values[np.searchsorted(index, at)])

    def _lookup(self, asked: Asked) -> Lookup:
        if asked not in self._lookups:
            if len(self._lookups) >= _LOOKUPS:
                self._lookups.clear()
            numbers, entity, code = asked
            entries = {number: self._entries[number] for number in numbers}
            self._lookups[asked] = Lookup(entries, entity, code, self._key)
        return self._lookups[asked]


def _fits(entry: Allow, path: str) -> bool:
    """Whether a path, seen from the root of the entry, is one of those that it is for."""
    if not entry.path:
        return True
    return any(Exclude([glob], entry.root).hits_any_part(path, False) for glob in entry.path)


def _asks(entry: Allow) -> bool:
    """Whether an entry asks for values."""
    return bool(entry.value or entry.fingerprint or entry.domain)
