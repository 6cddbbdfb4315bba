"""SARIF 2.1.0, for code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.

Within the limits of GitHub,
https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit: 25,000
results of which 5,000 are shown, 1,000 locations of a result, 20 tags of a rule of which 10 are shown.

GitHub tells alerts apart by `primaryLocationLineHash`. Without one, its upload makes it of the text of the line by a
hash that anyone can try out; so each result has one of ours, which is made of no value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from scanner.model import Issue
from scanner.sinks import severity
from scanner.sinks.clean import clean_json, short, uri
from scanner.sinks.found import Alert, Described, Found, Place, alerts

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_CODES = {0: "nothing to report", 1: "personal data found", 3: "not everything could be read"}
_MAX_TAGS = 10


def report(found: Found) -> Iterator[bytes]:
    """One run; results one by one, so that the whole is never held as one text."""
    rules = _rules(found)
    places = {rule["id"]: number for number, rule in enumerate(rules)}
    tail = {
        "tool": {"driver": {"name": "leakgauge", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(found)],
    }
    yield b'{"$schema":' + orjson.dumps(SCHEMA) + b',"version":"2.1.0","runs":[{"results":['
    for number, alert in enumerate(alerts(found)):
        yield b"," * bool(number) + clean_json(orjson.dumps(_result(alert, places)))
    yield b"]," + clean_json(orjson.dumps(tail))[1:] + b"]}\n"


def _rules(found: Found) -> list[dict[str, Any]]:
    """The rules that found something, by id."""
    used = {group.kind.rule_id: group.kind.entity_type for group in found.groups}
    return [_rule(found.rules.get(name) or Described(name, used[name], name, name)) for name in sorted(used)]


def _rule(rule: Described) -> dict[str, Any]:
    grave = severity.of(rule.entity_type)
    tags = ["security", "privacy", rule.entity_type, *(f"region/{region}" for region in rule.regions)]
    help_ = (
        f"{rule.description} Take the value out, mask it, or allow it: "
        f"`leakgauge rules show {rule.id}` says how it is found."
    )
    return {
        "id": rule.id,
        "name": rule.entity_type,
        "shortDescription": {"text": short(rule.name)},
        "fullDescription": {"text": short(rule.description, 1000)},
        "help": {"text": short(help_, 1500)},
        "defaultConfiguration": {"level": grave.level},
        "properties": {"tags": tags[:_MAX_TAGS], "security-severity": grave.score, "precision": "medium"},
    }


def _result(alert: Alert, rules: dict[str, int]) -> dict[str, Any]:
    kind = alert.group.kind
    result: dict[str, Any] = {
        "ruleId": kind.rule_id,
        "ruleIndex": rules[kind.rule_id],
        "level": severity.of(kind.entity_type, kind.state).level,
        "message": {"text": short(alert.text, 1000)},
        "locations": [_location(place, kind.field) for place in alert.places],
        "partialFingerprints": {"primaryLocationLineHash": f"{alert.identity}:1"},
    }
    if alert.count > 1:
        result["occurrenceCount"] = alert.count
        result["properties"] = {"records": alert.group.records, "distinct": alert.group.distinct}
    return result


def _location(place: Place, field: str | None) -> dict[str, Any]:
    """A place; GitHub wants a line, so what has none is told to stand in the first."""
    region = {"startLine": place.line or 1} | ({"startColumn": place.column} if place.column else {})
    file = {"artifactLocation": {"uri": uri(place.path, place.raw)}, "region": region}
    record = {"fullyQualifiedName": short(f"{field or 'record'}#{place.record}"), "kind": "member"}
    return {"physicalLocation": file, "logicalLocations": [record]}


def _invocation(found: Found) -> dict[str, Any]:
    notes: Sequence[dict[str, Any]] = [_notification(issue) for issue in found.issues.all()]
    return {
        "executionSuccessful": found.summary.complete,
        "exitCode": found.code,
        "exitCodeDescription": _CODES[found.code],
        "toolExecutionNotifications": notes,
        "properties": {
            "files": found.summary.files,
            "records": found.summary.records,
            "findings": found.summary.findings,
            "masked": found.summary.masked,
        },
    }


def _notification(issue: Issue) -> dict[str, Any]:
    times = f" ({issue.count:,} times)" if issue.count > 1 else ""
    note: dict[str, Any] = {
        "descriptor": {"id": issue.kind},
        "level": issue.severity,
        "message": {"text": short(issue.message + times, 1000)},
    }
    if issue.path is not None:
        file: dict[str, Any] = {"artifactLocation": {"uri": uri(issue.path, None)}}
        file |= {"region": {"startLine": issue.line}} if issue.line else {}
        note["locations"] = [{"physicalLocation": file}]
    return note
