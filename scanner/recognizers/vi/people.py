"""How much a row of syllables looks like a Vietnamese name: family name, middle names, given name.

The lists give 10 log2 of how much likelier a syllable is in that place of a name than elsewhere. Names without
diacritics are judged by the likeliest syllable that they may stand for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from scanner.recognizers.gazetteer import listed, weights
from scanner.recognizers.spans import lazy
from scanner.recognizers.vi.letters import is_syllable, plain, small
from scanner.recognizers.vi.places import PROVINCE, WARD, ranks

_UNKNOWN, _ELSEWHERE, _LEAST = -45, 15, -10
_MARKED = lazy("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_INNER = ("van", "thi")  # the middle names of most
STRONG = 50  # family names of this weight are little else
# family names that are English words or names without their diacritics
_FOREIGN = frozenset(listed("le do ho ly to ha la chu van vi ma mai cao dam lam kim lo be long ninh an tong tang thai"))
# what stands after a name in forms and delivery notes
_NOT_NAMES = frozenset(
    listed(
        """địa chỉ số điện thoại đường phường quận xã huyện tỉnh thôn ấp ngõ hẻm tổ khu chung tầng căn giao gọi mã đơn
        đt sđt sdt dt tp sinh quê trú tại nhận gửi người khách hàng ty nhà cửa shop hội học viện"""
    )
)


@cache
def _unmarked(name: str) -> Mapping[str, int]:
    """A list with what each word looks like without diacritics."""
    marked = weights(name)
    folded: dict[str, int] = {}
    for word, weight in marked.items():
        folded[plain(word)] = max(weight, folded.get(plain(word), weight))
    return folded


def family(word: str) -> int | None:
    """The weight of a family name in small letters; None for another word."""
    return weights("vi-surnames").get(word, None if not word.isascii() else _unmarked("vi-surnames").get(word))


def is_family(word: str) -> bool:
    """Whether a small word is a family name and little else."""
    weight = family(word)
    return weight is not None and weight >= STRONG and word not in _FOREIGN


def is_strong(syllables: Sequence[str]) -> bool:
    """Whether a row of small syllables begins as little else than a Vietnamese name does, in any language."""
    return is_family(syllables[0]) or plain(syllables[1]) in _INNER


def claims(words: Sequence[str], around: str) -> bool:
    """Whether only the model of Vietnamese should judge a row of words: all are syllables, and a sign of it is there.

    The signs: they begin as names do, or a letter that only Vietnamese has stands in the text around.
    """
    syllables = [small(plain(word)) for word in words]
    if len(syllables) < 2 or not all(map(is_syllable, syllables)):
        return False
    return is_strong(syllables) or syllables[0] in _INNER or _MARKED.search(around) is not None


def worth(syllables: Sequence[str], *, marked: bool) -> int:
    """The weight of a row of small syllables, the first a family name; `marked`: of a text with diacritics."""
    middle, given = _table("vi-middle", marked), _table("vi-given", marked)
    first = family(syllables[0]) or 0
    inner = sum(_either(word, middle, given) for word in syllables[1:-1])
    return first + inner + _either(syllables[-1], given, middle)


def _table(name: str, marked: bool) -> Mapping[str, int]:
    return weights(name) if marked else _unmarked(name)


def _either(word: str, best: Mapping[str, int], other: Mapping[str, int]) -> int:
    if word in best:
        return max(best[word], _LEAST)
    return other[word] - _ELSEWHERE if word in other else _UNKNOWN


def is_given(word: str) -> bool:
    """Whether a small syllable is a usual given name, with or without its diacritics."""
    return word in (_unmarked("vi-given") if word.isascii() else weights("vi-given"))


@lru_cache(1 << 12)
def longest(syllables: tuple[str, ...], *, marked: bool) -> tuple[int, int]:
    """How many of the first syllables may be a name, and their weight; 0 for none.

    A syllable that no list holds ends the name, unless what stands before it is none yet: `Nguyễn Văn Cừ`.
    """
    middle, given = _table("vi-middle", marked), _table("vi-given", marked)
    count, most = 1, limit(syllables)
    while count < most and (syllables[count] in middle or syllables[count] in given):
        count += 1
    if count == 1 or plain(syllables[count - 1]) in _INNER:
        count = most
    elif count == 2 and most == 3:
        count = 3
    return (count, worth(syllables[:count], marked=marked)) if count > 1 else (0, 0)


def limit(syllables: Sequence[str]) -> int:
    """Before which syllable something else begins: a word of forms, or a province after a name."""
    for number in range(1, len(syllables)):
        if syllables[number] in _NOT_NAMES or (number > 1 and _at_place(syllables, number)):
            return number
    return len(syllables)


def _at_place(syllables: Sequence[str], number: int) -> bool:
    """Whether a province is named from there on, after what may be a given name."""
    place = plain(" ".join(syllables[number : number + 2]))
    given = plain(syllables[number - 1]) not in _INNER
    return given and len(syllables) > number + 1 and max(ranks(place), default=WARD) == PROVINCE
