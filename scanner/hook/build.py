"""Writes rules/screen.json, what `screen` needs to know of the rules: they take too long to read and compile.

`python -m scanner.hook.build` (or `make screen`) after a change of rules.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterable
from typing import Any

from scanner.containers.kinds import MAIL
from scanner.decode.signatures import SIGNATURES
from scanner.fold import DASHES, FOLDED
from scanner.hook.known import (
    ANYWHERE,
    GROUPS,
    HANGUL,
    LINE,
    MASKS,
    NUMBER,
    OTHER_SCRIPTS,
    PLAIN,
    RUN,
    SIGNS,
    Known,
    Row,
    Try,
    Words,
    path,
)
from scanner.match import needs
from scanner.match.compiled import CompiledRules
from scanner.match.pattern import CompiledPattern
from scanner.model import DEFAULT_MIN_SCORE
from scanner.readers.detect import PACKED, PROSE
from scanner.readers.formats import FORMATS
from scanner.recognizers import RECOGNIZERS
from scanner.rules import Rule, load_rules

_parser: Any = importlib.import_module("re._parser")
DIGITS = frozenset("0123456789")
# Validators that say no more than "possible", so that only a context word brings a low score above the threshold.
_NEVER_VALID = (
    *("address", "bank_account", "gb_nino", "labelled_phone", "mac", "not_a_power_of_two", "person", "us_itin"),
    *("us_ssn", "username", "vn_cccd"),
)
# What a line holds that holds a valid value, where most values of the form are something else: octets of 64 and more,
# no loopback; the blocks of IPv6 that are assigned.
_VALID = {
    "ip_v4": r"(?<![0-9])(?!(?:0|127|255)\.)(?=[0-9.]{0,12}(?:6[4-9]|[7-9][0-9]|[12][0-9]{2}))"
    r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}",
    "ip_v6": r"(?i)(?:[23][0-9a-f]{3}|64:ff9b|f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):|ffff:|(?:[0-9a-f]{1,4}:){7}",
}


def known() -> Known:
    """What `screen` needs to know, from the rules and tables."""
    rules = load_rules()
    compiled = CompiledRules(rules, DEFAULT_MIN_SCORE)
    recognized = [Row([name, row.entity_type], [ANYWHERE]) for name, row in RECOGNIZERS.items()]
    return Known(
        rows=[Row([r.id, r.entity_type], list(r.regions) or [ANYWHERE]) for r in rules.rules] + recognized,
        prose=list(PROSE),
        structured=[*(each for name in FORMATS if name != "text" for each in FORMATS[name].suffixes), *MAIL, *PACKED],
        magic=[s.magic.decode() for s in SIGNATURES if not s.offset and _is_plain(s.magic)],
        folded=["".join(FOLDED), "".join(FOLDED.values()), DASHES],
        nominate={name: list(row.nominate) for name, row in RECOGNIZERS.items()},
        words=[words for rule in rules.rules if (words := _words(rule, compiled))],
    )


def _words(rule: Rule, compiled: CompiledRules) -> Words | None:
    """A rule with the patterns that may find something in a text without fields."""
    patterns = [p for p in compiled.patterns if p.rule is rule and not p.field_only]
    tries = [_try(p) for p in patterns if not _must(p.pattern.regex, OTHER_SCRIPTS.match)]
    return Words(list(rule.keywords), list(rule.context_words), tries) if tries else None


def _try(pattern: CompiledPattern) -> Try:
    regex = (pattern.whole if pattern.whole_only else None) or pattern.loose
    lacks = pattern.pattern.score < DEFAULT_MIN_SCORE and pattern.pattern.state == "clear"
    valid = _VALID.get(pattern.validator or "") if lacks else None
    contextual = pattern.contextual or (lacks and pattern.validator in _NEVER_VALID)
    own = pattern.pattern.regex
    hangul, masks = _must(own, HANGUL.match), _must(own, MASKS.__contains__)
    return Try(needs.least(regex, needs.DIGITS), _within(own), regex, contextual, valid, hangul, masks)


def _must(regex: str, is_of: Callable[[str], object]) -> bool:
    """Whether every match of a regex holds a character of some kind."""
    return _any(_parser.parse(regex), is_of)


def _any(items: Iterable[tuple[Any, Any]], is_of: Callable[[str], object]) -> bool:
    return any(_holds(str(kind), value, is_of) for kind, value in items)


def _holds(kind: str, value: Any, is_of: Callable[[str], object]) -> bool:
    if kind == "LITERAL":
        return bool(is_of(chr(value)))
    if kind == "IN":
        return all(_all_of(str(part), what, is_of) for part, what in value)
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return value[0] > 0 and _any(value[2], is_of)
    if kind == "SUBPATTERN":
        return _any(value[-1], is_of)
    return kind == "BRANCH" and all(_any(branch, is_of) for branch in value[1])


def _all_of(kind: str, value: Any, is_of: Callable[[str], object]) -> bool:
    """Whether all characters of a part of a set are of a kind; an unknown part is of none."""
    codes = (value,) if kind == "LITERAL" else range(value[0], value[1] + 1) if kind == "RANGE" else ()
    return bool(codes) and all(is_of(chr(code)) for code in codes)


def _within(regex: str) -> int:
    """In what the digits of a match stand: `RUN`, `GROUPS`, `NUMBER` or `LINE`."""
    other = _others(_parser.parse(regex))
    if other is None or not other <= SIGNS:
        return LINE
    return RUN if not other else GROUPS if other <= PLAIN else NUMBER


def _others(items: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """The characters of a match that are no digits; None where they may be any."""
    found = [_other(str(kind), value) for kind, value in items]
    return None if None in found else frozenset().union(*(chars for chars in found if chars is not None))


def _other(kind: str, value: Any) -> frozenset[str] | None:
    if kind == "LITERAL":
        return frozenset(chr(value)) - DIGITS
    if kind == "IN":
        if all(_is_digit(str(part), what) for part, what in value):
            return frozenset()
        return frozenset(chr(what) for _, what in value) - DIGITS if {str(p) for p, _ in value} == {"LITERAL"} else None
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _others(value[2])
    if kind == "SUBPATTERN":
        return _others(value[-1])
    if kind == "BRANCH":
        return _others(item for branch in value[1] for item in branch)
    return frozenset() if kind == "AT" else None


def _is_plain(magic: bytes) -> bool:
    return magic.isascii() and magic.decode().isprintable()


def _is_digit(kind: str, value: Any) -> bool:
    if kind == "LITERAL":
        return chr(value) in DIGITS
    return kind == "RANGE" and chr(value[0]) in DIGITS and chr(value[1]) in DIGITS


def main() -> None:
    """Write the file."""
    text = json.dumps(known()._asdict(), ensure_ascii=False, indent=0)
    path().write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
