"""Where a text holds what addresses hold: a number is looked at only when such a piece follows it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from scanner.recognizers.en.postal import COUNTRIES, LEADS, OTHER_TYPES, SURE_TYPES, UNIT_WORDS
from scanner.recognizers.gazetteer import Gazetteer, listed
from scanner.recognizers.spans import lazy

_REACH = 130  # code points
_ROUTES = listed("route rte rt rd sr cr fm us interstate")
_DIRECTIONS = listed("n s e w ne nw se sw no so north south east west northeast northwest southeast southwest")
_CODES = lazy(
    r"[0-9](?<=[ \x0b,].)(?:[0-9A-Z]{3,4}(?![0-9A-Za-z:/-])|[0-9]{2} [0-9]{2}(?![0-9])|[0-9]-[0-9]{3}(?![0-9]))"
    r"|[0-9]{4}(?<=[ \x0b,].{4})(?:[0-9]-[0-9]{3,4}|[0-9]{5})(?![0-9])"
    r"|[A-Z](?<![A-Za-z0-9].)[A-Z]?[0-9][0-9A-Z]? ?[0-9][A-Z]"
)


@cache
def _words() -> Gazetteer:
    """Street types, units, directions and countries, as words."""
    words = [*f"{SURE_TYPES}|{OTHER_TYPES}|{UNIT_WORDS}".split("|"), *_ROUTES, *_DIRECTIONS, *LEADS, "el"]
    return Gazetteer(
        more=[
            *(f"{before}{word}{after}" for word in words for before in " ." for after in " .,;:#)\n\v"),
            *COUNTRIES.replace("[.]", ".").split("|"),
            " #",
        ],
        ignore_case=True,
    )


def positions(text: str) -> list[int]:
    """Where such pieces begin in `text`, in order."""
    codes = [match.start() for match in _CODES.finditer(text)]
    return sorted([*_words().hits(text + "\n")[0], *codes])


def follows(signs: Sequence[int], text: str, end: int) -> bool:
    """Whether one of `signs`, the `positions` of `text`, follows `end` soon in its line."""
    at = bisect_left(signs, end - 2)
    return at < len(signs) and (sign := signs[at]) < end + _REACH and text.find("\n", end, sign) < 0
