"""What is found in each line of a text, remembered for those who look at the same lines next."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable
from itertools import accumulate

from scanner.recognizers.spans import Span

_KEPT = 4 << 20  # characters of lines


class ByLine:
    """A `find` whose spans do not depend on other lines; each line is searched once, as long as it is remembered."""

    def __init__(self, find: Callable[[str], list[Span]]) -> None:
        """`find` gives the spans of a text in its order; none crosses a line feed."""
        self._find = find
        self._known: dict[str, list[Span]] = {}
        self._size = 0

    def __call__(self, text: str) -> list[Span]:
        """What `find` gives."""
        lines = text.split("\n")
        if self._size > _KEPT:
            self._known, self._size = {}, 0
        self._learn([line for line in dict.fromkeys(lines) if line not in self._known])
        starts = accumulate((len(line) + 1 for line in lines), initial=0)
        known = ((start, self._known[line]) for start, line in zip(starts, lines, strict=False))
        return [
            span._replace(start=span.start + start, end=span.end + start) if start else span
            for start, spans in known
            for span in spans
        ]

    def _learn(self, lines: list[str]) -> None:
        starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
        self._known |= {line: [] for line in lines}
        self._size += starts[-1]
        for span in self._find("\n".join(lines)) if lines else ():
            number = bisect(starts, span.start) - 1
            start = starts[number]
            self._known[lines[number]].append(span._replace(start=span.start - start, end=span.end - start))
