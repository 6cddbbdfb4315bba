"""The counts of a run of `size`: of each split where it is read, and added up where the run is."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from scanner.config import ScanConfig
from scanner.gauge import Gauge, Hashing, Measure, Patterns, Sampled, extrapolated, result
from scanner.model import Summary
from scanner.overlap import Sketch
from scanner.pipeline import Engine, Matched, Part
from scanner.plan import Split
from scanner.state import State
from scanner.workers import Output


@dataclass(frozen=True, slots=True)
class Measuring:
    """Counts what is found in splits, with `portable` hashes for sketches that are kept; a `Task`.

    What it has counted before says which hashes of the next split cannot matter any more, which are most of them: one
    such object in a process serves one run, of which all parts are added up. Of samples each split is looked at by
    itself.
    """

    portable: bool = False
    _known: Gauge = field(default_factory=Gauge, repr=False, compare=False)

    def __call__(self, engine: Engine, split: Split) -> Iterator[Part[bytes]]:
        """The parts of a split, the last of them with all its counts."""
        hashing = Hashing(engine.config.key, self.portable)
        patterns = Patterns.of(engine.catalogue)
        known = self._known.of_file(split.source.path) if engine.config.sample is None else None
        measure = Measure(split.source.path, patterns, hashing, tables=split.format.has_tables, known=known)

        def add(matched: Matched) -> Iterator[bytes]:
            measure.add(matched.batch, matched.fields, matched.rows)
            return iter(())

        for part in engine.run(split, add):
            if part.last:
                counts = measure.finish()
                part.made = counts.dump()
                if known:
                    known.add(counts)
            yield part


class Counts:
    """What was counted in the parts of a run, added up; a state may have some of it already, and keeps it."""

    def __init__(self, config: ScanConfig, state: State | None = None) -> None:
        """Those of `state`; without one, none."""
        self._config = config
        self._state = state or State(None, config, ())
        self._sampled = Sampled()
        self._read = Summary()  # of the split at hand

    def add(self, outputs: Iterable[Output]) -> None:
        """Add parts as they come. Raises `UsageError` when the state cannot be written."""
        for output in outputs:
            self._add(output)
            if output.ends_split:
                self._read = Summary()
                self._state.save()
        self._state.save(now=True)

    def _add(self, output: Output) -> None:
        self._read += output.summary
        for data in output.made:
            gauge = Gauge.load(data)
            if self._config.sample is not None and output.source is not None:
                self._sampled.add(output.source.path, output.blocks, gauge, self._read)
            self._state.gauge.add(gauge)
        self._state.issues += output.issues
        self._state.total.add(output.summary)
        if output.source is not None and output.source.raw is not None:
            self._state.names[output.source.path] = base64.b64encode(output.source.raw).decode()

    @property
    def names(self) -> dict[str, str]:
        """Of paths that are not UTF-8 the bytes, in base64, by what is shown."""
        return self._state.names

    def summary(self) -> Summary:
        """The sums; those of a sample are never complete."""
        summary = self._state.total.summary()
        return replace(summary, complete=False) if self._sampled.blocks else summary

    def found(self) -> dict[str, Any]:
        """The object of the contract."""
        found = result(self._state.gauge, self._state.total.summary(), self._state.issues)
        return self._extrapolated(found) if self._sampled.blocks else found

    def _extrapolated(self, found: dict[str, Any]) -> dict[str, Any]:
        """What blocks say of the whole, which was not read."""
        found, sampled = extrapolated(found, self._sampled), self._sampled
        read = found["coverage"]["bytes_read"]
        size = sampled.total("bytes").value
        files = [file | {"complete": file["complete"] and file["path"] not in sampled.paths} for file in found["files"]]
        sample = {
            "share": round(read / max(1, size), 4),
            "seed": self._config.seed,
            "bytes": read,
            "blocks": sampled.blocks,
        }
        coverage = found["coverage"] | {"bytes": size, "complete": False}
        return found | {"coverage": coverage, "files": files, "sample": sample}

    def sketch(self, path: str) -> Sketch:
        """What tells the people of the leak at `path` apart."""
        people, records = self._state.gauge.people, self._state.total.summary().records
        return Sketch(path, records, people, Hashing(self._config.key).check(), self.found()["coverage"])
