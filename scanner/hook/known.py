"""What the screen knows of the rules, from rules/screen.json; `build` writes it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from scanner.shipped import rules_dir

RUN, GROUPS, NUMBER, LINE = range(4)  # digits in a row; with plain signs between them; with any of them; in a line
ANYWHERE = "*"
PLAIN, SIGNS = frozenset(" .-"), frozenset(" ().+*xX-●○•/,#")
MASKS = frozenset("*●○•◯〇xX#")
HANGUL = re.compile("[가-힣]")
# kana, bopomofo, Han and half-width kana, Arabic, whose recognizers need more than a quick start allows; marks apart
# from their letters
OTHER_SCRIPTS = re.compile(
    "[\u0300-\u036f\u1100-\u11ff\u0600-\u06ff\u0750-\u077f\u3005-\u3007\u3040-\u31ff\u3400-\u9fff\uf900-\ufaff\ufb50-\ufdff\ufe70-\ufefe"
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


class Row(NamedTuple):
    """What can be looked for: id and entity type of a rule, or of a recognizer, which is for any region."""

    names: list[str]
    regions: list[str]


class Known(NamedTuple):
    """All of it.

    `rows`: what options choose from; `prose`, `structured`: endings of
    files that are read as text, and as something else or as the name before them says; `magic`: how text begins that
    may be binary; `folded`: three strings, characters, what each is folded to, and dashes; `nominate`: of each
    recognizer; `words`: the rules.
    """

    rows: list[Row]
    prose: list[str]
    structured: list[str]
    magic: list[str]
    folded: list[str]
    nominate: dict[str, list[str]]
    words: list[Words]

    def has(self, names: Iterable[str]) -> bool:
        """Whether all of these are ids or entity types."""
        return set(names) <= {name for row in self.rows for name in row.names}

    def leaves(self, only: set[str], without: set[str], regions: set[str]) -> bool:
        """Whether all of these are known, and leave something to look for."""
        known = self.has(only | without) and regions <= {region for row in self.rows for region in row.regions}
        return known and any(_is_left(row, only, without, regions) for row in self.rows)


def _is_left(row: Row, only: set[str], without: set[str], regions: set[str]) -> bool:
    kept = not only.isdisjoint(row.names) if only else True
    here = not {*regions, ANYWHERE}.isdisjoint(row.regions) if regions else True
    return kept and here and without.isdisjoint(row.names)


def path() -> Path:
    """Where the file lies."""
    return rules_dir() / "screen.json"


@cache
def load() -> Known:
    """Read the file, once."""
    known = Known(**json.loads(path().read_text(encoding="utf-8")))
    words = [Words(keywords, context, [Try(*t) for t in tries]) for keywords, context, tries in known.words]
    return known._replace(rows=[Row(*row) for row in known.rows], words=words)
