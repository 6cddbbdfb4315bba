"""Personal names of all languages that have a module here."""

from __future__ import annotations

from scanner.recognizers import names_ar, names_en, names_ja, names_ko, names_vi, names_zh
from scanner.recognizers.labels import Labels
from scanner.recognizers.spans import Span, best

_LANGUAGES = (names_ko, names_zh, names_ja, names_vi, names_en, names_ar)
_SIGNS = frozenset("*●○〇◯")
_LABELS = Labels(
    (
        (names_ko.LABELS, names_ko.after_label),
        (names_zh.CUES, names_zh.after_label),
        (names_ja.CUES, names_ja.after_label),
        (names_vi.LABELS, names_vi.after_label),
        ((), names_en.after_label),
        (names_ar.CUES, names_ar.after_label),
    )
)


def find(text: str) -> list[Span]:
    """Return the names of `text`; where two languages claim one, the surer counts."""
    spans = [*_LABELS.find(text), *(span for language in _LANGUAGES for span in language.find(text))]
    return best(span for span in spans if not _goes_on_masked(text, span))


def _goes_on_masked(text: str, span: Span) -> bool:
    """Whether signs stand for the rest of a name: `山田**`, but not `**Jane Tester**`."""
    return text[span.end : span.end + 1] in _SIGNS and text[max(0, span.start - 1) : span.start] not in _SIGNS
