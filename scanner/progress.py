"""Progress on stderr, for people who watch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Self

from scanner.model import Summary

if TYPE_CHECKING:
    from scanner.workers import Output


class Progress:
    """A line with the bytes read, the findings and the file at hand; nothing unless `enabled`."""

    def __init__(self, *, enabled: bool) -> None:
        """rich is imported only when it is shown."""
        self._bar: Any = None
        self._task: Any = None
        if enabled:
            from rich.console import Console
            from rich.progress import DownloadColumn, SpinnerColumn, TextColumn, TimeElapsedColumn, TransferSpeedColumn
            from rich.progress import Progress as Bar

            columns = (SpinnerColumn(), DownloadColumn(), TransferSpeedColumn(), TimeElapsedColumn())
            text = TextColumn("{task.fields[findings]} findings  {task.description}", markup=False)
            self._bar = Bar(*columns, text, console=Console(stderr=True), transient=True)

    def __enter__(self) -> Self:
        """Start to show."""
        if self._bar:
            self._bar.start()
            self._task = self._bar.add_task("", total=None, findings=0)
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the line."""
        if self._bar:
            self._bar.stop()

    def watch(self, outputs: Iterable[Output]) -> Iterator[Output]:
        """Pass outputs on and count them."""
        total = Summary()
        for output in outputs:
            total += output.summary
            if self._bar:
                path = output.source.path if output.source else ""
                self._bar.update(self._task, completed=total.bytes, description=path, findings=total.findings)
            yield output
