"""Addresses in English and of the same shape: number, street, unit, city, state or county, postal code, country.

A small grammar: a core (a street line, a box, two streets that cross, a military unit) is found by a regex; then what
belongs to it is taken from its right and its left, piece by piece, and each piece is evidence.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.recognizers.en import abroad, cores, tails
from scanner.recognizers.en.postal import (
    CAPITALISED,
    CITY_WORD,
    COUNTRIES,
    COUNTRY,
    CROSSED,
    GAP,
    NAME_WORD,
    NUMBER,
    OTHER_TYPES,
    POSTCODE,
    SPELT,
    STATE,
    STATES,
    SURE_TYPES,
    TYPE,
    UNIT,
    UNIT_WORDS,
)
from scanner.recognizers.en.words import CAPITALS, LETTERS
from scanner.recognizers.gazetteer import listed
from scanner.recognizers.spans import Span, best, compiled, lazy

_POSTED = lazy(
    rf"(?:{NUMBER},? |{UNIT}{GAP})?(?:{CAPITALISED}(?: {CAPITALISED}){{0,3}}|{NAME_WORD} [a-z]{{3,}}){GAP}"
    rf"(?:(?:{NUMBER} )?{CITY_WORD}{GAP}){{0,9}}\Z"
)
_POSTCODE = r"[A-Z](?<![A-Za-z0-9].)[A-Z]?[0-9][0-9A-Z]? ?[0-9][A-Z]{1,2}[0-9]?(?![A-Za-z0-9])"
_UNITS = rf"(?: {CAPITALISED}(?: {CAPITALISED})?(?={GAP}{UNIT}))?(?:{GAP}(?:{UNIT}|(?i:lobby|lower level)\b)){{1,4}}"
_HOUSE = (
    rf"(?:{CAPITALISED} ){{1,3}}(?:House|Lodge|Cottage|Farm|Hall|Villas?|Mill|Buildings?|Cent(?:re|er)|Towers?|Estate)"
)
_BEFORE = lazy(rf"(?:(?:{UNIT}|{_HOUSE}|(?i:c/o) [^,\n\x0b]{{3,40}}){GAP}){{1,2}}\Z")
_CUES = tuple(
    cue.replace("_", " ")
    for cue in listed(
        """address address_is addr live_at live_in live_on lives_at lives_in lives_on lived_at living_at
        resides_at residing_at located_at located_in ship_to shipped_to deliver_to delivered_to delivery_to
        sent_to send_to send_it_to send_them_to send_this_to new_one_to moved_to return_to return_it_to
        taxi_to meet_at meet_me_at meet_you_at arrived_at is_at is_it it_is it's_in it’s_in it's_at is_on
        off_at address_with home_is"""
    )
)
_BOXES = "(?i:(?:o[.]? ?|office |post|lock ?|[0-9],? )bo?x|drawer)[. #]{1,3}[A-Za-z]{0,2} ?[0-9]"
_ENDS = "(?:[^A-Za-z]|$)"
# where an address may begin, or be recognized by, and what else must stand in its cell
NOMINATE = (
    "|".join(
        (
            r"(?:^|[^0-9A-Za-z$€£.,/:=_%+-])[0-9]{1,6}(?:[A-Za-z]|-[0-9]{1,5}[A-Za-z]?|-[A-Z])?(?:[ -][0-9]/[0-9])?"
            rf",? {{1,2}}[{LETTERS}0-9#(]",
            f"[NSEW][0-9]{{1,4}} ?[NSEW][0-9]|(?:{SPELT}) [A-Z]",
            _BOXES,
            "(?i:[afd]po,? a[aep])",
            f"(?i:corner of |(?:{'|'.join(CROSSED)})[.]? (?:and|&|at)) ?[A-Z]",
            "[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]",
            *abroad.NOMINATE,
        )
    ),
    "|".join(
        (
            f"(?i:(?:^|[^A-Za-z])(?:{SURE_TYPES}|{OTHER_TYPES}|{UNIT_WORDS}|{COUNTRIES}|rou?te|rte?|sr|cr|fm|us|interstate"
            f"|[afd]po|calle|via|paseo|camino|alameda|avenida|avda|chemin|jalan|ul|el){_ENDS})",
            _BOXES,
            "[A-Za-z.],? {1,2}# ?[0-9A-Za-z]",
            rf"[{CAPITALS}][{LETTERS}'’.-]*[.)]?,?\s+[0-9]{{4}}|[0-9]{{4}} [{CAPITALS}]|[0-9]{{3}} [0-9]{{2}}",
            rf"[ ,(](?i:{'|'.join(sorted(STATES))})[.)]?,?\s+[0-9]{{5}}",
            "[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]",
            r"[0-9][A-Za-z]? (?i:[nsew][.]?|n[ew]|s[ew]|no|so|(?:north|south)(?:east|west)?|east|west) [A-Z0-9]",
            "(?i:corner of)",
            *abroad.NOMINATE,
        )
    ),
)


def find(text: str) -> list[Span]:
    """Return the addresses of `text` in English, and those of other languages in Latin letters that are alike."""
    spans = [span for core in cores.find(text) if (span := _grown(text, core))]
    return best([*spans, *_posted(text)])


def _posted(text: str) -> Iterator[Span]:
    """Streets and towns, with a number or without, before a British or Canadian postal code."""
    for match in compiled(_POSTCODE).finditer(text):
        if not compiled(POSTCODE).fullmatch(match.group()):
            continue
        floor = max(0, match.start() - 100)
        before = _POSTED.search(text, floor, match.start())
        if before and compiled(rf"[0-9]|\b{TYPE}\b").search(before.group()):
            country = compiled(f"{GAP}(?:{STATE},? )?{COUNTRY}").match(text, match.end())
            yield Span(before.start(), country.end() if country else match.end(), 0.66, "before a postal code")


def _grown(text: str, core: cores.Core) -> Span | None:
    """A core with the units, town and country after it and the unit before it; None if too little speaks for it."""
    units = compiled(_UNITS).match(text, core.end)
    end = units.end() if units else core.end
    tail, worth = tails.after(text, end)
    start = _unit_before(text, core.start)
    if not core.weight and worth == 2 and not units:
        worth = 1
    weight = core.weight + 2 * bool(units or start < core.start) + worth + _told(text, start)
    weight += core.alone * _whole(text, start, tail)
    return Span(start, tail, _SCORES[min(weight, 7)], core.reason) if weight > 1 else None


_SCORES = (0.0, 0.0, 0.45, 0.6, 0.65, 0.7, 0.75, 0.78)


def _told(text: str, start: int) -> bool:
    """Whether words before `start` announce an address."""
    before = text[max(0, start - 30) : start].rpartition("\n")[2].lower()
    return before.removesuffix("the ").rstrip(" :?,\x0b").endswith(_CUES)


def _unit_before(text: str, start: int) -> int:
    """Where the unit, or the person cared of, before `start` begins; `start` if there is none."""
    close = text[max(0, start - 50) : start]
    if not any(map(str.isdigit, close[-10:])) and "c/o" not in close.lower() and not close.endswith((", ", "\x0b")):
        return start
    before = _BEFORE.search(text, max(0, start - 50), start)
    return before.start() if before else start


def _whole(text: str, start: int, end: int) -> bool:
    """Whether an address fills its cell."""
    close = text.find("\n", end)
    rest = text[text.rfind("\n", 0, start) + 1 : start] + text[end : close if close >= 0 else len(text)]
    return not rest.strip(" \t\r\x0b.,;\"'#>")
