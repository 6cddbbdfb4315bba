"""What addresses are built around: a street line, a post office box, a military unit, two streets that cross."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from scanner.recognizers.en import abroad, evidence, tails
from scanner.recognizers.en.postal import (
    CAPITALISED,
    CROSSED,
    DIRECTION,
    GAP,
    NAME_WORD,
    NUMBER,
    NUMBERS,
    STOP,
    SURE_TYPES,
    TYPE,
    UNITS_OF_THINGS,
    ZIP,
)
from scanner.recognizers.en.words import LETTERS
from scanner.recognizers.gazetteer import Gazetteer
from scanner.recognizers.spans import compiled, lazy

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
    r"(?i:avenue|ave|av|calle|rue|via|paseo|camino|alameda|avenida|avda|boulevard|boul|chemin|el camino|jalan|ul)\b\.?"
    rf"(?:(?: (?:of|the|de|la|le|des|du|del|da|do|dos)\b)*[ -]?{NAME_WORD}){{1,4}}?"
    r"(?=[,.]?[ \x0b]*(?:$|[\n,.;:()]|(?i:apt|suite|ste|bureau|unit|[a-z]{2} [0-9]{5})\b))"
)
_STREET = (
    rf"(?:(?P<route>(?:{DIRECTION} )?{_ROUTE}(?: {DIRECTION}(?![A-Za-z.]))?)"
    rf"|(?P<name>(?:{NAME_WORD} ){{1,5}}?)(?P<type>{TYPE})\b\.?(?: (?:{DIRECTION} )?(?P<last>{TYPE})\b\.?)*"
    rf"(?:,? {DIRECTION}(?![A-Za-z'’]))?|(?P<grid>{_GRID})|(?P<led>(?:{DIRECTION} )?{_NAMED_AFTER}))"
)
_PLAIN = (
    rf"(?P<name>{NAME_WORD}(?: {NAME_WORD}){{0,3}}?)(?P<second> [0-9]{{1,5}}[A-Za-z]?\.?(?![0-9A-Za-z:/-]))?"
    rf"(?=[.]?(?:{GAP}|$|\n))"
)
_STARTS = tuple(rf"{number},? {{1,2}}(?=[{LETTERS}0-9#(])" for number in NUMBERS)
_BOX = (
    r"(?:[0-9]{1,6} )?(?i:\b(?:p\.? ?o\.? ?(?:box|bx)|post office box|postbox|lock ?box|drawer"
    r"|(?:unit|psc|cmr) [0-9]{1,5},? box"
    r"|(?:rr|rural route|hc|rfd|star r(?:ou)?te|rt|route)\.? ?#? ?[0-9]{1,4},? box))\.? ?#? ?[A-Za-z]{0,2} ?[0-9]{1,7}"
    r"[A-Za-z]?(?![0-9A-Za-z])"
)
_MILITARY = rf"(?i:\b(?:apo|fpo|dpo),? (?i:aa|ae|ap)),? {ZIP}"
_SHIP = rf"(?:(?i:uss|usns|usnv|uscgc) (?:{NAME_WORD} ?){{1,3}}|{_BOX}){GAP}\Z"
_CORNER = (
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
_NUMBER_BEFORE = lazy(rf"{NUMBER},? \Z")
_YEAR = "(?:19|20)[0-9]{2}(?:-(?:19|20)[0-9]{2})?,? "
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


def _numbered(text: str) -> Iterator[Core]:
    """What begins with a house number, where something that addresses hold follows it."""
    numbers = [number for regex in _STARTS for number in compiled(regex).finditer(text)]
    if numbers:
        signs = evidence.positions(text)
        for number in numbers:
            if evidence.follows(signs, text, number.end()) and not _is_year(text, *number.span()):
                yield from _street(text, *number.span())
                yield from _plain(text, *number.span())
                yield from _with_zip(text, *number.span())


def _street(text: str, start: int, at: int) -> Iterator[Core]:
    """Number and street with its type, route or grid."""
    match = compiled(_STREET).match(text, at)
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
    return compiled(f"(?i:{SURE_TYPES})").fullmatch(kind) is not None


def _may_be_name(words: list[str]) -> bool:
    """Whether words may be a street's name: no function words in small letters, and letters beside all numbers."""
    plain = [word.strip(".,") for word in words]
    if any(word in STOP or word.lower() in UNITS_OF_THINGS for word in plain):
        return False
    numbers = [word.isdigit() for word in plain]
    return not numbers[0] if len(plain) == 1 else not (numbers[0] and numbers[1]) and not any(numbers[2:])


def _plain(text: str, start: int, at: int) -> Iterator[Core]:
    """Number and name without a type, perhaps another number; only a unit or a town makes an address of it."""
    match = compiled(_PLAIN).match(text, at)
    words = match["name"].split() if match else []
    if match and _may_be_name(words) and any(word[0].isupper() for word in words):
        towards = len(words) > 1 and compiled(DIRECTION).fullmatch(words[0]) is not None
        yield Core(start, match.end(), int(towards or match["second"] is not None), 2 * towards, "number and name")


def _with_zip(text: str, start: int, at: int) -> Iterator[Core]:
    """Anything between a number and a state with its postal code."""
    end = tails.to_zip(text, at)
    if end is not None and len(text[at:end].split()) > 3:
        yield Core(start, end, 5, 0, "number, state and postal code")


def _boxes(text: str) -> Iterator[Core]:
    for line in _BOXES.lines(text):
        for match in compiled(_BOX).finditer(text, *line):
            yield Core(*match.span(), 4, 0, "a post office box")
    for line in _FLEETS.lines(text):
        for match in compiled(_MILITARY).finditer(text, *line):
            before = compiled(_SHIP).search(text, max(0, match.start() - 60), match.start())
            yield Core(before.start() if before else match.start(), match.end(), 5, 0, "a military address")


def _corners(text: str) -> Iterator[Core]:
    for line in _CROSSED.lines(text):
        for match in compiled(_CORNER).finditer(text, *line):
            told = "corner of" in match.group().lower()
            yield Core(*match.span(), 4 if told else 1, 2, "two streets that cross")


def _foreign(text: str) -> Iterator[Core]:
    for start, end, weight in abroad.find(text):
        before = _NUMBER_BEFORE.search(text, max(0, start - 9), start)
        yield Core(before.start() if before else start, end, weight, 1, "a street of another language and its number")


def _is_year(text: str, start: int, end: int) -> bool:
    """Whether what looks like a house number is a year of a copyright notice, or a span of years."""
    year = compiled(_YEAR).match(text, start)
    return year is not None and ("-" in text[start:end] or _NOTICE.search(text, max(0, start - 12), start) is not None)
