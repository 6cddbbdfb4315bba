"""What is wrong with one rule by itself, without running the pipeline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import polars as pl
import regex

from scanner.match.compiled import CompiledRules
from scanner.match.pattern import CompiledPattern
from scanner.model import DEFAULT_MIN_SCORE
from scanner.rulecheck.spans import folded, spans
from scanner.rules import Pattern, Rule, RuleSet
from scanner.validate import VALIDATORS

ENOUGH = 3  # positives, and negatives, that each rule needs


def unusable(rule: Rule) -> list[str]:
    """Problems that keep a rule from running at all."""
    problems = []
    if rule.validator is not None and rule.validator not in VALIDATORS:
        problems.append(f"no validator is called {rule.validator!r}; there are {', '.join(sorted(VALIDATORS))}")
    for pattern in CompiledRules(RuleSet((rule,)), DEFAULT_MIN_SCORE).patterns:
        problems += [f"pattern {pattern.pattern.name!r}: {error}" for error in _compile(pattern)]
    return problems


def _compile(pattern: CompiledPattern) -> Iterator[str]:
    """All forms in which a pattern runs: `regex` inside a text, `re` for a whole cell, Rust before either."""
    for name, text in (("loose", pattern.loose), ("whole", pattern.whole)):
        try:
            pl.Series([""]).str.contains(text or "")
        except pl.exceptions.ComputeError as error:
            yield f"the regex does not compile in Rust ({name} form): {_last_line(error)}"
            return
    try:
        _ = pattern.exact
        re.compile(pattern.whole or "")
    except (regex.error, re.error) as error:
        yield f"the regex does not compile in Python: {error}"


def _last_line(error: Exception) -> str:
    return str(error).strip().splitlines()[-1].strip()


def careless(rule: Rule) -> list[str]:
    """What a rule that runs lacks or has too much of."""
    return [*_counts(rule), *_names(rule), *_words(rule), *_references(rule), *_unexercised(rule), *_unchecked(rule)]


def _counts(rule: Rule) -> Iterator[str]:
    for kind, some in (("positive", rule.positives), ("negative", rule.negatives)):
        if len(some) < ENOUGH:
            yield f"has {len(some)} [[{kind}]]; give at least {ENOUGH}"


def _names(rule: Rule) -> Iterator[str]:
    for name, count in Counter(pattern.name for pattern in rule.patterns).items():
        if count > 1:
            yield f"{count} patterns are called {name!r}; give each a name of its own"


def _words(rule: Rule) -> Iterator[str]:
    for word in rule.keywords:
        if "@" not in word and not any(character.isalpha() for character in word):
            yield f"keyword {word!r} holds no letter, so nearly every text has it; use always_on with the reason"


def _references(rule: Rule) -> Iterator[str]:
    if not rule.references:
        yield "has no references; give the URL of a description of the format"
    for url in rule.references:
        if not re.fullmatch(r"https://[^/\s]+\.[^/\s]+(?:/\S*)?", url):
            yield f"reference {url!r} is not an https URL"


def _unexercised(rule: Rule) -> Iterator[str]:
    for pattern in rule.patterns:
        if not any(_finds(rule, pattern, example.text, example.match) for example in rule.positives):
            yield f"pattern {pattern.name!r} matches no [[positive]]; add one, or drop the pattern"


def _finds(rule: Rule, pattern: Pattern, text: str, value: str | None) -> bool:
    return any(text[start:end] == value for start, end in spans(rule, pattern, text))


def _unchecked(rule: Rule) -> Iterator[str]:
    """A validator that knows check digits needs a negative that only it drops."""
    knows = any(_knows_check_digits(rule, value) for value in _values(rule, "positive"))
    if knows and not (_verdicts(rule, _values(rule, "negative")) == -1).any():
        yield f"no [[negative]] shows what validator {rule.validator!r} drops: add a value with a broken check digit"


def _values(rule: Rule, kind: str) -> list[str]:
    """Folded values that unmasked patterns match in the positives or in the negatives."""
    texts = [folded(example.text) for example in (rule.positives if kind == "positive" else rule.negatives)]
    clear = [pattern for pattern in rule.patterns if pattern.state == "clear"]
    return [text[start:end] for text in texts for p in clear for start, end in spans(rule, p, text)]


def _knows_check_digits(rule: Rule, value: str) -> bool:
    """Whether of a good value with another last digit most are invalid; structure and lists let most of them pass."""
    place = max((n for n, character in enumerate(value) if character.isdigit()), default=None)
    if place is None or not (_verdicts(rule, [value]) == 1).all():
        return False
    others = [value[:place] + digit + value[place + 1 :] for digit in "0123456789" if digit != value[place]]
    return int((_verdicts(rule, others) == -1).sum()) > len(others) // 2


def _verdicts(rule: Rule, values: list[str]) -> pl.Series:
    """1 valid, 0 unknown, -1 invalid, as the rule's validator says; without one everything is unknown."""
    series = pl.Series(values, dtype=pl.String)
    return VALIDATORS[rule.validator](series) if rule.validator else pl.zeros(len(values), pl.Int8, eager=True)
