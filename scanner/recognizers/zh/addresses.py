"""Chinese addresses, Simplified and Traditional: from the large to the small, written without spaces or with them.

Order (GB/T 23705, Chunghwa Post): province, city, district, street or village, road, lane, number, building, unit,
floor, room. An address begins at a known place, or at a road with a number, and ends with the last piece that is of an
address, before the name or the telephone number that may be glued to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.recognizers.byline import ByLine
from scanner.recognizers.spans import Span, best, lazy
from scanner.recognizers.zh import places
from scanner.recognizers.zh.grammar import ASKED, PHONE, POSTCODE, REST, ROAD_NUMBER, ROOM_BEFORE_PHONE, Pieces, pieces
from scanner.recognizers.zh.lattice import known_words
from scanner.recognizers.zh.people import is_alone
from scanner.recognizers.zh.prose import is_name, name_at_end, name_at_start
from scanner.recognizers.zh.script import plain

_HANT = "縣區鄉鎮號棟樓層單戶"
NOMINATE = (
    f"[省市区县旗州盟岛镇乡村路街道巷弄里港龙湾{_HANT}]|{'|'.join(places.PROVINCES)}",
    "[0-9０-９一二三四五六七八九十A-Za-z][ ]?[号栋幢座楼层单室弄巷组户房期队段米之號棟樓層單戶]"
    "|[路街道巷弄里镇乡村庄屯寨苑区厦园场寓城庭院鎮鄉莊區廈園場县縣旗会會舍墅邨楼樓学學店市心站柜点點部厅廳行吧司厂廠局所处處桥橋]"
    "|[湾灣头頭库庫仓倉地门門队隊营營关關铺鋪馆館堂]|[0-9０-９*]{3}[- ]?[0-9０-９]{4}",
)
# telephone numbers, also those beside names
DIGITS = "[0-9]{2,}[- ]?[0-9*]{3,4}[- ]?[0-9]{3}"

_STOP = lazy("[ \\t,，;；、。.|/\\n\"'}<>】)）]|$")
_BOUND_BEFORE = lazy("(?:^|[ \\t,，;；、:：|/\\n\"'{<>【(（0-9A-Za-z*]|地址|住址|寄到|送到|收|位于|住在)\\Z")
_BACK = lazy(r"[一-龥]{1,8}\Z")
_CODE_BEFORE = lazy(r"(?<![0-9A-Za-z.+-])(?<![0-9] )(?:[0-9]{3}|[0-9]{5,6}) ?\Z")


_PHONE_NEAR = lazy(PHONE)
_NEAR = 24
# a district behind a city that is no Chinese one, and units of Japanese addresses
_OF_CITIES, _JAPANESE = ("市", "県", "府"), lazy("町|丁目|番地")
# the longest last piece that does not say what it is, and the longest road
_UNNAMED, _ROAD_NAME = 8, 6
# a word that occurs more often than this (10 * log2) names no place
_COMMON = 105
# with what houses, rooms and their numbers end
_NUMBERED = "号室栋幢座层楼组户房米0123456789"
# with what words for people end, who stand behind a place: 代理商
_ROLES = "商部员人理服任组群长师"


def find(text: str) -> list[Span]:
    """Return the Chinese addresses of `text`."""
    return _by_line(text)


_by_line = ByLine(lambda text: best(_all(plain(text))))  # names are looked for beside them


def _all(text: str) -> Iterator[Span]:
    done = 0
    for start in places.anchors().starts(text):
        if start < done:
            continue
        chain = places.chain(text, start)
        parts = pieces(text, chain.end)
        end = _end(text, parts)
        if score := _score(text, start, end, chain, parts):
            done = _with_code_after(text, end)
            yield Span(_with_code(text, start), done, score, "Chinese places, then a street, number, building or room")
        else:
            done = chain.end
    yield from _roads(text)


def _score(text: str, start: int, end: int, chain: places.Chain, parts: Pieces) -> float:
    """What speaks for an address: the more places and pieces, the better; without a number it stands by itself."""
    if text[start - 1 : start] in _OF_CITIES or _JAPANESE.search(text, start, end):
        return 0.0
    regions = chain.found + parts.areas
    if parts.numbers and (parts.roads or parts.sites or regions > 1):
        if regions > 1 or (chain.full and parts.roads):
            return 0.75
        return 0.6 if chain.full or _is_bounded(text, start, end) else 0.0
    if not (chain.full and _is_bounded(text, start, end)):
        return 0.0
    if regions > 1 and parts.roads:
        return 0.6 if regions > 2 else 0.55
    if regions > 2 and parts.sites:
        return 0.55
    # what stands behind the places is a piece too, though it does not say which
    wanted = regions + parts.roads + parts.sites + (end > parts.end)
    return 0.55 if wanted > 2 and _beside_phone(text, start, end) else 0.0


def _is_bounded(text: str, start: int, end: int) -> bool:
    """Whether neither side of a piece of text is a part of running text."""
    return _begins_at(text, start) and _ends_at(text, end)


def _begins_at(text: str, start: int) -> bool:
    return bool(_BOUND_BEFORE.search(text, max(0, start - 8), start))


def _ends_at(text: str, end: int) -> bool:
    return bool(_STOP.match(text, end) or _PHONE_NEAR.match(text, end) or name_at_start(text, end))


def _beside_phone(text: str, start: int, end: int) -> bool:
    before = text[max(text.rfind("\n", 0, start) + 1, start - _NEAR) : start]
    after = text[end : end + _NEAR].split("\n", 1)[0]
    return bool(_PHONE_NEAR.search(before) or _PHONE_NEAR.search(after))


def _end(text: str, parts: Pieces) -> int:
    """Where an address ends whose last piece may be followed by one that does not say what it is, or by a name."""
    if room := ROOM_BEFORE_PHONE.match(text, parts.end):
        return room.end()
    rest = REST.match(text, parts.end)
    if rest is None or not (_STOP.match(text, rest.end()) or _PHONE_NEAR.match(text, rest.end())):
        return parts.end
    if text[parts.end - 1] in _NUMBERED and is_alone(rest.group()) and _PHONE_NEAR.match(text, rest.end()):
        return parts.end
    name = name_at_end(rest.group())
    left = rest.group()[: len(rest.group()) - name]
    if (
        ASKED.search(left)
        or left[-1:] in _ROLES
        or not 1 < len(left) <= _UNNAMED
        or is_name(left)
        or known_words().get(left, 0) > _COMMON
    ):
        return parts.end
    return parts.end + len(left)


def _with_code(text: str, start: int) -> int:
    code = _CODE_BEFORE.search(text, max(0, start - 8), start)
    return code.start() if code else start


def _with_code_after(text: str, end: int) -> int:
    code = POSTCODE.match(text, end)
    return code.end() if code else end


def _roads(text: str) -> Iterator[Span]:
    """Addresses that begin with a road: another number, or a telephone number beside it, makes up for the places."""
    for match in ROAD_NUMBER.finditer(text):
        back = _BACK.search(text, max(0, match.start() - 9), match.start())
        start = back.start() if back else match.start()
        if back is None or match.start() - start > _ROAD_NAME or not _begins_at(text, start):
            continue
        parts = pieces(text, start)
        end = _end(text, parts)
        bounded = parts.numbers and _is_bounded(text, start, end)
        if parts.numbers > 1 or (bounded and _beside_phone(text, start, end)):
            yield Span(start, end, 0.55, "a road with a number, and more of an address")
