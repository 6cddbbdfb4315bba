"""Lines of `name: value` that are folded: a line that begins with a blank goes on with the line before.

So are LDIF (RFC 2849), vCard (RFC 6350) and iCalendar (RFC 5545).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scanner.readers.gathered import Lines, Run
from scanner.readers.jsonlines import regroup

MAX_LINE = 16 << 20  # code points; a longer one is cut into several


@dataclass(frozen=True, slots=True)
class Line:
    """A line put together: its text, and where each stretch of it stands in the source."""

    text: str
    runs: Sequence[Run]

    def part(self, start: int, end: int) -> tuple[str, list[Run]]:
        """The code points [start, end) with their runs."""
        first = max(0, bisect_right(self.runs, start, key=lambda run: run.at) - 1)
        runs: list[Run] = []
        for run in self.runs[first:]:
            if run.at >= end and runs:
                break
            skipped = max(start - run.at, 0) if run.literal else 0
            runs.append(Run(max(run.at - start, 0), run.source + skipped, run.literal))
        return self.text[start:end], runs

    def joined(self, other: Line) -> Line:
        """This line and another one after it."""
        size = len(self.text)
        return Line(self.text + other.text, [*self.runs, *(run._replace(at=run.at + size) for run in other.runs)])

    def stands_for(self, start: int, text: str) -> tuple[str, list[Run]]:
        """A text that is written in another way from code point `start` on, as base64 is."""
        return text, [Run(0, self.part(start, start + 1)[1][0].source, literal=False)]


def lines(blocks: Iterable[bytes], batch_bytes: int, places: Lines) -> Iterator[list[Line]]:
    """The lines of valid UTF-8 blocks, `batch_bytes` at a time, without line ends; `places` learns where lines begin.

    Lines do not depend on the cuts between blocks. A physical line of more than `MAX_LINE` code points is cut.
    """
    unfolder = _Unfolder()
    for chunk in regroup(blocks, batch_bytes):
        places.feed(chunk)
        yield list(unfolder.feed(chunk.decode()))
        places.forget(unfolder.oldest)
    yield list(unfolder.end())


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
        yield from self._whole()

    def _lines(self, data: str) -> Iterator[Line]:
        for line in data.split("\n")[: -1 if data.endswith("\n") else None] if data else ():
            text = line.removesuffix("\r")
            fold = text[:1] in (" ", "\t") and bool(self._runs) and self._size < MAX_LINE
            if not fold:
                yield from self._whole()
            if text or not fold:
                self._runs.append(Run(self._size, self._at + fold))
                self._texts.append(text[fold:])
                self._size += len(text) - fold
            self._at += len(line) + 1

    def _whole(self) -> Iterator[Line]:
        if self._runs:
            yield Line("".join(self._texts), self._runs)
        self._texts, self._runs, self._size = [], [], 0
