"""Personal names of all languages that have a module here."""

from __future__ import annotations

from scanner.recognizers import names_ar, names_en, names_ja, names_ko, names_vi, names_zh
from scanner.recognizers.spans import Span, best

_LANGUAGES = (names_ko, names_zh, names_ja, names_vi, names_en, names_ar)


def find(text: str) -> list[Span]:
    """Return the names of `text`; where two languages claim one, the surer counts."""
    return best(span for language in _LANGUAGES for span in language.find(text))
