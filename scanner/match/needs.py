"""What every match of a regex holds, told from the regex alone: so a text without it need not be searched."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from functools import cache
from typing import Any

NUMBERED = "[0-9@]"
_CODES = frozenset(map(ord, "0123456789@"))
_parser: Any = importlib.import_module("re._parser")


@cache
def needs_number(regex: str) -> bool:
    """Whether every match of a regex, in the syntax that Rust and `re` share, holds a digit or an `@`."""
    return _any(_parser.parse(regex))


def _any(items: Iterable[tuple[Any, Any]]) -> bool:
    """Whether one of some items that follow one another holds such a character."""
    return any(_holds(str(kind), value) for kind, value in items)


def _holds(kind: str, value: Any) -> bool:
    """Whether all that one item matches does; an item that is not known here may do without."""
    if kind == "LITERAL":
        return value in _CODES
    if kind == "IN":
        return all(_codes(str(part), what) <= _CODES for part, what in value)
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return value[0] > 0 and _any(value[2])
    if kind == "SUBPATTERN":
        return _any(value[-1])
    return kind == "BRANCH" and all(map(_any, value[1]))


def _codes(kind: str, value: Any) -> frozenset[int]:
    """The code points of a part of a set; one that is not among `_CODES` for what is not known here."""
    if kind == "LITERAL":
        return frozenset([value])
    return frozenset(range(value[0], value[1] + 1)) if kind == "RANGE" else frozenset([0])
