"""What a run that takes hours keeps in a file, so that it can go on where it was killed."""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from scanner.config import ScanConfig
from scanner.errors import UsageError
from scanner.gauge import Gauge
from scanner.model import Coverage, Issue, Summary
from scanner.plan import PIECES
from scanner.pool import Position
from scanner.private import write_private
from scanner.sources import Source
from scanner.total import Total

_COST = 20  # writing takes at most one of so many parts of the time


class State:
    """The counts of what is done, in memory and in a file; without a path in memory only.

    `names`: of paths that are not UTF-8 the bytes, in base64, by what is shown.

    Raises `UsageError` for a file that is of another run, or cannot be read or written.
    """

    def __init__(self, path: str | None, config: ScanConfig, run: Sequence[str]) -> None:
        """Take up what the file holds, if there is one; `run` tells it from others of the same settings and key."""
        self._path, self._run = path, _digest(config, run)
        self.gauge, self.total, self.issues, self.position = Gauge(), Total(), list[Issue](), Position()
        self.names: dict[str, str] = {}
        self._sources: list[list[Any]] = []
        self._known: list[list[Any]] = []
        self._due = 0.0
        if path is not None and not config.key:
            raise UsageError("--state keeps keyed hashes: give --key-file or LEAKGAUGE_KEY, the same each time")
        if path is not None and "-" in run:
            raise UsageError("a pipe cannot be read again: --state takes files")
        if path is not None and Path(path).exists():
            self._load(path)

    def watch(self, sources: Iterable[Source | Issue]) -> Iterator[Source | Issue]:
        """Pass sources on. Raises `UsageError` when one is not as it was before, or has gone."""
        for source in sources:
            if self._path is not None:
                self._see(source)
            yield source
        for path, *_ in self._known[len(self._sources) :]:
            raise UsageError(f"{path} has gone since {self._path} was written: remove that to begin anew")

    def _see(self, source: Source | Issue) -> None:
        number, seen = len(self._sources), _identity(source)
        if number < len(self._known) and self._known[number] != seen:
            raise UsageError(f"{source.path} has changed since {self._path} was written: remove that to begin anew")
        self._sources.append(seen)

    def save(self, *, now: bool = False) -> None:
        """Write the file, if it is time to, or `now`; what was there is there until all is written."""
        begun = time.monotonic()
        if self._path is None or self.position.lost or (begun < self._due and not now):
            return
        data = {
            "type": "state",
            "v": 1,
            "run": self._run,
            "sources": self._sources,
            "done": self.position.done,
            "file": _plain(self.position.file),
            "file_issues": [asdict(issue) for issue in self.position.issues],
            "total": _plain(self.total.summary()),
            "issues": [asdict(issue) for issue in self.issues],
            "names": self.names,
            "gauge": orjson.Fragment(self.gauge.dump()),
        }
        try:
            write_private(self._path, orjson.dumps(data))
        except OSError as error:
            raise UsageError(f"cannot write {self._path}: {error.strerror}") from error
        self._due = time.monotonic() + _COST * (time.monotonic() - begun)

    def _load(self, path: str) -> None:
        try:
            data = orjson.loads(Path(path).read_bytes())
            if data["run"] != self._run:
                raise UsageError(f"{path} is of other paths, settings, version or another key: remove it to begin anew")
            if not isinstance(data["done"], int):
                raise ValueError("no number of pieces")
            self.gauge = Gauge.load(orjson.dumps(data["gauge"]))
            self.position = Position(
                data["done"], _summary(data["file"]), [Issue(**each) for each in data["file_issues"]]
            )
            self.total.add(_summary(data["total"]))
            self.issues = [Issue(**each) for each in data["issues"]]
            self.names, self._known = data["names"], data["sources"]
        except OSError as error:
            raise UsageError(f"cannot read {path}: {error.strerror}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{path} is no state of a run: give another file to --state") from error


def _identity(source: Source | Issue) -> list[Any]:
    """What tells a file from what it was before."""
    if isinstance(source, Issue):
        return [source.path, source.kind]
    try:
        status = os.stat(source.location or "")  # noqa: PTH116 - the path is no Path anywhere
    except OSError:
        return [source.path]
    return [source.path, status.st_size, status.st_mtime_ns]


def _plain(summary: Summary) -> dict[str, Any]:
    """For JSON; `asdict` would count the items of a `Counter`."""
    plain = replace(summary, entities=dict(summary.entities), allowed=dict(summary.allowed))  # type: ignore[arg-type]
    return asdict(plain)


def _summary(data: dict[str, Any]) -> Summary:
    files = [Coverage(**file) for file in data["coverage"]]
    entities, allowed = Counter(data["entities"]), Counter(data["allowed"])
    return replace(Summary(**data), entities=entities, allowed=allowed, coverage=files)


def _digest(config: ScanConfig, run: Iterable[str]) -> str:
    """What tells a run from others: nothing of the key can be learned from it."""
    settings = replace(config, key=b"", jobs=0)
    more = Path(config.recognizers) if config.recognizers is not None else None
    own = more.read_text(errors="replace") if more is not None and more.is_file() else ""
    parts = (repr(settings), own, repr(list(run)), version("leakgauge"), pl.__version__, repr(PIECES))
    return hashlib.blake2b("\0".join(parts).encode(errors="replace"), key=config.key, digest_size=16).hexdigest()
