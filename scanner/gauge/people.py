"""How many people a leak is about, judged by the best identifier that each record has.

People are told apart by an identifier: a national id before a phone number before an e-mail address and so on. Where
a record lacks the better ones, the next one counts, unless it stands beside a better one in another record: then its
owner is counted already. Sketches of both sets tell how many that are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

import numpy as np

from scanner.gauge.distinct import Distinct, Estimate, union
from scanner.model import IntArray

IDS, PHONE, EMAIL, USERNAME, ACCOUNT, NAME_AND_ADDRESS, NAME, RELAYED, NONE = range(9)

_IDS = (
    *("KR_RRN", "KR_FRN", "KR_CUSTOMS_CODE", "KR_DRIVER_LICENSE", "KR_PASSPORT", "CN_RESIDENT_ID", "CN_PASSPORT"),
    *("VN_CCCD", "VN_CMND", "TW_NATIONAL_ID", "TW_ARC", "HK_ID", "JP_MY_NUMBER", "JP_DRIVER_LICENSE", "JP_PASSPORT"),
    *("US_SSN", "US_ITIN", "US_PASSPORT", "UK_NHS", "UK_NINO", "SA_NATIONAL_ID", "AE_EMIRATES_ID", "EG_NATIONAL_ID"),
    "PASSPORT",
)
TIERS: dict[str, int] = dict.fromkeys(_IDS, IDS) | {
    "PHONE_NUMBER": PHONE, "EMAIL_ADDRESS": EMAIL, "USERNAME": USERNAME, "BANK_ACCOUNT": ACCOUNT, "IBAN_CODE": ACCOUNT,
    "CREDIT_CARD": ACCOUNT, "PERSON": NAME,
}  # fmt: skip
# Numbers that a parcel service lends for a delivery change with each order; those of companies are nobody's.
RULES = {"phone-kr-virtual": RELAYED, "phone-kr-business": NONE}
_LABELS = {IDS: "national ids", PHONE: "phone numbers", EMAIL: "e-mail addresses", USERNAME: "user names",
           ACCOUNT: "accounts and cards", NAME_AND_ADDRESS: "names with an address", NAME: "names",
           RELAYED: "relayed phone numbers"}  # fmt: skip
_BASES = {PHONE: "PHONE_NUMBER", EMAIL: "EMAIL_ADDRESS", USERNAME: "USERNAME", NAME_AND_ADDRESS: "PERSON",
          NAME: "PERSON", RELAYED: "PHONE_NUMBER"}  # fmt: skip
_SHARED = (NAME, NAME_AND_ADDRESS)
_STRONG = (IDS, PHONE, EMAIL, USERNAME)
TELLING = (*_STRONG, ACCOUNT, NAME_AND_ADDRESS)  # a name alone may be of several people, a relayed number changes
_COVERS = 0.9  # of the records with any identifier: then its distinct values are people, but for those with several


class Subjects(NamedTuple):
    """How many people, between what bounds, by which identifier (an entity type), and why."""

    estimate: int
    low: int
    high: int
    basis: str | None
    reason: str


class Identifiers(NamedTuple):
    """Values of one kind of identifier, a tier: the number of the person of each and its hash, int64 (n,)."""

    tier: int
    entity_type: str
    person: IntArray
    hashes: IntArray


@dataclass(slots=True)
class _Tier:
    """The values of one kind of identifier: where it is the best one of its record, and where there is a better one."""

    best: Distinct = field(default_factory=Distinct)
    beside: Distinct = field(default_factory=Distinct)
    records: Counter[str] = field(default_factory=Counter)  # "best" and "beside"
    types: Counter[str] = field(default_factory=Counter)  # of the best ones
    items: int = 0  # values of all records

    def all(self) -> Distinct:
        """All values."""
        return union([self.best, self.beside])

    def people(self, values: int) -> int:
        """The fewest people who can have so many of the values: those of a record may have several."""
        several = self.items / max(1, self.records.total())
        return round(values / max(1.0, several))

    def fewest(self) -> int:
        """The fewest people that these can be."""
        return self.people(self.all().estimate().low)

    def most(self, number: int) -> int:
        """The most people that these can be: many share a name, so each record may be about another one."""
        return self.records["best"] if number in _SHARED else self.best.estimate().high

    def add(self, other: _Tier) -> None:
        self.best |= other.best
        self.beside |= other.beside
        self.records.update(other.records)
        self.types.update(other.types)
        self.items += other.items


@dataclass(slots=True)
class People:
    """The identifiers of people, by their tier."""

    tiers: dict[int, _Tier] = field(default_factory=dict)
    known: People | None = None  # to which these will be added

    def _tier(self, number: int) -> _Tier:
        if number not in self.tiers:
            known = self.known.tiers.get(number) if self.known else None
            self.tiers[number] = _Tier(Distinct(known.best.limit), Distinct(known.beside.limit)) if known else _Tier()
        return self.tiers[number]

    def add(self, other: People) -> None:
        """Take up another part."""
        for number, tier in other.tiers.items():
            self._tier(number).add(tier)

    def count(self, parts: Sequence[Identifiers]) -> None:
        """Add the identifiers of some records."""
        parts = [part for part in parts if part.tier < NONE and len(part.person)]
        best = np.full(max((int(part.person.max()) + 1 for part in parts), default=0), NONE)
        for part in parts:
            best[part.person] = np.minimum(best[part.person], part.tier)
        counted: defaultdict[tuple[int, bool], list[IntArray]] = defaultdict(list)
        for part in parts:
            mine = best[part.person] == part.tier
            into = self._tier(part.tier)
            into.best.add(part.hashes[mine])
            into.beside.add(part.hashes[~mine])
            into.items += len(part.hashes)
            if mine.any():
                into.types[part.entity_type] += int(np.count_nonzero(mine))
            counted[part.tier, True].append(part.person[mine])
            counted[part.tier, False].append(part.person[~mine])
        for (tier, is_best), persons in counted.items():
            self._tier(tier).records["best" if is_best else "beside"] += _several(np.concatenate(persons))

    def subjects(self) -> Subjects:
        """The estimate."""
        further = {number: (tier.best - tier.beside).estimate() for number, tier in sorted(self.tiers.items())}
        further = {number: each for number, each in further.items() if each.value}
        if not further:
            return Subjects(0, 0, 0, None, "no identifier of a person was found in the clear")
        basis = max(further, key=lambda number: further[number].value)
        estimate = sum(each.value for each in further.values())
        covering = self._covering()
        low = min((tier.fewest() for tier in covering), default=self.tiers[basis].fewest())
        most = sum(tier.most(number) for number, tier in self.tiers.items())
        # people who share a number have names of their own
        named = [self.tiers[NAME]] if NAME in self.tiers else []
        high = max(most, *(tier.all().estimate().high for tier in (*covering, *named)), 0)
        return Subjects(estimate, min(low, estimate), max(high, estimate), self._name(basis), _reason(further, basis))

    def counted(self) -> Distinct:
        """All people that are told apart, by the identifier that counts them."""
        return union(tier.best - tier.beside for tier in self.tiers.values())

    def leading(self) -> Distinct:
        """Those whom the best identifier of all that there are counts."""
        return min(self.tiers.items())[1].best if self.tiers else Distinct()

    def shared(self, other: People) -> dict[str, Estimate]:
        """How many values that tell people apart are in both, by their entity type."""
        return {self._name(number): (mine.all() & theirs).estimate() for number, mine, theirs in self._with(other)}

    def among(self, other: People) -> Estimate:
        """How many of these people are among the others too.

        At least as many as the identifier says that most of them share; each that has several, and of which the others
        have another one, counts once at least and at most as often as identifiers are shared. There are no more than
        there are people here.
        """
        counted, linked, fewest, apart = [0], [Estimate(0, 0, 0)], [0], [0]
        for _, mine, theirs in self._with(other):
            each = ((mine.best - mine.beside) & theirs).estimate()
            counted.append(each.value)
            apart.append(mine.people(each.low))
            linked.append((mine.all() & theirs).estimate())
            fewest.append(mine.people(linked[-1].low))
        subjects = self.subjects()
        value = max(sum(counted), *(each.value for each in linked))
        high = max(value, sum(each.high for each in linked))
        value = min(value, subjects.estimate)
        return Estimate(value, min(max(sum(apart), *fewest), value), min(high, subjects.high))

    def _with(self, other: People) -> Iterator[tuple[int, _Tier, Distinct]]:
        """The identifiers that tell people apart which others have, too, and theirs."""
        for number in TELLING:
            if number in self.tiers and number in other.tiers:
                yield number, self.tiers[number], other.tiers[number].all()

    def _name(self, tier: int) -> str:
        """The entity type of a tier, the most frequent of several."""
        return _BASES.get(tier) or min(self.tiers[tier].types.items(), key=lambda kind: (-kind[1], kind[0]))[0]

    def _covering(self) -> list[_Tier]:
        """The identifiers that nearly all records with any have."""
        total = sum(tier.records["best"] for tier in self.tiers.values())
        strong = [self.tiers[number] for number in _STRONG if number in self.tiers]
        return [tier for tier in strong if tier.records.total() >= _COVERS * total]

    def dump(self) -> list[Any]:
        """All of it, for JSON."""
        return [
            [number, tier.best.dump(), tier.beside.dump(), dict(tier.records), dict(tier.types), tier.items]
            for number, tier in self.tiers.items()
        ]

    @classmethod
    def load(cls, data: list[Any]) -> Self:
        """What `dump` gave."""
        return cls(
            {
                number: _Tier(Distinct.load(best), Distinct.load(beside), Counter(records), Counter(types), items)
                for number, best, beside, records, types, items in data
            }
        )


def _several(persons: IntArray) -> int:
    """How many different numbers there are."""
    return int(np.count_nonzero(np.bincount(persons)))


def _reason(further: dict[int, Estimate], basis: int) -> str:
    others = [f"{each.value:,} {_LABELS[n]}" for n, each in further.items() if n != basis]
    first = f"{further[basis].value:,} distinct {_LABELS[basis]}"
    if not others:
        return f"{first}; no record needs another identifier"
    return f"{first}, and where these are missing and nothing links the record to them: {', '.join(others)}"
