"""Addresses in English and of the same shape: number, street, unit, city, state or county, postal code, country.

A small grammar: a core (a street line, a box, two streets that cross, a military unit) is found by a regex; then what
belongs to it is taken from its right and its left, piece by piece, and each piece is evidence.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from scanner.literals import THEN
from scanner.recognizers.en import abroad, cores, posted, tails, told
from scanner.recognizers.en.alike import Alike
from scanner.recognizers.en.postal import (
    CAPITALISED,
    CAPITALS,
    COUNTRIES,
    CROSSED,
    GAP,
    LEADING,
    LETTERS,
    OTHER_TYPES,
    SPELT,
    STATES,
    SURE_TYPES,
    UNIT,
    UNIT_WORDS,
)
from scanner.recognizers.gazetteer import by_letter
from scanner.recognizers.spans import Span, best, lazy

_UNITS = lazy(
    rf"(?: {CAPITALISED}(?: {CAPITALISED})?(?={GAP}{UNIT}))?(?:{GAP}(?:{UNIT}|(?i:lobby|lower level)\b)){{1,4}}"
)
_HOUSE = (
    rf"(?:{CAPITALISED} ){{1,3}}(?:House|Lodge|Cottage|Farm|Hall|Villas?|Mill|Buildings?|Cent(?:re|er)|Towers?|Estate)"
)
_MAY_END_UNIT = lazy(r"[0-9]|, \Z|\x0b\Z")
_BEFORE = lazy(rf"(?<![A-Za-z0-9])(?:(?:{UNIT}|{_HOUSE}){GAP}){{1,2}}\Z")
_BOXES = "(?i:(?:o[.]? ?|office |post|lock ?|[0-9],? )bo?x|drawer)[. #]{1,3}[A-Za-z]{0,2} ?[0-9]"
# in capitals or small letters or both; to fold all letters would make the engine three times slower
_COUNTRIES = by_letter(sorted({form for name in COUNTRIES.split("|") for form in (name, name.upper(), name.lower())}))
_ENDS = "(?:[^A-Za-z]|$)"
_SCORES = (0.0, 0.0, 0.45, 0.6, 0.65, 0.7, 0.75, 0.78)  # by the sum of all that speaks for an address
_REACH = 250  # code points on either side of a core that say what it is
_PUNCTUATION, _LITTLE = " \t\r\x0b.,;\"'#>", 60
_WORDS = f"{SURE_TYPES}|{OTHER_TYPES}|{UNIT_WORDS}|{LEADING}|rou?te|rte?|sr|cr|fm|us|interstate|[afd]po|el".split("|")
_NUMBER = (
    r"(?:^|[^0-9A-Za-z$€£.,/:_%+-])[0-9]{1,6}(?:[A-Za-z]|-[0-9]{1,5}[A-Za-z]?|-[A-Z])?(?:[ -][0-9]/[0-9])?"
    rf",? {{1,2}}[{LETTERS}0-9#(]|[NSEW][0-9]{{1,4}} ?[NSEW][0-9]|(?:{SPELT}) [A-Z]"
)
# codes that say by their shape where they belong
_POSTCODE = (
    "[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]" + r"|(?:^|[\s,(])[A-Z]{2,3},?\s+[0-9]{4}"
)
_TAILS = (
    # as in `Town 12345` and `12345 Town`, but not `/1234 HTTP/1.1`; as in `123 45 Town`, but not ` 200 4523 `
    rf"[{CAPITALS}][{LETTERS}'’.-]*[.)]?,?\s+[0-9]{{3}}(?:[0-9]| [0-9]{{2}}(?:[^0-9-]|$))",
    f"[0-9]{{4}} (?:[{CAPITALS.replace('A-Z', 'A-GI-Z')}]|H(?:[^T]|$|T(?:[^T]|$)))",
    rf"[0-9]{{3}} [0-9]{{2}}[\s,>]+[{CAPITALS}]",
    rf"[ ,(](?i:{'|'.join(sorted(STATES))})[.)]?,?\s+[0-9]{{5}}",
    f"(?:^|[^A-Za-z])(?:{_COUNTRIES}){_ENDS}",
)
# where an address may begin, or be recognized by, and what else must stand in its cell
NOMINATE = (
    "|".join(
        (
            _NUMBER,
            _BOXES,
            "(?i:[afd]po,? a[aep])",
            f"(?i:corner of |(?:{'|'.join(CROSSED)})[.]? (?:and|&|at)) ?[A-Z]",
            _POSTCODE,
            *abroad.NOMINATE,
        )
    ),
    "|".join(
        (
            # `path=` is a key, `/place/` a piece of a URL
            f"(?:^|[^A-Za-z/])(?:{by_letter(_WORDS, any_case=True)})(?:[^A-Za-z=]|$)",
            _BOXES,
            "[A-Za-z.],? {1,2}# ?[0-9A-Za-z]",
            r"[0-9][A-Za-z]? (?i:[nsew][.]?|n[ew]|s[ew]|no|so|(?:north|south)(?:east|west)?|east|west) [A-Z0-9]",
            "(?i:corner of|addr|liv(?:es?|ed|ing) (?:at|in|on)|resid(?:es|ing) at|located (?:at|in)|home is)",
            _POSTCODE,
            *abroad.NOMINATE,
            f"(?:{_NUMBER}){THEN}(?:{'|'.join(_TAILS)})",  # towns, states and countries stand behind the street
        )
    ),
)


class _Around(NamedTuple):
    """What stands around a core: the unit before it, the units, town and country after it; and what they say."""

    before: int  # code points
    after: int
    units: bool
    tail: int  # what town, code and country say
    told: int


def find(text: str) -> list[Span]:
    """Return the addresses of `text` in English, and those of other languages in Latin letters that are alike."""
    around = Alike(text, _REACH, partial(_around, text))
    spans = best(span for core in cores.find(text) if (span := _grown(text, core, around(core.start, core.end))))
    return best([*spans, *posted.find(text, spans)])


def _around(text: str, start: int, end: int) -> _Around:
    units = _UNITS.match(text, end)
    tail, worth = tails.after(text, units.end() if units else end)
    first = _unit_before(text, start)
    return _Around(start - first, tail - end, units is not None, worth, told.worth(text, first))


def _grown(text: str, core: cores.Core, around: _Around) -> Span | None:
    """A core with what stands around it; None if too little speaks for it."""
    start, end = core.start - around.before, core.end + around.after
    tail = around.tail if core.weight or around.tail != 2 or around.units else 1
    weight = core.weight + 2 * (around.units or around.before > 0) + tail + around.told
    weight += (core.alone or around.units) * _whole(text, start, end)
    return Span(start, end, _SCORES[min(weight, 7)], core.reason) if weight > 1 else None


def _unit_before(text: str, start: int) -> int:
    """Where the unit or house before `start` begins; `start` if there is none."""
    floor = max(0, start - 50)
    floor = max(floor, text.rfind("\n", floor, start) + 1)
    if floor == start or not _MAY_END_UNIT.search(text, max(floor, start - 10), start):
        return start
    before = _BEFORE.search(text, floor, start)
    return before.start() if before else start


def _whole(text: str, start: int, end: int) -> bool:
    """Whether an address fills its cell, but for a little punctuation."""
    before = text[max(0, start - _LITTLE) : start].rstrip(_PUNCTUATION)
    after = text[end : end + _LITTLE].lstrip(_PUNCTUATION)
    if after[:1] not in ("", "\n") or (not after and end + _LITTLE < len(text)):
        return False
    return before[-1:] == "\n" or (not before and start <= _LITTLE)
