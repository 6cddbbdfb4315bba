"""JUnit XML, for what shows tests: a suite a file, a failing test a rule and field.

There is no standard; the elements are those of https://github.com/testmoapp/junitxml that all readers know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from scanner.model import Issue
from scanner.sinks.clean import short
from scanner.sinks.found import Alert, Found, Place, alerts


def report(found: Found) -> Iterator[bytes]:
    """All suites: files that were read, each with what was found and not read; those of a clean one pass."""
    failures: defaultdict[str, list[Alert]] = defaultdict(list)
    errors: defaultdict[str, list[Issue]] = defaultdict(list)
    for alert in alerts(found):
        if alert.group.kind.state == "clear":
            failures[alert.group.kind.path or "later files"].append(alert)
    for issue in found.issues.all():
        if issue.severity == "error":
            errors[issue.path or "-"].append(issue)
    names = dict.fromkeys([*(file.path for file in found.summary.coverage), *failures, *errors])
    failed, broken = sum(map(len, failures.values())), sum(map(len, errors.values()))
    tests = sum(max(1, len(failures[name]) + len(errors[name])) for name in names)
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="leakgauge" tests="{tests}" failures="{failed}" errors="{broken}">\n'.encode()
    for name in names:
        yield "".join(_suite(name, failures[name], errors[name])).encode()
    yield b"</testsuites>\n"


def _suite(name: str, failures: Sequence[Alert], errors: Sequence[Issue]) -> Iterator[str]:
    counts = f'tests="{max(1, len(failures) + len(errors))}" failures="{len(failures)}" errors="{len(errors)}"'
    file = _attribute(name)
    yield f"  <testsuite name={file} {counts}>\n"
    for alert in failures:
        kind, text = alert.group.kind, short(alert.text, 1000)
        case = _attribute(f"{kind.rule_id} {kind.field}" if kind.field is not None else kind.rule_id)
        yield f"    <testcase classname={file} name={case} file={file}{_line(alert.places[0])}>\n"
        yield f"      <failure type={_attribute(kind.entity_type)} message={_attribute(text)}>"
        yield f"{escape(_places(alert))}</failure>\n    </testcase>\n"
    for issue in errors:
        yield f"    <testcase classname={file} name={_attribute(issue.kind)}>\n"
        yield f'      <error type="not read" message={_attribute(issue.message)}/>\n    </testcase>\n'
    if not failures and not errors:
        yield f'    <testcase classname={file} name="nothing found"/>\n'
    yield "  </testsuite>\n"


def _attribute(value: str) -> str:
    return quoteattr(short(value, 4096))


def _line(place: Place) -> str:
    return f' line="{place.line}"' if place.line is not None else ""


def _places(alert: Alert) -> str:
    """Where the values stand, a line each."""
    lines = []
    for place in alert.places:
        at = f"record {place.record}" if place.line is None else f"{place.line}:{place.column}"
        lines.append(f"{short(place.path, 4096)}:{at}")
    return "\n".join(lines)
