"""Korean addresses: road-name style (도로명) and lot-number style (지번), with building, 동, 층 and 호.

Source of the formats: the Road Name Address Act and juso.go.kr (province, city or district, road, building number,
then detail and the legal town in brackets). A number after a road or town nominates; what stands before it is looked up
in the lists of roads, towns and districts, from right to left, with or without spaces.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from scanner.recognizers.byline import ByLine
from scanner.recognizers.gazetteer import word_set
from scanner.recognizers.ko import romanised
from scanner.recognizers.ko.details import HOME, IS_BUILDING, NUMBER, details
from scanner.recognizers.ko.places import Places, places_before
from scanner.recognizers.spans import Span, best, lazy

NOMINATE = (f"[로길동리가읍면] ?(?:산 ?|지하 ?)?[0-9]|[0-9][동호층]|{romanised.NOMINATE}",)
# a telephone number is no number of a building, and the lists of roads and towns have names with digits
DIGITS = r"[0-9]{2,}[-.) ]{0,2}[0-9*]{3,4}[- .]?[0-9]{4}|[0-9][가-힣0-9·.]*[로길동리가읍면]"

_ROAD = lazy(rf"[로길](?: ?[0-9]{{1,4}} ?(?:번?[가-하]?길|번안길))? ?(?:지하 ?)?{NUMBER}")
_LOT = lazy(rf"[동리가읍면] ?(?P<hill>산 ?)?(?P<number>{NUMBER})(?P<mark> ?번지(?: ?[0-9]{{1,3}}호)?)?")
_BRANCH = lazy("[0-9]+(?:번?[가-하]?)(?=길$)")
_NO_ROAD = lazy("(?:으로|[서새바별따주제]로|에로|처음로|대로)$")
_ENDS = lazy(r" ?(?:$|[\n,)\]\"'./|\t]|(?:으로|로|에|에서|입니다|이에요|예요|이고|인데)(?![가-힣]))")
_NAME = frozenset("0123456789·.")
_LONGEST_NAME = 16
_OWN = 3  # syllables of a road or town that needs no place before it
_LETTERS = lazy("[가-힣0-9·.]*?[가-힣]+")


def find(text: str) -> list[Span]:
    """Return the Korean addresses of `text`."""
    return _by_line(text)


def _all(text: str) -> list[Span]:
    numbered = best([*_roads(text), *_lots(text)])
    return best([*numbered, *_homes(text, numbered), *romanised.find(text)])


_by_line = ByLine(_all)  # names are looked for beside them


def _roads(text: str) -> Iterator[Span]:
    for match in _ROAD.finditer(text):
        found = _road_before(text, match.start() + 1)
        if found is None:
            continue
        start, places, known = found
        end, unit = details(text, match.end())
        full = places.province and places.district
        score = (0.8 if known and full else 0.7 if known else 0.65) if places.known else _bare(text, start, end, unit)
        if score:
            yield Span(places.start, end, score, "a Korean road and number")


def _run(text: str, end: int) -> int:
    """Where the syllables, digits and dots before `end` begin, at most 16 of them."""
    start = end
    while start > max(0, end - _LONGEST_NAME) and ("가" <= text[start - 1] <= "힣" or text[start - 1] in _NAME):
        start -= 1
    return start


def _road_before(text: str, end: int) -> tuple[int, Places, bool] | None:
    """The road that ends at `end`: its start, the places before it, and whether the list of roads has it."""
    first, roads = _run(text, end), word_set("kr-roads")
    for start in range(first, end - 1):
        name = text[start:end]
        if name in roads or _BRANCH.sub("", name) in roads:
            places = places_before(text, start)
            if places.known or start == first:
                return start, places, True
    for start in range(end - 2, first - 1, -1):
        places = places_before(text, start)
        if places.known and not _NO_ROAD.search(text[start:end]):
            return start, places, False
    return None


def _bare(text: str, start: int, end: int, unit: bool) -> float:
    """The score of a road or town and number without a place before it: a name of its own, then a unit or nothing."""
    name = _LETTERS.match(text, start, end)
    if name is None or len(name.group()) < _OWN:
        return 0
    if unit:
        return 0.65
    return 0.5 if _ENDS.match(text, end) and name.group() not in word_set("kr-place-words") else 0


def _lots(text: str) -> Iterator[Span]:
    for match in _LOT.finditer(text):
        found = _town_before(text, match.start() + 1)
        if found is None:
            continue
        start, places = found
        end, unit = details(text, match.end())
        marked = bool(match["mark"] or match["hill"] or "-" in match["number"])
        if places.known:
            yield Span(places.start, end, 0.8 if places.province and places.district else 0.7, "a Korean town and lot")
        elif score := _bare(text, start, end, unit) if marked or unit else 0:
            yield Span(start, end, score, "a Korean town and lot")


def _town_before(text: str, end: int) -> tuple[int, Places] | None:
    """The town that ends at `end`, as `_road_before`."""
    first, towns = _run(text, end), word_set("kr-towns")
    for start in range(first, end - 1):
        name = text[start:end]
        if name in towns or re.sub("[0-9]+", "", name) in towns:
            places = places_before(text, start)
            if places.known or start == first:
                return start, places
    for start in range(end - 2, first - 1, -1):
        places = places_before(text, start)
        if places.known and places.district:
            return start, places
    return None


def _homes(text: str, numbered: list[Span]) -> Iterator[Span]:
    """Units after a town or a building, without a road or lot: outside the addresses `numbered`."""
    starts = [span.start for span in numbered]
    for match in HOME.finditer(text):
        before = bisect_right(starts, match.start()) - 1
        if before >= 0 and match.start() < numbered[before].end:
            continue
        found = _home_before(text, match.start(), "동" in match.group() and "호" in match.group())
        if found is not None:
            end, _ = details(text, match.end())
            yield Span(found[0], end, found[1], "a Korean building and unit")


def _home_before(text: str, at: int, both: bool) -> tuple[int, float] | None:
    """Where an address begins that has a unit at `at`, and its score; `both`: the unit names building and room."""
    building: int | None = None
    for _ in range(4):
        end = at - (text[at - 1 : at] in (" ", ",")) - (text[at - 2 : at] == ", ")
        at = _word_start(text, end)
        if at == end:
            break
        town = _town_before(text, end) if text[end - 1] in "동리가읍면" else None
        if town and town[1].known:
            return town[1].start, 0.7
        places = places_before(text, end)
        if places.known and places.start <= at:
            return (places.start, 0.65) if building is not None or both else None
        if IS_BUILDING.match(text, at, end) and building is None:
            building = at
    return (building, 0.55) if building is not None and both else None


def _word_start(text: str, end: int) -> int:
    start = end
    while start > max(0, end - 20) and (text[start - 1].isalnum()):
        start -= 1
    return start
