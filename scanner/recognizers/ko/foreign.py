"""Foreign names in Hangul: parts that many such names are made of, two of them together, or one that acts.

Parts that are common words too count in company only: `마크` and `토마스` are names, `스토리` is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from scanner.recognizers.gazetteer import weights
from scanner.recognizers.ko.particles import is_particle, stop_of
from scanner.recognizers.ko.people import COMMON, is_word, word_weight
from scanner.recognizers.ko.titles import follows
from scanner.recognizers.spans import Span, lazy

_FAMOUS, _FREQUENT, _ALONE = 40, 26, 16  # weights of parts that some 16, 6 and 3 names have
# particles that follow those who do something, rather than what is done or where
_PERSONAL = lazy("(?:[은는이가을를와과의도]|에게|한테|께서)(?![가-힣])")
_LEAST, _LEAST_GLUED = 38, 60  # weights of names with and without spaces
_RARE, _EVERYDAY = 20, 60  # what a part loses that is a word too
_GLUED = 5  # syllables of a name without a space
_STRANGE = 15  # the mean odds of the syllables of a part that no list has


class _Part(NamedTuple):
    """A part: its bounds and its weight."""

    start: int
    end: int
    weight: int


@cache
def strange() -> str:
    """The syllables that foreign names are full of; one of the first four of a name is among them."""
    return "".join(syllable for syllable, odds in weights("ko-foreign-syllables").items() if odds >= _STRANGE)


@cache
def _words() -> re.Pattern[str]:
    """The start of a word: two syllables that may begin a part, or a short given name, `톰`, that stands alone."""
    parts = weights("ko-foreign")
    short = {part for part, weight in parts.items() if len(part) == 1 and weight >= _FREQUENT}
    odds = weights("ko-foreign-syllables")
    short = {part for part in short - weights("ko-surnames").keys() - set("로더데드") if odds[part] >= _STRANGE}
    alone = f"[{''.join(sorted(short))}](?= [가-힣]{{2}})"
    return re.compile(rf"(?<![0-9A-Za-z가-힣%])(?:{alone}|(?=[가-힣]{{0,3}}[{strange()}])[가-힣]{{2}})")


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(part[:2] for part in weights("ko-foreign"))


def find(text: str) -> Iterator[Span]:
    """Yield foreign names: two parts or more, glued or with spaces, or one of three syllables and a particle."""
    beginnings, done = _beginnings(), -1
    for match in _words().finditer(text):
        start = match.start()
        if start > done and match.group() in beginnings:
            parts = _parts(text, start, len(match.group()))
            if parts and _is_name(text, parts):
                done = parts[-1].end
                yield Span(start, done, 0.5, "a foreign name in Hangul")


def _parts(text: str, start: int, least: int) -> list[_Part]:
    """The parts that follow each other from `start`, at most 4; the last one ends a word but for its particles.

    The first has `least` syllables or more, the others two.
    """
    parts: list[_Part] = []
    while len(parts) < 4 and (part := _part(text, start, least)):
        parts.append(part)
        least = 2
        start = part.end + (text[part.end : part.end + 1] == " ")
    if len(parts) == 1 and least == 2 and _introduces(text, parts[0], start) and (part := _unknown(text, start)):
        parts.append(part)
    while parts and not (is_particle(text, parts[-1].end) or follows(text, parts[-1].end)):
        parts.pop()
    return parts


def _introduces(text: str, part: _Part, after: int) -> bool:
    """Whether a part is a given name that a space follows: what comes then may be any surname."""
    return after > part.end and part.weight >= _FAMOUS and word_weight(text[part.start : part.end]) <= COMMON


def _part(text: str, start: int, least: int) -> _Part | None:
    """The longest part at `start` that particles may follow, or another part glued to it."""
    known, stop = weights("ko-foreign"), stop_of(text, start)
    for end in range(min(stop, start + 7), start + least - 1, -1):
        weight = known.get(text[start:end])
        if weight is not None and (is_particle(text, end) or follows(text, end) or _goes_on(text, end, stop)):
            return _Part(start, end, weight)
    return None


def _goes_on(text: str, end: int, stop: int) -> bool:
    """Whether a part of two syllables or more begins at `end` and ends the word but for its particles."""
    known = weights("ko-foreign")
    return any(text[end:last] in known and is_particle(text, last) for last in range(stop, end + 1, -1))


def _unknown(text: str, start: int) -> _Part | None:
    """A word at `start` that no list has, whose syllables are those of foreign names."""
    odds = weights("ko-foreign-syllables")
    stop = stop_of(text, start)
    end = next((end for end in range(start + 2, stop + 1) if is_particle(text, end)), stop)
    size = end - start
    strange = 2 <= size <= 7 and sum(odds.get(syllable, 0) for syllable in text[start:end]) >= _STRANGE * size
    acts = _PERSONAL.match(text, end) or follows(text, end)
    return _Part(start, end, _ALONE) if strange and acts and not is_word(text, start, end) else None


def _is_name(text: str, parts: list[_Part]) -> bool:
    if len(parts) == 1:
        return _acts(text, parts[0])
    whole = text[parts[0].start : parts[-1].end]
    glued = any(left.end == right.start for left, right in pairwise(parts))
    if glued and (len(whole) < _GLUED or word_weight(whole)):
        return False
    words = [word_weight(text[part.start : part.end]) for part in parts]
    weight = sum(part.weight for part in parts) - sum(_EVERYDAY if word > COMMON else _RARE for word in words if word)
    return weight >= (_LEAST_GLUED if glued else _LEAST) and not all(words)


def _acts(text: str, part: _Part) -> bool:
    """Whether one part alone names a person: it has a title, or three syllables and a particle, and is no word."""
    if is_word(text, part.start, part.end):
        return False
    size = part.end - part.start
    acts = _PERSONAL.match(text, part.end) is not None and part.weight >= (_ALONE if size > 3 else _FREQUENT)
    return follows(text, part.end) or (acts and size > 2)
