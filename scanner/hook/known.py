"""What the screen knows of the rules, from rules/screen.json; `build` writes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from scanner.shipped import rules_dir


class Try(NamedTuple):
    """A pattern: it is tried on lines of so many digits, and with `context` only beside a context word of its rule.

    `valid`: what else the line holds unless there is such a word.
    """

    digits: int
    regex: str
    context: bool
    valid: str | None


class Words(NamedTuple):
    """A rule: one of its `keywords`, if it has any, must stand in a line for its patterns to be tried."""

    keywords: list[str]
    context: list[str]
    tries: list[Try]


class Known(NamedTuple):
    """All of it.

    `names`, `regions`: of rules, entity types and recognizers, as options have them; `prose`, `structured`: endings of
    files that are read as text, and as something else; `magic`: how text begins that may be binary; `folded`: three
    strings, characters, what each is folded to, and dashes; `nominate`: of each recognizer; `words`: the rules.
    """

    names: list[str]
    regions: list[str]
    prose: list[str]
    structured: list[str]
    magic: list[str]
    folded: list[str]
    nominate: dict[str, list[str]]
    words: list[Words]


def path() -> Path:
    """Where the file lies."""
    return rules_dir() / "screen.json"


def load() -> Known:
    """Read the file."""
    known = Known(**json.loads(path().read_text(encoding="utf-8")))
    words = [Words(keywords, context, [Try(*t) for t in tries]) for keywords, context, tries in known.words]
    return known._replace(words=words)
