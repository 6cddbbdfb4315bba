"""The places that Chinese addresses begin with: provinces, cities, districts, towns, in full and as they are shortened.

Everything here is in Simplified characters.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from scanner.recognizers.gazetteer import Gazetteer, listed, word_set, words
from scanner.recognizers.spans import lazy
from scanner.recognizers.zh.script import plain

PROVINCES = listed(
    """北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川
    贵州 云南 陕西 甘肃 青海 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 台湾"""
)
_LEVELS = ("省", "市", "自治区", "壮族自治区", "回族自治区", "维吾尔自治区", "特别行政区")
_NATION = listed("中国 中华人民共和国")
# what forms put where a district is missing
_GENERIC = listed("市辖区 省直辖县级行政区划 自治区直辖县级行政区划 省直辖 县")
_SHORTENED = lazy("(?:地区|新区|林区|[市区县盟旗]|[一-龥]{0,8}族自治[州县])$")
_MOST = 9
# what a name is part of, rather than a shortened place
_LONGER = lazy(
    "[路街道巷弄里镇乡村]|[东南西北中一二三四][路街]|大道|公寓|大厦|广场|花园|小区|新村|大学|医院|酒店|宾馆|中心|社区|苑|园"
)
_GAP = lazy("[ 　,，/、-]{0,3}")


class Chain(NamedTuple):
    """Places that follow one another: where they end, how many of them differ, and whether one is written in full."""

    end: int
    found: int
    full: bool


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    """The names in full, and shortened ones."""
    provinces = frozenset(name + level for name in PROVINCES for level in _LEVELS)
    taiwan = frozenset(map(plain, words("tw-places")))
    full = provinces | word_set("cn-cities", "cn-districts", "hk-places", "mo-places") | taiwan
    short = {_SHORTENED.sub("", name) for name in full}
    return full, frozenset(PROVINCES) | {name for name in short if len(name) > 1}


@cache
def anchors() -> Gazetteer:
    """Finds what an address may begin with: places in full, provinces and cities also shortened."""
    cities = {_SHORTENED.sub("", name) for name in words("cn-cities")}
    return Gazetteer(more=(*_names()[0], *PROVINCES, *(name for name in cities if len(name) > 1), *_NATION))


@cache
def _parts() -> frozenset[str]:
    full, short = _names()
    return full | short | word_set("cn-towns") | frozenset(_NATION) | frozenset(_GENERIC)


def chain(text: str, start: int) -> Chain:
    """The places that follow one another from `start` on; a nation before them belongs to them, but does not count."""
    short = _names()[1]
    found: set[str] = set()
    end, whole = start, False
    for _ in range(_MOST):
        begin = gap.end() if (gap := _GAP.match(text, end)) and end > start else end
        name = _longest(text, begin)
        if not name or (name in short and _LONGER.match(text, begin + len(name))):
            break
        end = begin + len(name)
        if name not in _NATION and name not in _GENERIC:
            found.add(_SHORTENED.sub("", name))
            whole = whole or name not in short
    return Chain(end, len(found), whole)


def is_place(text: str, at: int) -> bool:
    """Whether a place begins at `at` in a text."""
    return bool(_longest(text, at))


def _longest(text: str, start: int) -> str:
    known = _parts()
    sizes = range(_reach().get(text[start : start + 2], 1), 0, -1)
    return next((name for size in sizes if (name := text[start : start + size]) in known), "")


@cache
def _reach() -> dict[str, int]:
    """The size of the longest place that begins with each two characters."""
    return {name[:2]: len(name) for name in sorted(_parts(), key=len)}
