"""The Presidio side of a recognizer: spans in, `RecognizerResult`s out. Only this module and its heirs import it."""

from __future__ import annotations

from typing import Any, ClassVar

from presidio_analyzer import AnalysisExplanation, EntityRecognizer, RecognizerResult

from scanner.recognizers.spans import Span


class SpanRecognizer(EntityRecognizer):
    """A recognizer of one entity type that needs no language model and works for any language.

    Heirs set `name` (the rule id shown to people) and `entity_type`, and give `find`. `analyze` takes
    texts of any length; a result never crosses a line feed, so cells may be joined by line feeds.
    """

    name: str
    entity_type: ClassVar[str]

    def __init__(self, supported_language: str = "en") -> None:
        """Register the same recognizer for any language, such as `ko`."""
        super().__init__([self.entity_type], name=type(self).name, supported_language=supported_language)

    def load(self) -> None:
        """Nothing: word lists are read when a text first needs them."""

    def find(self, text: str) -> list[Span]:
        """Return the spans of this entity in `text`."""
        raise NotImplementedError

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:
        """Return the findings in `text`, in its order; none when `entities` asks for other types only."""
        if entities and self.entity_type not in entities:
            return []
        return [self._result(span) for span in self.find(text)]

    def _result(self, span: Span) -> RecognizerResult:
        why = AnalysisExplanation(self.name, span.score, textual_explanation=span.reason)
        metadata = {
            RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
        }
        return RecognizerResult(self.entity_type, span.start, span.end, span.score, why, metadata)
