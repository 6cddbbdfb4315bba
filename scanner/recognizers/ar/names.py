"""Arabic names in text: after a label or a title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.recognizers.gazetteer import Gazetteer, listed, word_set
from scanner.recognizers.labels import Trust
from scanner.recognizers.spans import Span, clear

CUES = listed("المستلم المرسل الاسم العميل الزبون المستفيد المريض السيد السيدة الأستاذ الأستاذة الدكتور الدكتورة")
_WORD = "[ء-ي]{2,12}"
_NAME = rf"(?P<name>{_WORD}(?: (?:بن|بنت|ابن|أبو|آل|عبد) {_WORD}| {_WORD}){{1,4}}?)"
_LABELLED = re.compile(rf"{_NAME}(?=[^ء-ي ]|$| (?:هاتف|جوال|رقم|العنوان|في|حي|شارع))")
_TITLED = re.compile(
    rf"(?<![ء-ي])(?:{'|'.join(CUES)}) (?P<name>{_WORD}(?: (?:بن|بنت|ابن|آل) {_WORD}){{0,2}}(?: {_WORD})?)"
)
NOMINATE = (f"(?:{'|'.join(CUES)}) ",)
_TRIGGERS = Gazetteer(more=CUES)


def find(text: str) -> list[Span]:
    """Return the Arabic names of `text`; without a colon the first word must be a known given name."""
    return clear(text, (span for line in _TRIGGERS.lines(text) for span in _in_line(text, line)))


def after_label(text: str, at: int, trust: Trust) -> int | None:
    """See `labels.AfterLabel`. After labels of other languages the first word must be a known given name."""
    match = _LABELLED.match(text, at)
    known = match and (trust == Trust.OWN or match["name"].split(" ")[0] in word_set("ar-given"))
    return match.end() if match and known else None


def _in_line(text: str, line: tuple[int, int]) -> Iterator[Span]:
    for match in _TITLED.finditer(text, *line):
        if match["name"].split(" ")[0] in word_set("ar-given"):
            yield Span(*match.span("name"), 0.6, "a name after an Arabic title")
