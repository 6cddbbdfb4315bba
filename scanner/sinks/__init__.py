"""Sinks: findings, issues and the summary as bytes; they never see a raw value unless it was asked for.

One that streams is a module with three functions, a row in `SINKS`. One that is written at the end of a run is a
function of what was gathered, a row in `REPORTS`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import polars as pl

from scanner.model import Issue, Summary
from scanner.sinks import csvfile, github, gitlab, hook, jsonl, junit, sarif, text
from scanner.sinks.found import Found


class Sink(Protocol):
    """One output format that streams: a module with these three functions; what comes first may be in `HEAD`."""

    def findings(self, path: str, raw: bytes | None, frame: pl.DataFrame) -> bytes:
        """Findings of one file; `raw` is its name when that is not UTF-8."""
        ...

    def issue(self, issue: Issue) -> bytes:
        """Something that was not read, or read differently."""
        ...

    def summary(self, summary: Summary) -> bytes:
        """The end of a run."""
        ...


class Report(Protocol):
    """One output format that is written at the end."""

    def __call__(self, found: Found, /) -> Iterator[bytes]:
        """All of it, in pieces."""
        ...


SINKS: dict[str, Sink] = {"jsonl": jsonl, "text": text, "csv": csvfile, "hook": hook}
REPORTS: dict[str, Report] = {
    "sarif": sarif.report,
    "github": github.report,
    "gitlab": gitlab.report,
    "junit": junit.report,
}
