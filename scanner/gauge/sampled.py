"""From the counts of some random blocks to those of all, with 95 % intervals.

Blocks are drawn without replacement from each file; a total is estimated by expansion, its variance from how the blocks
differ: Cochran, Sampling Techniques, 3rd edition, 2.8 and 2.27 (simple random sampling of clusters of one size), summed
over files as strata, 5.9. Distinct values do not add up: where the same values come again in other blocks their number
follows from how many two halves of the sample share (Chapman's estimator of capture and recapture, Seber, The
Estimation of Animal Abundance, 3.1); where none do it is the sum of the blocks. It supposes that all values are equally
frequent; where that is not so it grows with the sample, which the quarters tell from the halves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import expm1, sqrt
from statistics import fmean

from scanner.gauge.distinct import Distinct, Estimate, union
from scanner.gauge.gauge import Field, Gauge, Tally
from scanner.model import Summary

_Z = 1.96  # deviations of 95 % of a normal distribution
Key = tuple[Hashable, ...]


@dataclass(slots=True)
class _Stratum:
    """Counts in the blocks of one file: their sums and the sums of their squares."""

    blocks: int
    chosen: int
    sums: Counter[Key] = field(default_factory=Counter)
    squares: Counter[Key] = field(default_factory=Counter)

    def total(self, key: Key) -> tuple[float, float]:
        """The estimate of a count in the whole file, and its variance."""
        n, all_ = self.chosen, self.blocks
        spread = max(0.0, (self.squares[key] - self.sums[key] ** 2 / n) / (n - 1))
        return all_ / n * self.sums[key], all_**2 * (1 - n / all_) * spread / n


@dataclass(slots=True)
class Sampled:
    """The counts of blocks as they come, and of what was read as a whole."""

    _strata: dict[str, _Stratum] = field(default_factory=dict)
    _counted: Counter[Key] = field(default_factory=Counter)
    _whole: Gauge = field(default_factory=Gauge)
    _quarters: tuple[Gauge, ...] = field(default_factory=lambda: (Gauge(), Gauge(), Gauge(), Gauge()))
    _seen: int = 0

    def add(self, path: str, blocks: tuple[int, int] | None, gauge: Gauge, read: Summary) -> None:
        """Add a block of a file, of which `blocks` are all and chosen; or, without, a piece that was not sampled."""
        counts = _counts(gauge, read)
        if blocks is None:
            self._counted.update(counts)
            self._whole.add(gauge)
            return
        self._quarters[self._seen % 4].add(gauge)
        self._seen += 1
        stratum = self._strata.setdefault(path, _Stratum(*blocks))
        stratum.sums.update(counts)
        stratum.squares.update({key: count**2 for key, count in counts.items()})

    @property
    def paths(self) -> set[str]:
        """The files that were sampled."""
        return set(self._strata)

    @property
    def blocks(self) -> int:
        """How many were read."""
        return sum(stratum.chosen for stratum in self._strata.values())

    def total(self, *key: Hashable) -> Estimate:
        """The estimate of a count: never below what was seen."""
        return _plus(self._counted[key], self._expanded(key))

    def fields(self, entity_type: str, role: str | None) -> set[Field]:
        """All fields of an entity type and role."""
        keys = {key[1] for counts in self._all() for key in counts if key[0] == "field"}
        return {key for key in keys if isinstance(key, Field) and key[2:] == (entity_type, role)}

    def distinct(self, kind: str) -> Estimate:
        """Of an entity type the number of distinct values."""
        return self._set(("distinct", kind), lambda gauge: gauge.distinct(kind))

    def distinct_of(self, key: Field) -> Estimate:
        """Of a field the number of distinct values."""
        known = Tally()
        return self._set(("field", key, "distinct"), lambda gauge: gauge.fields.get(key, known).distinct)

    def people(self) -> Estimate:
        """The number of people; the bounds allow for links between records that are not in the sample."""
        everyone = self._set(("people",), lambda gauge: gauge.people.counted())
        linked = self._set(("leading",), lambda gauge: gauge.people.leading())
        return Estimate(everyone.value, min(everyone.low, linked.low), everyone.high)

    def _all(self) -> Iterator[Counter[Key]]:
        yield self._counted
        yield from (stratum.sums for stratum in self._strata.values())

    def _expanded(self, key: Key) -> Estimate:
        """The estimate of a count in the files that were sampled."""
        parts = [stratum.total(key) for stratum in self._strata.values()]
        value, variance = (sum(each) for each in zip((0.0, 0.0), *parts, strict=True))
        seen = sum(stratum.sums[key] for stratum in self._strata.values())
        around = _deviations(self.blocks) * sqrt(variance)
        return Estimate(round(value), max(seen, round(value - around)), round(value + around))

    def _set(self, key: Key, of: Callable[[Gauge], Distinct]) -> Estimate:
        """The size of a set: what was read as a whole, and of the rest what is not in that."""
        whole, quarters = of(self._whole), [of(quarter) for quarter in self._quarters]
        seen = sum(stratum.sums[key] for stratum in self._strata.values())
        found = _recaptured(quarters, self._expanded(key), seen)
        known = whole.estimate()
        if not known.value:
            return found
        sampled = union(quarters)
        new = (sampled - whole).estimate().value / max(1, sampled.estimate().value)
        low = (sampled | whole).estimate().low
        return Estimate(round(known.value + new * found.value), low, known.high + found.high)


def _plus(count: int, estimate: Estimate) -> Estimate:
    return Estimate(*(count + each for each in estimate))


def _deviations(blocks: int) -> float:
    """Those of 95 % of Student's distribution, within 1 % from 16 blocks on."""
    return _Z + 2.4 / max(1, blocks - 1)


