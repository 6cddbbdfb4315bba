"""The Presidio side of a recognizer: spans in, `RecognizerResult`s out. Only this module here imports Presidio."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from presidio_analyzer import AnalysisExplanation, EntityRecognizer, RecognizerResult

from scanner.recognizers.spans import Span


class SpanRecognizer(EntityRecognizer):
    """A recognizer of one entity type that needs no language model and works for any language.

    `analyze` takes texts of any length; a result never crosses a line feed, so cells may be joined by line feeds.
    """

    name: str

    def __init__(
        self,
        name: str,
        entity_type: str,
        find: Callable[[str], list[Span]],
        supported_language: str = "en",
        *,
        breaks: bool = False,
    ) -> None:
        """`name`: the rule id shown to people; `find` gives the spans of `entity_type` in a text, in its order.

        It does the same whatever the language it is registered for. Vertical tabs, which stand for the line feeds of a
        cell, are spaces to it unless `breaks`.
        """
        self.entity_type, self._find, self._breaks = entity_type, find, breaks
        super().__init__([entity_type], name=name, supported_language=supported_language)

    def load(self) -> None:
        """Nothing: word lists are read when a text first needs them."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:
        """Return the findings in `text`, in its order; none when `entities` asks for other types only."""
        if entities and self.entity_type not in entities:
            return []
        return [self._result(span) for span in self._find(text if self._breaks else text.replace("\v", " "))]

    def _result(self, span: Span) -> RecognizerResult:
        why = AnalysisExplanation(self.name, span.score, textual_explanation=span.reason)
        metadata = {
            RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
        }
        return RecognizerResult(self.entity_type, span.start, span.end, span.score, why, metadata)
