"""Globs as regexes that take time in proportion to the text, or to its square: they may come with the data.

A `*` takes as little as it can and is not asked again, for what it could take more of fits what comes next no better.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_TOKEN = re.compile(r"\*+|\?|\[[!^]?\]?[^\]]*\]|\\.|[^\\]", re.DOTALL)
_DEEP = re.compile(r"(?<![^/])\*\*/")
_AGAIN = re.compile(r"(?<![^/])(?:\*\*/)+(?=\*\*(?:/|$))")  # the same as what comes behind it
_FOLDERS = "(?:[^/]*/)*?"  # any number of them, as few as will do


def starred(parts: Sequence[str], any_: str) -> str:
    """A regex of regexes of parts, each of a certain length, and between them anything of the class `any_`."""
    if len(parts) == 1:
        return parts[0]
    first, *middle, last = parts
    return first + "".join(f"(?>{any_}*?{part})" for part in middle) + f"{any_}*{last}"


def wild(text: str) -> re.Pattern[str]:
    """A regex for a text in which `*` stands for anything."""
    return re.compile(starred([re.escape(part) for part in re.split(r"\*+", text)], "."), re.DOTALL)


def gitignore(glob: str) -> re.Pattern[str]:
    """A regex for a path, by a glob in the syntax of gitignore without `!` before it and `/` behind it.

    One without a slash at its start or in its middle fits in any folder. Raises `re.error` for one that is malformed.
    """
    body = glob.lstrip("/")
    body = _AGAIN.sub("", body if "/" in glob else f"**/{body}")
    if body == "**":
        return re.compile(".*", re.DOTALL)
    inside = body.endswith("/**")
    first, *blocks = _DEEP.split(body.removesuffix("/**"))
    middle = "".join(f"(?>{_FOLDERS}{_block(block)})" for block in blocks[:-1])
    last = "".join(_FOLDERS + _block(block) for block in blocks[-1:])
    return re.compile(_block(first) + middle + last + "/.*" * inside, re.DOTALL)


def _block(glob: str) -> str:
    """The regex of what stands between two `**/`; the slash behind it says where it ends."""
    parts = [""]
    for token in _TOKEN.findall(glob):
        if token.startswith("*"):
            parts.append("")
        else:
            parts[-1] += _one(token)
    return starred(parts, "[^/]")


def _one(token: str) -> str:
    """The regex of a token that stands for one character."""
    if token == "?":
        return "[^/]"
    if token.startswith("[") and len(token) > 1:
        body = token[1:-1].replace("\\", "\\\\").replace("[", "\\[")
        return f"(?!/)[^{body[1:]}]" if body[0] in "!^" else f"(?!/)[{body}]"
    return re.escape(token[1:] if len(token) > 1 else token)
