"""Korean addresses in Latin letters: `12-3, Mihak-ro 4beon-gil, Jung-gu, Seoul 04500`, or from the large to the small.

Source of the form: the Road Name Address Act's notation in Roman letters (juso.go.kr): the words for levels are written
with a hyphen, in Revised Romanization. A road or a town with a number needs a district or a city beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.recognizers.spans import Span, lazy

_NUMBER = r"(?:(?i:san|b) ?-?)?[0-9]{1,4}(?:-[0-9]{1,4})?(?![0-9A-Za-z-])"
_BRANCH = r"(?:(?:[ -]?[0-9]{1,4}(?:beon)?|-)(?:ga|na|da|ra)?-?gil)?"
_NAME = "[A-Za-z][a-z'’]{1,18}"
_ROAD = rf"{_NAME}(?:-?[0-9]{{1,2}})?(?:-(?i:daero|ro|gil)|(?<=[a-z]) (?:Daero|Ro|Gil)){_BRANCH}(?![A-Za-z])"
_TOWN = rf"{_NAME}(?:-?[0-9]{{1,2}})?-(?i:dong|ri|ga)(?![A-Za-z])"
_LEVEL = rf"{_NAME}-(?i:gu|si|gun|eup|myeon|dong|ri|do|shi|city)(?![A-Za-z])"
_CITY = (
    "(?i:seoul|busan|pusan|daegu|incheon|gwangju|daejeon|ulsan|sejong|jeju|suwon|seongnam|goyang|yongin|bucheon|ansan"
    "|anyang|changwon|cheongju|jeonju|cheonan|gimhae|pohang|chuncheon|wonju|gangneung|gyeonggi|gangwon|chungbuk|chungnam"
    "|jeonbuk|jeonnam|gyeongbuk|gyeongnam)(?: ?-?(?i:city|si|do|metropolitan city|special city))?(?![A-Za-z-])"
)
_COUNTRY = "(?i:(?:republic of |south |s[.] ?)?korea|rok)(?![A-Za-z])"
_POSTCODE = "(?:[0-9]{5}|[0-9]{3}-[0-9]{3})(?![0-9-])"
_ROOM = (
    "(?i:apt|apartment|room|rm|unit|suite|ste|bldg|building|no)"
    r"[. #]{0,2}[A-Z]?[0-9]{1,4}(?:-[0-9]{1,4})?(?![0-9A-Za-z-])"
    r"|#?[A-Z]?[0-9]{1,4}(?:-?(?i:dong|ho))(?: ?,? ?[0-9]{1,4}-?(?i:ho))?(?![A-Za-z])"
    "|B?[0-9]{1,2}(?:F|th floor)(?![A-Za-z])"
)
_GAP = "(?:,? {1,2}|,)"
_PLACE = f"(?:{_LEVEL}|{_CITY}|{_COUNTRY}|{_POSTCODE})"
_CORE = f"(?:{_NUMBER}{_GAP}(?:{_ROAD}|{_TOWN})|(?:{_ROAD}|{_TOWN}){_GAP}{_NUMBER})"
_UP = rf"(?:(?:{_ROOM}){_GAP}){{0,2}}{_CORE}(?:{_GAP}(?:{_ROOM}))?(?P<up>(?:{_GAP}{_PLACE}){{1,7}})"
_DOWN = rf"(?P<down>(?:{_PLACE}{_GAP}){{1,6}})(?:{_ROAD}|{_TOWN}){_GAP}{_NUMBER}(?:{_GAP}(?:{_ROOM})){{0,2}}"
_ADDRESS = lazy(rf"(?<![0-9A-Za-z_./#-])(?:{_DOWN}|{_UP})")
_KNOWN = lazy(f"[a-z]-(?i:gu|si|gun|shi)(?![A-Za-z])|(?<![A-Za-z-]){_CITY}")
_HIT = lazy("-(?i:daero|ro|gil|dong|ri|ga)(?![a-z])| (?:Daero|Ro|Gil)(?![a-z])")
_BEHIND, _AHEAD = 90, 140

NOMINATE = (
    "[A-Za-z0-9]-(?i:daero|ro|gil|dong)(?:[^A-Za-z]|$)|[a-z] (?:Daero|Ro|Gil) [0-9]|-(?i:ri|ga)[ ,].*-(?i:gun|si|gu)"
)


def find(text: str) -> Iterator[Span]:
    """Yield the Korean addresses in Latin letters of `text`."""
    done = 0
    for hit in _HIT.finditer(text):
        if hit.start() < done:
            continue
        if match := _around(text, hit, done):
            done = match.end()
            known = len(_KNOWN.findall(match["up"] or match["down"]))
            if known:
                yield Span(*match.span(), 0.75 if known > 1 else 0.65, "a Korean address in Latin letters")


def _around(text: str, hit: re.Match[str], done: int) -> re.Match[str] | None:
    """The address that holds a road or town at `hit`, of the same line and after `done`."""
    low = max(done, hit.start() - _BEHIND, text.rfind("\n", max(0, hit.start() - _BEHIND), hit.start()) + 1)
    high = text.find("\n", hit.end(), hit.end() + _AHEAD)
    found = _ADDRESS.finditer(text, low, hit.end() + _AHEAD if high < 0 else high)
    return next((match for match in found if match.end() > hit.start()), None)
