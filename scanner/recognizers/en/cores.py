"""What addresses are built around: a street line, a post office box, a military unit, two streets that cross."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from scanner.recognizers.en import abroad, evidence, tails, told
from scanner.recognizers.en.alike import Alike
from scanner.recognizers.en.postal import (
    CAPITALISED,
    CROSSED,
    DIRECTION,
    GAP,
    LEADING,
    LETTERS,
    NAME_WORD,
    NUMBER,
    NUMBERS,
    STOP,
    SURE_TYPES,
    TYPE,
    UNIT_WORDS,
    UNITS_OF_THINGS,
    ZIP,
)
from scanner.recognizers.gazetteer import Gazetteer
from scanner.recognizers.spans import lazy

_ROUTE = (
    r"(?:(?i:us|u\.s\.|state|county|st|old|[ens] c|interstate|business|farm|illinois) )*"
    r"(?i:highway|hwy|route|rte|rt|road|rd|cr|sr|fm|us|u\.s\.|interstate|loop|c r)\.?"
    r"[ -]#? ?[0-9]{1,4}[A-Za-z]?(?![0-9A-Za-z])"
)
_GRID = (
    rf"{DIRECTION} [0-9]{{1,5}}(?i:st|nd|rd|th)?(?: (?i:st|ave|street|avenue|pl|ct|rd)\b\.?)?(?: {DIRECTION})?"
    r"(?![0-9A-Za-z])"
)
_NAMED_AFTER = (
    rf"(?i:(?:el )?(?:{LEADING}))\b\.?"
    rf"(?:(?: (?:of|the|de|la|le|des|du|del|da|do|dos)\b)*[ -]?{NAME_WORD}){{1,4}}?"
    r"(?=[,.]?[ \x0b]*(?:$|[\n,.;:()]|(?i:apt|suite|ste|bureau|unit|[a-z]{2} [0-9]{5})\b))"
)
_STREET = lazy(
    rf"(?:(?P<route>(?:{DIRECTION} )?{_ROUTE}(?: {DIRECTION}(?![A-Za-z.]))?)"
    rf"|(?P<name>(?:{NAME_WORD} ){{1,5}}?)(?P<type>{TYPE})\b(?!=)\.?(?: (?:{DIRECTION} )?(?P<last>{TYPE})\b(?!=)\.?)*"
    rf"(?:,? {DIRECTION}(?![A-Za-z'’]))?|(?P<grid>{_GRID})|(?P<led>(?:{DIRECTION} )?{_NAMED_AFTER}))"
)
_END = rf"(?=[.]?(?:{GAP}|$|\n))"
_SECOND = lazy(
    rf"(?P<name>{NAME_WORD}(?: (?!(?i:{UNIT_WORDS})\b){NAME_WORD}){{0,3}}?) [0-9]{{1,5}}[A-Za-z]?\.?"
    rf"(?![0-9A-Za-z:/-]){_END}"
)
_TOWARDS = lazy(rf"(?P<name>(?!W ){DIRECTION} {CAPITALISED}(?: {CAPITALISED}){{0,2}}?){_END}")
_WORD = lazy(rf"(?P<name>{NAME_WORD}){_END}")
_STARTS = tuple(lazy(rf"{number},? {{1,2}}(?=[{LETTERS}0-9#(])") for number in NUMBERS)
_BOX = lazy(
    r"(?:[0-9]{1,6} )?(?i:\b(?:p\.? ?o\.? ?(?:box|bx)|post office box|postbox|lock ?box|drawer"
    r"|(?:unit|psc|cmr) [0-9]{1,5},? box"
    r"|(?:rr|rural route|hc|rfd|star r(?:ou)?te|rt|route)\.? ?#? ?[0-9]{1,4},? box))\.? ?#? ?[A-Za-z]{0,2} ?[0-9]{1,7}"
    r"[A-Za-z]?(?![0-9A-Za-z])"
)
_MILITARY = lazy(rf"(?i:\b(?:apo|fpo|dpo),? (?i:aa|ae|ap)),? {ZIP}")
_SHIP = lazy(rf"(?:(?i:uss|usns|usnv|uscgc) (?:{NAME_WORD} ?){{1,3}}|{_BOX.pattern}){GAP}\Z")
_CORNER = lazy(
    rf"(?:[0-9]{{1,5}} )?(?:{CAPITALISED} ){{1,3}}?{TYPE}\b\.? (?i:and|&|at) (?:{CAPITALISED} ){{1,3}}?{TYPE}\b"
    rf"|(?i:the )?(?i:corner of) [{LETTERS}0-9 .'’-]{{3,40}}? (?i:and|&) {CAPITALISED}(?: {CAPITALISED}){{0,2}}"
)
_BOXES = Gazetteer(more=("box ", "box #", "bx ", "drawer "), ignore_case=True)
_FLEETS = Gazetteer(more=("apo ", "fpo ", "dpo "), ignore_case=True)
_CROSSED = Gazetteer(
    more=(
        "corner of ",
        *(f" {kind}{dot} {word} " for kind in CROSSED for dot in ("", ".") for word in ("and", "&", "at")),
    ),
    ignore_case=True,
)
_REACH = 250  # code points behind a house number that say what it is
_SURE_TYPE = lazy(f"(?i:{SURE_TYPES})")
_NUMBER_BEFORE = lazy(rf"{NUMBER},? \Z")
_YEAR = lazy("(?:19|20)[0-9]{2}(?:-(?:19|20)[0-9]{2})?,? ")
_NOTICE = lazy(r"(?i:copyright|©|\(c\))[ :,]*\Z")


class Core(NamedTuple):
    """What an address is built around: its bounds, and what it says itself (3 is enough).

    `alone` is what it says besides when it fills its cell.
    """

    start: int
    end: int
    weight: int
    alone: int
    reason: str


def find(text: str) -> Iterator[Core]:
    """Yield the cores of `text`; some overlap."""
    yield from _numbered(text)
    yield from _boxes(text)
    yield from _corners(text)
    yield from _foreign(text)
    for start, end in told.find(text):
        yield Core(start, end, 2, 0, "number and name behind a label of addresses")


def _numbered(text: str) -> Iterator[Core]:
    """What begins with a house number, where something that addresses hold follows it."""
    numbers = [number for regex in _STARTS for number in regex.finditer(text)]
    if numbers:
        signs = evidence.positions(text)
        behind = Alike(text, _REACH, partial(_behind, text))
        for number in numbers:
            start, end = number.span()
            if evidence.follows(signs, text, end) or told.worth(text, start) > 1:
                for core in behind(start, end):
                    yield core._replace(start=core.start + start, end=core.end + start)


def _behind(text: str, start: int, at: int) -> list[Core]:
    """The cores that begin with a house number, counted from its `start`."""
    if _is_year(text, start, at):
        return []
    found = (*_street(text, start, at), *_plain(text, start, at), *_with_zip(text, start, at))
    return [core._replace(start=core.start - start, end=core.end - start) for core in found]


def _street(text: str, start: int, at: int) -> Iterator[Core]:
    """Number and street with its type, route or grid."""
    match = _STREET.match(text, at)
    if match is None:
        return
    reason = "number, street and street type"
    if match["type"] is None:
        yield Core(start, match.end(), 1 if match["grid"] else 2, 2, reason)
        return
    kind = match["last"] or match["type"]
    if (weight := _of_street(match["name"].split(), kind)) > 0:
        sure = _is_sure(kind) or at - start > 3
        yield Core(start, match.end(), weight, 2 * sure, reason)


def _of_street(name: list[str], kind: str) -> int:
    """What the name and the type of a street say: in small letters, or with a type that is an everyday word, less."""
    if not _may_be_name(name):
        return 0
    sure = _is_sure(kind)
    written = any(word[0].isupper() or word[0].isdigit() for word in name)
    return 1 + sure + (written and (sure or not kind.islower()))


def _is_sure(kind: str) -> bool:
    return _SURE_TYPE.fullmatch(kind) is not None


def _may_be_name(words: list[str]) -> bool:
    """Whether words may be a street's name: no function words in small letters, and letters beside all numbers."""
    plain = [word.strip(".,") for word in words]
    if any(word in STOP or word.lower() in UNITS_OF_THINGS for word in plain):
        return False
    numbers = [word.isdigit() for word in plain]
    return not numbers[0] if len(plain) == 1 else not (numbers[0] and numbers[1]) and not any(numbers[2:])


