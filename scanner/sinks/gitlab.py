"""A code quality report of GitLab: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import orjson

from scanner.model import Issue
from scanner.sinks import severity
from scanner.sinks.clean import clean_json, short
from scanner.sinks.found import Alert, Found, alerts


def report(found: Found) -> Iterator[bytes]:
    """One array: an entry for each alert and each issue; entries of one fingerprint would be one to GitLab."""
    rows = [*map(_alert, alerts(found)), *map(_issue, found.issues.all())]
    yield b"["
    for number, row in enumerate(rows):
        yield b",\n" * bool(number) + clean_json(orjson.dumps(row))
    yield b"]\n"


def _alert(alert: Alert) -> dict[str, Any]:
    place, kind = alert.places[0], alert.group.kind
    return {
        "description": short(alert.text, 1000),
        "check_name": kind.rule_id,
        "fingerprint": alert.identity,
        "severity": severity.of(kind.entity_type, kind.state).gitlab,
        "location": _location(place.path, place.line),
    }


def _issue(issue: Issue) -> dict[str, Any]:
    known = "\0".join((issue.kind, issue.path or "", issue.message))
    return {
        "description": short(f"not read: {issue.message}" if issue.severity == "error" else issue.message, 1000),
        "check_name": f"leakgauge/{issue.kind}",
        "fingerprint": hashlib.sha256(known.encode(errors="surrogatepass")).hexdigest()[:32],
        "severity": "major" if issue.severity == "error" else "info",
        "location": _location(issue.path or "-", issue.line),
    }


def _location(path: str, line: int | None) -> dict[str, Any]:
    """A path as git names it, and a line; what has none is told to stand in the first."""
    return {"path": short(path, 4096).removeprefix("./"), "lines": {"begin": line or 1}}
