"""Chinese addresses, Simplified and Traditional: from the large to the small, written without spaces or with them.

Order (GB/T 23705, Chunghwa Post): province, city, district, street or village, road, lane, number, building, unit,
floor, room. An address begins at a known place and ends with the last number that carries such a suffix.
"""

from __future__ import annotations

import re

from scanner.recognizers.gazetteer import Gazetteer, listed
from scanner.recognizers.spans import Span

PROVINCES = listed(
    """北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南
    广东 海南 四川 贵州 云南 陕西 甘肃 青海 内蒙古 广西 西藏 宁夏 新疆 香港 九龍 新界 澳門 台灣 臺灣"""
)
PROVINCE = rf"(?:{'|'.join(PROVINCES)})"
_PLACES = Gazetteer("cn-cities", "cn-districts", "tw-places", more=tuple(PROVINCES))

_GAP = r"[ ,，]{0,3}"
_REGION = rf"(?:[一-龥]{{1,9}}?(?:省|市|自治区|自治州|地区|区|县|州|盟|旗|區|縣|鄉){_GAP})"
# characters of prose that stand in no address, and a mobile number, end it
_FILL = r"(?:(?![的了是在被将這这那你我他她们們今昨第]|[0-9]月|1[3-9][0-9]{9})[一-龥A-Za-z0-9·#()（）、-])"
_NUMERAL = (
    r"(?:[0-9]{1,6}(?:-[0-9A-Za-z]{1,6}){0,3}|(?<![A-Za-z])[A-Za-z]{1,2}[0-9]{0,5}|[一二三四五六七八九十百]{1,4})"
)
_NUMBERED = (
    rf"{_NUMERAL} ?(?:号楼|号院|号|號|栋|棟|幢|座|楼|樓|层|層|单元|單元|室|弄|巷|组|組|户|戶|房|期|[Ff]"
    rf"(?![A-Za-z]))(?![线線召码碼])"
)
_NAMED = r"(?:街道|大道|路|街|道|巷|段|镇|鎮|乡|鄉|村|里|邨|小区|社区|花园|公寓|大厦|广场|新村|家园|苑)"
_TAIL = r"(?:之[0-9一二三四五六七八九十]{1,2})?"
_ADDRESS = re.compile(
    rf"(?>{_REGION}{{0,4}})(?:{_GAP}{_FILL}{{0,24}}?(?:{_NUMBERED}|{_NAMED}"
    rf"(?![一-龥]{{0,2}}[的了是在]))){{1,8}}{_TAIL}"
)
_NUMBER_INSIDE = re.compile(_NUMBERED)
_REGION_INSIDE = re.compile(r"[一-龥](?:省|市|区|县|州|盟|旗|區|縣)")

NOMINATE = (
    f"(?:[省市区县旗州區縣鄉鎮港龍界盟岛島嶼]|新城|委员会|{PROVINCE}).+"
    "[号號栋棟幢座楼樓层層元室弄巷組组户戶房期Ff路街道段镇鎮乡鄉村里邨区苑厦园场寓]",
)


def find(text: str) -> list[Span]:
    """Return the Chinese addresses of `text`."""
    spans: list[Span] = []
    done = 0
    for start in _PLACES.starts(text):
        match = _ADDRESS.match(text, start) if start >= done else None
        if match and (score := _score(match.group())):
            done = match.end()
            spans.append(Span(start, done, score, "a Chinese place, then a street, number, building or room"))
    return spans


def _score(address: str) -> float:
    regions = len(_REGION_INSIDE.findall(address))
    if _NUMBER_INSIDE.search(address):
        return 0.75 if regions else 0.6
    return 0.55 if regions >= 2 else 0.0
