"""Rules are data: one TOML file per rule, read into `Rule` and gathered in a `RuleSet`.

`rulefile` reads and checks the files. Nothing here imports polars or Presidio, so that `rules list` and `--help` stay
quick.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Literal

import regex

from scanner.errors import RuleError
from scanner.rulefile import BOUNDARIES, Table, read, suggest
from scanner.shipped import rules_dir as rules_dir

State = Literal["clear", "masked"]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One regex of a rule. A group named `value` narrows the match to the value itself."""

    name: str
    regex: str
    boundary: str
    score: float
    state: State = "clear"

    @property
    def has_value_group(self) -> bool:
        """Whether the match holds more than the value, such as a cue word before it."""
        return "(?P<value>" in self.regex

    def bounded(self, not_after: Iterable[str] = (), not_before: Iterable[str] = ()) -> str:
        """The regex within its boundary, for the `regex` module.

        No match directly after a literal of `not_after` or directly before one of `not_before`, in any case, whether
        or not one space stands between.
        """
        before, after = BOUNDARIES[self.boundary]
        before += "".join(f"(?<!{any_of} ?)" for any_of in _any_of(not_after))
        after += "".join(f"(?! ?{any_of})" for any_of in _any_of(not_before))
        return f"{before}(?:{self.regex}){after}"


def _any_of(literals: Iterable[str]) -> Iterator[str]:
    """One group for all literals, or nothing when there are none."""
    if escaped := [regex.escape(literal) for literal in literals]:
        yield f"(?i:{'|'.join(escaped)})"


@dataclass(frozen=True, slots=True)
class Example:
    """A text of a rule file: a positive (with its exact match) or a negative (with the reason)."""

    text: str
    match: str | None = None
    because: str | None = None
    field: str | None = None
    state: State = "clear"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule file. `keywords` must occur for a pattern to run; `context` words only raise the score.

    Literals of `not_after` and `not_before` may not touch a match (see `Pattern.bounded`), as in 101동 or 1203호.
    """

    id: str
    entity_type: str
    name: str
    description: str
    regions: tuple[str, ...]
    languages: tuple[str, ...]
    status: str
    references: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    keywords: tuple[str, ...] = ()
    always_on: str | None = None
    validator: str | None = None
    calling_code: str | None = None
    context: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    positives: tuple[Example, ...] = ()
    negatives: tuple[Example, ...] = ()

    @property
    def context_words(self) -> tuple[str, ...]:
        """The context words of all languages."""
        return tuple(word for words in self.context.values() for word in words)

    def at_home(self, languages: frozenset[str]) -> bool:
        """Whether it is a rule of a country where one of some languages is written."""
        return "*" not in self.regions and not languages.isdisjoint(self.languages)

    def bounded(self, pattern: Pattern) -> str:
        """The regex of one of its patterns within all that may not touch it, for the `regex` module."""
        return pattern.bounded(self.not_after, self.not_before)


@dataclass(frozen=True)
class RuleSet:
    """All rules of a run, in the order of their ids, with their patterns numbered."""

    rules: tuple[Rule, ...]

    @cached_property
    def patterns(self) -> tuple[tuple[Rule, Pattern], ...]:
        """Each pattern with its rule; the position is the `pattern` number in candidates frames."""
        return tuple((rule, pattern) for rule in self.rules for pattern in rule.patterns)

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """Rules by id."""
        return {rule.id: rule for rule in self.rules}

    def select(
        self,
        only: Iterable[str] = (),
        without: Iterable[str] = (),
        regions: Iterable[str] = (),
        others: Iterable[str] = (),
    ) -> RuleSet:
        """Keep rules whose id or entity type is in `only`, drop those in `without`, keep those of `regions`.

        Raises `RuleError` when a name is neither the id nor the entity type of any rule, nor in `others`.
        """
        only, without, regions = set(only), set(without), {r.upper() for r in regions}
        known = {r.id for r in self.rules} | {r.entity_type for r in self.rules} | set(others)
        for name in sorted((only | without) - known):
            raise RuleError(f"no rule and no entity type is called {name!r}{suggest(name, known)}")
        places = {x for r in self.rules for x in r.regions}
        for name in sorted(regions - places):
            raise RuleError(f"no rule is for region {name!r}; there are {', '.join(sorted(places - {'*'}))}")
        return RuleSet(
            tuple(
                rule
                for rule in self.rules
                if (not only or rule.id in only or rule.entity_type in only)
                and rule.id not in without
                and rule.entity_type not in without
                and (not regions or not rule.regions or "*" in rule.regions or regions & set(rule.regions))
            )
        )


def load_rules(folder: Path | None = None) -> RuleSet:
    """Read every rule below `folder` (default: ours). Raises `RuleError` naming the file and the key."""
    trusted = folder is None
    folder = folder or rules_dir()
    rules = [load_rule(path, trusted=trusted) for path in sorted(_rule_files(folder), key=lambda p: p.stem)]
    for first, second in pairwise(rules):
        if first.id == second.id:
            raise RuleError(f"two rules are called {first.id!r}; a rule's id is its file's name and must be unique")
    if not rules:
        raise RuleError(f"{folder}: no rule files (*.toml) here")
    return RuleSet(tuple(rules))


def _rule_files(folder: Path) -> Iterator[Path]:
    """Rule files lie one level down: rules/<region>/<id>.toml."""
    return folder.glob("*/*.toml")


def load_rule(path: Path, *, trusted: bool = False) -> Rule:
    """Read one rule file. Raises `RuleError` naming the file and the key.

    Compiling all regexes takes most of a second, so those of `trusted` rules wait until they are needed.
    """
    rule = _rule(read(path))
    for pattern in () if trusted else rule.patterns:
        try:
            regex.compile(rule.bounded(pattern))
        except regex.error as error:
            raise RuleError(f"{path}: pattern {pattern.name!r}: {error}") from error
    return rule


def _rule(table: Table) -> Rule:
    """The rule that checked tables describe; what a file leaves out is the default of the field."""
    plain = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    patterns, positives, negatives = (plain.pop(kind, ()) for kind in ("pattern", "positive", "negative"))
    return Rule(
        **plain | {"context": {language: tuple(words) for language, words in table.get("context", {}).items()}},
        patterns=tuple(Pattern(**item | {"score": float(item["score"])}) for item in patterns),
        positives=tuple(Example(**item) for item in positives),
        negatives=tuple(Example(**item) for item in negatives),
    )
