"""The stage that takes out what is allowed, and what it tells of the entries of an allowlist after a run."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from scanner.allow.entries import Entries
from scanner.allow.pragmas import Pragmas
from scanner.allowlist import Allow
from scanner.config import ScanConfig
from scanner.errors import ConfigError, UsageError
from scanner.model import Batch, IntArray, Issue
from scanner.rulefile import suggest
from scanner.sources import Exclude

PRAGMA = "pragma"  # in counts of what allowed something; else the number of an entry


class Allowing:
    """What is allowed in one part of a file."""

    def __init__(self, config: ScanConfig, catalogue: pl.DataFrame, path: str, pragmas: Pragmas | None) -> None:
        """`catalogue`: as of the matcher; `path`: of the file; `pragmas`: that are being seen in its text."""
        self._entries = Entries(config.allow if config.allowing else (), path, config.key)
        self._catalogue = catalogue.select("pattern", "rule_id", "entity_type", "calling_code")
        self._pragmas = pragmas

    def kept(self, batch: Batch, rows: pl.DataFrame) -> tuple[pl.DataFrame, Counter[str]]:
        """The rows that are not allowed, and how many were by what; reads columns of `model.CANDIDATES`."""
        if rows.is_empty() or not (self._entries or self._pragmas):
            return rows, Counter()
        named = rows.select("column", "cell", "start", "end", "pattern")
        named = named.join(self._catalogue, on="pattern", how="left", maintain_order="left")
        by = self._entries.allowed(batch, named)
        said = np.zeros(len(rows), dtype=np.bool_)
        if self._pragmas:
            said[self._said(self._pragmas, named, _lines(batch, named))] = True
        allowed = said | (by >= 0)
        counts = Counter({PRAGMA: int(said.sum())}) + Counter(map(str, by[(by >= 0) & ~said].tolist()))
        return (rows.filter(pl.Series(~allowed)) if allowed.any() else rows), counts

    @staticmethod
    def _said(pragmas: Pragmas, rows: pl.DataFrame, lines: IntArray) -> list[int]:
        """Which rows a pragma allows."""
        near = pragmas.near(lines)
        some = rows[near].select("rule_id", "entity_type").iter_rows()
        each = zip(near.tolist(), lines[near].tolist(), some, strict=True)
        return [at for at, line, (rule, entity) in each if pragmas.allows(line, rule, entity)]


def check(entries: Sequence[Allow], known: Collection[str]) -> None:
    """Raise `ConfigError` where an entry names no rule or entity type that is known, or a path that is no glob."""
    for entry in entries:
        try:
            Exclude(entry.path)
        except UsageError as error:
            raise ConfigError(f"{entry.place}: {error}") from None
        for name in entry.rule:
            if name not in known:
                raise ConfigError(f"{entry.place}: no rule and no entity type is called {name!r}{suggest(name, known)}")


def _lines(batch: Batch, rows: pl.DataFrame) -> IntArray:
    """The physical line of each row, int64 (n,), 0 where there is none; rows are sorted by column."""
    cells, starts = (rows[name].to_numpy().astype(np.int64) for name in ("cell", "start"))
    lines, numbers = np.zeros_like(cells), rows["column"].to_numpy()
    for number in np.unique(numbers).tolist():
        here = slice(*np.searchsorted(numbers, [number, number + 1]).tolist())
        found, _ = batch.locator.locate(number, cells[here], starts[here])
        if found is not None:
            lines[here] = found
    return lines


def left_over(config: ScanConfig, paths: Collection[str], used: Iterable[str]) -> Iterator[Issue]:
    """A warning for each entry that has expired, and for each that allowed nothing where it should have.

    `used`: numbers of entries that allowed something. An entry can be told to be unused only after a run that looked
    for everything in the whole folder of the entry.
    """
    if not config.allowing:
        return
    everything = not (config.only or config.without or config.regions or config.sample)
    folders = {os.path.realpath(path) for path in paths if path != "-"}
    idle = set(map(str, range(len(config.allow)))) - set(used)
    for number, entry in enumerate(config.allow):
        if entry.expired:
            message = f"an allowlist entry has expired on {entry.expires} and allows nothing: renew or remove it"
            yield Issue("allow_expired", message, entry.file, "warning", entry.line)
        elif str(number) in idle and everything and folders & _above(entry.root):
            message = "an allowlist entry allowed nothing: remove it if it is not needed"
            yield Issue("allow_unused", message, entry.file, "warning", entry.line)


def _above(folder: str) -> set[str]:
    """A folder and those that it is in."""
    path = Path(os.path.realpath(folder or "."))
    return {str(each) for each in (path, *path.parents)}
