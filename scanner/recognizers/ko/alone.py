"""Surnames alone, as the news has them: `김 씨`, `이모(32)씨`, `박 교수`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from scanner.recognizers.gazetteer import listed, weights
from scanner.recognizers.ko.particles import is_particle
from scanner.recognizers.ko.titles import OFFICES, PROFESSIONS
from scanner.recognizers.spans import Span

REASON = "a Korean surname before an honorific or a title"
# what follows a surname in the news; ranks of offices are no names of persons
TITLES = "|".join(sorted([*PROFESSIONS, *OFFICES], key=len, reverse=True))
# these stand before a title as words too: `이 감독` is this director, `전 의원` a former one
_WORDS = set("이전한고지현구원여남제모부반선기양주신공본각")
_NEWS = frozenset(listed("장관 총리 회장 의원 위원장 교수 변호사 지사 검사 판사 팀장 경위 경장 원내대표"))
_RARE = 60  # the weight of a surname that some 64 names in 100,000 have


@cache
def _pattern() -> re.Pattern[str]:
    usual = sorted(name for name, weight in weights("ko-surnames").items() if len(name) == 1 and weight >= _RARE)
    unnamed = rf"(?P<unnamed>모) ?(?:\([0-9]{{1,2}}[^)\n]{{0,12}}\) ?)?(?:씨|군|양|(?={TITLES}))"
    beside = rf"{unnamed}| ?씨| 군(?=[은이의과])| 양(?=[은이의과])| (?P<title>{TITLES})"
    return re.compile(rf"(?<![가-힣0-9A-Za-z])(?P<name>[{''.join(usual)}])(?:{beside})")


def find(text: str) -> Iterator[Span]:
    """Yield surnames that an honorific or a title follows."""
    for match in _pattern().finditer(text):
        name, title = match["name"], match["title"]
        sure = not title or name not in _WORDS or (name == "이" and title in _NEWS)
        if sure and match.group() != "성씨" and is_particle(text, match.end()):
            end = match.end("unnamed") if match["unnamed"] else match.end("name")
            yield Span(match.start(), end, 0.5, REASON)
