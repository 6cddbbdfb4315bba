"""How much words in Latin letters speak for a name: weights of known names, of common words, and of endings.

A weight is 10 * log2 of how much likelier the word is written for a name than for anything else; 0 says nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from scanner.recognizers.en import asian
from scanner.recognizers.en.countries import COUNTRIES
from scanner.recognizers.gazetteer import Weights, listed

_GIVEN, _SURNAMES, _WORDS, _ENDINGS = map(Weights, ("en-given", "en-surnames", "en-words", "en-endings"))
_MERGED = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_UNKNOWN_GIVEN = -15
_EDGE = -35  # what speaks louder against a part of a name than this cannot be one
# honours, and words that a name is part of when they stand beside it: things called after people
_AFTER = frozenset(
    listed(
        """ste suite township heights village glen university college school hospital hotel park airport county city
        island beach lake river bridge center centre hall house library museum church cathedral theatre theater stadium
        award prize cup day week act law inc corp ltd llc company group records music show times post news journal
        review press magazine foundation institute society association club team party bank motors airlines theorem
        algorithm number test project effect medal series studio studios films pictures square place court tower plaza
        station valley mountain hill creek bay point version edition game games world war republic st street ave avenue
        rd road blvd boulevard dr drive ln lane way terrace ct pl circle lodge research partners consulting systems
        software national laboratory rule criterion formula estimator estimate inequality identity
        polynomial polynomials matrix integral kernel window correction statistic coefficient distance index
        notation paradox syndrome disease scale
        technologies solutions bros brothers sons trust orchestra band reserve forest canyon falls springs
        method transform equation distribution function filter process model constant principle conjecture lemma curve
        sequence code license licence public library land alert"""
    )
)
_CALENDAR = frozenset(
    listed("mon tue wed thu fri sat sun jan feb mar apr may jun jul aug sep oct nov dec april june july august gmt utc")
)
_BEFORE = frozenset(
    listed("""the port fort mount mt lake camp saint san santa los las new university north
        south rua rue calle avenida via vicolo viale piazza corso paseo avenue cite queen king""")
)
_COUNTRIES = frozenset(country.lower() for country in COUNTRIES)


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """A word as the lists have it: in lower case, without diacritics and apostrophes."""
    word = word.lower().replace("'", "").replace("’", "")
    if word.isascii():
        return word
    plain = unicodedata.normalize("NFD", word.translate(_MERGED))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@lru_cache(maxsize=1 << 16)
def given(word: str) -> int:
    """How much `word` speaks for a given name; of a double name the mean."""
    return _of_parts(_GIVEN, word, _UNKNOWN_GIVEN)


@lru_cache(maxsize=1 << 16)
def surname(word: str) -> int:
    """How much `word` speaks for a surname; of a double name the mean."""
    return _of_parts(_SURNAMES, word, 0)


def single(word: str) -> int:
    """How much a word that stands alone speaks for a name."""
    return max(given(word), surname(word) - 20)


def common(word: str) -> bool:
    """Whether a word is an everyday one."""
    return (_WORDS.get(fold(word)) or 0) <= -40


def _of_parts(table: Weights, word: str, unknown: int) -> int:
    parts = [_weight(table, part, unknown) for part in fold(word).split("-") if part]
    return sum(parts) // len(parts) if parts else unknown


def _weight(table: Weights, word: str, unknown: int) -> int:
    known = table.get(word)
    if known is None:
        known = _WORDS.get(word)
    return known if known is not None else unknown + _ending(word)


def _ending(word: str) -> int:
    return _ENDINGS.get(word[-3:]) or 0 if len(word) > 4 else 0


def together(names: Sequence[str]) -> int:
    """How much two to four words speak for a whole name, given name first or surname first; initials are welcome."""
    full = [name for name in names if len(name.rstrip(".")) > 1]
    if not _CALENDAR.isdisjoint(map(fold, full)) or fold(names[0]) in _BEFORE or is_country(names):
        return -100
    if len(full) < 2:
        return surname(full[0]) + 15 * (len(names) - 2) if full and names[-1] == full[0] else -100
    first, *middle, last = full
    if middle and min(max(given(name), surname(name)) for name in middle) < 0:
        return -100
    if len(full) == len(names) and (likely := asian.together([*map(fold, names)], common)) > 0:
        return likely
    initials = 40 if len(names[0].rstrip(".")) > 1 and len(full) < len(names) else 0
    thing = 60 if fold(last) in _AFTER else 0
    turned = _pair(surname(first), given(last)) - 25 if given(last) >= 20 else -100
    return max(_pair(given(first), surname(last)), turned) + initials - thing


def is_country(names: Sequence[str]) -> bool:
    """Whether words are the name of a country, `Costa Rica`."""
    return " ".join(names).lower() in _COUNTRIES


def _pair(first: int, last: int) -> int:
    return first + last if min(first, last) >= _EDGE else -100


def belongs_to_thing(before: str, after: str) -> bool:
    """Whether the capitalised words beside a name (empty where there is none) make it that of a place or a firm."""
    return fold(after) in _AFTER or fold(before) in _BEFORE


def cut(names: Sequence[str]) -> tuple[int, int, int]:
    """Which of some capitalised words make the likeliest name: from, to (half-open), and how much speaks for it."""
    best = (0, 0, -100)
    for start in range(len(names)):
        for end in range(start + 2, min(start + 5, len(names) + 1)):
            score = together(names[start:end])
            longer = end - start > best[1] - best[0]
            if score > best[2] + (-30 if longer and start == best[0] else 0):
                best = (start, end, score)
    return best


def enumerated(names: Sequence[str]) -> bool:
    """Whether single words in a row, `A, B and C`, are given names of people, not surnames that name a firm."""
    weight = sum(map(given, names))
    return min(map(given, names)) >= 20 and weight >= max(60 * len(names), sum(map(surname, names)))
