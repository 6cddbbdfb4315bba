"""Our recognizers as a scan uses them: without Presidio, which takes two seconds and 100 MB to import."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, NamedTuple

from scanner.recognizers.nominate import RECOGNIZERS
from scanner.recognizers.spans import Span


class Result(NamedTuple):
    """A half-open piece of a text in code points, what it is, and a score from 0 to 1."""

    entity_type: str
    start: int
    end: int
    score: float


class Finder:
    """A recognizer of one entity type; `find` gives the spans of it in a text, in its order.

    Vertical tabs, which stand for the line feeds of a cell, are spaces to it unless `breaks`.
    """

    def __init__(self, entity_type: str, find: Callable[[str], list[Span]], *, breaks: bool = False) -> None:
        """Keep what it takes."""
        self._entity_type, self._find, self._breaks = entity_type, find, breaks

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[Result]:
        """Return what is in `text`, in its order, as the recognizers for Presidio do, see `base`."""
        if entities and self._entity_type not in entities:
            return []
        spans = self._find(text if self._breaks else text.replace("\v", " "))
        return [Result(self._entity_type, span.start, span.end, span.score) for span in spans]


def finder(name: str) -> Finder:
    """Return the recognizer called `name`, a key of `RECOGNIZERS`. Raises `KeyError` for any other name."""
    row = RECOGNIZERS[name]
    module = importlib.import_module(f"scanner.recognizers.{row.module}")
    return Finder(row.entity_type, module.find, breaks=row.breaks)
