"""Makes a baseline of what is found, and takes out of it what is found no more."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from scanner.baseline import Baseline, Entry, Hashing, Place, Sieve, load, save
from scanner.baseline.hashing import cost
from scanner.config import ScanConfig
from scanner.errors import UsageError
from scanner.exits import UNREAD
from scanner.session import Session
from scanner.sifted import Frames, frames, looks_for_all
from scanner.sinks import text
from scanner.sinks.counted import counted
from scanner.workers import Output

MOST = 100_000  # values in a baseline


@dataclass(slots=True)
class _Found:
    """How often each identity is at each place; `read`: the files that were read whole. At most `MOST` items."""

    counts: Counter[tuple[Place, str]] = field(default_factory=Counter)
    read: set[str] = field(default_factory=set)
    complete: bool = True

    def add(self, seen: str, findings: pl.DataFrame) -> None:
        """Take up findings of the file that is `seen` so."""
        for kind, name, identity in findings.select("entity_type", "field", "identity").iter_rows():
            self.counts[Place(seen, name, kind), identity] += 1
        if len(self.counts) > MOST:
            raise UsageError(f"more than {MOST:,} values are found: leave out files with --exclude; nothing is written")


def create(paths: Sequence[str], config: ScanConfig, path: str, *, show: bool) -> int:
    """Accept what is found in `paths` now, in a baseline at `path`; returns the exit code. Raises `UsageError`.

    One that is there is kept, with its salt and verdicts, but for what it holds of the files that are read.
    """
    old = load(path, config.key) if Path(path).exists() else None
    if old is not None and config.key and old.hashing.n is not None:
        raise UsageError(f"{path} was made without a key: remove it to make one with a key, or give none")
    baseline = old or Baseline(path, Hashing.new(0, config.key))
    found = _find(paths, config, baseline, show=show)
    values = len({identity for _, identity in found.counts})
    if old is None and not config.key:
        baseline.hashing = replace(baseline.hashing, n=cost(values))
    if baseline.hashing.n is not None and values > baseline.hashing.affordable:
        raise UsageError(f"{path} was made for fewer values: remove it to make one for all {values:,}, best with a key")
    gone = found.read if looks_for_all(config) else set()
    kept = {entry.key: entry for entry in baseline if entry.place.path not in gone}
    for key, count in _tagged(found.counts, baseline.hashing).items():
        known, least = baseline.entries.get(key), kept[key].count if key in kept else 0
        kept[key] = Entry(*key, max(count, least), known.verdict if known else None)
    baseline.hold(kept.values())
    save(baseline)
    files = len({entry.place.path for entry in baseline})
    of = f"{counted(len(kept), 'entry', 'entries')} of {counted(files, 'file')}"
    print(f"{path}: {of}; leakgauge baseline audit {path} reviews them")
    return 0 if found.complete else UNREAD


def _find(paths: Sequence[str], config: ScanConfig, baseline: Baseline, *, show: bool) -> _Found:
    found = _Found()
    with outputs(paths, config, baseline, show=show) as made:
        for output in made:
            for frame in frames(output):
                assert output.source is not None
                found.add(baseline.seen(output.source.path), frame)
            found.read |= {baseline.seen(file.path) for file in output.summary.coverage if file.complete}
            found.complete &= output.summary.complete
    return found


def _tagged(counts: Counter[tuple[Place, str]], hashing: Hashing) -> Counter[tuple[Place, str]]:
    """The same by tags, of which several identities may have the same one."""
    identities = list({identity: None for _, identity in counts})
    tags = dict(zip(identities, hashing.tags(identities), strict=True))
    result: Counter[tuple[Place, str]] = Counter()
    for (place, identity), count in counts.items():
        result[place, tags[identity]] += count
    return result


@contextmanager
def outputs(paths: Sequence[str], config: ScanConfig, baseline: Baseline, *, show: bool) -> Iterator[Iterator[Output]]:
    """What `Frames` makes of files, with the identities of a baseline; what cannot be read is told on stderr."""
    session = Session(paths, replace(config, identity=baseline.hashing.identity), Frames(), but=baseline.path)
    with session.outputs(io.BytesIO(), show=show) as made:
        yield map(_told, made)


def _told(output: Output) -> Output:
    for issue in output.issues:
        if issue.severity == "error":
            sys.stderr.write(text.issue(issue).decode())
    return output


def update(path: str, config: ScanConfig, *, show: bool) -> int:
    """Drop what is found no more, or not as often, from a baseline; returns the exit code. Raises `UsageError`.

    What it holds of stdin, of files that cannot be read, and of places where not all values are looked up, is kept.
    """
    baseline = load(path, config.key)
    sieve, unread = Sieve(baseline), {"-"}
    with outputs(files(baseline, baseline), config, baseline, show=show) as made:
        for output in made:
            for frame in frames(output):
                assert output.source is not None
                list(sieve.entries(output.source.path, frame))
            unread |= {baseline.seen(file.path) for file in output.summary.coverage if not file.complete}
    for issue in sieve.issues:
        sys.stderr.write(text.issue(issue).decode())
    before = list(baseline)
    baseline.hold(_left(before, sieve, unread))
    save(baseline)
    lower = sum(baseline.entries[each.key].count < each.count for each in before if each.key in baseline.entries)
    dropped = len(before) - len(baseline.entries)
    print(f"{path}: dropped {dropped:,}, lowered {lower:,}, left {len(baseline.entries):,}")
    return UNREAD if len(unread) > 1 else 0


def _left(entries: Sequence[Entry], sieve: Sieve, unread: set[str]) -> Iterator[Entry]:
    for entry in entries:
        path = entry.place.path
        if entry.place in sieve.unsure or any(path == each or path.startswith(f"{each}!") for each in unread):
            yield entry
        elif count := sieve.found[entry.key]:
            yield replace(entry, count=min(count, entry.count))


def files(baseline: Baseline, entries: Sequence[Entry] | Baseline) -> list[str]:
    """The files that some entries of a baseline are about, those that are there."""
    paths = {entry.place.path: None for entry in entries}
    return list({found: None for path in paths if (found := baseline.file(path)) is not None})
