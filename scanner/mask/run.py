"""One `mask` from the command line: a file in, the masked file out, once it has been scanned again."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from scanner import doubts
from scanner.config import ScanConfig
from scanner.containers import expand
from scanner.errors import UsageError
from scanner.exits import FOUND, UNREAD
from scanner.mask.draft import Drafts, permissions, refuse
from scanner.mask.strategies import HIDE, Strategies, names_types
from scanner.mask.task import Masking
from scanner.model import Issue, Summary
from scanner.pipeline import Engine, Matched, Part
from scanner.plan import Split
from scanner.pool import Runner
from scanner.progress import Progress
from scanner.rules import RuleSet, load_rules
from scanner.session import shows, take_interrupts
from scanner.sinks.counted import counted
from scanner.sources import Source, find
from scanner.total import Total
from scanner.workers import Output, Task

_ROUNDS = 4  # of hiding what masks make look like values
_CONTAINED = "an archive or a document with others in it cannot be masked in place: mask each of its files"


def mask(source: str, out: str, config: ScanConfig, options: Mapping[str, Any]) -> int:
    """Write `source` to `out` with every finding masked; returns the exit code. Raises `LeakgaugeError`.

    Nothing is written unless all was read (or `force_incomplete`) and a scan of what was written finds nothing clear.
    Pragmas in the file do not count: it is to be shared.
    """
    config = replace(config, pragmas=None)
    refuse(source, out, force=options["force"])
    rules = load_rules()
    known = _entities(config, rules) if names_types(options["strategy"]) else ()
    strategies = Strategies.parse(options["strategy"], known, config.key)
    take_interrupts()
    with Drafts(out) as drafts, Runner(config, Counting(), rules) as runner:
        run = _Run(runner, show=shows(options))
        first = find([source])
        draft, total = run.write(drafts, first, Masking(strategies))
        if not total.complete and not options["force_incomplete"]:
            _tell("not all of the input could be read, so nothing was written; --force-incomplete copies the rest")
            return UNREAD
        checked = draft if options["no_verify"] else _checked(run, drafts, draft, source, complete=total.complete)
        if isinstance(checked, int):
            return checked
        drafts.publish(checked, permissions(source), force=options["force"])
        if not options["quiet"]:
            _say(total, config)
        return 0


def _checked(run: _Run, drafts: Drafts, draft: Path, shown: str, *, complete: bool) -> Path | int:
    """A draft in which a scan finds nothing clear, and reads all if the input was `complete`; else the exit code.

    What passes for a value is hidden, by asterisks only, and then all is scanned again.
    """
    for _ in range(_ROUNDS):
        left = run.counts(draft, shown)
        if complete and not left.complete:
            _tell("masked, it cannot be read again, so nothing was written: convert the input to UTF-8 first")
            return UNREAD
        if not left.findings:
            return draft
        draft, _ = run.write(drafts, [_as(draft, shown)], Masking(HIDE))
    found = counted(left.findings, "finding")
    _tell(f"{found} would still be clear after masking, so nothing was written; try --strategy drop")
    return FOUND


class _Run:
    """Runs over a file and its drafts."""

    def __init__(self, runner: Runner, *, show: bool) -> None:
        """`runner`: counts, unless told otherwise; `show`: whether progress may be shown."""
        self._runner, self._show = runner, show

    def write(self, drafts: Drafts, sources: Iterable[Source | Issue], task: Masking) -> tuple[Path, Summary]:
        """A draft of what the task makes of a file, and the counts."""
        with drafts.new() as (path, file):
            return path, self._through(sources, file, task)

    def counts(self, draft: Path, shown: str) -> Summary:
        """What a draft holds."""
        return self._through([_as(draft, shown)])

    def _through(
        self, sources: Iterable[Source | Issue], file: BinaryIO | None = None, task: Task | None = None
    ) -> Summary:
        total = Total()
        with Progress(enabled=self._show and sys.stderr.isatty()) as progress:
            for output in progress.watch(self._runner.run(_texts(sources), task=task)):
                for piece in output.made:
                    if file is not None:
                        file.write(piece)
                _issues(output)
                total.add(output.summary)
        return total.summary()


class Counting:
    """Only counts; a `Task`."""

    def __call__(self, engine: Engine, split: Split) -> Iterator[Part[bytes]]:
        """The parts of a split, with nothing made of them."""

        def nothing(_: Matched) -> Iterator[bytes]:
            return iter(())

        return engine.run(split, nothing)


def _entities(config: ScanConfig, rules: RuleSet) -> set[str]:
    """All that can be found."""
    every = replace(config, only=(), without=(), regions=())
    return set(Engine(every, rules).catalogue["entity_type"].to_list())


def _texts(sources: Iterable[Source | Issue]) -> Iterator[Source | Issue]:
    """What is one text, compressed or not. Raises `UsageError` for what holds several."""
    given = list(sources)
    if len(given) != 1:
        raise UsageError("give one file: a folder cannot be masked")
    path = given[0].path
    for item in expand(given):
        if item.path != path:
            raise UsageError(f"{path}: {_CONTAINED}")
        if isinstance(item, Issue) and item.severity == "error":
            raise UsageError(f"cannot read {path}: {item.message}")
        yield item


def _as(draft: Path, shown: str) -> Source:
    """A draft under the name of the input, so that what is allowed there is so here."""
    found = next(iter(find([str(draft)])))
    assert isinstance(found, Source)
    return replace(found, path=shown)


def _issues(output: Output) -> None:
    """Tell what went wrong. Raises `UsageError` for what is no text."""
    for issue in output.issues:
        if issue.kind == "binary":
            raise UsageError(f"{issue.path}: {issue.message.partition(';')[0]}, which cannot be masked in place")
        if issue.severity == "error":
            _tell(f"{issue.path}: {issue.message}")


def _say(total: Summary, config: ScanConfig) -> None:
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(total.entities.items()))
    _tell(f"masked {counted(total.findings, 'finding')}{': ' if kinds else ''}{kinds}")
    for doubt in (*doubts.of_settings(config), *doubts.of_counts(total)):
        _tell(f"not all is masked: {doubt}")


def _tell(message: str) -> None:
    sys.stderr.write(f"leakgauge: {message}\n")
