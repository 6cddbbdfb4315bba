"""One `scan` from the command line: findings to a stream as they come."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, BinaryIO

from scanner.baseline import Sieve, load
from scanner.config import ScanConfig
from scanner.model import Summary
from scanner.output import opened, put, refuse_input
from scanner.pipeline import Engine, Matched, Part
from scanner.plan import Split
from scanner.session import Session, exit_code, shows
from scanner.sifted import Frames, sifted
from scanner.sinks import SINKS, coverage
from scanner.total import Total
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


def scan(paths: Sequence[str], config: ScanConfig, options: dict[str, Any]) -> int:
    """Scan `paths`; returns the exit code."""
    refuse_input(options["output"], paths)
    baseline, format_, sieve = options.get("baseline"), options["format_"], None
    if baseline is not None:
        sieve = Sieve(load(baseline, config.key))
        config = replace(config, identity=sieve.identity)
    session = Session(paths, config, Frames() if sieve else Render(format_), but=baseline)
    with opened(options["output"]) as out, session.outputs(out, show=shows(options)) as found:
        summary = write(sifted(found, sieve, SINKS[format_], config) if sieve else found, format_, out)
    if options["explain_coverage"]:
        sys.stderr.write(coverage.table(summary.coverage))
    return exit_code(summary, exit_zero=options["exit_zero"])


def write(outputs: Iterable[Output], format_: str, out: BinaryIO) -> Summary:
    """Write outputs as they come, then the summary, which is returned."""
    sink, total = SINKS[format_], Total()
    for output in outputs:
        put(out, chain(output.made, map(sink.issue, output.issues)))
        total.add(output.summary)
    summary = total.summary()
    put(out, [sink.summary(summary)])
    return summary
