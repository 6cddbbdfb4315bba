"""Where a text holds what addresses hold: a number is looked at only when such a piece follows it."""

from __future__ import annotations

from functools import cache

import numpy as np

from scanner.model import IntArray
from scanner.recognizers.en.postal import COUNTRIES, OTHER_TYPES, SURE_TYPES, UNIT_WORDS
from scanner.recognizers.gazetteer import Gazetteer, listed
from scanner.recognizers.spans import lazy

_REACH = 130  # code points
_ROUTES = listed("route rte rt rd sr cr fm us interstate")
_DIRECTIONS = listed("n s e w ne nw se sw no so north south east west northeast northwest southeast southwest")
_LED = listed("avenue ave av calle rue via paseo camino alameda avenida avda boulevard boul chemin el jalan ul")
_CODES = lazy(
    r"[0-9](?<=[ \x0b,].)(?:[0-9A-Z]{3,4}(?![0-9A-Za-z:/-])|[0-9]{2} [0-9]{2}(?![0-9])|[0-9]-[0-9]{3}(?![0-9]))"
    r"|[0-9]{4}(?<=[ \x0b,].{4})(?:[0-9]-[0-9]{3,4}|[0-9]{5})(?![0-9])"
    r"|[A-Z](?<![A-Za-z0-9].)[A-Z]?[0-9][0-9A-Z]? ?[0-9][A-Z]"
)


@cache
def _words() -> Gazetteer:
    """Street types, units, directions and countries, as words."""
    words = [*f"{SURE_TYPES}|{OTHER_TYPES}|{UNIT_WORDS}".split("|"), *_ROUTES, *_DIRECTIONS, *_LED]
    return Gazetteer(
        more=[
            *(f"{before}{word}{after}" for word in words for before in " ." for after in " .,;:#)\n\v"),
            *COUNTRIES.replace("[.]", ".").split("|"),
            " #",
        ],
        ignore_case=True,
    )


def positions(text: str) -> IntArray:
    """Where such pieces begin in `text`, in order."""
    codes = [match.start() for match in _CODES.finditer(text)]
    return np.sort(np.concatenate((_words().hits(text + "\n")[0], np.array(codes, dtype=np.int64))))


def follows(signs: IntArray, text: str, end: int) -> bool:
    """Whether one of `signs`, the `positions` of `text`, follows `end` soon in its line."""
    at = int(np.searchsorted(signs, end - 2))
    return at < len(signs) and (sign := int(signs[at])) < end + _REACH and text.find("\n", end, sign) < 0