def _plain(text: str, start: int, at: int) -> Iterator[Core]:
    """Number and name without a type, perhaps another number; only a unit or a town makes an address of it."""
    for regex, weight, alone in ((_SECOND, 1, 0), (_TOWARDS, 1, at - start > 2), (_WORD, 0, 0)):
        match = regex.match(text, at)
        words = match["name"].split() if match else []
        if match and _may_be_name(words) and any(word[0].isupper() and len(word) > 1 for word in words):
            yield Core(start, match.end(), weight, 2 * alone, "number and name")
            return


def _with_zip(text: str, start: int, at: int) -> Iterator[Core]:
    """Anything between a number and a state with its postal code."""
    end = tails.to_zip(text, at)
    if end is not None and len(text[at:end].split()) > 3:
        yield Core(start, end, 5, 0, "number, state and postal code")


def _boxes(text: str) -> Iterator[Core]:
    for line in _BOXES.lines(text):
        for match in _BOX.finditer(text, *line):
            yield Core(*match.span(), 4, 0, "a post office box")
    for line in _FLEETS.lines(text):
        for match in _MILITARY.finditer(text, *line):
            before = _SHIP.search(text, max(0, match.start() - 60), match.start())
            yield Core(before.start() if before else match.start(), match.end(), 5, 0, "a military address")


def _corners(text: str) -> Iterator[Core]:
    for line in _CROSSED.lines(text):
        for match in _CORNER.finditer(text, *line):
            told = "corner of" in match.group().lower()
            yield Core(*match.span(), 4 if told else 1, 2, "two streets that cross")


def _foreign(text: str) -> Iterator[Core]:
    for start, end, weight in abroad.find(text):
        before = _NUMBER_BEFORE.search(text, max(0, start - 9), start)
        yield Core(before.start() if before else start, end, weight, 1, "a street of another language and its number")


def _is_year(text: str, start: int, end: int) -> bool:
    """Whether what looks like a house number is a year of a copyright notice, or a span of years."""
    year = _YEAR.match(text, start)
    return year is not None and ("-" in text[start:end] or _NOTICE.search(text, max(0, start - 12), start) is not None)
