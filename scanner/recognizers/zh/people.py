"""What Chinese names are made of: a family name and one or two characters, each more or less usual in its place.

All names are in Simplified characters. Costs are those of `lattice`: -10 * log2 of the probability that a word is this
name, of which 1 in 100 is supposed to be a name at all.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import numpy as np

from scanner.recognizers.gazetteer import weights
from scanner.recognizers.zh.lattice import CORPUS, NEVER, cost, known_words
from scanner.recognizers.zh.script import HAN, SIZE, Codes, Table

# 10 * log2 of a million, in which the weights are parts
_MILLION = 199
# a word is a name, of two characters in a given name, or of one
_TWO, _ONE = 66 + 3, 66 + 22
# a word is a name from abroad, and what a character costs there that writes no sounds from abroad
_FOREIGN, _STRANGE = 70, 130
# and of how many characters it is at least, if one of them is such
_SHORT = 3
_USUAL = _MILLION - 100
_REST_OF_NAME = "某abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
# what a character that was never seen in a given name costs
_UNSEEN = _MILLION - 35
_NEVER = 2_000
# what the names of places end with
_OF_PLACES = "门口库厅店铺房楼院校厂区部站室处所局场馆园村镇乡路街巷桥城苑坊行吧家收寄送转旁边内外侧面前后上下"


@cache
def surnames() -> dict[str, int]:
    """What each family name costs."""
    return {name: _MILLION - weight for name, weight in weights("zh-surnames").items()}


@cache
def _given() -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    first, last, only = (weights(f"zh-given-{place}") for place in ("first", "last", "only"))
    return _cost_of(first), _cost_of(last), _cost_of(only)


def _cost_of(weighted: dict[str, int]) -> dict[str, int]:
    return {character: _MILLION - weight for character, weight in weighted.items()}


def is_given(character: str) -> bool:
    """Whether a character is a usual given name."""
    return character in _given()[2]


@cache
def usual_surnames() -> tuple[str, ...]:
    """The family names that more than 1 in 1,000 have."""
    return tuple(name for name, cost in surnames().items() if cost < _USUAL)


def short_name(text: str) -> int:
    """The size of the abbreviated name that `text` ends with, as in 李xx or 王某某; 0 if none."""
    known = surnames()
    return next((size for size in range(len(text), 1, -1) if _family(text[-size:]) in known), 0)


def _family(name: str) -> str:
    return name.rstrip(_REST_OF_NAME)


@lru_cache(maxsize=1 << 16)
def name_cost(name: str) -> int:
    """What a name of two to four characters costs as a word of a text; `_NEVER` for what is no name."""
    return min(_cost(name, size) for size in (1, 2))


def _cost(name: str, size: int) -> int:
    surname = surnames().get(name[:size])
    given = name[size:]
    if surname is None or not 1 <= len(given) <= 2:
        return _NEVER
    first, last, only = _given()
    if len(given) == 1:
        return _ONE + surname + only.get(given, _UNSEEN)
    return _TWO + surname + first.get(given[0], _UNSEEN) + last.get(given[1], _UNSEEN)


def is_alone(text: str) -> bool:
    """Whether what stands alone between an address and a telephone number is a name: a family name, and no known word.

    There even words such as 圆圆 or 国庆 are given names; 车库 and 南门 are words with a family name in front.
    """
    size = 2 if text[:2] in surnames() and len(text) > 2 else 1
    if text[:size] not in surnames() or not 1 <= len(text) - size <= 2:
        return False
    return text.isalpha() and text not in known_words() and text[-1] not in _OF_PLACES


@cache
def _foreign() -> dict[str, int]:
    return _cost_of(weights("zh-foreign"))


def foreign_size(text: str) -> int:
    """How many characters at the beginning of `text` write the sounds of names from abroad."""
    known = _foreign()
    return next((n for n, character in enumerate(text) if character not in known), len(text))


def foreign_cost(name: str) -> int:
    """What a name from abroad costs that is written by its sound, of a person or a place."""
    known = _foreign()
    if len(name) < _SHORT and not known.keys() >= set(name):
        return _NEVER
    return _FOREIGN + sum(known.get(character, _STRANGE) for character in name)


def is_foreign(name: str) -> bool:
    """Whether a name may be, or be a piece of, one from abroad: at most one character that writes no such sounds."""
    return sum(character not in _foreign() for character in name) < 2


@lru_cache(maxsize=1 << 16)
def likelihood(name: str) -> int:
    """10 * log2 of how much likelier a string is a name than words, by itself."""
    return cost(name) - name_cost(name)


def is_likely(name: str, least: int) -> bool:
    """Whether a string is a name rather than words, by itself."""
    return 2 <= len(name) <= 4 and likelihood(name) >= least


@cache
def _tables() -> tuple[Table, Table, Table, Table]:
    """Costs by character: of family names, of given names (first, last, only); of unknown ones `_UNSEEN`, `_NEVER`."""
    single = {name: cost for name, cost in surnames().items() if len(name) == 1}
    return _table(single, _NEVER), *(_table(cost, _UNSEEN) for cost in _given())  # type: ignore[return-value]


def _table(known: dict[str, int], unknown: int) -> Table:
    table = np.full(SIZE, unknown, dtype=np.int16)
    table[[ord(character) for character in known]] = list(known.values())
    return table


def candidates(points: Codes, least: int) -> list[tuple[int, int]]:
    """Start and size of what may be a name in a text of these codes, the likelier the more its characters ask for it.

    A superset of the names of which `likelihood` is at least `least`; those of two-character family names are left out.
    """
    surname, first, last, only = _tables()
    word = _characters()[points]
    family = np.flatnonzero(surname[points] < _NEVER)
    found: list[tuple[int, int]] = []
    for size, prior in ((2, _ONE), (3, _TWO)):
        starts = family[family + size <= len(points)]
        costs_of = [surname, only] if size == 2 else [surname, first, last]
        gain = np.full(len(starts), -prior - least)
        for offset, table in enumerate(costs_of):
            gain += word[starts + offset] - table[points[starts + offset]]
        found += [(start, size) for start in starts[gain >= 0].tolist()]
    return found


@cache
def _characters() -> Table:
    """What each Han character costs as a word, with room for those that the dictionary does not know."""
    table = np.full(SIZE, -_NEVER, dtype=np.int16)
    known = known_words()
    han = range(ord("一"), ord("龥") + 1)
    table[han.start : han.stop] = [CORPUS - known.get(chr(code), NEVER) for code in han]
    return table


@cache
def _compound() -> re.Pattern[str]:
    families = "|".join(name for name in surnames() if len(name) == 2)
    return re.compile(f"(?:{families})(?=[{HAN}]([{HAN}])?)")


def compound_candidates(text: str) -> list[tuple[int, int]]:
    """Start and size of what may be a name in `text` that begins with a family name of two characters."""
    matches = list(_compound().finditer(text))
    return [*((m.start(), 3) for m in matches), *((m.start(), 4) for m in matches if m[1])]
