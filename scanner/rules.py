"""Rules are data: one TOML file per rule, read into `Rule` and gathered in a `RuleSet`.

The format is described in CONTRIBUTING.md. Nothing here imports polars or Presidio, so that `rules list` and
`--help` stay quick.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import regex

from scanner.errors import RuleError

# What may not touch a match, as (before, after) lookarounds.
BOUNDARIES: dict[str, tuple[str, str]] = {
    "none": ("", ""),
    # digits only: glued to letters of any script is fine
    "digit": (r"(?<![0-9])(?<![0-9][-.])", r"(?![0-9])(?![-.][0-9])"),
    # neither digits nor ASCII letters: glued to Hangul or Han is fine
    "word": (r"(?<![0-9A-Za-z_])(?<![0-9][-.])", r"(?![0-9A-Za-z_])(?![-.][0-9])"),
    # a token of its own: not a piece of a path, a hash, a version or a UUID
    "token": (r"(?<![0-9A-Za-z_./@+:=&%$#*\\-])", r"(?![0-9A-Za-z_@%$\\*]|[-./:+#&=][0-9A-Za-z*])"),
}

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
            raise RuleError(f"no rule and no entity type is called {name!r}{_suggest(name, known)}")
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


_REQUIRED = ("id", "entity_type", "name", "description", "regions", "languages", "status", "references", "pattern")
_OPTIONAL = (
    *("keywords", "always_on", "validator", "calling_code", "context", "columns", "not_after", "not_before"),
    *("positive", "negative"),
)
_PATTERN_KEYS = ("name", "regex", "boundary", "score", "state")
_EXAMPLE_KEYS = {"positive": ("text", "match", "field", "state"), "negative": ("text", "because", "field")}


def rules_dir() -> Path:
    """The folder of the rules that come with leakgauge, in a wheel or in an editable install."""
    here = Path(__file__).resolve().parent
    packaged = here / "_rules"
    return packaged if packaged.is_dir() else here.parent / "rules"


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
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"{path}: {error}") from error
    try:
        rule = _rule(data, path.stem)
        return rule if trusted else _compiling(rule)
    except KeyError as error:
        raise RuleError(f"{path}: a key {error} is missing") from error
    except (TypeError, ValueError) as error:
        raise RuleError(f"{path}: {error}") from error


def _rule(data: dict[str, Any], stem: str) -> Rule:
    _check_keys(data, _REQUIRED + _OPTIONAL, "")
    for key in _REQUIRED:
        if key not in data:
            raise ValueError(f"key {key!r} is missing")
    if data["id"] != stem:
        raise ValueError(f"id {data['id']!r} differs from the file's name {stem!r}")
    if data["status"] not in ("experimental", "stable"):
        raise ValueError(f"status must be experimental or stable, not {data['status']!r}")
    if bool(data.get("keywords")) == bool(data.get("always_on")):
        raise ValueError("give either keywords (literals that must occur) or always_on (the reason why there are none)")
    return Rule(
        id=data["id"],
        entity_type=data["entity_type"],
        name=data["name"],
        description=data["description"],
        status=data["status"],
        always_on=data.get("always_on"),
        validator=data.get("validator"),
        calling_code=data.get("calling_code"),
        regions=_words(data, "regions"),
        languages=_words(data, "languages"),
        references=_words(data, "references"),
        keywords=_words(data, "keywords"),
        columns=_words(data, "columns"),
        not_after=_words(data, "not_after"),
        not_before=_words(data, "not_before"),
        context={language: _words(data["context"], language) for language in data.get("context", {})},
        patterns=tuple(_pattern(item) for item in data["pattern"]),
        positives=tuple(_example(item, "positive") for item in data.get("positive", ())),
        negatives=tuple(_example(item, "negative") for item in data.get("negative", ())),
    )


def _words(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    words = data.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
        raise ValueError(f"{key} must be a list of non-empty strings")
    return tuple(words)


def _pattern(data: dict[str, Any]) -> Pattern:
    _check_keys(data, _PATTERN_KEYS, "pattern.")
    pattern = Pattern(
        name=data["name"],
        regex=data["regex"],
        boundary=data["boundary"],
        score=float(data["score"]),
        state=data.get("state", "clear"),
    )
    where = f"pattern {pattern.name!r}"
    if pattern.boundary not in BOUNDARIES:
        raise ValueError(f"{where}: boundary must be one of {', '.join(BOUNDARIES)}, not {pattern.boundary!r}")
    if not 0 < pattern.score <= 1:
        raise ValueError(f"{where}: score must be above 0 and at most 1, not {pattern.score}")
    if pattern.state not in ("clear", "masked"):
        raise ValueError(f"{where}: state must be clear or masked, not {pattern.state!r}")
    if found := _NOT_COMMON.search(pattern.regex):
        raise ValueError(
            f"{where}: {found.group()!r} is not in the common subset of RE2 and regex, or depends on Unicode"
        )
    return pattern


def _compiling(rule: Rule) -> Rule:
    for pattern in rule.patterns:
        try:
            regex.compile(rule.bounded(pattern))
        except regex.error as error:
            raise ValueError(f"pattern {pattern.name!r}: {error}") from error
    return rule


# Lookaround, back references, atomic groups; and classes that are slow or wrong beside Hangul and Han.
_NOT_COMMON = re.compile(r"(?<!\\)\(\?(?:=|!|<=|<!|>|R|&|\()|(?<!\\)\\[1-9bBdDwWsSZzAG]|[*+?}]\+")


def _example(data: dict[str, Any], kind: str) -> Example:
    _check_keys(data, _EXAMPLE_KEYS[kind], f"{kind}.")
    needed = "match" if kind == "positive" else "because"
    for key in ("text", needed):
        if not isinstance(data.get(key), str):
            raise ValueError(f"each [[{kind}]] needs {key!r}")
    if kind == "positive" and data["match"] not in data["text"]:
        raise ValueError(f"positive: match {data['match']!r} does not occur in text {data['text']!r}")
    return Example(**data)


def _check_keys(data: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    for key in data:
        if key not in known:
            raise ValueError(f"unknown key {where + key!r}{_suggest(key, known)}")


def _suggest(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
