"""Addresses in English: number, street, street type, unit, city, state or county, postal code; P.O. boxes.

Street types, units and states: USPS Publication 28; postal codes of the United States, Canada and the United Kingdom.
"""

from __future__ import annotations

import re

from scanner.recognizers.spans import Span, best, compiled

_SURE = """Street St Avenue Ave Av Boulevard Blvd Road Rd Lane Ln Parkway Pkwy Highway Hwy Turnpike Crescent Cres
Terrace Terr"""
_AMBIGUOUS = "Drive Dr Court Ct Place Pl Square Sq Circle Cir Trail Trl Way Close Gardens Mews Row Plaza Grove Hill"
_STATES = """AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH
OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AB BC MB NB NL NS ON PE QC SK NSW VIC QLD Alabama Alaska
Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii Idaho Illinois Indiana
Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri
Montana Nebraska Nevada Ohio Oklahoma Oregon Pennsylvania Tennessee Texas Utah Vermont Virginia
Washington Wisconsin Wyoming Ontario Quebec London"""


def _any(words: str) -> str:
    every = {form for word in words.split() for form in (word, word.upper())}
    return "|".join(sorted(every, key=lambda word: (-len(word), word)))


STREET_TYPE = f"(?:{_any(f'{_SURE} {_AMBIGUOUS}')})"
_NUMBER = r"(?<![0-9A-Za-z$€£.,#/:-])[0-9]{1,6}[A-Za-z]?(?:-[0-9]{1,4})?(?: 1/2)?,? "
_DIRECTION = r"(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\.?"
_WORD = r"[A-Z0-9][A-Za-z0-9.'’-]{0,20}"
_ZIP = (
    r"(?:[0-9]{5}(?:-[0-9]{4})?(?![0-9-])|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]"
    r"|[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}(?![A-Za-z]))"
)
_UNIT = (
    r"(?:,? ?(?:#|(?:(?i:apt|apartment|suite|ste|unit|flat|floor|fl|room|rm|bldg|building|lot"
    r"|box)\b\.? ?#?)) ?[A-Za-z0-9-]{1,6}(?![A-Za-z0-9]))"
)
_LOWER = (
    rf",? ?(?:[A-Za-z][A-Za-z.'-]{{1,20}},? ){{1,3}}?(?i:{_any(_STATES)}|N\.Y\.|N\.J\.|D\.C\.),? [0-9]{{5}}"
    rf"(?:-[0-9]{{4}})?(?![0-9-])"
)
_CITY = (
    rf"(?:{_LOWER}|,? ?(?:[A-Z][A-Za-z.'-]{{1,20}} ?){{1,3}},? \(?(?:{_any(_STATES)})\b\)?\.?(?:,? ?"
    rf"{_ZIP})?|,? {_ZIP}|, ?(?:[A-Z][A-Za-z'-]{{1,20}} ?){{1,3}},? {_ZIP})"
)
_COUNTRY = r"(?:,? (?:USA?|U\.S\.A?\.?|United States(?: of America)?|Canada|UK|United Kingdom|England))?"
_STREET = (
    rf"{_NUMBER}(?:{_DIRECTION} )?(?:{_WORD} ){{1,4}}?(?:(?P<sure>{_any(_SURE)})|(?P<maybe>{_any(_AMBIGUOUS)}))\b\.?"
    rf"(?: {_DIRECTION}(?![A-Za-z]))?(?P<unit>{_UNIT}{{1,3}})?(?P<city>{_CITY})?{_COUNTRY}"
)
_STATE_AND_ZIP = (
    rf"{_NUMBER}[A-Z][A-Za-z0-9 .,'#/-]{{3,60}}?,? (?:{_any(_STATES)})\.?,? [0-9]{{5}}(?:-[0-9]{{4}})?"
    rf"(?![0-9-]){_COUNTRY}"
)
_BOX = rf"\b(?i:p\.? ?o\.? ?box|post office box) [0-9]{{1,6}}(?P<city>{_CITY})?{_COUNTRY}"

_YEAR = re.compile("(?:19|20)[0-9]{2},? ")
_YEARS = re.compile("(?:19|20)[0-9]{2}-(?:19|20)[0-9]{2},? ")
_NOTICE = re.compile(r"(?i:copyright|©|\(c\))[ :,]*\Z")

NOMINATE = (
    "|".join(
        (
            f"[0-9][A-Za-z]?,? [A-Z0-9].* {STREET_TYPE}(?:[^A-Za-z]|$)",
            "(?i:o[.]? ?box|office box) [0-9]|[0-9][A-Za-z]?,? [A-Z].*[A-Za-z]{2}[.]?,? [0-9]{5}",
        )
    ),
)


def find(text: str) -> list[Span]:
    """Return the addresses in English of `text`."""
    spans = [
        Span(*match.span(), _score(match), "number, street and street type")
        for match in compiled(_STREET).finditer(text)
    ]
    spans += [
        Span(*match.span(), 0.75, "number, state and postal code") for match in compiled(_STATE_AND_ZIP).finditer(text)
    ]
    spans += [
        Span(*match.span(), 0.76 if match["city"] else 0.65, "a post office box")
        for match in compiled(_BOX).finditer(text)
    ]
    return best(span for span in spans if not _begins_with_year(text, span.start))


def _begins_with_year(text: str, start: int) -> bool:
    """Whether what looks like a house number is a year of a copyright notice, or a span of years."""
    before = text[max(0, start - 12) : start]
    return bool(_YEARS.match(text, start) or (_YEAR.match(text, start) and _NOTICE.search(before)))


def _score(match: re.Match[str]) -> float:
    """A street type that is also an everyday word needs a unit or a city."""
    if match["unit"] or match["city"]:
        return 0.75
    return 0.6 if match["sure"] else 0.45
