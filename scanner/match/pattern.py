"""One pattern of a rule, compiled: its regexes for Rust and for Python, and what it needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import regex

from scanner.match.needs import DIGITS, least, lengths_of_digits
from scanner.match.templates import blinded, is_blind
from scanner.rules import Pattern, Rule

# Supersets of the boundaries in `rules.BOUNDARIES` without lookaround, for Rust's regex.
_LOOSE = {
    "none": ("", ""),
    "digit": ("(?:^|[^0-9])", "(?:$|[^0-9])"),
    "word": ("(?:^|[^0-9A-Za-z_])", "(?:$|[^0-9A-Za-z_])"),
    "part": ("(?:^|[^0-9A-Za-z])", "(?:$|[^0-9A-Za-z])"),
    "token": ("(?:^|[^0-9A-Za-z_])", "(?:$|[^0-9A-Za-z_])"),
}


class Run(NamedTuple):
    """A pattern that matches whole runs of digits: which of them it may match by what touches them and their length.

    `between` finds runs by what touches them, `heads` (100) say with which two digits they may begin. Unless `sure`
    there are literals with digits that may not touch them: a template cannot tell.
    """

    pattern: CompiledPattern
    whole: str
    between: regex.Pattern[str]
    shortest: int
    longest: int
    heads: tuple[bool, ...]
    sure: bool


@dataclass(frozen=True, eq=False)
class CompiledPattern:
    """A pattern ready to run; `index` is its number in candidates frames, `rule_index` that of its rule.

    `reach`: the score that it can have without context or field. `contextual`: that stays below the threshold, so it
    only runs in cells with a context word of its rule, or in fields that are expected to hold its entity type;
    `field_only`: not even a context word is enough.
    """

    index: int
    rule: Rule
    rule_index: int
    pattern: Pattern
    reach: float
    contextual: bool
    field_only: bool

    @property
    def validator(self) -> str | None:
        """The validator of its values; masked ones are not checked."""
        return self.rule.validator if self.pattern.state == "clear" else None

    @property
    def self_evident(self) -> bool:
        """Whether it runs on every cell."""
        return not self.contextual and not self.rule.keywords

    @property
    def whole_only(self) -> bool:
        """Whether it matches cells from end to end only."""
        return self.pattern.regex.startswith("^")

    @cached_property
    def is_blind(self) -> bool:
        """Whether it treats all digits alike; then it finds the same spans in a text and in its template."""
        return is_blind(self.rule.bounded(self.pattern))

    @property
    def _bare(self) -> str:
        return self.pattern.regex.replace("(?P<value>", "(?:")

    @property
    def loose(self) -> str:
        """A Rust regex that matches every text in which `exact` finds something."""
        before, after = _LOOSE[self.pattern.boundary]
        return f"{before}(?:{self._bare}){after}"

    @property
    def whole(self) -> str | None:
        """A regex, for Rust and Python, for a text that matches from end to end; None where a cue belongs to it."""
        return None if self.pattern.has_value_group else f"^(?:{self._bare})$"

    @cached_property
    def digits(self) -> int:
        """How many digits, at least, a text has in which it finds something."""
        return least(self._bare, DIGITS)

    @cached_property
    def run(self) -> Run | None:
        """How to find it among the runs of digits of a text; None for a pattern that matches anything else."""
        lengths = lengths_of_digits(self._bare)
        if lengths is None or lengths[0] < 2 or self.pattern.boundary == "none" or self.whole is None:
            return None
        given = self.rule.not_after, self.rule.not_before
        plain = [[literal for literal in literals if not any(map(str.isdigit, literal))] for literals in given]
        digits = replace(self.pattern, regex="[0-9]+")
        between = regex.compile(digits.bounded(*plain))
        sure = plain == [list(each) for each in given]
        return Run(self, self.whole, between, *lengths, _heads(self._bare), sure)

    @cached_property
    def fullmatch(self) -> Callable[[str], object]:
        """Tells whether a text matches `whole`."""
        return re.compile(self._bare).fullmatch

    @cached_property
    def may_be_whole(self) -> Callable[[str], object]:
        """Tells whether `fullmatch` may match one of the texts with a template."""
        return re.compile(blinded(self._bare)).fullmatch

    @cached_property
    def may_match(self) -> Callable[[str], re.Match[str] | None]:
        """Of a template the first match that `exact` may find in its texts, or an earlier one; None for none."""
        return re.compile(blinded(self.loose)).search

    @cached_property
    def exact(self) -> regex.Pattern[str]:
        """The regex that finds spans, within its boundary."""
        return regex.compile(self.rule.bounded(self.pattern))


def _heads(bare: str) -> tuple[bool, ...]:
    """Of each number of two digits whether it may begin a match, which has digits only and no fewer."""
    begins = regex.compile(bare).fullmatch
    return tuple(begins(f"{number:02}", partial=True) is not None for number in range(100))
