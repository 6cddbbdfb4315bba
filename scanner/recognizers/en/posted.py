"""Streets and towns, with a number or without, before a postal code that says by its shape where it belongs."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from functools import partial

from scanner.recognizers.en.alike import Alike
from scanner.recognizers.en.postal import (
    AUSTRALIAN,
    CAPITALISED,
    CITY_WORD,
    COUNTRY,
    GAP,
    NAME_WORD,
    NUMBER,
    POSTCODE,
    STATE,
    STATE_CODES,
    TYPE,
    UNIT,
)
from scanner.recognizers.spans import Span, lazy

_REACH = 100  # code points before the code
_SCORE = 0.66
_TOWNS = rf"(?:(?:{NUMBER} )?{CITY_WORD}{GAP})"
_BEFORE = lazy(
    rf"(?<![A-Za-z0-9])(?:{NUMBER},? |{UNIT}{GAP})?"
    rf"(?:{CAPITALISED}(?: {CAPITALISED}){{0,3}}|{NAME_WORD} [a-z]{{3,}}){GAP}{_TOWNS}{{0,9}}\Z"
)
_STREET_BEFORE = lazy(rf"(?<![A-Za-z0-9])(?:{CAPITALISED} ){{1,3}}{TYPE}\b\.?{GAP}(?:{CITY_WORD}{GAP}){{1,4}}\Z")
_CODE = lazy(r"[A-Z](?<![A-Za-z0-9].)[A-Z]?[0-9][0-9A-Z]? ?[0-9][A-Z]{1,2}[0-9]?(?![A-Za-z0-9])")
_KNOWN = lazy(POSTCODE)
_STATE_CODE = lazy(
    r"(?P<state>[A-Z](?<![A-Za-z0-9].)[A-Z]{1,2}),?[ \t\x0b]{1,4}[0-9]{4}(?P<fifth>[0-9])?(?![0-9A-Za-z:/-])"
)
_AUSTRALIAN = lazy(AUSTRALIAN)
_NUMBER_OR_TYPE = lazy(rf"(?<![A-Za-z0-9])[0-9]|\b{TYPE}\b")
_COUNTRY = lazy(f"{GAP}(?:{STATE},? )?{COUNTRY}")


def find(text: str, known: Sequence[Span]) -> Iterator[Span]:
    """Yield the addresses of `text` that end with a postal code, and perhaps a country after it.

    Codes within the spans that are `known`, ordered and apart, are passed over.
    """
    ends = [span.end for span in known]

    def is_known(start: int) -> bool:
        at = bisect(ends, start)
        return at < len(ends) and known[at].start <= start and known[at].score > _SCORE

    town, street = (Alike(text, 2 * _REACH, partial(ask, text)) for ask in (_town_before, _street_before))
    for match in _CODE.finditer(text):
        if _KNOWN.fullmatch(match.group()) and not is_known(match.start()):
            yield from _span(text, match, town(*match.span()))
    for match in _STATE_CODE.finditer(text):
        if match["state"] in STATE_CODES and _digits_fit(match) and not is_known(match.start()):
            yield from _span(text, match, street(*match.span()))


def _digits_fit(match: re.Match[str]) -> bool:
    return match["fifth"] is not None or _AUSTRALIAN.fullmatch(match["state"]) is not None


def _town_before(text: str, start: int, _: int) -> int | None:
    """How far before `start` the street or town begins that ends there."""
    before = _BEFORE.search(text, max(0, start - _REACH), start)
    return start - before.start() if before and _NUMBER_OR_TYPE.search(before.group()) else None


def _street_before(text: str, start: int, _: int) -> int | None:
    before = _STREET_BEFORE.search(text, max(0, start - _REACH), start)
    return start - before.start() if before else None


def _span(text: str, code: re.Match[str], before: int | None) -> Iterator[Span]:
    if before is not None:
        country = _COUNTRY.match(text, code.end())
        yield Span(code.start() - before, country.end() if country else code.end(), _SCORE, "before a postal code")
