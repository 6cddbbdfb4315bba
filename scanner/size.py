"""One `size`: the counts of all files, added up."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from scanner import overlap, report
from scanner.config import ScanConfig
from scanner.errors import UsageError
from scanner.gauge import Gauge, Hashing, Measure, Patterns, Sampled, extrapolated, result
from scanner.model import Summary
from scanner.output import opened, put, refuse_input, refuse_inside
from scanner.overlap import Sketch
from scanner.pipeline import Engine, Matched, Part
from scanner.plan import Split
from scanner.session import Session, exit_code, shows
from scanner.sinks import coverage, sizes
from scanner.sources.source import display
from scanner.state import State
from scanner.total import Total
from scanner.workers import Output

_KEPT = ("report", "save_sketch", "state")
_WRITTEN = ("output", *_KEPT)


@dataclass(frozen=True, slots=True)
class Measuring:
    """Counts what is found in splits, with `portable` hashes for sketches that are kept; a `Task`."""

    portable: bool = False

    def __call__(self, engine: Engine, split: Split) -> Iterator[Part[bytes]]:
        """The parts of a split, the last of them with all its counts."""
        hashing = Hashing(engine.config.key, self.portable)
        patterns = Patterns.of(engine.catalogue)
        measure = Measure(split.source.path, patterns, hashing, tables=split.format.has_tables)

        def add(matched: Matched) -> Iterator[bytes]:
            measure.add(matched.batch, matched.fields, matched.rows)
            return iter(())

        for part in engine.run(split, add):
            if part.last:
                part.made = measure.finish().dump()
            yield part


def size(paths: Sequence[str], config: ScanConfig, options: dict[str, Any]) -> int:
    """Size `paths`; returns the exit code. Raises `UsageError` for options that do not go together."""
    written = [options[name] for name in _WRITTEN if options[name]]
    if len({Path(path).resolve() for path in written}) < len(written):
        raise UsageError("two results cannot be written to one file: give each its own")
    for path in written:
        refuse_input(path, paths)
    for path in (options[name] for name in _KEPT if options[name]):
        refuse_inside(path, paths)
    if config.sample is not None and (options["overlap"] or options["save_sketch"] or options["state"]):
        raise UsageError("--sample does not go with --overlap, --save-sketch or --state: these want all of the data")
    if (options["overlap"] or options["save_sketch"]) and not config.key:
        raise UsageError("sketches are compared by keyed hashes: give --key-file or LEAKGAUGE_KEY, the same each time")
    summary = (_compare if options["overlap"] else _size)(paths, config, options)
    if options["explain_coverage"]:
        sys.stderr.write(coverage.table(summary.coverage))
    return exit_code(summary, exit_zero=options["exit_zero"])


def _size(paths: Sequence[str], config: ScanConfig, options: dict[str, Any]) -> Summary:
    task = Measuring(portable=options["save_sketch"] is not None)
    state = State(options["state"], config, [repr(task), *paths])
    session = Session(paths, config, task)
    if options["report"]:
        report.check(options["report"])
    with opened(options["output"]) as out:
        with session.outputs(out, show=shows(options), state=state) as measured:
            found, summary = gather(measured, state, config)
        put(out, [_json(found) if options["format_"] == "json" else sizes.text(found).encode()])
    if options["save_sketch"]:
        _sketch(" ".join(paths), state, summary, config).save(options["save_sketch"])
    if options["report"]:
        report.write(found, options["report"])
    return summary


def _compare(paths: Sequence[str], config: ScanConfig, options: dict[str, Any]) -> Summary:
    """Size each path by itself, unless it is a sketch, and tell how many people are in several."""
    if len(paths) < 2:
        raise UsageError("--overlap compares leaks: give at least two, files, folders or saved sketches")
    if options["state"] or options["save_sketch"] or options["report"]:
        raise UsageError("--overlap does not go with --state, --save-sketch or --report: save a sketch of each leak")
    check = Hashing(config.key).check()
    sides = [
        Sketch.load(path, check) if overlap.is_sketch(path) else Session([path], config, Measuring(portable=True))
        for path in paths
    ]
    with opened(options["output"]) as out:
        total, sketches = Total(), []
        for path, side in zip(paths, sides, strict=True):
            if isinstance(side, Session):
                state = State(None, config, ())
                with side.outputs(out, show=shows(options)) as measured:
                    _, summary = gather(measured, state, config)
                total.add(summary)
                side = _sketch(path, state, summary, config)
            sketches.append(side)
        found = overlap.overlaps(sketches)
        put(out, [_json(found) if options["format_"] == "json" else overlap.text(found).encode()])
    return total.summary()


def _sketch(path: str, state: State, summary: Summary, config: ScanConfig) -> Sketch:
    return Sketch(display(path)[0], summary.records, state.gauge.people, Hashing(config.key).check())


def size_of(paths: str | Sequence[str], config: ScanConfig | None = None) -> dict[str, Any]:
    """The counts of files, one path or several, as the object that `leakgauge size --format json` prints.

    Raises `LeakgaugeError` for settings that cannot be used; what is wrong with a file is told in `coverage`.
    """
    config, listed = config or ScanConfig(), [paths] if isinstance(paths, str) else paths
    session, state = Session(listed, config, Measuring()), State(None, config, ())
    with session.outputs(io.BytesIO(), show=False) as measured:
        return gather(measured, state, config)[0]


def gather(measured: Iterable[Output], state: State, config: ScanConfig) -> tuple[dict[str, Any], Summary]:
    """The counts of all parts, added to those of `state`, as the object of the contract, and the summary."""
    sampled, read = Sampled(), Summary()
    for output in measured:
        read += output.summary
        for data in output.made:
            gauge = Gauge.load(data)
            if config.sample is not None and output.source is not None:
                sampled.add(output.source.path, output.blocks, gauge, read)
            state.gauge.add(gauge)
        state.issues += output.issues
        state.total.add(output.summary)
        if output.ends_split:
            read = Summary()
            state.save()
    state.save(now=True)
    summary = state.total.summary()
    found = result(state.gauge, summary, state.issues)
    return _extrapolated(found, summary, sampled, config) if sampled.blocks else (found, summary)


def _extrapolated(
    found: dict[str, Any], summary: Summary, sampled: Sampled, config: ScanConfig
) -> tuple[dict[str, Any], Summary]:
    """What blocks say of the whole, which was not read."""
    found = extrapolated(found, sampled)
    coverage = found["coverage"] | {"bytes": sampled.total("bytes").value, "complete": False}
    files = [file | {"complete": file["complete"] and file["path"] not in sampled.paths} for file in found["files"]]
    found |= {"coverage": coverage, "files": files}
    share = round(summary.bytes / max(1, coverage["bytes"]), 4)
    sample = {"share": share, "seed": config.seed, "bytes": summary.bytes, "blocks": sampled.blocks}
    return found | {"sample": sample}, replace(summary, complete=False)


def _json(found: dict[str, Any]) -> bytes:
    return orjson.dumps(found, option=orjson.OPT_APPEND_NEWLINE)
