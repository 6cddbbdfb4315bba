"""The entries of an allowlist, against what is found in one file."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from scanner.allowlist import Allow
from scanner.fold import fold
from scanner.globs import wild
from scanner.model import Batch
from scanner.redact import normalised, redact
from scanner.sources import Exclude
from scanner.values import with_values

Mask = npt.NDArray[np.bool_]


class Entries:
    """Those of some entries that can allow something in the file at `path`; fingerprints are keyed with `key`."""

    def __init__(self, entries: Sequence[Allow], path: str, key: bytes) -> None:
        """Choose by path and day."""
        self._entries = [(n, each) for n, each in enumerate(entries) if not each.expired and _fits(each, path)]
        self._key = key

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._entries)

    def allowed(self, batch: Batch, rows: pl.DataFrame) -> npt.NDArray[np.int64]:
        """The number of the first entry that allows each row, int64 (n,), and -1 where none does.

        Reads `column`, by which the rows are sorted, `cell`, `start`, `end`, `rule_id`, `entity_type`, `calling_code`.
        """
        by = np.full(len(rows), -1, dtype=np.int64)
        for number, entry in self._entries:
            open_ = np.flatnonzero((by < 0) & _in_place(entry, batch, rows))
            if len(open_) and (entry.value or entry.fingerprint or entry.domain):
                open_ = open_[_by_value(entry, with_values(rows[open_], batch), self._key)]
            by[open_] = number
        return by


def _fits(entry: Allow, path: str) -> bool:
    """Whether a path, seen from the root of the entry, is one of those that it is for."""
    if not entry.path:
        return True
    return any(Exclude([glob], entry.root).hits_any_part(path, False) for glob in entry.path)


def _in_place(entry: Allow, batch: Batch, rows: pl.DataFrame) -> Mask:
    """Which rows are in a field of the entry, and of a rule or type of it."""
    mask = np.ones(len(rows), dtype=np.bool_)
    if entry.rule:
        named = rows["rule_id"].is_in(entry.rule) | rows["entity_type"].is_in(entry.rule)
        mask &= named.to_numpy()
    if entry.field:
        names = [wild(name) for name in entry.field]
        fields = [column.field for column in batch.columns]
        here = np.array([f is not None and any(name.fullmatch(f) for name in names) for f in fields], dtype=np.bool_)
        mask &= here[rows["column"].to_numpy()]
    return mask


def _by_value(entry: Allow, rows: pl.DataFrame, key: bytes) -> Mask:
    """Which rows, with their values, have a value, a fingerprint and a domain of the entry, where it has such."""
    mask = np.ones(len(rows), dtype=np.bool_)
    kinds = rows.with_row_index("at").partition_by("entity_type", "calling_code", as_dict=True)
    for (kind, code), some in kinds.items():
        texts = normalised(some, str(kind))
        fits = np.ones(len(some), dtype=np.bool_)
        if entry.value:
            fits &= texts.is_in(_normal(entry.value, str(kind), code).to_list()).to_numpy()
        if entry.domain:
            fits &= _of_domain(texts, entry.domain) if kind == "EMAIL_ADDRESS" else False
        if entry.fingerprint:
            fits &= redact(some, key)["fingerprint"].is_in(entry.fingerprint).to_numpy()
        mask[some["at"].to_numpy()] = fits
    return mask


def _normal(values: Sequence[str], kind: str, code: object) -> pl.Series:
    """Values as findings of an entity type and calling code are compared."""
    folded = fold(pl.Series(values, dtype=pl.String))
    codes = pl.Series([code] * len(values), dtype=pl.String)
    return normalised(pl.DataFrame({"folded": folded, "calling_code": codes}), kind)


def _of_domain(addresses: pl.Series, domains: Sequence[str]) -> Mask:
    """Which mail addresses, in lower case, are of one of the domains."""
    found = addresses.str.split("@").list.last()
    exact = [domain.lower() for domain in domains if not domain.startswith("*.")]
    mask = found.is_in(exact)
    for domain in domains:
        if domain.startswith("*."):
            mask |= found.str.ends_with(domain[1:].lower())
    return mask.to_numpy()
