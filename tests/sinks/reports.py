"""Groups and issues of a run for the tests of reports."""

from __future__ import annotations

import re

from scanner.model import Coverage, Issue, Summary
from scanner.sinks.found import PLACES, Found, Group, Issues, Kind, Place

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
EVIL = "::error::\x1b[31m,a:b%\n\u202e<&\"'>]]>"


def group(
    path: str = "d/a.csv",
    field: str | None = "phone",
    *,
    count: int = 2,
    line: int | None = 5,
    raw: bytes | None = None,
    entity_type: str = "PHONE_NUMBER",
    state: str = "clear",
) -> Group:
    """So many findings, a line each from `line` on."""
    places = [
        Place(path, raw, None if line is None else line + n, 7, n + 1, f"{n:032x}") for n in range(min(count, PLACES))
    ]
    return Group(Kind(path, field, entity_type, state, "phone-kr-mobile"), count, count, count, places)


def found(*groups: Group, issues: tuple[Issue, ...] = (), keyed: bool = False) -> Found:
    """A run that found these."""
    noted = Issues()
    for issue in issues:
        noted.add(issue)
    complete = all(issue.severity != "error" for issue in issues)
    count = sum(each.count for each in groups)
    read = [Coverage("clean.txt", "text", records=3)]
    summary = Summary(files=2, records=9, findings=count, issues=len(issues), complete=complete, coverage=read)
    return Found(list(groups), noted, summary, 1 if count else 0 if complete else 3, keyed)
