"""Issues that are made of errors of ours, and those of one file put together."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from scanner.model import Issue


def internal(error: BaseException, path: str) -> Issue:
    """An error of ours while reading `path`: its type and place, never its text, which may hold data."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return Issue("internal", f"{type(error).__name__} at {place}: the rest was not read; please report this", path)


def merged(issues: Sequence[Issue], path: str) -> list[Issue]:
    """The issues of one file, each kind of message once, with its first line and the number of cases."""
    result: dict[tuple[str, str, str], Issue] = {}
    for issue in issues:
        key = (issue.kind, issue.message, issue.severity)
        known = result.get(key)
        result[key] = (
            replace(known, count=known.count + issue.count)
            if known
            else replace(issue, path=issue.path or path or None)
        )
    return list(result.values())
