"""What the recognizers of an entity type find in a text, together."""

from functools import cache

from scanner.model import DEFAULT_MIN_SCORE
from scanner.recognizers import RECOGNIZERS, create
from scanner.recognizers.base import SpanRecognizer
from scanner.recognizers.spans import Span, best


@cache
def _of(entity_type: str) -> list[SpanRecognizer]:
    return [create(name) for name, row in RECOGNIZERS.items() if row.entity_type == entity_type]


def recognized(entity_type: str, text: str) -> list[str]:
    """The pieces of `text` that reach the threshold; of those that overlap the best, as in the pipeline."""
    results = [r for recognizer in _of(entity_type) for r in recognizer.analyze(text, [])]
    spans = best(Span(r.start, r.end, r.score, "") for r in results if r.score >= DEFAULT_MIN_SCORE)
    return [text[span.start : span.end] for span in spans]
