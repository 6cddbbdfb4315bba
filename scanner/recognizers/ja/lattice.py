"""The cheapest way to read a run of kanji as words: surnames, given names, places, nouns, affixes.

Costs of words and of classes that follow one another come from UniDic (lower is more usual); a given name that no list
has is judged by its characters. Classes: S surname, G given name, P place, N noun, D numeral, X suffix, R prefix, V
verb stem; E stands for the edges of a run.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from scanner.recognizers.gazetteer import weights
from scanner.recognizers.ja.lexicon import costs, is_surname

_LONGEST = 5  # characters of a word
_LONGEST_COINED = 3
_UNKNOWN = 1400  # the cost of a character that no list has
_COINED = 700  # of a given name that no list has, besides its characters
_RARE = 380  # of a character that is in no given name
# with what things, places and roles end, but hardly a given name
_NO_NAME_ENDS = frozenset(
    "役氏駅線館寺社市郡町村区県府都省校城橋川島岳湖港家派君様殿部課員院党軍隊号機船店堂宮所場局庁署会組団賞杯展祭戦録誌"
    "紙第御行発着側式製系型用的性化学法論国州道路街軒亭荘園池坂峠谷沢墓碑塔門王后帝公侯伯卿爵銀行鉄電車藩領邸姓座"
)


class Word(NamedTuple):
    """A word of a reading: half-open offsets in the run, and its class."""

    start: int
    end: int
    kind: str


class Reading(NamedTuple):
    """The words of a run, and how much dearer its best reading without a full name is (0 if it has none)."""

    words: tuple[Word, ...]
    margin: int


# The cost of the best way to a class that ends at a place, where its word begins, and the class before it.
_Step = tuple[int, int, str]


@lru_cache(1 << 15)
def read(run: str) -> Reading:
    """The cheapest reading of a run of kanji; no words if it cannot hold a full name."""
    if not _may_name(run):
        return Reading((), 0)
    cost, found = _cheapest(run, names=True)
    if not any(a.kind == "S" and b.kind == "G" for a, b in pairwise(found)):
        return Reading(found, 0)
    return Reading(found, _cheapest(run, names=False)[0] - cost)


def _may_name(run: str) -> bool:
    last = len(run) - 1
    return is_surname(run[:1]) or any(
        is_surname(run[start : start + size]) for start in range(last - 1) for size in (2, 3) if start + size <= last
    )


def _cheapest(run: str, names: bool) -> tuple[int, tuple[Word, ...]]:
    """The cost of the best reading and its words; without `names` no given name follows a surname."""
    steps: list[dict[str, _Step]] = [{"E": (0, 0, "")}, *({} for _ in run)]
    for start, before in enumerate(steps[:-1]):
        for end in range(start + 1, min(len(run), start + _LONGEST) + 1):
            for kind, cost in _classes(run[start:end], names and "S" in before):
                _extend(steps[end], before, start, kind, cost, names)
    last: dict[str, _Step] = {}
    _extend(last, steps[-1], len(run), "E", 0, names)
    cost, _, kind = last["E"]
    return cost, _backwards(steps, kind)


def _extend(after: dict[str, _Step], before: dict[str, _Step], start: int, kind: str, cost: int, names: bool) -> None:
    """Put a word of a class behind the class before it that makes the way cheapest, if the way is the best so far."""
    links = weights("ja-links")
    for prior, (so_far, _, _) in before.items():
        total = so_far + links[prior + kind] + cost
        if (kind not in after or total < after[kind][0]) and (names or prior + kind != "SG"):
            after[kind] = (total, start, prior)


def _classes(word: str, after_surname: bool) -> Iterable[tuple[str, int]]:
    known = costs(word)
    yield from known.items()
    if len(word) == 1:
        yield "N", _UNKNOWN
    if after_surname and "G" not in known and len(word) <= _LONGEST_COINED and not _is_thing(word):
        yield "G", _coined(word)


def _is_thing(word: str) -> bool:
    """Whether a word ends as things, places, roles do, or holds a noun."""
    parts = (word[start:end] for end in range(2, len(word) + 1) for start in range(end - 1))
    return (
        word[-1] in _NO_NAME_ENDS
        or word[0] in "市町村区郡県都道府駅様殿氏"
        or any("N" in costs(part) for part in parts)
    )


def _coined(word: str) -> int:
    """The cost of a given name that no list has: that of its first and last characters, and of one between."""
    letters = weights("ja-letters")
    if len(word) == 1:
        return 2 * _COINED
    ends = letters.get(word[0] + "-", _RARE) + letters.get("-" + word[-1], _RARE)
    return _COINED + ends + _RARE * (len(word) - 2)


def _backwards(steps: list[dict[str, _Step]], kind: str) -> tuple[Word, ...]:
    found: list[Word] = []
    end = len(steps) - 1
    while end:
        _, start, prior = steps[end][kind]
        found.append(Word(start, end, kind))
        end, kind = start, prior
    return tuple(reversed(found))
