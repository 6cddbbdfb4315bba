"""One rule file, read and checked: TOML in, plain tables out. CONTRIBUTING.md describes the format."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from scanner.errors import RuleError

Table = dict[str, Any]

# What may not touch a match, as (before, after) lookarounds.
BOUNDARIES: dict[str, tuple[str, str]] = {
    "none": ("", ""),
    # digits only: glued to letters of any script is fine
    "digit": (r"(?<![0-9])(?<![0-9][-.])", r"(?![0-9])(?![-.][0-9])"),
    # neither digits nor ASCII letters: glued to Hangul or Han is fine
    "word": (r"(?<![0-9A-Za-z_])(?<![0-9][-.])", r"(?![0-9A-Za-z_])(?![-.][0-9])"),
    # the same, but for underscores, which stand between the parts of a file's name
    "part": (r"(?<![0-9A-Za-z])(?<![0-9][-.])", r"(?![0-9A-Za-z])(?![-.][0-9])"),
    # a token of its own: not a piece of a path, a hash, a version or a UUID
    "token": (r"(?<![0-9A-Za-z_./@+:=&%$#*\\-])", r"(?![0-9A-Za-z_@%$\\*]|[-./:+#&=][0-9A-Za-z*])"),
}

# Lookaround, back references, atomic groups; and classes that are slow or wrong beside Hangul and Han.
_NOT_COMMON = re.compile(r"(?<!\\)\(\?(?:=|!|<=|<!|>|R|&|\()|(?<!\\)\\[1-9bBdDwWsSZzAG]|[*+?}]\+")


class _Keys(NamedTuple):
    required: tuple[str, ...]
    optional: tuple[str, ...]


_RULE = _Keys(
    ("id", "entity_type", "name", "description", "regions", "languages", "status", "references", "pattern"),
    (
        *("keywords", "always_on", "validator", "calling_code", "context", "columns", "not_after", "not_before"),
        *("positive", "negative"),
    ),
)
_TABLES = {
    "pattern": _Keys(("name", "regex", "boundary", "score"), ("state",)),
    "positive": _Keys(("text", "match"), ("field", "state")),
    "negative": _Keys(("text", "because"), ("field",)),
}
_LISTS = ("regions", "languages", "references", "keywords", "columns", "not_after", "not_before")


def read(path: Path) -> Table:
    """The tables of one rule file, as TOML has them: known keys only, none missing, each of its type.

    Regexes are in the common subset but not compiled. Raises `RuleError` naming the file and the key.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        _check_rule(data, path.stem)
    except (OSError, ValueError) as error:  # UnicodeDecodeError and TOMLDecodeError are ValueErrors
        raise RuleError(f"{path}: {error}") from error
    return data


def suggest(word: str, known: Iterable[str]) -> str:
    """`; did you mean …?` with the closest of the known words, or nothing when none is close."""
    folded = {name.casefold(): name for name in known}
    begun = sorted(name for name in folded if name.startswith(f"{word.casefold()}_"))
    close = begun or difflib.get_close_matches(word.casefold(), list(folded), n=1)
    return f"; did you mean {folded[close[0]]!r}?" if close else ""


def _check_rule(data: Table, stem: str) -> None:
    _check_keys(data, _RULE, "")
    _check_types(data)
    if data["id"] != stem:
        raise ValueError(f"id {data['id']!r} differs from the file's name {stem!r}")
    if data["status"] not in ("experimental", "stable"):
        raise ValueError(f"status must be experimental or stable, not {data['status']!r}")
    if bool(data.get("keywords")) == bool(data.get("always_on")):
        raise ValueError("give either keywords (literals that must occur) or always_on (the reason why there are none)")
    for kind, item in _items(data):
        _check_item(item, kind)


def _items(data: Table) -> Iterator[tuple[str, Table]]:
    """Each pattern and each example, with the name of its table."""
    return ((kind, item) for kind in _TABLES for item in data.get(kind, ()))


def _check_keys(data: Mapping[str, Any], keys: _Keys, where: str) -> None:
    known = (*keys.required, *keys.optional)
    for key in data:
        if key not in known:
            raise ValueError(f"unknown key {where + key!r}{suggest(key, known)}")
    for key in keys.required:
        if key not in data:
            raise ValueError(f"key {where + key!r} is missing")


def _check_types(data: Table) -> None:
    for key, value in data.items():
        if key in _TABLES:
            if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
                raise ValueError(f"{key} must be tables, each under [[{key}]]")
        elif key == "context":
            _check_context(value)
        elif key in _LISTS:
            _check_words(value, key)
        else:
            _check_text(value, key)


def _check_context(value: Any) -> None:
    if not isinstance(value, dict):
        raise ValueError("context must be a table [context] with a list of words per language")
    for language, words in value.items():
        _check_words(words, f"context.{language}")


def _check_words(value: Any, key: str) -> None:
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise ValueError(f"{key} must be a list of non-empty strings")


def _check_text(value: Any, key: str) -> None:
    if not isinstance(value, str):
        raise ValueError(f"{key} must be a string, not {value!r}")


def _check_item(item: Table, kind: str) -> None:
    _check_keys(item, _TABLES[kind], f"{kind}.")
    for key, value in item.items():
        if key != "score":
            _check_text(value, f"{kind}.{key}")
    if item.get("state", "clear") not in ("clear", "masked"):
        raise ValueError(f"{kind}: state must be clear or masked, not {item['state']!r}")
    if kind == "pattern":
        _check_pattern(item)
    elif kind == "positive" and item["match"] not in item["text"]:
        raise ValueError(f"positive: match {item['match']!r} does not occur in text {item['text']!r}")


def _check_pattern(item: Table) -> None:
    where = f"pattern {item['name']!r}"
    if item["boundary"] not in BOUNDARIES:
        raise ValueError(f"{where}: boundary must be one of {', '.join(BOUNDARIES)}, not {item['boundary']!r}")
    if not isinstance(item["score"], int | float) or not 0 < item["score"] <= 1:
        raise ValueError(f"{where}: score must be above 0 and at most 1, not {item['score']!r}")
    if found := _NOT_COMMON.search(item["regex"]):
        raise ValueError(
            f"{where}: {found.group()!r} is not in the common subset of RE2 and regex, or depends on Unicode"
        )
