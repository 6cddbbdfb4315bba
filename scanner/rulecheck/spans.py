"""Where the patterns of a rule match in a text, each for itself."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
import regex

from scanner.fold import fold
from scanner.rules import Pattern, Rule


def folded(text: str) -> str:
    """The text as the patterns see it, code point for code point."""
    result: str = fold(pl.Series([text], dtype=pl.String))[0]
    return result


def spans(rule: Rule, pattern: Pattern, text: str) -> Iterator[tuple[int, int]]:
    """Half-open code-point spans of the values that one pattern of a rule matches in a text."""
    group = "value" if pattern.has_value_group else 0
    for match in regex.finditer(rule.bounded(pattern), folded(text)):
        yield match.span(group)


def all_spans(rule: Rule, text: str) -> list[tuple[int, int]]:
    """The spans of all patterns."""
    return [span for pattern in rule.patterns for span in spans(rule, pattern, text)]
