"""Forms of output: what workers make of splits for a format, and what the run writes of that.

A format that streams is written as its findings come; a report when all is known; text for people is both.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import polars as pl

from scanner.config import ScanConfig
from scanner.forms.lines import Lines
from scanner.model import Summary
from scanner.sinks import REPORTS
from scanner.sources import Source
from scanner.workers import Output, Task

__all__ = ["Form", "form"]


class Form(Protocol):
    """One run in one format; it is used once."""

    @property
    def task(self) -> Task:
        """What is made of a split."""
        ...

    def rendered(self, source: Source, frame: pl.DataFrame) -> bytes:
        """What `task` would make of a findings frame, where it is sifted before."""
        ...

    def begin(self) -> bytes:
        """What comes first."""
        ...

    def take(self, output: Output) -> Iterator[bytes]:
        """What is written for a part of a file."""
        ...

    def end(self, summary: Summary, code: int) -> Iterator[bytes]:
        """What comes last; `code` is the exit code."""
        ...


def form(name: str, config: ScanConfig, width: int | None = None) -> Form:
    """The form of a format; `width`: of the terminal that tables are to fit in.

    Raises `UsageError` for settings that it has no place for.
    """
    if name in REPORTS:
        from scanner.forms.report import Reported  # what counts distinct values is slow to import

        return Reported(name, config)
    # values and reasons are asked of each finding, and what is new to a baseline is told one by one
    if name == "text" and not (config.show_values or config.explain or config.identity):
        from scanner.forms.tables import Tables

        return Tables(config, width)
    return Lines(name)
