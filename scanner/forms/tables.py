"""Text for people: lines for findings in running text, and for each file with fields a table and a verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from scanner import doubts
from scanner.config import ScanConfig
from scanner.forms.gather import Gather, Key, Tally
from scanner.gauge.gauge import of_table
from scanner.model import Coverage, Summary
from scanner.pipeline import Engine, Matched, Part
from scanner.plan import Split
from scanner.sinks import text, verdict
from scanner.sinks.verdict import Held
from scanner.sources import Source
from scanner.workers import Output

_LINES, _GATHERED = b"L", b"G"  # what a piece from a worker begins with


@dataclass(frozen=True, slots=True)
class Telling:
    """Renders findings without a field, and gathers those of fields; a `Task`."""

    def __call__(self, engine: Engine, split: Split) -> Iterator[Part[bytes]]:
        """The parts of a split with lines, the last of them with all that was gathered."""
        gathered, source = Gather(), split.source

        def tell(matched: Matched) -> Iterator[bytes]:
            gathered.see(matched.batch, tables=split.format.has_tables)
            for frame in engine.shown(matched):
                gathered.add(frame.filter(pl.col("field").is_not_null()), without="rule_id")
                lines = frame.filter(pl.col("field").is_null())
                if lines.height:
                    yield _LINES + text.findings(source.path, source.raw, lines)

        for part in engine.run(split, tell):
            if part.last and gathered.columns:
                part.made = _GATHERED + gathered.dump()
            yield part


class Tables:
    """A `Form` that keeps the groups of one file, see `gather`, and counts files."""

    def __init__(self, config: ScanConfig, width: int | None = None) -> None:
        """`config`: of the run; `width`: of the terminal."""
        self.task, self._width, self._doubts = Telling(), width, list(doubts.of_settings(config))
        self._file, self._found = Gather(), 0
        self._here = Summary()  # of the file at hand

    def rendered(self, source: Source, frame: pl.DataFrame) -> bytes:
        """See `Form`: lines, as tables want whole batches."""
        return _LINES + text.findings(source.path, source.raw, frame)

    def begin(self) -> bytes:
        """Nothing."""
        return b""

    def take(self, output: Output) -> Iterator[bytes]:
        """Lines as they come; at the end of a file its table and its issues."""
        for data in output.made:
            if data[:1] == _LINES:
                yield data[1:]
            else:
                self._file.merge(Gather.load(data[1:]))
        self._here += output.summary
        if output.ends_file and output.source is not None:
            yield self._table(output.source.path, output.summary.coverage)
            self._found += self._here.findings > 0
            self._file, self._here = Gather(), Summary()
        yield from map(text.issue, output.issues)

    def _table(self, path: str, coverage: list[Coverage]) -> bytes:
        records = sum(file.records for file in coverage)
        held = [
            _held(key, tally, self._file.tables.get(of_table(key.field) or "", records))
            for key, tally in self._file.tallies.items()
        ]
        complete = all(file.complete for file in coverage)
        why = self._why(self._here)
        table = verdict.table(path, held, len(self._file.columns), complete=complete, doubts=why, width=self._width)
        return table.encode(errors="replace")

    def end(self, summary: Summary, code: int) -> Iterator[bytes]:
        """The counts, and whether all of it is safe to share."""
        yield text.summary(summary)
        yield verdict.overall(summary, self._found, self._why(summary)).encode()

    def _why(self, summary: Summary) -> list[str]:
        """Why there may be more than was told."""
        return [*self._doubts, *doubts.of_counts(summary)]


def _held(key: Key, tally: Tally, records: int) -> Held:
    share = min(1.0, tally.records / records) if records else None
    spot = tally.spots[0]
    first = f"record {spot.record}" if spot.line is None else f"{spot.line}:{spot.column}"
    samples = list(tally.samples.values())
    return Held(
        key.field or "", key.entity_type, key.role, key.state, share, tally.distinct.estimate().value, first, samples
    )