def _counts(gauge: Gauge, read: Summary) -> Counter[Key]:
    """All that is counted in a block, by what it is."""
    found: Counter[Key] = Counter({("records",): read.records, ("bytes",): read.bytes})
    for key, tally in gauge.fields.items():
        for name in ("items", "masked"):
            found[name, key.entity_type] += getattr(tally, name)
        for name in ("items", "masked", "records"):
            found["field", key, name] += getattr(tally, name)
        found["field", key, "distinct"] += tally.distinct.estimate().value
        found["role", key.role, key.entity_type] += tally.items
    for types, count in gauge.combinations.items():
        found["combination", types] += count
        found["with findings",] += count if types else 0
        for kind in types:
            found["holding", kind] += count
    for name in ("dimensions", "countries", "provinces", "days"):
        found.update({(name, key): count for key, count in getattr(gauge, name).items()})
    for kind in {key.entity_type for key in gauge.fields}:
        found["distinct", kind] = gauge.distinct(kind).estimate().value
    found["people",] = gauge.people.subjects().estimate
    found["leading",] = gauge.people.leading().estimate().value
    return found


def _recaptured(quarters: Sequence[Distinct], most: Estimate, counted: int) -> Estimate:
    """The size of the set from which the quarters of a sample come.

    `counted`: the sum of the sizes of its blocks, and `most` what that gives for all blocks, if no value is in two of
    them. No more than what one gets when all that are in one half only come once (`once`): from half the sample to all
    of it as many values were new, and fewer are so in each block to come.
    """
    one, other = quarters[0] | quarters[2], quarters[1] | quarters[3]
    first, second, both, seen = (each.estimate() for each in (one, other, one & other, one | other))
    once = both.value + (seen.value - both.value) * most.value / max(1, counted)
    limit, all_ = min(most.value, once), _chapman(first.value, second.value, both.value)
    around = _Z * _deviation(first.value, second.value, both.value)
    low = max(seen.low, _met(_chapman(first.low, second.low, both.high) - around, most.value))
    high = _chapman(first.high, second.high, both.low) + around
    growth = _growth(quarters, all_)
    if growth > 1:
        high = max(high, once)
    if all_ > limit:
        low = seen.low
    value = max(seen.value, min(_met(all_, most.value) * growth, limit))
    return Estimate(round(value), round(min(low, value)), round(max(min(high, most.high), value)))


def _growth(quarters: Sequence[Distinct], all_: float) -> float:
    """By what Chapman's estimate grew from two quarters of a sample to two halves; 1 where that may be chance."""
    sizes = [quarter.estimate().value for quarter in quarters]
    shared = {(i, j): (quarters[i] & quarters[j]).estimate().value for i, j in combinations(range(len(quarters)), 2)}
    early = fmean(_chapman(sizes[i], sizes[j], both) for (i, j), both in shared.items())
    chance = fmean(_deviation(sizes[i], sizes[j], both) for (i, j), both in shared.items())
    return all_ / early if all_ > early + chance else 1.0


def _met(all_: float, draws: float) -> float:
    """How many of equally frequent values come at least once in so many draws."""
    return -all_ * expm1(-draws / all_) if all_ > 0 else 0.0


def _chapman(first: float, second: float, both: float) -> float:
    return (first + 1) * (second + 1) / (both + 1) - 1


def _deviation(first: float, second: float, both: float) -> float:
    product = (first + 1) * (second + 1) * (first - both) * (second - both)
    return sqrt(max(0.0, product) / ((both + 1) ** 2 * (both + 2)))
