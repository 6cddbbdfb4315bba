"""Texts of a report: names and messages that may be hostile, and numbers for people to read."""

from __future__ import annotations

import re
from typing import Any

NAME = 160  # characters of a path or a field name that are shown
_KEPT_END = 60  # of them at the end: a file's own name stands there

# What could turn the direction of text or is no character: controls, line separators, marks, embeddings, overrides and
# isolates of direction, halves of pairs (Unicode 16, chapter 23).
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff0-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_UNITS = ("bytes", "KB", "MB", "GB", "TB", "PB")


def clean(text: str) -> str:
    """A text in which each character that cannot be shown safely is U+FFFD."""
    return _UNSAFE.sub("\ufffd", text)


def short(text: str, limit: int = NAME) -> str:
    """A text of at most `limit` characters; of a longer one its ends and its length."""
    if len(text) <= limit:
        return text
    end = min(_KEPT_END, limit // 2)
    return f"{text[: limit - end]} … {text[-end:]} ({number(len(text))} characters)"


def path_of(item: dict[str, Any]) -> str:
    """The path of a file, a field or an issue; one that is not UTF-8 comes as base64."""
    path = item.get("path")
    return str(path) if path is not None else f"base64:{item['path_base64']}" if "path_base64" in item else ""


def number(count: float) -> str:
    """A count in whole numbers, with a comma between thousands."""
    return f"{round(count):,}"


def size(count: int) -> str:
    """A number of bytes in the unit that leaves at most three digits before the point (1 KB is 1,000 bytes)."""
    value, unit = float(count), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.3g} {_UNITS[unit]}" if unit else f"{count} bytes"


def share(part: float, whole: float) -> str:
    """A part of a whole in per cent; what is neither nothing nor all never looks like it."""
    if not whole:
        return "none"
    percent = 100 * part / whole
    if 0 < percent < 0.1:
        return "under 0.1 %"
    if 99.9 < percent < 100:
        return "over 99.9 %"
    return f"{percent:.0f} %" if percent in (0, 100) else f"{percent:.1f} %"


def plural(count: float, noun: str) -> str:
    """A count with its noun."""
    return f"{number(count)} {noun}" if round(count) == 1 else f"{number(count)} {noun}s"


def bounds(item: dict[str, Any], key: str) -> str:
    """The 95 % bounds of a count as "low to high"; empty where it is exact."""
    return between(item.get(f"{key}_low"), item.get(f"{key}_high"))


def between(low: float | None, high: float | None) -> str:
    """Two bounds in words; nothing where they are not known or the same."""
    return "" if low is None or high is None or low == high else f"{number(low)} to {number(high)}"
