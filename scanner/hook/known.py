"""What the screen knows of the rules, from rules/screen.json; `build` writes it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

from scanner.shipped import rules_dir

RUN, GROUPS, NUMBER, LINE = range(4)  # digits in a row; with plain signs between them; with any of them; in a line
PLAIN, SIGNS = frozenset(" .-"), frozenset(" ().+*xX-●○•/,#")
MASKS = frozenset("*●○•◯〇xX#")
HANGUL = re.compile("[가-힣]")
# kana, bopomofo, Han and half-width kana, Arabic; whose recognizers need more than a quick start allows
OTHER_SCRIPTS = re.compile(
    "[\u0600-\u06ff\u0750-\u077f\u3005-\u3007\u3040-\u31ff\u3400-\u9fff\uf900-\ufaff\ufb50-\ufdff\ufe70-\ufefe"
    "\uff66-\uff9f\U00020000-\U0003ffff]"
)


class Try(NamedTuple):
    """A pattern: it is tried on lines of so many digits, and with `context` only beside a context word of its rule.

    `within`: in what the digits stand: `RUN`, `GROUPS`, `NUMBER` or `LINE`. `valid`: what else the line holds unless
    there is such a word. `hangul`, `masks`: it holds a character of that kind.
    """

    digits: int
    within: int
    regex: str
    context: bool
    valid: str | None
    hangul: bool
    masks: bool


class Words(NamedTuple):
    """A rule: one of its `keywords`, if it has any, must stand in a line for its patterns to be tried."""

    keywords: list[str]
    context: list[str]
    tries: list[Try]


class Known(NamedTuple):
    """All of it.

    `names`, `regions`: of rules, entity types and recognizers, as options have them; `prose`, `structured`: endings of
    files that are read as text, and as something else or as the name before them says; `magic`: how text begins that
    may be binary; `folded`: three strings, characters, what each is folded to, and dashes; `nominate`: of each
    recognizer; `words`: the rules.
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
