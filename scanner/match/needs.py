"""What every match of a regex holds, told from the regex alone: so a text without it need not be searched."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

_parser: Any = importlib.import_module("re._parser")

# Spans of code points, both ends included.
Points = tuple[tuple[int, int], ...]
DIGITS: Points = ((ord("0"), ord("9")),)
NUMBERED: Points = (*DIGITS, (ord("@"), ord("@")))
CAPITALS: Points = ((ord("A"), ord("Z")), (0x80, 0x10FFFF))  # and all that is not ASCII


@cache
def least(regex: str, needed: Points) -> int:
    """How many characters of `needed` every match of a regex, in the syntax that Rust and `re` share, has at least."""
    parsed = _parser.parse(regex)
    return 0 if _loses_case(parsed.state.flags, needed) else _sum(parsed, needed)


@cache
def lengths_of_digits(regex: str) -> tuple[int, int] | None:
    """The least and the greatest length of the matches of a regex that holds digits only; None for another."""
    parsed = _parser.parse(regex)
    low, high = parsed.getwidth()
    return (low, high) if low and _only(parsed) else None


def _only(items: Iterable[tuple[Any, Any]]) -> bool:
    """Whether all that some items match are digits; not for an item that is not known here."""
    return all(_is_only(str(kind), value) for kind, value in items)


def _is_only(kind: str, value: Any) -> bool:
    if kind in ("LITERAL", "IN"):
        return _least(kind, value, DIGITS) == 1
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _only(value[2])
    if kind == "SUBPATTERN":
        return _only(value[-1])
    return kind == "BRANCH" and all(map(_only, value[1]))


def _sum(items: Iterable[tuple[Any, Any]], needed: Points) -> int:
    """How many have some items that follow one another."""
    return sum(_least(str(kind), value, needed) for kind, value in items)


def _least(kind: str, value: Any, needed: Points) -> int:
    """How many has one item; one that is not known here may do without."""
    if kind == "LITERAL":
        return int(_within(value, value, needed))
    if kind == "IN":
        return int(all(_part(str(part), what, needed) for part, what in value))
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return int(value[0]) * _sum(value[2], needed)
    if kind == "SUBPATTERN":
        return 0 if _loses_case(value[1], needed) else _sum(value[-1], needed)
    return min(_sum(branch, needed) for branch in value[1]) if kind == "BRANCH" else 0


def _part(kind: str, value: Any, needed: Points) -> bool:
    """Whether all characters of a part of a set are needed ones; not of one that is not known here."""
    if kind == "LITERAL":
        return _within(value, value, needed)
    return kind == "RANGE" and _within(value[0], value[1], needed)


def _within(first: int, last: int, needed: Points) -> bool:
    return any(low <= first and last <= high for low, high in needed)


def _loses_case(flags: int, needed: Points) -> bool:
    """Whether flags let a small letter stand for a needed capital."""
    return bool(flags & re.IGNORECASE) and needed is CAPITALS
