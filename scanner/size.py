"""One `size`: the counts of all files, added up."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson

from scanner.config import ScanConfig
from scanner.gauge import Gauge, Measure, result
from scanner.model import Issue, Summary
from scanner.output import opened, put, refuse_input
from scanner.pipeline import Engine, Matched, Part
from scanner.plan import Split
from scanner.session import exit_code, outputs, shows
from scanner.sinks import coverage, sizes
from scanner.total import Total
from scanner.workers import Output


class Measuring:
    """Counts what is found in splits; a `Task`."""

    def __call__(self, engine: Engine, split: Split) -> Iterator[Part[bytes]]:
        """The parts of a split, the last of them with all its counts."""
        measure = Measure(split.source.path, engine.config.key, tables=split.format.has_tables)

        def add(matched: Matched) -> bytes:
            measure.add(matched.batch, matched.fields, matched.rows)
            return b""

        for part in engine.run(split, add):
            if part.made is None:
                part.made = measure.finish().dump()
            yield part


def size(paths: Sequence[str], config: ScanConfig, options: dict[str, Any]) -> int:
    """Size `paths`; returns the exit code."""
    refuse_input(options["output"], paths)
    with opened(options["output"]) as out:
        with outputs(paths, config, Measuring(), out, show=shows(options)) as measured:
            found, summary = gather(measured)
        text = _json(found) if options["format_"] == "json" else sizes.text(found).encode()
        put(out, text)
    if options["explain_coverage"]:
        sys.stderr.write(coverage.table(summary.coverage))
    return exit_code(summary, exit_zero=options["exit_zero"])


def gather(measured: Iterable[Output]) -> tuple[dict[str, Any], Summary]:
    """The counts of all parts as the object of the contract, and the summary."""
    gauge, total = Gauge(), Total()
    issues: list[Issue] = []
    for output in measured:
        for data in output.made:
            gauge.add(Gauge.load(data))
        issues += output.issues
        total.add(output.summary)
    summary = total.summary()
    return result(gauge, summary, issues), summary


def _json(found: dict[str, Any]) -> bytes:
    return orjson.dumps(found, option=orjson.OPT_APPEND_NEWLINE)
