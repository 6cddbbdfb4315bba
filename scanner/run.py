"""One `scan` from the command line: findings to a stream as they come."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, BinaryIO

from scanner.baseline import Sieve, load
from scanner.config import ScanConfig
from scanner.forms import Form, form
from scanner.model import Summary
from scanner.output import opened, put, refuse_input
from scanner.session import Items, Session, exit_code, shows
from scanner.sifted import Frames, sifted
from scanner.sinks import coverage
from scanner.total import Total
from scanner.workers import Output


def scan(paths: Sequence[str], config: ScanConfig, options: Mapping[str, Any], sources: Items = None) -> int:
    """Scan `paths`, or else `sources`; returns the exit code."""
    refuse_input(options["output"], paths)
    baseline, sieve = options["baseline"], None
    if baseline is not None:
        sieve = Sieve(load(baseline, config.key))
        config = replace(config, identity=sieve.identity)
    chosen = form(options["format_"], config, _width(options["output"]))
    session = Session(paths, config, Frames() if sieve else chosen.task, but=baseline, sources=sources)
    with opened(options["output"]) as out, session.outputs(out, show=shows(options)) as found:
        outputs = sifted(found, sieve, chosen.rendered, config) if sieve else found
        summary = write(outputs, chosen, out, exit_zero=options["exit_zero"])
    session.warn(options)
    if options["explain_coverage"]:
        sys.stderr.write(coverage.table(summary.coverage))
    return exit_code(summary, exit_zero=options["exit_zero"])


def write(outputs: Iterable[Output], chosen: Form, out: BinaryIO, *, exit_zero: bool = False) -> Summary:
    """Write outputs as they come, then the summary, which is returned."""
    total, head = Total(), chosen.begin()
    for output in outputs:
        put(out, chain([head] if head else [], chosen.take(output)))
        total.add(output.summary)
        head = b""
    summary = total.summary()
    put(out, chain([head], chosen.end(summary, exit_code(summary, exit_zero=exit_zero))))
    return summary


def _width(output: str | None) -> int | None:
    """The width of the terminal that is written to; None for a file or a pipe."""
    if output is not None or sys.stdout is None or not sys.stdout.isatty():
        return None
    return shutil.get_terminal_size().columns
