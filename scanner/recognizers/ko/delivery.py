"""Korean names in delivery lines: beside a phone number or an address, in any order, glued or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from scanner.recognizers.gazetteer import listed
from scanner.recognizers.ko import addresses
from scanner.recognizers.ko.details import PHONE_START
from scanner.recognizers.ko.people import doubt, everyday, is_listed, name_weight, surnames, word_weight
from scanner.recognizers.ko.places import PROVINCES
from scanner.recognizers.spans import Span, lazy

_NUMBER = "[-.) ]{0,2}[0-9*]{3,4}[- .]?[0-9]{4}(?![0-9])"
_PHONE = lazy(rf"{PHONE_START}{_NUMBER}|\+82[ -]?0?1[016789]{_NUMBER}")
_GAP = r"[ ,/\t(:|·-]{0,3}"
_LEAST, _LEAST_LISTED = 118, 70  # the weights of names in a line, and of those whose given name is listed
# what forms say before a number, or about the goods
_FORM_WORDS = frozenset(listed("부재시 변경후 인수자 경유지 부서명 공동현 신발장 오전중 도착시 고시원 구매처 문의처"))
_MAY_FOLLOW = r"(?![가-힣])|(?=님|씨|귀하|고객|입니다|이고|이며)"


@cache
def _name() -> str:
    return rf"(?P<name>(?:{surnames()})[가-힣]{{1,2}}|(?:{surnames()}) [가-힣] [가-힣])"


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?<![가-힣]){_name()}(?: ?(?:님|씨|귀하|고객님?))?{_GAP}\Z")


@cache
def _after_phone() -> re.Pattern[str]:
    provinces = "|".join(sorted(PROVINCES, key=len, reverse=True))
    return re.compile(rf"{_GAP}{_name()}(?:{_MAY_FOLLOW}|(?={provinces}))")


@cache
def _after_address() -> re.Pattern[str]:
    return re.compile(rf"{_GAP}{_name()}(?= ?(?:$|\n|[,/(|\t]|님|씨|귀하|\+?[0-9]))")


def find(text: str) -> Iterator[Span]:
    """Yield names that touch a phone number or an address."""
    for phone in _PHONE.finditer(text):
        yield from _beside(text, phone.start(), phone.end(), _after_phone(), 0.75)
    for address in addresses.find(text):
        yield from _beside(text, address.start, address.end, _after_address(), 0.6)


def _beside(text: str, start: int, end: int, after: re.Pattern[str], score: float) -> Iterator[Span]:
    line = text.rfind("\n", max(0, start - 12), start) + 1
    for match in (_before().search(text, max(line, start - 12), start), after.match(text, end)):
        if match and is_probable(match["name"]):
            yield Span(*match.span("name"), score, "a Korean name beside a phone number or an address")


def is_probable(name: str) -> bool:
    """Whether a piece that touches a phone number or an address is rather a name than a word."""
    plain = name.replace(" ", "")
    if plain in _FORM_WORDS or plain in everyday():
        return False
    if len(plain) == 2:
        return (
            not word_weight(plain)
            and name_weight(plain + "수") >= _LEAST
            and plain[1] in "철훈혁준민진석숙희현호욱영은솔별"
        )
    weight = name_weight(plain) - doubt(plain)
    return weight >= _LEAST or (weight >= _LEAST_LISTED and is_listed(plain[-2:]))
