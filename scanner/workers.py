"""Worker processes that scan splits."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

import zstandard

from scanner.config import ScanConfig
from scanner.decode import Encoding
from scanner.forks import context, environment, uninterrupted
from scanner.model import Issue, Summary
from scanner.pipeline import Engine, Part
from scanner.plan import Split
from scanner.rules import RuleSet
from scanner.sources import Source


class Task(Protocol):
    """What is made of a split; picklable, as it goes to the workers."""

    def __call__(self, engine: Engine, split: Split) -> Iterator[Part[bytes]]:
        """The parts of a split, of whatever is wanted in bytes."""
        ...


@dataclass(slots=True)
class Output:
    """What was made of a part of a file, to be taken once; what went wrong in it, its counts, and how it was read."""

    source: Source | None
    made: Iterable[bytes]
    issues: list[Issue]
    summary: Summary
    format: str | None = None
    encoding: Encoding | None = None
    ends_split: bool = True
    ends_file: bool = False
    blocks: tuple[int, int] | None = None

    @classmethod
    def of(cls, part: Part[bytes]) -> Output:
        """The output of one part."""
        split, made = part.split, [part.made] if part.made else []
        output = cls(split.source, made, part.issues, part.summary, split.format.name, part.encoding, part.last)
        output.ends_file, output.blocks = part.last and split.last, split.blocks
        return output


class Workers:
    """Processes that are started when they are first needed, and end with the outermost `with` block."""

    def __init__(self, count: int, setting: tuple[ScanConfig, RuleSet | None]) -> None:
        """`count` processes; `setting`: what `Engine` takes; picklable."""
        self._count, self._setting, self._depth = count, setting, 0
        self._pool: ProcessPoolExecutor | None = None
        self._others = set(multiprocessing.active_children())

    def start(self) -> ProcessPoolExecutor:
        """Let the processes get ready, unless they run already."""
        if self._pool is None:
            pool = ProcessPoolExecutor(self._count, mp_context=context(), initializer=_start, initargs=self._setting)
            self._pool = pool
            with environment(), uninterrupted():
                for _ in range(self._count):  # each call starts one
                    pool.submit(int)
        return self._pool

    def submit(self, task: bytes, split: Split) -> Future[Output] | None:
        """The future of a split, with which a pickled `Task` is done; None when the workers are gone: scan it here."""
        pool = self.start()
        try:
            with uninterrupted():
                return pool.submit(_run, task, split)
        except BrokenProcessPool:
            return None

    def __enter__(self) -> Workers:
        """Nothing yet."""
        self._depth += 1
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: Any) -> None:
        """Wait for the processes; kill them after an interrupt, or when nobody reads: none waits for their results."""
        self._depth -= 1
        if self._pool is None or self._depth:
            return
        if kind is not None:
            self._kill(self._pool)
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = None

    def _kill(self, pool: ProcessPoolExecutor) -> None:
        """End the processes at once. One that is sending leaves half a result, and the pool would wait for the rest:
        so the end of the pipe that this process has is closed, too.
        """
        workers = set(multiprocessing.active_children()) - self._others
        for worker in workers:
            worker.kill()
        for worker in workers:
            worker.join()
        results: Any = pool._result_queue
        results._writer.close()


def unpacked(output: Output) -> Output:
    """What a worker sent; what it made is unpacked piece by piece, as it is taken."""
    output.made = map(_UNPACK, output.made)
    return output


# What workers send goes through a pipe, which costs ten times as much as to compress it to a tenth.
_PACK = zstandard.ZstdCompressor(level=1).compress
_UNPACK = zstandard.ZstdDecompressor().decompress

_worker: Engine | None = None


def _start(config: ScanConfig, rules: RuleSet | None) -> None:
    """Set up a worker process; an interrupt is the parent's affair."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = Engine(config, rules)


def _end_with_parent() -> None:
    """End when the parent does: one that is killed tells nobody, and its workers would wait for ever with data."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@cache
def _task(pickled: bytes) -> Task:
    """The same object for all splits of a run, as it may remember what it has seen."""
    task: Task = pickle.loads(pickled)
    return task


def _run(task: bytes, split: Split) -> Output:
    """Do a whole split in a worker; what it makes comes packed."""
    assert _worker is not None
    made: list[bytes] = []
    output = Output(split.source, made, [], Summary(), split.format.name, None, True, split.last, split.blocks)
    for part in _task(task)(_worker, split):
        if part.made:
            made.append(_PACK(part.made))
        output.issues += part.issues
        output.summary += part.summary
        output.encoding = part.encoding
    return output
