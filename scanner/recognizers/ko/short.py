"""Korean names of two syllables, which need a title: `최가 장군`, `가영 언니`; friends' names have 이: `가영이가`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from scanner.recognizers.gazetteer import weights
from scanner.recognizers.ko.particles import ends_in_consonant
from scanner.recognizers.ko.people import COMMON, doubt, given_weight, word_weight
from scanner.recognizers.ko.titles import TITLE
from scanner.recognizers.spans import Span

_GIVEN, _FRIEND = 38, 45  # the weights of given names from which a title, and 이, makes them names
_SURNAME = 90  # and of surnames
_TITLED = rf" (?:{TITLE}|누나|형|쌤|선배)(?:님|들|께서|[은는이가을를의와과도만])?(?![가-힣])"
_AFTER = rf"{_TITLED}|(?:누나|언니|오빠|쌤)(?![가-힣]{{2}})"
_AFFECTION = r"이(?:[가는를랑만도의와]|한테|에게|네)(?![가-힣])"


@cache
def _pattern() -> re.Pattern[str]:
    first = {name for name in weights("ko-surnames") if len(name) == 1} | weights("ko-given-first").keys()
    syllables = f"[{''.join(sorted(first))}][{''.join(weights('ko-given-last'))}]"
    return re.compile(rf"(?<![가-힣0-9A-Za-z])(?P<name>{syllables})(?:(?P<title>{_AFTER})|(?P<friend>{_AFFECTION}))")


def find(text: str) -> Iterator[Span]:
    """Yield names of two syllables before a title or the 이 of friends."""
    for match in _pattern().finditer(text):
        name = match["name"]
        word = word_weight(name)
        given = given_weight(name) if word <= COMMON else 0
        if match["title"]:
            full = weights("ko-surnames").get(name[0], 0) >= _SURNAME and match["title"].startswith(" ") and not word
            sure = given >= (_FRIEND if word else _GIVEN) or full
        else:
            sure = given >= _FRIEND and ends_in_consonant(name) and not doubt(match.group())
        if sure:
            yield Span(*match.span("name"), 0.5, "a short Korean name in a text")
