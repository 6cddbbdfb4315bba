"""Tells which files can hold nothing that a scan reports: in pure Python, since most commits are clean and small.

It lets through whatever a scan would report, and more. A text is looked at in two ways: the patterns of all rules are
tried on the lines that have the digits and words which they need, and the recognizers of Latin and Korean look at the
whole text. Other scripts, formats with fields and all that is not plain UTF-8 are left to the scan.
"""

from __future__ import annotations

import importlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from scanner.escapes import holds, may_hold
from scanner.hook import known as knowledge
from scanner.hook import text as texts
from scanner.hook.known import HANGUL, LINE, MASKS, OTHER_SCRIPTS, PLAIN, SIGNS, Known, Try, Words

if TYPE_CHECKING:
    from scanner.recognizers.labels import AfterLabel, Labels

MOST = 1 << 23  # characters on which patterns are tried; the scan of more takes less time
NUMERAL = 128  # so many of them a digit takes the recognizers, which ask of each number whether it is in an address
LEAST = 0.5  # the score from which findings are reported by default; below it the screen says nothing
_DIGIT, _RUN = re.compile("[0-9]"), re.compile("[0-9]+")
_GROUPS, _NUMBER = (re.compile(f"[0-9{re.escape(''.join(sorted(signs)))}]+") for signs in (PLAIN, SIGNS))
_ZEROS = str.maketrans("123456789", "000000000")
# recognizers, and whether they look at any text, at what holds Hangul, or at lines that they nominate
_ANY, _KOREAN, _NOMINATED = "any", "korean", "nominated"
_FINDERS = {
    "person-in-text-en": ("en.names", _ANY),
    "address-in-text-en": ("en.addresses", _ANY),
    "person-in-text-vi": ("vi.names", _ANY),
    "address-in-text-vi": ("vi.addresses", _NOMINATED),
    "person-in-text-ko": ("ko.names", _KOREAN),
    "address-in-text-ko": ("ko.addresses", _NOMINATED),
    "door-code": ("door_codes", _ANY),
}


class Screen:
    """The screen, for the files of one run; what it knows is read when the first one is looked at.

    `work`: on how many characters patterns were tried. Beyond `MOST` it lets all through.
    """

    def __init__(self) -> None:
        """Nothing is looked at yet."""
        self.work = 0

    def may_hold(self, path: str, data: bytes) -> bool:
        """Whether a scan may report something in a file of this name and content, or not be able to read it."""
        lines = texts.lines(path, data, self.known)
        if lines is None:
            return True
        lines = [self._fold(line) for line in lines]
        text = "\n".join(lines)
        if may_hold(data) and holds(text):  # escapes, which the scan reads
            return True
        if OTHER_SCRIPTS.search(text) or self._tires(NUMERAL * len(_DIGIT.findall(text))):
            return True
        return self._by_patterns(lines) or self._by_recognizers(text)

    @cached_property
    def known(self) -> Known:
        """What it knows of the rules."""
        return knowledge.load()

    def _fold(self, line: str) -> str:
        """As `scanner.fold` does."""
        if line.isascii():
            return line
        line = line.translate(self._folding)
        return self._dash.sub("-", line)

    @cached_property
    def _folding(self) -> dict[int, str]:
        return {ord(char): plain for char, plain in zip(*self.known.folded[:2], strict=True)}

    @cached_property
    def _dash(self) -> re.Pattern[str]:
        return re.compile(f"(?<=[0-9])[{self.known.folded[2]}](?=[0-9])")

    def _by_patterns(self, lines: Sequence[str]) -> bool:
        plain = [(line, line.lower().translate(_ZEROS)) for line in lines]
        whole = "\n".join(lower for _, lower in plain)
        chosen = [(item, rule) for rule in self._rules if _worded(rule, whole) for item in rule.tries]
        chosen.sort(key=lambda pair: pair[0].digits)
        needs = [item.digits for item, _ in chosen]
        for line, lower in plain:
            digits = _digits(line)
            for item, rule in chosen[: bisect_right(needs, digits[LINE])]:
                if item.digits <= digits[item.within] and (self._tires(len(line)) or _finds(rule, item, line, lower)):
                    return True
        return False

    @cached_property
    def _rules(self) -> list[Words]:
        """Rules with their words as lines are compared with them."""
        return [Words(_plain(rule.keywords), _plain(rule.context), rule.tries) for rule in self.known.words]

    def _tires(self, more: int) -> bool:
        """Whether more work is too much."""
        self.work += more
        return self.work > MOST

    def _by_recognizers(self, text: str) -> bool:
        if any(self._nominates("phone-international", line) for line in text.split("\n")):
            return True
        return self._labelled(text) or any(self._recognizes(name, text) for name in _FINDERS)

    def _recognizes(self, name: str, text: str) -> bool:
        module, condition = _FINDERS[name]
        if condition == _KOREAN and not HANGUL.search(text):
            return False
        if condition == _NOMINATED and not any(self._nominates(name, line) for line in text.split("\n")):
            return False
        spans = importlib.import_module(f"scanner.recognizers.{module}").find(text)
        return any(span.score >= LEAST for span in spans)

    def _labelled(self, text: str) -> bool:
        """As `recognizers.person_labelled`, but for labels and names in other scripts."""
        found = self._korean_labels if HANGUL.search(text) else self._latin_labels
        return any(span.score >= LEAST for span in found.find(text))

    @cached_property
    def _latin_labels(self) -> Labels:
        from scanner.recognizers.labels import Labels

        return Labels(_latin())

    @cached_property
    def _korean_labels(self) -> Labels:
        from scanner.recognizers.ko import names as ko
        from scanner.recognizers.labels import Labels

        return Labels(((ko.LABELS, ko.after_label), *_latin()))

    def _nominates(self, name: str, line: str) -> bool:
        return all(_compiled(regex).search(line) for regex in self.known.nominate[name])


