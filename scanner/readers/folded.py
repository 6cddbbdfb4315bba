"""Lines of `name: value` that are folded: a line that begins with a blank goes on with the line before.

So are LDIF (RFC 2849), vCard (RFC 6350) and iCalendar (RFC 5545).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scanner.readers.gathered import Lines, Run
from scanner.readers.jsonlines import regroup

MAX_LINE = 16 << 20  # code points; a longer one is cut into several


@dataclass(slots=True)
class Line:
    """A line put together: its text, and where each stretch of it stands in the source."""

    text: str
    runs: Sequence[Run]

    def part(self, start: int, end: int) -> tuple[str, list[Run]]:
        """The code points [start, end) with their runs."""
        return self.text[start:end], self._runs(start, end)

    def _runs(self, start: int, end: int) -> list[Run]:
        runs = self.runs
        if len(runs) == 1 and runs[0].literal:  # no fold, as most lines
            return [Run(0, runs[0].source + start - runs[0].at)]
        first = max(0, bisect_right(runs, start, key=_at) - 1)
        last = bisect_left(runs, end, first + 1, key=_at)
        return [run.after(start) for run in runs[first:last]]

    def stands_for(self, start: int, text: str) -> tuple[str, list[Run]]:
        """A text that is written in another way from code point `start` on, as base64 is."""
        return text, [Run(0, self._runs(start, start + 1)[0].source, literal=False)]


def joined(parts: Sequence[tuple[str, Sequence[Run]]]) -> tuple[str, list[Run]]:
    """Texts with their runs, put together."""
    runs: list[Run] = []
    size = 0
    for text, own in parts:
        runs += (Run(run.at + size, run.source, run.literal) for run in own) if text else ()
        size += len(text)
    return "".join(text for text, _ in parts), runs


def _at(run: Run) -> int:
    return run.at


def lines(blocks: Iterable[bytes], batch_bytes: int, places: Lines) -> Iterator[Iterator[Line]]:
    """The lines of valid UTF-8 blocks, `batch_bytes` at a time, without line ends; `places` learns where lines begin.

    All of some lines are to be taken before the next ones. Lines do not depend on the cuts between blocks. A physical
    line of more than `MAX_LINE` code points is cut.
    """
    unfolder = _Unfolder()
    for chunk in regroup(blocks, batch_bytes):
        places.feed(chunk)
        yield unfolder.feed(chunk.decode())
        places.forget(unfolder.oldest)
    yield unfolder.end()


class _Unfolder:
    """Puts physical lines together."""

    def __init__(self) -> None:
        self._rest = ""
        self._at = 0  # of _rest
        self._texts: list[str] = []  # of the line that may go on
        self._runs: list[Run] = []
        self._size = 0

    @property
    def oldest(self) -> int:
        """The first code point that is still needed."""
        return self._runs[0].source if self._runs else self._at

    def feed(self, chunk: str) -> Iterator[Line]:
        data = self._rest + chunk
        end = data.rfind("\n") + 1
        if not end and len(data) > MAX_LINE:
            end = len(data)
        yield from self._lines(data[:end])
        self._rest = data[end:]

    def end(self) -> Iterator[Line]:
        yield from self._lines(self._rest)
        if self._runs:
            yield self._whole()

    def _lines(self, data: str) -> Iterator[Line]:
        for line in data.split("\n")[: -1 if data.endswith("\n") else None] if data else ():
            text = line[:-1] if line.endswith("\r") else line
            if text.startswith((" ", "\t")) and self._runs and self._size < MAX_LINE:
                self._runs.append(Run(self._size, self._at + 1))
                text = text[1:]
                self._texts.append(text)
                self._size += len(text)
            else:
                if self._runs:
                    yield self._whole()
                self._texts, self._runs, self._size = [text], [Run(0, self._at)], len(text)
            self._at += len(line) + 1

    def _whole(self) -> Line:
        return Line(self._texts[0] if len(self._texts) == 1 else "".join(self._texts), self._runs)
