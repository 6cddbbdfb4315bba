"""Where worker processes come from: on Linux one process imports what they need, and they are forked from it.

That process is started before anything heavy is imported here, so that both import at the same time. It computes
nothing, and so has no threads but those of the allocators, which know forks, and one of polars that cleans up what is
never spilled. Elsewhere, and where it cannot be started, each worker imports by itself. When this process is killed, an
empty folder `pymp-…` is left among the temporary files.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext
    from types import FrameType

# Below this many bytes, starting workers (about a second each) costs more than it saves.
ENOUGH = 32 << 20
# what each worker needs, whatever the command
SHARED = ["scanner.workers", "scanner.forms", "scanner.counts"]
PRESIDIO = "scanner.recognizers.base"  # as long to import as all of that, for what seldom holds nothing
_INTERRUPTS = signal.SIGINT, signal.SIGTERM
_FORKS = sys.platform == "linux"
# Workers share the cores, so each has one thread; and they keep freed memory: giving it back and faulting it in again
# for every batch took a fifth of the time.
_ENVIRONMENT = {
    "POLARS_MAX_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_MMAP_THRESHOLD_": str(4 << 30),
    "MALLOC_TRIM_THRESHOLD_": str(4 << 30),
    "_RJEM_MALLOC_CONF": "dirty_decay_ms:-1,muzzy_decay_ms:-1",
    "PYTHONSAFEPATH": "1",  # what lies in the current folder may come with a leak: none of it is imported
}
# the same for the process that reads the files, by malloc.h: M_TRIM_THRESHOLD, and M_MMAP_THRESHOLD, which has a limit
_MALLOPT = (-1, 1 << 30), (-3, 32 << 20)


def processes(jobs: int) -> int:
    """How many processes may scan at once; `jobs` says it, 0 for one a core."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return jobs or cores or 1


def expect(paths: Sequence[str], jobs: int, *, leaks: bool = False) -> None:
    """Get ready to start workers if files among `paths` are so large that they will be wanted; `leaks` hold a lot."""
    if not _FORKS or all(size <= ENOUGH for size in _sizes(paths)):
        return
    _keep_memory()
    if processes(jobs) > 1:
        context([*SHARED, PRESIDIO] if leaks else SHARED)


def context(shared: Sequence[str] = SHARED) -> BaseContext:
    """How to start workers, to be done within `environment`; they have `shared` modules, the first time."""
    import multiprocessing  # not for small files

    if _FORKS:
        from multiprocessing import forkserver, resource_tracker

        found = multiprocessing.get_context("forkserver")
        found.set_forkserver_preload(list(shared))
        try:
            with environment():
                resource_tracker.ensure_running()  # else the next line does, and then lets interrupts through
                with uninterrupted():
                    forkserver.ensure_running()
        except OSError:  # it needs a socket in the folder for temporary files, whose path must be short
            pass
        else:
            return found
    return multiprocessing.get_context("spawn")


@contextmanager
def environment() -> Iterator[None]:
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


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold interrupts back until processes have been started: then these never get any, which is the parent's affair.

    The signals are blocked for what is started, and kept for later here, where another thread may take them.
    """
    if not hasattr(signal, "pthread_sigmask") or threading.current_thread() is not threading.main_thread():
        yield
        return
    taken: list[tuple[int, FrameType | None]] = []
    handlers = {number: signal.signal(number, lambda *given: taken.append(given)) for number in _INTERRUPTS}
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for first, frame in taken[:1]:
            if callable(handler := handlers[signal.Signals(first)]):
                handler(first, frame)


def _keep_memory() -> None:
    """Let the blocks of a large file that are read here one after another have the same memory, as in workers."""
    import ctypes  # not for small files

    with suppress(OSError, AttributeError):  # not with every libc
        libc = ctypes.CDLL(None)
        for option, value in _MALLOPT:
            libc.mallopt(option, value)


def _sizes(paths: Sequence[str]) -> Iterable[int]:
    for path in paths:
        try:
            yield Path(path).stat().st_size
        except (OSError, ValueError):  # told when it is read
            continue
