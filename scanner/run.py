"""One `scan` from the command line: outputs to a stream, progress to stderr, and the exit code."""

from __future__ import annotations

import os
import signal
import stat
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from scanner.config import ScanConfig
from scanner.containers import expand
from scanner.errors import UsageError
from scanner.model import Coverage, Issue, Summary
from scanner.pipeline import Engine, Matched, Part
from scanner.plan import Split
from scanner.pool import Runner
from scanner.progress import Progress
from scanner.sinks import SINKS, coverage
from scanner.sources import Source, find
from scanner.workers import Output

_FOUND, _UNREAD = 1, 3


@dataclass(frozen=True, slots=True)
class Render:
    """Renders the findings of splits in a format; a `Task`."""

    format: str

    def __call__(self, engine: Engine, split: Split) -> Iterator[Part[bytes]]:
        """The parts of a split as bytes of the format."""
        source, sink = split.source, SINKS[self.format]

        def render(matched: Matched) -> bytes:
            frame = engine.shown(matched)
            return sink.findings(source.path, source.raw, frame) if frame.height else b""

        return engine.run(split, render)


def scan(paths: Sequence[str], config: ScanConfig, options: dict[str, Any]) -> int:
    """Scan `paths`; returns the exit code."""
    _take_interrupts()
    runner = Runner(config, Render(options["format_"]))
    sources = find(paths, respect_gitignore=config.gitignore, exclude=config.exclude)
    shown = not (options["no_progress"] or options["quiet"]) and sys.stderr.isatty()
    _refuse_input(options["output"], paths)
    with _output(options["output"]) as out, Progress(enabled=shown) as progress:
        others = expand(_but_output(sources, out), exclude=config.exclude)
        summary = write(progress.watch(runner.run(others)), options["format_"], out)
    if options["explain_coverage"]:
        sys.stderr.write(coverage.table(summary.coverage))
    return _exit_code(summary, exit_zero=options["exit_zero"])


def _refuse_input(output: str | None, paths: Sequence[str]) -> None:
    """Raise `UsageError` where the findings would overwrite what is to be scanned."""
    for path in paths if output is not None else ():
        with suppress(OSError):
            if _is_file(str(output), os.fstat(0) if path == "-" else Path(path).stat()):
                raise UsageError(f"{output} is to be scanned: give another file to -o")


def _but_output(sources: Iterable[Source | Issue], out: BinaryIO) -> Iterator[Source | Issue]:
    """Leave out the file that the findings are written to: scanning it would find them again, without end."""
    try:
        mine = os.fstat(out.fileno())
    except (OSError, ValueError):  # not a file
        yield from sources
        return
    for source in sources:
        if isinstance(source, Source) and source.location is not None and _is_file(source.location, mine):
            yield Issue("output", "is where the findings go; skipped", source.path, "warning")
        else:
            yield source


def _is_file(path: str, file: os.stat_result) -> bool:
    """Whether a path leads to a regular file."""
    try:
        return stat.S_ISREG(file.st_mode) and os.path.samestat(Path(path).stat(), file)
    except OSError:
        return False


def _take_interrupts() -> None:
    """Let Python have SIGINT back: polars takes it when it is imported, and loses it when a short query ends first."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def write(outputs: Iterable[Output], format_: str, out: BinaryIO) -> Summary:
    """Write outputs as they come, then the summary, which is returned."""
    sink, total = SINKS[format_], Summary()
    read: dict[str, Coverage] = {}
    for output in outputs:
        _put(out, *output.made, *map(sink.issue, output.issues))
        for file in output.summary.coverage:
            read[file.path] = _both(read[file.path], file) if file.path in read else file
        total += replace(output.summary, coverage=[])
    total.coverage = list(read.values())
    _put(out, sink.summary(total))
    return total


def _both(one: Coverage, other: Coverage) -> Coverage:
    """What was read of a file that comes in two parts, as mail does, or of which an issue came later."""
    how = one if one.format else other
    return replace(
        how,
        bytes=one.bytes + other.bytes,
        records=one.records + other.records,
        complete=one.complete and other.complete,
        issues=dict(Counter(one.issues) + Counter(other.issues)),
    )


def _put(out: BinaryIO, *data: bytes) -> None:
    try:
        out.writelines(data)
        out.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"cannot write the findings: {error.strerror}; some are missing") from error


@contextmanager
def _output(path: str | None) -> Iterator[BinaryIO]:
    if path is None and sys.stdout is None:
        raise UsageError("stdout is closed: give -o FILE")
    if path is None:
        yield sys.stdout.buffer
        return
    try:
        file = Path(path).open("wb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
    try:
        yield file
    finally:
        with suppress(OSError):  # what cannot be flushed was told when it was put
            file.close()


def _exit_code(summary: Summary, *, exit_zero: bool) -> int:
    if summary.findings:
        return 0 if exit_zero else _FOUND
    return 0 if summary.complete else _UNREAD
