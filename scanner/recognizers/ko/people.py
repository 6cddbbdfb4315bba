"""How much a piece of a Korean text looks like a name, and how much like a common word: weights in 1/10 bit.

A name is a surname and a given name of two syllables, each as heavy as it is frequent. Words are weighed against it
when the piece begins one that may go on as the text does: `정도` in `정도의`, `이야기` in `이야기가`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from scanner.recognizers.gazetteer import weights, word_set
from scanner.recognizers.ko.particles import is_particle, may_be_longer, may_end

_RARE = 24  # the weight of words that are listed without one
COMMON = 26  # heavier ones are in everyday use
_EVERYDAY = 60
_DOUBT = 30  # what being a word counts beside its weight
_UNHEARD = 178  # brings two syllables to the scale of a given name, and a bit below
_WHOLE = 1.3  # the share that a word counts which is the whole piece
_LONGER = 0.65  # the share that a rare word counts when a suffix follows
_BEGUN = 0.2  # the share that a word counts which the piece begins but does not go on with
_NATIVE = 40  # the weight from which a given name counts whatever its syllables


@cache
def surnames() -> str:
    """A regex for one surname, those of two syllables first."""
    single = "".join(name for name in weights("ko-surnames") if len(name) == 1)
    return "|".join([*(name for name in weights("ko-surnames") if len(name) > 1), f"[{single}]"])


@cache
def candidate() -> re.Pattern[str]:
    """A name at the start of a word: a surname with two syllables of given names, or with a word such as 하늘."""
    first, last = "".join(weights("ko-given-first")), "".join(weights("ko-given-last"))
    native: defaultdict[str, str] = defaultdict(str)  # by their first syllable: so the regex compiles in half the time
    for word, weight in weights("ko-given").items():
        if weight >= _NATIVE and len(word) == 2:
            native[word[0]] += word[1]
    words = "|".join(f"{begin}[{ends}]" for begin, ends in native.items())
    return re.compile(f"(?<![가-힣0-9A-Za-z])(?:{surnames()})(?:[{first}][{last}]|{words})")


def given_weight(given: str) -> int:
    """The weight of two syllables as a given name, not below 0."""
    first, last = weights("ko-given-first").get(given[0], 0), weights("ko-given-last").get(given[1], 0)
    return max(weights("ko-given").get(given, 0), first + last - _UNHEARD, 0)


def is_listed(given: str) -> bool:
    """Whether two syllables are known as a given name."""
    return given in weights("ko-given")


@lru_cache(1 << 16)
def name_weight(name: str) -> int:
    """The weight of a surname with two syllables: about 60 for nonsense, 190 for the most frequent of names."""
    return weights("ko-surnames").get(name[:-2], 0) + given_weight(name[-2:])


def everyday() -> frozenset[str]:
    """Words in everyday use, and those of software."""
    return word_set("ko-common", "ko-technical")


def word_weight(word: str) -> int:
    """The weight of a common word, from 24 to about 100; 0 for what is none."""
    weight = weights("ko-words").get(word) or (_RARE if _is_rare(word) else 0)
    return max(weight, _EVERYDAY) if word in everyday() else weight


def _is_rare(word: str) -> bool:
    return word in word_set("ko-rare") or word in word_set("kr-districts") or word in word_set("kr-towns")


@lru_cache(1 << 16)
def doubt(piece: str) -> float:
    """How much speaks for words in `piece`, from the start of a name to the end of its word."""
    most = 0.0
    for size in range(2, min(len(piece), 5) + 1):
        if weight := word_weight(piece[:size]):
            most = max(most, _share(piece[size:], size, weight) * (_DOUBT + 1.2 * weight))
    return most


def _share(rest: str, size: int, weight: int) -> float:
    """What a word of `size` syllables and a weight counts that goes on with `rest`."""
    longer = may_be_longer(rest)
    if not rest and size > 2:
        return _WHOLE
    if may_end(rest) or (longer and weight > COMMON):
        return 1.0
    if longer:
        return _LONGER
    return _BEGUN if size == 2 else 0.0


def is_word(text: str, start: int, end: int) -> bool:
    """Whether a common word fills `text` from `start` to `end`, or a shorter one with particles the word there."""
    if word_weight(text[start:end]):
        return True
    return any(is_particle(text, stop) and word_weight(text[start:stop]) for stop in range(start + 2, end))
