"""Annotations of GitHub workflows, a line each, the gravest first.

The commands: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands. GitHub shows at most
10 of each kind (error, warning, notice) a step and 50 a job; all are in the log. How they are escaped:
https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.model import Issue
from scanner.sinks import severity, text
from scanner.sinks.clean import short
from scanner.sinks.found import Alert, Found, alerts

SHOWN = 10  # of each kind


def report(found: Found) -> Iterator[bytes]:
    """Annotations for what was not read, for each alert and each note, and the counts."""
    issues = sorted(found.issues.all(), key=lambda issue: issue.severity)
    ranked = sorted(alerts(found), key=_rank)
    yield from (_issue(issue) for issue in issues if issue.severity == "error")
    yield from map(_alert, ranked)
    yield from (_issue(issue) for issue in issues if issue.severity != "error")
    counts = text.summary(found.summary).decode().strip()
    more = f"; GitHub shows {SHOWN} annotations of a kind, all are in the log" if len(ranked) > SHOWN else ""
    yield _command("notice", {"title": "leakgauge"}, counts + more)


def _rank(alert: Alert) -> int:
    return severity.of(alert.group.kind.entity_type, alert.group.kind.state).rank


def _alert(alert: Alert) -> bytes:
    kind, place = alert.group.kind, alert.places[0]
    where = {"file": place.path.removeprefix("./"), "line": place.line, "col": place.column}
    named = severity.of(kind.entity_type, kind.state).annotation
    return _command(named, where | {"title": kind.entity_type}, alert.text)


def _issue(issue: Issue) -> bytes:
    label = "not read: " if issue.severity == "error" else ""
    where = {"file": issue.path and issue.path.removeprefix("./"), "line": issue.line, "title": issue.kind}
    return _command("error" if issue.severity == "error" else "notice", where, label + issue.message)


def _command(name: str, properties: dict[str, str | int | None], message: str) -> bytes:
    """One command; `properties` without a value are left out."""
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items() if value is not None)
    return f"::{name} {listed}::{_data(short(message, 1000))}\n".encode()


def _data(message: str) -> str:
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str | int) -> str:
    return _data(short(str(value), 4096)).replace(":", "%3A").replace(",", "%2C")