def _latin() -> tuple[tuple[Iterable[str], AfterLabel], ...]:
    """The labels of names in Latin letters; English ones are known anyway."""
    from scanner.recognizers.en import names as en
    from scanner.recognizers.vi import names as vi

    return (vi.LABELS, vi.after_label), ((), en.after_label)


def _digits(line: str) -> tuple[int, int, int, int]:
    """How many digits stand in a row, in groups, in a number, and in a line at most."""
    runs = _RUN.findall(line)
    if not runs:
        return 0, 0, 0, 0
    groups, number = (max(len(_DIGIT.findall(n)) for n in regex.findall(line)) for regex in (_GROUPS, _NUMBER))
    return max(map(len, runs)), groups, number, sum(map(len, runs))


def _finds(rule: Words, item: Try, line: str, lower: str) -> bool:
    """Whether a pattern of a rule may find something in a line, which is also given in small letters."""
    if (item.hangul and not HANGUL.search(line)) or (item.masks and MASKS.isdisjoint(line)):
        return False
    if not _worded(rule, lower) or not (_may_count(item, line) or _holds(lower, rule.context)):
        return False
    return _compiled(item.regex).search(line) is not None


def _may_count(item: Try, line: str) -> bool:
    """Whether what a pattern finds in a line may be reported though there is no context word."""
    return not item.context and (item.valid is None or _compiled(item.valid).search(line) is not None)


def _worded(rule: Words, text: str) -> bool:
    """Whether a text holds what every pattern of a rule needs."""
    return not rule.keywords or _holds(text, rule.keywords)


def _holds(text: str, words: Sequence[str]) -> bool:
    return any(word in text for word in words)


def _plain(words: Sequence[str]) -> list[str]:
    return [word.lower().translate(_ZEROS) for word in words]


_PATTERNS: dict[str, re.Pattern[str]] = {}


def _compiled(regex: str) -> re.Pattern[str]:
    """`re` keeps only 512."""
    if regex not in _PATTERNS:
        _PATTERNS[regex] = re.compile(regex)
    return _PATTERNS[regex]
