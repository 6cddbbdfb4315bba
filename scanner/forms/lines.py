"""Formats that stream: findings are bytes where they are found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from scanner.model import Summary
from scanner.pipeline import Engine, Matched, Part
from scanner.plan import Split
from scanner.sinks import SINKS
from scanner.sources import Source
from scanner.workers import Output


@dataclass(frozen=True, slots=True)
class Render:
    """Renders the findings of splits in a format; a `Task`."""

    format: str

    def __call__(self, engine: Engine, split: Split) -> Iterator[Part[bytes]]:
        """The parts of a split as bytes of the format."""
        source, sink = split.source, SINKS[self.format]

        def render(matched: Matched) -> Iterator[bytes]:
            return (sink.findings(source.path, source.raw, frame) for frame in engine.shown(matched))

        return engine.run(split, render)


class Lines:
    """A `Form` of which nothing is kept."""

    def __init__(self, format: str) -> None:
        """One of `SINKS`."""
        self._sink, self.task = SINKS[format], Render(format)

    def rendered(self, source: Source, frame: pl.DataFrame) -> bytes:
        """See `Form`."""
        return self._sink.findings(source.path, source.raw, frame)

    def begin(self) -> bytes:
        """The head of a format that has one."""
        head: bytes = getattr(self._sink, "HEAD", b"")
        return head

    def take(self, output: Output) -> Iterator[bytes]:
        """Findings, then issues."""
        yield from output.made
        yield from map(self._sink.issue, output.issues)

    def end(self, summary: Summary, code: int) -> Iterator[bytes]:
        """The counts."""
        yield self._sink.summary(summary)
