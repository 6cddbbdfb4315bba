"""Runs planned work, here or in worker processes, and gives the results in order."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass

import polars as pl
import zstandard

from scanner.config import ScanConfig
from scanner.model import Issue, Summary
from scanner.pipeline import Engine, merged
from scanner.plan import Split
from scanner.rules import RuleSet
from scanner.sources import Source

# Below this many bytes, starting workers (about a second each) costs more than it saves.
ENOUGH = 32 << 20


@dataclass(slots=True)
class Output:
    """Rendered findings of a part of a file, what went wrong in it, and its counts."""

    source: Source | None
    findings: list[bytes]
    issues: list[Issue]
    summary: Summary
    ends_file: bool = False


Render = Callable[[Source, pl.DataFrame], bytes]


class Runner:
    """One run: plans sources, scans them, and gives outputs in the order of the sources."""

    def __init__(self, config: ScanConfig, render: Render, rules: RuleSet | None = None) -> None:
        """`render` turns a findings frame into bytes; it goes to the workers, so it must be picklable."""
        self._engine = Engine(config, rules)
        self._config = self._engine.config
        self._render, self._rules = render, rules
        self._seen = 0

    def run(self, sources: Iterable[Source | Issue]) -> Iterator[Output]:
        """Scan everything; the issues of a file come merged, with its last output."""
        pending: list[Issue] = []
        for output in self._outputs(self._work(sources)):
            self._seen += output.summary.bytes
            pending += output.issues
            if output.ends_file or output.source is None:
                path = output.source.path if output.source else output.issues[-1].path
                output.issues = merged(pending, path or "")
                output.summary.issues = len(output.issues)
                output.summary.complete = all(issue.severity != "error" for issue in output.issues)
                pending = []
            else:
                output.issues = []
            yield output

    def _work(self, sources: Iterable[Source | Issue]) -> Iterator[Split | Issue]:
        planner = self._engine.planner()
        for source in sources:
            if isinstance(source, Issue):
                yield source
            else:
                yield from planner.plan(source)

    def _outputs(self, work: Iterator[Split | Issue]) -> Iterator[Output]:
        """Here until there is enough to do, then in processes."""
        for item in work:
            if self._config.processes > 1 and self._is_big(item):
                yield from self._in_processes(item, work)
                return
            yield from self._here(item)

    def _is_big(self, item: Split | Issue) -> bool:
        return isinstance(item, Split) and (not item.last or self._seen > ENOUGH) and item.stream is None

    def _here(self, item: Split | Issue) -> Iterator[Output]:
        if isinstance(item, Issue):
            yield Output(None, [], [item], Summary())
            return
        for part in self._engine.run(item):
            rendered = [self._render(item.source, part.findings)] if part.findings.height else []
            yield Output(item.source, rendered, part.issues, part.summary, part.ends_file)

    def _in_processes(self, first: Split | Issue, work: Iterator[Split | Issue]) -> Iterator[Output]:
        context = multiprocessing.get_context("spawn")
        jobs = self._config.processes
        with _environment():
            pool = ProcessPoolExecutor(
                jobs, mp_context=context, initializer=_start, initargs=(self._config, self._render, self._rules)
            )
            waiting: deque[tuple[Split | Issue, Future[Output] | None]] = deque()
            others = set(multiprocessing.active_children())
            try:
                for item in _chain(first, work):
                    local = isinstance(item, Issue) or item.stream is not None
                    with _uninterrupted():
                        waiting.append((item, None if local else _submitted(pool, item)))
                    if len(waiting) > 2 * jobs:
                        yield from self._result(*waiting.popleft())
                while waiting:
                    yield from self._result(*waiting.popleft())
            except BaseException:  # an interrupt, or a reader that has gone: nobody waits for the workers' results
                for worker in set(multiprocessing.active_children()) - others:
                    worker.kill()
                raise
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def _result(self, item: Split | Issue, future: Future[Output] | None) -> Iterator[Output]:
        if future is None:
            yield from self._here(item)
            return
        assert isinstance(item, Split)
        try:
            output = future.result()
            output.findings = [_UNPACK(data) for data in output.findings]
            yield output
        except BrokenProcessPool:
            message = "a worker process died, perhaps for lack of memory; try fewer --jobs"
            yield Output(item.source, [], [Issue("worker", message, item.source.path)], Summary(), item.last)


def _submitted(pool: ProcessPoolExecutor, item: Split | Issue) -> Future[Output] | None:
    """The future of a split; None when the workers are gone, so that it is scanned here."""
    try:
        return pool.submit(_run, item)  # type: ignore[arg-type]
    except BrokenProcessPool:
        return None


def _chain(first: Split | Issue, rest: Iterator[Split | Issue]) -> Iterator[Split | Issue]:
    yield first
    yield from rest


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold SIGINT back: a process that is started meanwhile never gets it, an interrupt is the parent's affair."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# Workers share the cores, so each has one thread; and they keep freed memory: giving it back and faulting it in again
# for every batch took a fifth of the time.
_ENVIRONMENT = {
    "POLARS_MAX_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_MMAP_THRESHOLD_": str(4 << 30),
    "MALLOC_TRIM_THRESHOLD_": str(4 << 30),
    "_RJEM_MALLOC_CONF": "dirty_decay_ms:-1,muzzy_decay_ms:-1",
}


@contextmanager
def _environment() -> Iterator[None]:
    """What workers inherit while they start."""
    before = {name: os.environ.get(name) for name in _ENVIRONMENT}
    os.environ.update(_ENVIRONMENT)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


# What workers send goes through a pipe, which costs ten times as much as to compress it to a tenth.
_PACK = zstandard.ZstdCompressor(level=1).compress
_UNPACK = zstandard.ZstdDecompressor().decompress

_worker: tuple[Engine, Render] | None = None


def _start(config: ScanConfig, render: Render, rules: RuleSet | None) -> None:
    """Set up a worker process; an interrupt is the parent's affair."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker = (Engine(config, rules), render)


def _run(split: Split) -> Output:
    """Scan a whole split in a worker; the findings come packed."""
    assert _worker is not None
    engine, render = _worker
    output = Output(split.source, [], [], Summary(), ends_file=split.last)
    for part in engine.run(split):
        if part.findings.height:
            output.findings.append(_PACK(render(split.source, part.findings)))
        output.issues += part.issues
        output.summary += part.summary
    return output
