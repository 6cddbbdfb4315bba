"""The scan of what the screen lets through, told to people: a line a finding, then how to allow one."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import polars as pl

from scanner.baseline import Sieve, load
from scanner.config import ScanConfig
from scanner.containers import expand
from scanner.model import Issue, Summary
from scanner.output import but_file, put
from scanner.pipeline import Engine, Matched, Part
from scanner.plan import Split
from scanner.pool import Runner
from scanner.session import exit_code
from scanner.sifted import Frames, sifted
from scanner.sinks.clean import clean
from scanner.sources import Source, find
from scanner.sources.compression import sniff
from scanner.sources.source import display
from scanner.workers import Output

HINT = "To allow a finding: # leakgauge: allow RULE reason   at the end of its line\n"
_HEAD = 4096  # bytes by which a file is told


@dataclass(frozen=True, slots=True)
class Lines:
    """Makes the lines of the findings in splits; a `Task`."""

    def __call__(self, engine: Engine, split: Split) -> Iterator[Part[bytes]]:
        """The parts of a split as lines."""

        def told(matched: Matched) -> Iterator[bytes]:
            return (_lines(split.source.path, frame) for frame in engine.shown(matched))

        return engine.run(split, told)


def of_paths(paths: Sequence[str], config: ScanConfig, baseline: str | None) -> int:
    """Scan files and folders, and tell what is found but not accepted by a baseline; returns the exit code."""
    return _run(find(paths, respect_gitignore=config.gitignore, exclude=config.exclude), config, baseline)


def of_copies(copies: Iterable[tuple[str, str | Issue]], config: ScanConfig, baseline: str | None) -> int:
    """Scan copies of files: pairs of the name to show, and the place of the copy or what is wrong."""
    sources = (place if isinstance(place, Issue) else _copied(name, place) for name, place in copies)
    return _run(sources, config, baseline)


def _copied(name: str, place: str) -> Source:
    with open(place, "rb") as file:  # noqa: PTH123
        head = file.read(_HEAD)
    path, raw = display(name)
    return Source(path, raw, place, sniff(head), head)


def _run(sources: Iterable[Source | Issue], config: ScanConfig, baseline: str | None) -> int:
    summary = Summary()
    for output in _outputs(expand(sources, exclude=config.exclude), config, baseline):
        put(sys.stdout.buffer, _told(output))
        summary += output.summary
    if summary.findings:
        put(sys.stdout.buffer, [HINT.encode()])
    return exit_code(summary, exit_zero=False)


def _outputs(sources: Iterator[Source | Issue], config: ScanConfig, baseline: str | None) -> Iterator[Output]:
    """The lines of all findings, without those that a baseline accepts."""
    if baseline is None:
        return Runner(config, Lines()).run(sources)
    sieve = Sieve(load(baseline, config.key))
    config = replace(config, identity=sieve.identity)
    found = Runner(config, Frames()).run(but_file(sources, baseline))
    return sifted(found, sieve, lambda source, frame: _lines(source.path, frame), config)


def _told(output: Output) -> Iterator[bytes]:
    """What was found, and what could not be read; notes would only be in the way."""
    return chain(output.made, (_issue(issue) for issue in output.issues if issue.severity == "error"))


def _lines(path: str, frame: pl.DataFrame) -> bytes:
    """`path:line:column: TYPE masked (rule)`, or the record where there are no lines; only values in the clear."""
    place = (
        pl.when(pl.col("line").is_null())
        .then(pl.format("{}: record {}", pl.lit(path), "record"))
        .otherwise(pl.format("{}:{}:{}", pl.lit(path), "line", "column"))
    )
    line = pl.format("{}: {} {} ({})", place, "entity_type", "masked", "rule_id")
    lines = frame.filter(pl.col("state") == "clear").select(line=line)["line"]
    return "".join(f"{clean(line)}\n" for line in lines.to_list()).encode()


def _issue(issue: Issue) -> bytes:
    place = ":".join(str(part) for part in (issue.path, issue.line) if part is not None)
    return f"{clean(f'{place}: not read: {issue.message}')}\n".encode()
