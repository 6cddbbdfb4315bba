"""One run from the command line: paths in, outputs with progress on stderr, an exit code."""

from __future__ import annotations

import signal
import sys
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from scanner.allow.allowing import left_over
from scanner.allow.pragmas import MISTAKE
from scanner.config import ScanConfig
from scanner.containers import expand
from scanner.exits import FOUND, UNREAD
from scanner.model import Issue, Summary
from scanner.output import but_file, but_output
from scanner.pool import Runner
from scanner.progress import Progress
from scanner.sinks.clean import clean
from scanner.sources import Source, find
from scanner.workers import Output, Task

if TYPE_CHECKING:
    from scanner.state import State


Items = Iterable[Source | Issue] | None
_MOST = 100  # mistakes that are told on stderr; all are in the output


class Session:
    """Files to read and what to make of them. Raises `LeakgaugeError` before anything is written."""

    def __init__(
        self, paths: Sequence[str], config: ScanConfig, task: Task, *, but: str | None = None, sources: Items = None
    ) -> None:
        """`task` is done with each split of the files at `paths`, but the file `but`, or else of `sources`."""
        self._runner = Runner(config, task)
        self._exclude = config.exclude
        self._config, self._paths = config, paths
        self._left: list[Issue] = []
        if sources is None:
            sources = find(paths, respect_gitignore=config.gitignore, exclude=config.exclude, root=config.root)
        self._sources = sources
        if but is not None:
            self._sources = but_file(self._sources, but)

    @contextmanager
    def outputs(self, out: BinaryIO, *, show: bool, state: State | None = None) -> Iterator[Iterator[Output]]:
        """What the task makes of all but the file behind `out`, after what `state` has; progress may be shown."""
        take_interrupts()
        sources, position = but_output(self._sources, out), None
        if state is not None:
            sources, position = state.watch(sources), state.position
        with Progress(enabled=show and sys.stderr.isatty()) as progress:
            outputs = self._runner.run(expand(sources, exclude=self._exclude), position)
            yield progress.watch(self._with_left_over(outputs, state))

    def _with_left_over(self, outputs: Iterator[Output], state: State | None) -> Iterator[Output]:
        """The outputs, then warnings about entries of the allowlist that have expired or are not used."""
        used: Counter[str] = Counter()
        wrong: list[Issue] = []
        for output in outputs:
            used += output.summary.allowed
            wrong += islice((issue for issue in output.issues if issue.kind == MISTAKE), _MOST - len(wrong))
            yield output
        used += state.total.summary().allowed if state is not None else Counter()
        left = list(left_over(self._config, self._paths, used))
        self._left = wrong + left
        known = state.issues if state is not None else ()
        for issue in left:
            if issue not in known:
                yield Output(None, [], [issue], Summary(issues=1), ends_split=False)

    def warn(self, options: Mapping[str, Any]) -> None:
        """Say on stderr which pragmas are mistakes, and what was left over of the allowlist, unless to be quiet."""
        for issue in () if options["quiet"] else self._left:
            sys.stderr.write(f"leakgauge: {clean(f'{issue.path}:{issue.line}: {issue.message}')}\n")


def shows(options: Mapping[str, Any]) -> bool:
    """Whether options of the command line allow progress to be shown."""
    return not (options["no_progress"] or options["quiet"])


def take_interrupts() -> None:
    """Let Python have SIGINT back: polars takes it when it is imported, and loses it when a short query ends first."""
    mine = threading.current_thread() is threading.main_thread()
    if mine and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def exit_code(summary: Summary, *, exit_zero: bool) -> int:
    """What tells the caller of the process whether anything was found, or not read."""
    if summary.findings:
        return 0 if exit_zero else FOUND
    return 0 if summary.complete else UNREAD
