"""One rule as a page for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from scanner.errors import RuleError
from scanner.recognizers import RECOGNIZERS
from scanner.rulefile import suggest
from scanner.rules import Example, Pattern, Rule, load_rules

_WIDTH = 100
_BOUNDARY = {
    "none": "anything may touch it",
    "digit": "no digit may touch it",
    "word": "no digit, ASCII letter or underscore may touch it",
    "part": "no digit and no ASCII letter may touch it, but underscores may",
    "token": "a token of its own",
}


def describe(rule_id: str) -> str:
    """The page of one of our rules, with all keys, patterns and examples, or of a recognizer.

    Raises `RuleError` for an unknown id.
    """
    rules = load_rules().by_id
    if rule_id in RECOGNIZERS:
        return "\n".join(_recognizer(rule_id))
    if rule_id not in rules:
        near = suggest(rule_id, [*rules, *RECOGNIZERS])
        raise RuleError(f"no rule is called {rule_id!r}{near or '; see leakgauge rules list'}")
    return "\n".join(_lines(rules[rule_id]))


def _recognizer(name: str) -> Iterator[str]:
    row = RECOGNIZERS[name]
    yield f"{name}  {row.entity_type}  {row.name}"
    yield ""
    yield "A recognizer: a grammar over word lists instead of a pattern. It looks at texts that match all of"
    yield from (f"  {regex}" for regex in row.nominate)


def _lines(rule: Rule) -> Iterator[str]:
    yield f"{rule.id}  {rule.entity_type}  {rule.name}"
    yield ""
    yield from wrap(" ".join(rule.description.split()), _WIDTH)
    yield ""
    yield from _keys(rule)
    yield from _section("Patterns", [line for pattern in rule.patterns for line in _pattern(pattern)])
    yield from _section("Found", [_example(example) for example in rule.positives])
    yield from _section("Not found", [_example(example) for example in rule.negatives])


def _keys(rule: Rule) -> Iterator[str]:
    keys = {
        "regions": rule.regions,
        "languages": rule.languages,
        "status": (rule.status,),
        "keywords": rule.keywords,
        "always on": (rule.always_on,),
        "validator": (rule.validator,),
        "calling code": (rule.calling_code,),
        "not after": rule.not_after,
        "not before": rule.not_before,
        "columns": rule.columns,
        **{f"context {language}": words for language, words in rule.context.items()},
        "references": rule.references,
    }
    for name, values in keys.items():
        if any(values):
            yield from _listed(name, [value for value in values if value])


def _listed(name: str, values: Sequence[str]) -> Iterator[str]:
    indent = " " * 14
    lines = wrap(", ".join(values), _WIDTH - len(indent), break_long_words=False, break_on_hyphens=False)
    yield f"{name:<14}{lines[0]}"
    yield from (indent + line for line in lines[1:])


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    yield ""
    yield title
    yield from (f"  {line}" for line in lines)


def _pattern(pattern: Pattern) -> Iterator[str]:
    masked = ", of masked values" if pattern.state == "masked" else ""
    boundary = f"boundary {pattern.boundary} ({_BOUNDARY[pattern.boundary]})"
    yield f"{pattern.name}: score {pattern.score:g}, {boundary}{masked}"
    yield f"    {pattern.regex}"


def _example(example: Example) -> str:
    where = f" in field {example.field!r}" if example.field is not None else ""
    masked = " (masked)" if example.state == "masked" else ""
    return f"{example.text!r}{where}: {example.match or example.because}{masked}"
