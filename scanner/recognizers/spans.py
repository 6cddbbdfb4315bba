"""What the language modules return: pieces of a text, with a score and the reason for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple


@cache
def compiled(regex: str) -> re.Pattern[str]:
    """A regex that takes long to compile, compiled when a text first needs it: most runs need none of them."""
    return re.compile(regex)


class Span(NamedTuple):
    """A half-open piece of a text in code points, a score from 0 to 1, and why it was taken."""

    start: int
    end: int
    score: float
    reason: str


def best(spans: Iterable[Span]) -> list[Span]:
    """Drop spans that overlap a better one (higher score, then longer); the rest in the order of the text."""
    kept: list[Span] = []
    for span in sorted(spans):
        while kept and span.start < kept[-1].end and _rank(span) > _rank(kept[-1]):
            kept.pop()
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _rank(span: Span) -> tuple[float, int]:
    return span.score, span.end - span.start
