"""Sinks: findings frames, issues and the summary as bytes; they never see a raw value unless it was asked for."""

from __future__ import annotations

from typing import Protocol

import polars as pl

from scanner.model import Issue, Summary
from scanner.sinks import jsonl, text


class Sink(Protocol):
    """One output format: a module with these three functions."""

    def findings(self, path: str, raw: bytes | None, frame: pl.DataFrame) -> bytes:
        """Findings of one file; `raw` is its name when that is not UTF-8."""
        ...

    def issue(self, issue: Issue) -> bytes:
        """Something that was not read, or read differently."""
        ...

    def summary(self, summary: Summary) -> bytes:
        """The end of a run."""
        ...


SINKS: dict[str, Sink] = {"jsonl": jsonl, "text": text}
