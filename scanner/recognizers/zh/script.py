"""Traditional characters as Simplified ones, one for one, and what else of a text is looked up by character."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from scanner.recognizers.gazetteer import words
from scanner.recognizers.spans import lazy

# A character's code, and a table with a place for each of the Basic Multilingual Plane; all others share the last.
Codes = npt.NDArray[np.uint32]
Table = npt.NDArray[np.int16]
SIZE = 0x10000
HAN = "一-龥"
# kana, and characters that Japan simplified in a way of its own
_KANA = lazy(
    "[ぁ-ん県恵渋沢桜円広辺斎斉徳黒駅薬栄実団囲圧壱対専帰応悪戦択拝拡挙検権歓歳気渓滝畑払戸込峠働栃辻畠枠庁]|[ァ-ヴー]{2}"
)
# a Chinese text borrows one particle of Japanese for its looks
_BORROWED = "の"


@cache
def _simplified() -> Codes:
    table = np.arange(SIZE, dtype=np.uint32)
    for pair in words("zh-simplified"):
        table[ord(pair[0])] = ord(pair[1])
    return table


@lru_cache(maxsize=4)
def plain(text: str) -> str:
    """The text in Simplified characters; it has as many code points."""
    if text.isascii():
        return text
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return bytes(np.where(points < SIZE, _simplified()[points % SIZE], points)).decode("utf-32-le", "surrogatepass")


def codes(text: str) -> Codes:
    """The code points (n,) of a text; those beyond the Basic Multilingual Plane are the highest of it."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.minimum(points, SIZE - 1)


def is_japanese(line: str) -> bool:
    """Whether a line holds what Chinese is not written with but Japanese, so that what is Han in it is not Chinese."""
    return any(match.group() != _BORROWED for match in _KANA.finditer(line))
