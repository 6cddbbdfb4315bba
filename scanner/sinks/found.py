"""What the formats that are written at the end of a run are made of: groups of findings, and the issues.

A group is all findings of one rule in one field of one file. It holds no values: how many there are, and where the
first ones stand. How many groups and places there are has a bound, so a report has one too.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from scanner.model import Issue, Summary
from scanner.sinks.counted import counted

PLACES = 10  # that a group keeps, and up to which each finding is an alert of its own
MAX_ALERTS = 5000  # of a report: as many as GitHub shows
MAX_GROUPS = 4000  # beyond which those of later files are counted together, by rule
MAX_ISSUES = 1000


class Place(NamedTuple):
    """Where a value begins: see the keys of a finding; `raw` is the name when that is not UTF-8."""

    path: str
    raw: bytes | None
    line: int | None
    column: int | None
    record: int
    fingerprint: str


class Kind(NamedTuple):
    """What tells groups apart. `path` is None for what was counted together beyond `MAX_GROUPS`."""

    path: str | None
    field: str | None
    entity_type: str
    state: str
    rule_id: str


@dataclass(slots=True)
class Group:
    """Findings of one kind: how many, of how many records and different values, and where the first ones are."""

    kind: Kind
    count: int
    records: int
    distinct: int
    places: list[Place]


class Described(NamedTuple):
    """A rule or recognizer for people."""

    id: str
    entity_type: str
    name: str
    description: str
    languages: Sequence[str] = ()
    regions: Sequence[str] = ()


@dataclass(slots=True)
class Found:
    """All of a run; `keyed`: fingerprints are the same in each run. `rules`: of the groups, by id."""

    groups: list[Group]
    issues: Issues
    summary: Summary
    code: int
    keyed: bool = False
    rules: Mapping[str, Described] = field(default_factory=dict)


@dataclass(slots=True)
class Issues:
    """The first issues of a run, and how many more there are of each severity."""

    first: list[Issue] = field(default_factory=list)
    more: Counter[str] = field(default_factory=Counter)

    def add(self, issue: Issue) -> None:
        """Take up one."""
        if len(self.first) < MAX_ISSUES:
            self.first.append(issue)
        else:
            self.more[issue.severity] += 1

    def all(self) -> Iterator[Issue]:
        """The first ones, and for each severity one that counts the others."""
        yield from self.first
        for severity in ("error", "warning"):
            if self.more[severity]:
                yield Issue("more", f"{self.more[severity]:,} more: see --format jsonl", severity=severity)


@dataclass(frozen=True, slots=True)
class Alert:
    """What a report tells at a time: one finding, or a whole group; its `identity` stays when lines move."""

    group: Group
    places: Sequence[Place]
    count: int
    identity: str

    @property
    def text(self) -> str:
        """What was found, without a value."""
        group = self.group
        where = f" in field {group.kind.field}" if group.kind.field is not None else ""
        where += " of later files" if group.kind.path is None else ""
        kind = f"{group.kind.entity_type}, masked already" if group.kind.state == "masked" else group.kind.entity_type
        if self.count == 1:
            place = self.places[0]
            at = f", record {place.record}" if place.line is None else ""
            return f"{kind}{where}{at} ({group.kind.rule_id})"
        counts = f"{self.count:,} values, {group.distinct:,} different, in {counted(group.records, 'record')}"
        return f"{kind}{where}: {counts} ({group.kind.rule_id})"


def alerts(found: Found) -> list[Alert]:
    """Each finding of small groups, and each large group as one; all as groups where there would be too many."""
    small = [group.count for group in found.groups if group.count <= PLACES]
    apart = len(found.groups) - len(small) + sum(small) <= MAX_ALERTS
    return [alert for group in found.groups for alert in _alerts(group, keyed=found.keyed, apart=apart)]


def _alerts(group: Group, *, keyed: bool, apart: bool) -> Iterator[Alert]:
    if group.count > PLACES or not apart:
        yield Alert(group, group.places, group.count, _identity(group.kind))
        return
    seen: Counter[str] = Counter()
    for place in group.places:
        value = place.fingerprint if keyed else "value"
        seen[value] += 1
        yield Alert(group, [place], 1, _identity(group.kind, value, str(seen[value])))


def _identity(kind: Kind, *more: str) -> str:
    """A hash of what an alert is about: of places and rules, of a value only by a fingerprint with the user's key."""
    path = (kind.path or "").removeprefix("./")
    parts = (path, kind.field or "", kind.entity_type, kind.state, kind.rule_id, *more)
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:32]
