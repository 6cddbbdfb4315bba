"""One `size`: the counts of all files, added up."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from scanner import overlap, report
from scanner.config import ScanConfig
from scanner.counts import Counts, Measuring
from scanner.errors import UsageError
from scanner.gauge import Hashing, named
from scanner.model import Summary
from scanner.output import opened, put_whole, refuse_input, refuse_inside
from scanner.overlap import Sketch
from scanner.private import part_of
from scanner.session import Session, exit_code, shows
from scanner.sinks import coverage, sizes
from scanner.sinks.clean import clean_json
from scanner.sources.source import display
from scanner.state import State
from scanner.total import Total

_KEPT = ("report", "save_sketch", "state")
_WRITTEN = ("output", *_KEPT)


def size(paths: Sequence[str], config: ScanConfig, options: dict[str, Any]) -> int:
    """Size `paths`; returns the exit code. Raises `UsageError` for options that do not go together."""
    written = [options[name] for name in _WRITTEN if options[name]]
    places = [Path(path).resolve() for path in written]
    parts = {part_of(str(place)) for place in places}  # where each is written before it takes its place
    if len(set(places) - parts) < len(places):
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
    for path in filter(overlap.is_sketch, paths):
        raise UsageError(f"{path} is a saved sketch: compare it with another leak by --overlap")
    task = Measuring(portable=options["save_sketch"] is not None)
    state = State(options["state"], config, [repr(task), *paths])
    session = Session(paths, config, task)
    if options["report"]:
        report.check(options["report"])
    with opened(options["output"], emptied=False) as out:
        counts = _counted(session, config, out, show=shows(options), state=state)
        found = counts.found()
        _put(out, named(found, counts.names), sizes.text(found), options)
    session.warn(options)
    if options["save_sketch"]:
        counts.sketch(_shown(*paths)).save(options["save_sketch"])
    if options["report"]:
        report.write(found, options["report"])
    return counts.summary()


def _counted(
    session: Session, config: ScanConfig, out: BinaryIO, *, show: bool = False, state: State | None = None
) -> Counts:
    """The counts of all files of a session but the one behind `out`, and of what `state` has."""
    counts = Counts(config, state)
    with session.outputs(out, show=show, state=state) as measured:
        counts.add(measured)
    return counts


def _compare(paths: Sequence[str], config: ScanConfig, options: dict[str, Any]) -> Summary:
    """Size each path by itself, unless it is a sketch, and tell how many people are in several."""
    if len(paths) < 2:
        raise UsageError("--overlap compares leaks: give at least two, files, folders or saved sketches")
    if len({os.path.realpath(path) for path in paths}) < len(paths):
        raise UsageError("--overlap compares different leaks: one of these is given twice")
    if options["state"] or options["save_sketch"] or options["report"]:
        raise UsageError("--overlap does not go with --state, --save-sketch or --report: save a sketch of each leak")
    check = Hashing(config.key).check()
    sides = [
        Sketch.load(path, check) if overlap.is_sketch(path) else Session([path], config, Measuring(portable=True))
        for path in paths
    ]
    with opened(options["output"], emptied=False) as out:
        total, sketches = Total(), []
        for path, side in zip(paths, sides, strict=True):
            if isinstance(side, Session):
                counts = _counted(side, config, out, show=shows(options))
                total.add(counts.summary())
                side.warn(options)
                side = counts.sketch(_shown(path))
            else:
                total.add(Summary(complete=side.coverage["complete"]))
            sketches.append(side)
        found = overlap.overlaps(sketches)
        _put(out, found, overlap.text(found), options)
    return total.summary()


def _put(out: BinaryIO, found: dict[str, Any], text: str, options: dict[str, Any]) -> None:
    """Write a result for programs or for people."""
    json = options["format_"] == "json"
    shown = clean_json(orjson.dumps(found, option=orjson.OPT_APPEND_NEWLINE)) if json else text.encode()
    put_whole(out, shown)


def _shown(*paths: str) -> str:
    """What a leak is called."""
    return " ".join(display(path)[0] for path in paths)


def size_of(paths: str | Sequence[str], config: ScanConfig | None = None) -> dict[str, Any]:
    """The counts of files, one path or several, as the object that `leakgauge size --format json` prints.

    Raises `LeakgaugeError` for settings that cannot be used; what is wrong with a file is told in `coverage`.
    """
    config, listed = config or ScanConfig(), [paths] if isinstance(paths, str) else paths
    counts = _counted(Session(listed, config, Measuring()), config, io.BytesIO())
    return named(counts.found(), counts.names)
