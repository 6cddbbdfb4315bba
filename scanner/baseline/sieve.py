"""Takes what a baseline accepts out of findings, and counts it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import polars as pl

from scanner.baseline.entries import REJECTED, Baseline, Entry, Place

Key = tuple[Place, str]
_SPARE = 100  # values that may be hashed at a place beside twice those that are accepted there


class Sieve:
    """What a baseline still accepts in one run; memory is bounded by its entries.

    Give `ScanConfig.identity` its `identity`, so that findings frames have a column of that name.
    """

    def __init__(self, baseline: Baseline) -> None:
        """Nothing is found yet."""
        self._baseline = baseline
        self.identity = baseline.hashing.identity
        self.baselined = 0
        self.found: Counter[Key] = Counter()
        self._places: dict[str, dict[Place, int]] = defaultdict(dict)
        for entry in baseline.entries.values():
            places = self._places[entry.place.path]
            places[entry.place] = places.get(entry.place, _SPARE) + 2 * entry.count
        self._tags: dict[str, str] = {}
        self._read: set[str] = set()

    def sift(self, path: str, findings: pl.DataFrame) -> pl.DataFrame:
        """Findings of one file that are not accepted, without `identity`; files come one after another, in order.

        `findings`: as in `model.FINDINGS`, with `identity`.
        """
        keep = [not self._accepts(entry) for entry in self.entries(path, findings)]
        rest = findings.drop("identity")
        if all(keep):
            return rest
        self.baselined += keep.count(False)
        return rest.filter(pl.Series(keep, dtype=pl.Boolean))

    def entries(self, path: str, findings: pl.DataFrame) -> Iterator[Entry | None]:
        """The entry of each finding, None where there is none; counts them as found."""
        seen = self._baseline.seen(path)
        if seen not in self._places:
            yield from [None] * findings.height
            return
        rows = findings.select("field", "entity_type", "identity").rows()
        places = [Place(seen, field, kind) for field, kind, _ in rows]
        identities = [identity for _, _, identity in rows]
        self._hash(places, identities)
        for place, identity in zip(places, identities, strict=True):
            entry = self._baseline.entries.get((place, self._tags.get(identity, "")))
            if entry is not None:
                self.found[entry.key] += 1
            yield entry

    def _hash(self, places: list[Place], identities: list[str]) -> None:
        """Know the tags of identities at places that have entries, so many as each place may have hashed."""
        left = self._places[places[0].path] if places else {}
        new: dict[str, None] = {}
        for place, identity in zip(places, identities, strict=True):
            if left.get(place, 0) > 0 and identity not in self._tags and identity not in new:
                left[place] -= 1
                new[identity] = None
        self._tags |= zip(new, self._baseline.hashing.tags(list(new)), strict=True)

    def _accepts(self, entry: Entry | None) -> bool:
        return entry is not None and entry.verdict != REJECTED and self.found[entry.key] <= entry.count

    def has_read(self, path: str) -> None:
        """A file was read to its end."""
        self._read.add(self._baseline.seen(path))

    def stale(self) -> int:
        """How many entries of files that were read are not found as often as they say."""
        entries = self._baseline.entries.values()
        return sum(each.place.path in self._read and self.found[each.key] < each.count for each in entries)
