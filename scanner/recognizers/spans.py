"""What the language modules return: pieces of a text, with a score and the reason for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

_SIGNS = frozenset("*●○〇◯")


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


def clear(text: str, spans: Iterable[Span]) -> list[Span]:
    """The best of `spans`, names of `text`, without those of which signs stand for the rest: `山田**`."""
    return best(span for span in spans if not _goes_on_masked(text, span))


def _goes_on_masked(text: str, span: Span) -> bool:
    """Whether signs follow, but none stand before: `**Jane Tester**` is in bold type."""
    return text[span.end : span.end + 1] in _SIGNS and text[max(0, span.start - 1) : span.start] not in _SIGNS


def _rank(span: Span) -> tuple[float, int]:
    return span.score, span.end - span.start
