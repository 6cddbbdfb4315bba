"""Reports that are written at the end: splits are gathered where they are read, and added up where the run is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from scanner.config import ScanConfig
from scanner.errors import UsageError
from scanner.forms.catalogue import described
from scanner.forms.gather import Gather, Key, Tally
from scanner.model import Summary
from scanner.pipeline import Engine, Matched, Part
from scanner.plan import Split
from scanner.sinks import REPORTS
from scanner.sinks.found import MAX_GROUPS, PLACES, Found, Group, Issues, Kind, Place
from scanner.sources import Source
from scanner.workers import Output


@dataclass(frozen=True, slots=True)
class Gathering:
    """Gathers the findings of a split by rule and field; a `Task`."""

    def __call__(self, engine: Engine, split: Split) -> Iterator[Part[bytes]]:
        """The parts of a split, the last of them with all that was gathered."""
        gathered = Gather()

        def add(matched: Matched) -> Iterator[bytes]:
            for frame in engine.shown(matched):
                gathered.add(frame, without="role")
            return iter(())

        for part in engine.run(split, add):
            if part.last and gathered.tallies:
                part.made = gathered.dump()
            yield part


class Reported:
    """A `Form` that keeps groups, of which there are at most `MAX_GROUPS` and one a rule, and writes at the end."""

    def __init__(self, format: str, config: ScanConfig) -> None:
        """One of `REPORTS`. Raises `UsageError` for settings of single findings."""
        for given, option in ((config.show_values, "--show-values"), (config.explain, "--explain")):
            if given:
                raise UsageError(f"--format {format} tells of no single values: leave out {option}, or take jsonl")
        self._report, self._keyed, self.task = REPORTS[format], bool(config.key), Gathering()
        self._file, self._groups, self._issues = Gather(), dict[Kind, Group](), Issues()

    def rendered(self, source: Source, frame: pl.DataFrame) -> bytes:
        """See `Form`."""
        gathered = Gather()
        gathered.add(frame, without="role")
        return gathered.dump()

    def begin(self) -> bytes:
        """Nothing yet."""
        return b""

    def take(self, output: Output) -> Iterator[bytes]:
        """Add a part up; nothing is written."""
        for data in output.made:
            self._file.merge(Gather.load(data))
        for issue in output.issues:
            self._issues.add(issue)
        if output.ends_file and output.source is not None:
            for key, tally in self._file.tallies.items():
                self._add(output.source, key, tally)
            self._file = Gather()
        return iter(())

    def _add(self, source: Source, key: Key, tally: Tally) -> None:
        kind = Kind(source.path, key.field, key.entity_type, key.state, key.rule_id or "")
        if kind not in self._groups and len(self._groups) >= MAX_GROUPS:
            kind = kind._replace(path=None, field=None)
        group = self._groups.setdefault(kind, Group(kind, 0, 0, 0, []))
        group.count += tally.count
        group.records += tally.records
        group.distinct += tally.distinct.estimate().value
        for spot in tally.spots[: PLACES - len(group.places)]:
            group.places.append(Place(source.path, source.raw, *spot))

    def end(self, summary: Summary, code: int) -> Iterator[bytes]:
        """The report."""
        groups = list(self._groups.values())
        rules = described(group.kind.rule_id for group in groups)
        return self._report(Found(groups, self._issues, summary, code, self._keyed, rules))
