"""Where worker processes come from: on Linux one process imports what they need, and they are forked from it.

That process is started before anything heavy is imported here, so that both import at the same time. It computes
nothing, and so has no threads but those of the allocators, which know forks. Elsewhere, and where it cannot be started,
each worker imports by itself.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

# Below this many bytes, starting workers (about a second each) costs more than it saves.
ENOUGH = 32 << 20
_SHARED = ["scanner.workers", "scanner.forms", "scanner.counts"]
_FORKS = sys.platform == "linux"
# Workers share the cores, so each has one thread; and they keep freed memory: giving it back and faulting it in again
# for every batch took a fifth of the time.
_ENVIRONMENT = {
    "POLARS_MAX_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_MMAP_THRESHOLD_": str(4 << 30),
    "MALLOC_TRIM_THRESHOLD_": str(4 << 30),
    "_RJEM_MALLOC_CONF": "dirty_decay_ms:-1,muzzy_decay_ms:-1",
}


def processes(jobs: int) -> int:
    """How many processes may scan at once; `jobs` says it, 0 for one a core."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return jobs or cores or 1


def expect(paths: Sequence[str], jobs: int) -> None:
    """Get ready to start workers if files among `paths` are so large that they will be wanted."""
    if _FORKS and processes(jobs) > 1 and any(size > ENOUGH for size in _sizes(paths)):
        context()


def context() -> BaseContext:
    """How to start workers, to be done within `environment`."""
    import multiprocessing  # not for small files

    if _FORKS:
        from multiprocessing import forkserver

        found = multiprocessing.get_context("forkserver")
        found.set_forkserver_preload(_SHARED)
        try:
            with environment():
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


def _sizes(paths: Sequence[str]) -> Iterable[int]:
    for path in paths:
        try:
            yield Path(path).stat().st_size
        except (OSError, ValueError):  # told when it is read
            continue
