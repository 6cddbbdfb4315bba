"""Takes what a baseline accepts out of findings, and counts it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import polars as pl

from scanner.baseline.entries import REJECTED, Baseline, Entry, Place
from scanner.model import Issue

Key = tuple[Place, str]
_SPARE = 100  # values that may be hashed slowly at a place beside twice its entries


class Sieve:
    """What a baseline still accepts in one run; memory is bounded by its entries.

    Give `ScanConfig.identity` its `identity`, so that findings frames have a column of that name. Without a key a value
    is slow to look up, so at a place with many more values than entries not all are; `unsure` has such places, each
    with its path as findings have it: what is not found there may be there.
    """

    def __init__(self, baseline: Baseline) -> None:
        """Nothing is found yet."""
        self._baseline = baseline
        self.identity = baseline.hashing.identity
        self.found: Counter[Key] = Counter()
        self.unsure: dict[Place, str] = {}
        self._places: dict[str, dict[Place, int]] = defaultdict(dict)
        for entry in baseline.entries.values():
            places = self._places[entry.place.path]
            places[entry.place] = places.get(entry.place, _SPARE) + 2
        self._left = baseline.hashing.affordable
        self._tags: dict[str, str] = {}
        self._read: set[str] = set()

    def sift(self, path: str, findings: pl.DataFrame) -> pl.DataFrame:
        """Findings of one file that are not accepted, without `identity`; files come one after another, in order.

        `findings`: as in `model.FINDINGS`, with `identity`.
        """
        keep = [not self._accepts(entry) for entry in self.entries(path, findings)]
        rest = findings.drop("identity")
        return rest if all(keep) else rest.filter(pl.Series(keep, dtype=pl.Boolean))

    def entries(self, path: str, findings: pl.DataFrame) -> Iterator[Entry | None]:
        """The entry of each finding, None where there is none; counts them as found."""
        seen = self._baseline.seen(path)
        if seen not in self._places:
            yield from [None] * findings.height
            return
        rows = findings.select("field", "entity_type", "identity").rows()
        places = [Place(seen, field, kind) for field, kind, _ in rows]
        identities = [identity for _, _, identity in rows]
        tags = self._tagged(path, places, identities)
        for place, tag in zip(places, tags, strict=True):
            entry = self._baseline.entries.get((place, tag))
            if entry is not None:
                self.found[entry.key] += 1
            yield entry

    def _tagged(self, path: str, places: list[Place], identities: list[str]) -> list[str]:
        """The tags of identities at places; empty ones where there is no entry, or no more may be hashed."""
        hashing = self._baseline.hashing
        if hashing.n is None:
            return identities
        left = self._places[places[0].path] if places else {}
        new: dict[str, None] = {}
        for place, identity in zip(places, identities, strict=True):
            if place not in left or identity in self._tags or identity in new:
                continue
            if left[place] > 0 and self._left > 0:
                left[place] -= 1
                self._left -= 1
                new[identity] = None
            else:
                self.unsure[place] = path
        self._tags |= zip(new, hashing.tags(list(new)), strict=True)
        return [self._tags.get(identity, "") for identity in identities]

    def _accepts(self, entry: Entry | None) -> bool:
        return entry is not None and entry.verdict != REJECTED and self.found[entry.key] <= entry.count

    def has_read(self, path: str) -> None:
        """A file was read to its end."""
        self._read.add(self._baseline.seen(path))

    def stale(self) -> int:
        """How many entries of files that were read are surely not found as often as they say."""
        entries = (each for each in self._baseline.entries.values() if each.place not in self.unsure)
        return sum(each.place.path in self._read and self.found[each.key] < each.count for each in entries)

    @property
    def issues(self) -> list[Issue]:
        """A warning for each file with values that were not looked up."""
        message = "too many values to look all up in a baseline without a key; the last are reported, known or not"
        counts = Counter(self.unsure.values())
        return [Issue("baseline", message, path, "warning", count=count) for path, count in counts.items()]
