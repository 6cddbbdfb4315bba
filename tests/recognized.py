"""What the recognizers of an entity type find in a text, together."""

from functools import cache

from scanner.model import DEFAULT_MIN_SCORE
from scanner.recognizers import RECOGNIZERS, create
from scanner.recognizers.base import SpanRecognizer
from scanner.recognizers.spans import Span, best

# A text for each recognizer in which it finds one thing.
SAMPLES = {
    "person-labelled": "수령인: 홍길동",
    "person-in-text-ko": "홍길동님",
    "person-in-text-zh": "赵明轩先生",
    "person-in-text-ja": "山田太郎様",
    "person-in-text-vi": "Nguyễn Thử Nghiệm",
    "person-in-text-en": "Jane Tester",
    "person-in-text-ar": "السيد أحمد تجربة",
    "address-in-text-ko": "서울특별시 강남구 테헤란로 12길 34",
    "address-in-text-zh": "云南省昆明市五华区样本路12号",
    "address-in-text-ja": "東京都千代田区見本町1-2-3",
    "address-in-text-vi": "12 Lê Mẫu, Quận 1, TP.HCM",
    "address-in-text-en": "12 Sample Street, Springfield, IL 62701",
    "address-in-text-ar": "شارع الملك 12 الرياض",
    "phone-international": "+1 202 555 0143",
    "door-code": "press 4521# at the gate",
}


@cache
def _of(entity_type: str) -> list[SpanRecognizer]:
    return [create(name) for name, row in RECOGNIZERS.items() if row.entity_type == entity_type]


def recognized(entity_type: str, text: str) -> list[str]:
    """The pieces of `text` that reach the threshold; of those that overlap the best, as in the pipeline."""
    results = [r for recognizer in _of(entity_type) for r in recognizer.analyze(text, [])]
    spans = best(Span(r.start, r.end, r.score, "") for r in results if r.score >= DEFAULT_MIN_SCORE)
    return [text[span.start : span.end] for span in spans]
