"""Korean places as an address names them before its road or lot: province, city, district, 읍 or 면.

Source of the names: the Ministry of Land's list of legal districts. People leave out the endings and the spaces:
`서울 강남`, `경기도성남시분당구`.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from scanner.recognizers.gazetteer import listed, word_set

SHORT = listed("서울 부산 대구 인천 광주 대전 울산 세종 경기 강원 충북 충남 전북 전남 경북 경남 제주")
_ENDINGS = ("", "시", "도", "특별시", "광역시", "특별자치시", "특별자치도")
_FULL = listed("충청북도 충청남도 전라북도 전라남도 경상북도 경상남도")
PROVINCES = frozenset([*_FULL, *(name + ending for name in SHORT for ending in _ENDINGS)])
_PROVINCE, _DISTRICT, _STEM, _TOWNSHIP = 1, 2, 3, 4
_LONGEST = 7


class Places(NamedTuple):
    """Where the places before a road or town begin, and which there are. No place is known if neither is true."""

    start: int
    province: bool
    district: bool

    @property
    def known(self) -> bool:
        """Whether there is any."""
        return self.province or self.district


@cache
def _kinds() -> dict[str, int]:
    """Each name and what it is; a district without its ending is known by the rest."""
    districts = word_set("kr-districts")
    kinds = {name[:-1]: _STEM for name in districts if len(name) > 2}
    kinds |= {name: _TOWNSHIP for name in word_set("kr-towns") if name[-1] in "읍면"}
    return kinds | dict.fromkeys(PROVINCES, _PROVINCE) | dict.fromkeys(districts, _DISTRICT)


def places_before(text: str, end: int) -> Places:
    """Return the places that stand in `text` right before `end`, each smaller than the one before it."""
    found = Places(end, province=False, district=False)
    last = _TOWNSHIP + 1
    at = end
    while word := _place(text, at - (text[at - 1 : at] in (" ", ",")) - (text[at - 2 : at] == ", "), last):
        at, kind = word
        last = kind if kind in (_PROVINCE, _TOWNSHIP) else _STEM
        district = found.district or kind in (_DISTRICT, _STEM)
        found = Places(at, found.province or kind == _PROVINCE, district)
        if kind == _PROVINCE:
            break
    return found


def _place(text: str, end: int, last: int) -> tuple[int, int] | None:
    """The longest place that ends at `end` and may contain one of the kind `last`: its start and kind."""
    for size in range(min(_LONGEST, end), 1, -1):
        kind = _kinds().get(text[end - size : end])
        if kind is not None and (kind < last or kind == last == _STEM or (kind == _DISTRICT and last == _STEM)):
            return end - size, kind
    return None
