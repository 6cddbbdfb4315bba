"""Our recognizers as a scan uses them: Presidio, slow to import and 100 MB large, waits until one finds something."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from scanner.recognizers.nominate import RECOGNIZERS

if TYPE_CHECKING:
    from scanner.recognizers.base import SpanRecognizer


class Finder:
    """The recognizer called `name`, which is made when a text first holds something for it."""

    def __init__(self, name: str) -> None:
        """`name`: a key of `RECOGNIZERS`. Raises `KeyError` for any other."""
        self._name, self._breaks = name, RECOGNIZERS[name].breaks
        self._find = importlib.import_module(f"scanner.recognizers.{RECOGNIZERS[name].module}").find
        self._recognizer: SpanRecognizer | None = None

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[Any]:
        """Return what the recognizer finds in `text`, see `base.SpanRecognizer`."""
        if self._recognizer is None:
            if not self._find(text if self._breaks else text.replace("\v", " ")):
                return []
            from scanner.recognizers import create

            self._recognizer = create(self._name)
        return self._recognizer.analyze(text, entities)
