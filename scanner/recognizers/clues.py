"""Names that something beside them gives away: a literal nominates the line, a regex with a group `name` confirms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from scanner.recognizers.gazetteer import Gazetteer
from scanner.recognizers.spans import Span


class Clue(NamedTuple):
    """A pattern, tried on lines that hold a word of `triggers`; what it names, and how sure that is."""

    triggers: Gazetteer
    pattern: re.Pattern[str]
    score: float
    reason: str


def clue(triggers: Gazetteer, pattern: str, score: float, reason: str) -> Clue:
    """Compile one clue."""
    return Clue(triggers, re.compile(pattern), score, reason)


def follow(clues: Iterable[Clue], text: str) -> Iterator[Span]:
    """Yield what the groups `name` of all clues match in `text`; clues that share triggers share one search."""
    lines: dict[Gazetteer, list[tuple[int, int]]] = {}
    for item in clues:
        if item.triggers not in lines:
            lines[item.triggers] = list(item.triggers.lines(text))
        for line in lines[item.triggers]:
            for match in item.pattern.finditer(text, *line):
                yield Span(*match.span("name"), item.score, item.reason)
