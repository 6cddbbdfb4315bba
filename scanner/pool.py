"""Runs planned work, here or in worker processes, and gives the results in order."""

from __future__ import annotations

import pickle
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Self

from scanner.config import ScanConfig
from scanner.forks import ENOUGH
from scanner.issues import merged
from scanner.model import Coverage, Issue, Summary
from scanner.pipeline import Engine
from scanner.plan import Split
from scanner.rules import RuleSet
from scanner.sources import Source
from scanner.workers import Output, Task, Workers, unpacked

LOST = "worker"  # the kind of issue of what a worker had when it died


@dataclass(slots=True)
class Position:
    """How far a run has come: pieces of work that are `done`; counts and issues of the file at hand.

    `lost`: a worker died, and what it had is in no count, so that a later run must not go on from here.
    """

    done: int = 0
    file: Summary = field(default_factory=Summary)
    issues: list[Issue] = field(default_factory=list)
    lost: bool = False


class Runner:
    """Runs: plans sources, scans them, and gives outputs in the order of the sources.

    Worker processes end with a run, or with the `with` block around several.
    """

    def __init__(self, config: ScanConfig, task: Task, rules: RuleSet | None = None) -> None:
        """`task` is done with each split, unless a run has another."""
        self._engine = Engine(config, rules)
        self._config = self._engine.config
        self._task = task
        self._workers = Workers(self._config.processes, (self._config, rules))
        self._seen = 0

    def __enter__(self) -> Self:
        """Keep the workers for further runs."""
        self._workers.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        """End them."""
        self._workers.__exit__(*error)

    def run(
        self, sources: Iterable[Source | Issue], position: Position | None = None, task: Task | None = None
    ) -> Iterator[Output]:
        """Scan everything; the issues of a file come merged, with its last output, which tells what was read of it.

        `position` says where to go on, and is kept up to date with the outputs.
        """
        at = position or Position()
        for output in self._outputs(islice(self._work(sources), at.done, None), task or self._task):
            self._seen += output.summary.bytes
            at.file += output.summary
            at.issues += output.issues
            at.lost |= any(issue.kind == LOST for issue in output.issues)
            output.issues = []
            if output.ends_file or output.source is None:
                _conclude(output, at.file, at.issues)
                at.file, at.issues = Summary(), []
            at.done += output.ends_split
            yield output

    def _work(self, sources: Iterable[Source | Issue]) -> Iterator[Split | Issue]:
        planner = self._engine.planner()
        for source in sources:
            if isinstance(source, Issue):
                yield source
                continue
            if self._config.processes > 1 and (source.size or 0) > ENOUGH:
                self._workers.start()  # they get ready while the file is planned
            yield from planner.plan(source)

    def _outputs(self, work: Iterator[Split | Issue], task: Task) -> Iterator[Output]:
        """Here until there is enough to do, then in processes."""
        pickled = pickle.dumps(task)  # before it has seen anything
        with self._workers:
            for item in work:
                if self._config.processes > 1 and self._is_big(item):
                    yield from self._in_processes(item, work, (task, pickled))
                    return
                yield from self._here(item, task)

    def _is_big(self, item: Split | Issue) -> bool:
        return isinstance(item, Split) and (not item.last or self._seen > ENOUGH) and not item.stays

    def _here(self, item: Split | Issue, task: Task) -> Iterator[Output]:
        if isinstance(item, Issue):
            yield Output(None, [], [item], Summary())
            return
        for part in task(self._engine, item):
            yield Output.of(part)

    def _in_processes(
        self, first: Split | Issue, work: Iterator[Split | Issue], tasks: tuple[Task, bytes]
    ) -> Iterator[Output]:
        """Results in the order of the work; a few more splits than there are workers wait at a time."""
        task, pickled = tasks
        waiting: deque[tuple[Split | Issue, Future[Output] | None]] = deque()
        for item in _chain(first, work):
            stays = isinstance(item, Split) and item.stays
            future = self._workers.submit(pickled, item) if isinstance(item, Split) and not stays else None
            waiting.append((item, future))
            while waiting and (stays or len(waiting) > 2 * self._config.processes):
                yield from self._result(*waiting.popleft(), task)
        while waiting:
            yield from self._result(*waiting.popleft(), task)

    def _result(self, item: Split | Issue, future: Future[Output] | None, task: Task) -> Iterator[Output]:
        if future is None:
            yield from self._here(item, task)
            return
        assert isinstance(item, Split)
        try:
            yield unpacked(future.result())
        except BrokenProcessPool:
            message = "a worker process died, perhaps for lack of memory; try fewer --jobs"
            yield Output(item.source, [], [Issue(LOST, message, item.source.path)], Summary(), ends_file=item.last)


def _conclude(output: Output, file: Summary, issues: list[Issue]) -> None:
    """Give the last output of a file the issues of all of it, and what was read."""
    path = output.source.path if output.source else issues[-1].path or ""
    output.issues = merged(issues, path)
    complete = all(issue.severity != "error" for issue in output.issues)
    output.summary.issues, output.summary.complete = len(output.issues), complete
    kinds: Counter[str] = Counter()
    for issue in output.issues:
        kinds[issue.kind] += issue.count
    if output.source is not None or not complete:
        encoding, sure = (
            (output.encoding.name, round(output.encoding.confidence, 2)) if output.encoding else (None, None)
        )
        read = Coverage(path, output.format, encoding, sure, file.bytes, file.records, complete, dict(kinds))
        output.summary.coverage = [read]


def _chain(first: Split | Issue, rest: Iterator[Split | Issue]) -> Iterator[Split | Issue]:
    yield first
    yield from rest
