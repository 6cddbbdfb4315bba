"""Addresses of all languages that have a grammar here."""

from __future__ import annotations

from scanner.recognizers import grammar_ar, grammar_en, grammar_ja, grammar_ko, grammar_vi, grammar_zh
from scanner.recognizers.spans import Span, best

_GRAMMARS = (grammar_ko, grammar_zh, grammar_ja, grammar_vi, grammar_en, grammar_ar)


def find(text: str) -> list[Span]:
    """Return the addresses of `text`; where two grammars fit, the surer one counts."""
    return best(span for grammar in _GRAMMARS for span in grammar.find(text))
