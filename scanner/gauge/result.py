"""The counts of a leak as one object, in the order and with the names that users rely on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from scanner.gauge.distinct import Estimate
from scanner.gauge.gauge import Field, Gauge, Tally, Types, of_table
from scanner.gauge.people import IDS, TIERS
from scanner.model import Coverage, Issue, Summary

VERSION = 1
_EPOCH = date(1970, 1, 1)
_PHONE_OR_MAIL = frozenset({"PHONE_NUMBER", "EMAIL_ADDRESS"})
_MONEY = frozenset({"CREDIT_CARD", "BANK_ACCOUNT", "IBAN_CODE"})
_IDS = frozenset(kind for kind, tier in TIERS.items() if tier == IDS)

# What makes a record worse than its parts, the worst first: a reason, and the sets of which it must hold one each.
_RISKS: tuple[tuple[str, tuple[frozenset[str], ...]], ...] = (
    ("address with the code of its door", (frozenset({"ADDRESS"}), frozenset({"DOOR_CODE"}))),
    ("id number with name and contact", (_IDS, frozenset({"PERSON"}), _PHONE_OR_MAIL)),
    ("id number with contact", (_IDS, _PHONE_OR_MAIL)),
    ("id number with name", (_IDS, frozenset({"PERSON"}))),
    ("account or card with name or contact", (_MONEY, _PHONE_OR_MAIL | {"PERSON"})),
    ("name, contact and home", (frozenset({"PERSON"}), _PHONE_OR_MAIL, frozenset({"ADDRESS"}))),
)


def result(gauge: Gauge, summary: Summary, issues: Sequence[Issue]) -> dict[str, Any]:
    """What `leakgauge size --format json` prints."""
    return {
        "type": "size",
        "v": VERSION,
        "files": [_file(file) for file in summary.coverage],
        "records": summary.records,
        "records_with_findings": sum(count for kinds, count in gauge.combinations.items() if kinds),
        "entities": _entities(gauge),
        "combinations": _combinations(gauge),
        "roles": _roles(gauge),
        "waybills": _waybills(gauge),
        "subjects": gauge.people.subjects()._asdict(),
        "dates": [
            {"date": str(_EPOCH + timedelta(days=day)), "records": count} for day, count in sorted(gauge.days.items())
        ],
        "countries": [
            {"country": country, "records": count} for country, count in _most(gauge.countries.items())
        ],
        "provinces": [
            {"country": country, "province": province, "records": count}
            for (country, province), count in _most(gauge.provinces.items())
        ],
        "fields": _fields(gauge, summary.coverage),
        "coverage": {
            "bytes": summary.bytes + sum(issue.bytes or 0 for issue in issues if issue.severity == "error"),
            "bytes_read": summary.bytes,
            "complete": summary.complete,
            "issues": [asdict(issue) for issue in issues],
        },
    }  # fmt: skip


def named(found: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """`found` with `path_base64` in place of a `path` that is no UTF-8; `names`: that by what is shown."""
    coverage = found["coverage"] | {"issues": [_named(row, names) for row in found["coverage"]["issues"]]}
    rows = {key: [_named(row, names) for row in found[key]] for key in ("files", "fields")}
    return found | rows | {"coverage": coverage}


def _named(row: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    name = names.get(row["path"])
    if name is None:
        return row
    return {"path_base64" if key == "path" else key: name if key == "path" else row[key] for key in row}


def _file(file: Coverage) -> dict[str, Any]:
    known = asdict(file)
    return {name: known[name] for name in ("path", "format", "encoding", "records", "bytes", "complete")}


def _entities(gauge: Gauge) -> dict[str, Any]:
    """The counts of each type in all fields."""
    tallies: defaultdict[str, list[Tally]] = defaultdict(list)
    for key, tally in gauge.fields.items():
        tallies[key.entity_type].append(tally)
    return {kind: _entity(kind, tallies[kind], gauge) for kind in sorted(tallies)}


def _entity(kind: str, tallies: Sequence[Tally], gauge: Gauge) -> dict[str, int]:
    return {
        "items": sum(tally.items for tally in tallies),
        "records": sum(count for kinds, count in gauge.combinations.items() if kind in kinds),
        **_distinct(gauge.distinct(kind).estimate()),
        "masked": sum(tally.masked for tally in tallies),
    }


def _distinct(found: Estimate) -> dict[str, int]:
    return {"distinct": found.value, "distinct_low": found.low, "distinct_high": found.high}


def _combinations(gauge: Gauge) -> list[dict[str, Any]]:
    """The sets of types, the riskiest first, then the most frequent."""
    ranked = sorted(
        ((_risk(kinds), -count, kinds) for kinds, count in gauge.combinations.items() if kinds),
    )
    return [
        {"entities": list(kinds), "records": -count, "risk": _RISKS[risk][0] if risk < len(_RISKS) else None}
        for risk, count, kinds in ranked
    ]


def _risk(kinds: Types) -> int:
    """The number of the worst risk in `_RISKS`; their number for none."""
    meets = (n for n, (_, needs) in enumerate(_RISKS) if all(need.intersection(kinds) for need in needs))
    return next(meets, len(_RISKS))


def _waybills(gauge: Gauge) -> list[dict[str, int]]:
    """Records by how many of six dimensions they fill; none unless senders and recipients are told."""
    roles = {key.role for key, tally in gauge.fields.items() if tally.items}
    told = sorted(gauge.dimensions.items(), reverse=True) if {"sender", "recipient"} <= roles else []
    return [{"dimensions": number, "records": count} for number, count in told if number]


def _roles(gauge: Gauge) -> dict[str, dict[str, int]]:
    roles: dict[str, dict[str, int]] = {}
    for key, tally in sorted(gauge.fields.items(), key=lambda item: (item[0].role or "", item[0].entity_type)):
        if key.role is not None and tally.items:
            of_role = roles.setdefault(key.role, {})
            of_role[key.entity_type] = of_role.get(key.entity_type, 0) + tally.items
    return roles


def _fields(gauge: Gauge, files: Iterable[Coverage]) -> list[dict[str, Any]]:
    records = {file.path: file.records for file in files}
    return [
        _field(key, tally, gauge.tables.get((key.path, of_table(key.field) or ""), records.get(key.path, 0)))
        for key, tally in gauge.fields.items()
    ]


def _field(key: Field, tally: Tally, records: int) -> dict[str, Any]:
    return {
        **key._asdict(),
        "items": tally.items,
        "records": tally.records,
        "share": round(tally.records / records, 4) if records else None,
        **_distinct(tally.distinct.estimate()),
        "masked": tally.masked,
        "samples": list(tally.samples.values()),
    }


def _most(counts: Iterable[tuple[Any, int]]) -> list[tuple[Any, int]]:
    return sorted(counts, key=lambda item: (-item[1], item[0]))
