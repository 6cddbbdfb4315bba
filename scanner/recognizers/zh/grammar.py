"""What follows the places of a Chinese address, as regexes: roads, sites, numbered pieces, directions, rooms.

All texts are in Simplified characters. A piece is a name that ends with what it is (路, 大厦), a number with its unit
(12号, 3单元), or a direction from them (交叉口南30米).
"""

from __future__ import annotations

from typing import NamedTuple

from scanner.recognizers.spans import lazy
from scanner.recognizers.zh.people import is_likely

PHONE = (
    r"(?:(?:\+?86[ -]?)?1[3-9][0-9][ -]?[0-9*]{4}[ -]?[0-9]{4}|0[0-9]{2,3}[- ]?[0-9]{3,4}[- ]?[0-9]{4}"
    r"|09[0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{3}|0[2-8][ -]?[0-9]{3,4}[ -]?[0-9]{4})(?![0-9])"
)
# characters of running text, which stand in no address
_PROSE = "的了是在被这那你您我他她们今昨每也就不没有请送给把买寄拿取从及或并但已很吗呢啊哦呀么到等去"
_HAN = f"(?![{_PROSE}])[一-龥]"
_CHARACTER = rf"(?:{_HAN}|[A-Za-z·]|[0-9](?![0-9]{{0,4}}[号栋幢座楼层单室弄巷组户房]|[0-9]{{5}}))"
_NAME = rf"(?:{_CHARACTER}){{1,12}}?"
_ROAD = "大道|公路|大街|前地|胡同|路|街道|街|道|巷|弄|里(?=[0-9 ,]|$)|镇|乡|村委会|村|屯|庄|寨|大马路"
_HOME = "社区|小区|新村|花园|家园|公寓|大厦|大楼|楼|苑|园区|园|广场|宿舍|校区|华庭|豪庭|别墅|邨|农场"
_AREA = "工业区|开发区|高新区|新区|区|县|旗"
_SITE = (
    "大学|学院|学校|中学|小学|幼儿园|医院|酒店|宾馆|超市|商场|市场|商城|中心|驿站|快递柜|自提柜|丰巢柜|丰巢|代收点"
    "|底商|收发室|传达室|门卫室|保安[室亭]|营业部|营业厅|银行|网吧|公司|工厂|厂|店|院|局|所|处|站|桥|湾|码头|物流园|仓库|仓|基地|门|大队|营|机关|铺|馆|学堂|书院|城"
)
_NUMBER = (
    r"(?:[0-9]{1,6}(?:[-~－—/][0-9A-Za-z]{1,5}){0,3}[A-Za-z]?|[A-Za-z]{1,2}[0-9-]{0,5}|[xX]{2}-?[xX]{0,2}"
    "|[一二三四五六七八九十百零〇]{1,4}|[甲乙丙丁东南西北中])"
)
_UNIT = (
    "号楼|号院|号室|号库|号门|号|栋|幢|座|字楼|楼|层|单元|室|弄|巷|组|户|房|期|队|排|铺|段|街坊|馆|塔|舍|米|出口|口"
    "|(?<=[0-9])[Ff](?![A-Za-z])"
)
_STRONG = "号楼|号院|号室|号|栋|幢|座|单元|室|弄|房|户|组|队|舍|出口|口|字楼|楼|米|(?<=[0-9])[Ff](?![A-Za-z])"
_TWEEN = "(?:之[0-9一二三四五六七八九十]{1,2})?"
_SIDE = "[东南西北]{1,2}"
_WHERE = (
    "(?:交叉路?口|交汇处|交界处|十字路口|丁字路口|路口|斜?对面|对过|旁边|旁|附近|隔壁|门口|楼下|院内|后面|前面"
    "|底商|门面房?|门市房?|门脸房?|收发室|传达室|门卫室?|保安[室亭]|前台|地下室|车库"
    f"|{_SIDE}侧|{_SIDE}门|[内旁])"
)
_ALIKE = "(?![线令文召码次届期年月日元块个件分])"
_KINDS = (
    ("number", rf"(?:(?<![0-9A-Za-z])(?!{PHONE}){_NUMBER}[ ]?(?:{_UNIT}){_ALIKE}{_TWEEN})"),
    ("far", rf"(?:[往向]?{_SIDE}(?:侧|方向|边|面)?约?[0-9]{{1,5}}(?:米|公里|千米))"),
    ("where", rf"(?:与{_NAME}(?:大道|路|街|道|巷)(?:交叉路?口|交汇处|交界处|口)?|{_WHERE})"),
    (
        "room",
        rf"(?:(?<![0-9])(?!{PHONE})[0-9A-Za-z]{{1,4}}(?:[-－—][0-9A-Za-z]{{1,5}}){{1,3}}(?![0-9-])"
        "|#[0-9]{1,5}|[0-9]{1,5}#"
        rf"|(?<=[栋幢座楼元号塔厦])[ ]?(?!{PHONE})[0-9]{{3,4}}(?![0-9年])"
        "|(?<=[栋幢座楼层])[ ]?[A-Z]室?(?![0-9A-Za-z]))",
    ),
    ("inside", r"(?:[(（][^()（）\n]{1,24}[)）])"),
    (
        "road",
        rf"(?:{_NAME}(?:{_ROAD})(?![路街道村镇乡])"
        rf"(?:{_SIDE}?[东南西北中一二三四五六七八九十]段|[东南西北中](?=[0-9 ]))?)",
    ),
    ("home", rf"(?:{_NAME}(?:{_HOME}))"),
    ("area", rf"(?:{_NAME}(?:{_AREA}))"),
    ("site", rf"(?:{_NAME}(?:{_SITE})(?!密码|号码|禁))"),
    (
        "other",
        rf"(?:(?:{_HAN}){{1,8}}(?=[0-9]{{1,5}}(?:号|栋|幢|座|楼|层|单元|室|弄|-[0-9])|[ ]{_NAME}(?:{_ROAD}|{_HOME})))",
    ),
)
_GAP = r"[ 　]{0,4}[,，、.。/|-]?[ 　]{0,2}"
_PIECE = lazy(rf"(?P<gap>{_GAP})(?:{'|'.join(f'(?P<{kind}>{regex})' for kind, regex in _KINDS)})")
_STRONG_END = lazy(rf"(?:{_STRONG}){_TWEEN}$")
# a room number that a telephone number is glued to
ROOM_BEFORE_PHONE = lazy(rf"[0-9]{{3,4}}(?={PHONE})")
POSTCODE = lazy(r"[ ,，]{0,2}(?:邮编|邮政编码)?[:： ]{0,2}[0-9]{6}(?![0-9])")
REST = lazy(rf"(?:{_HAN}|[A-Za-z]){{1,12}}")
ROAD_NUMBER = lazy(
    r"(?:大道|[路街道巷弄里])(?:[东南西北中一二三四五六七八九十]{0,2}段)?[ ]?[0-9]{1,5}(?:-[0-9]{1,4})?"
    "[ ]?[号弄巷](?![线令文召码])"
)
_MOST = 16
# what couriers are asked to do ends like a site: 麻烦放门口
ASKED = lazy("麻烦|帮忙|劳驾|务必|尽量|直接|提前|电联|备注|谢谢|(?<![解开])放|丢|存|搁")
# where the next address begins: a province and what lies in it, or a city that is one
_PROVINCE = lazy(
    "[一-龥]{2}(?:省|自治区)[ ]?(?:[一-龥]{2,8}?[市盟州县区]|石家庄)"
    "|(?:北京|上海|天津|重庆)市[ ]?(?:[一-龥]{2}市)?[一-龥]{2,4}区"
)
# 10 * log2 of the odds from which on a short piece is the name of a person
_NAME_ODDS = 30


class Pieces(NamedTuple):
    """Where the pieces of an address end, and how many of each kind there are."""

    end: int
    numbers: int
    roads: int
    areas: int
    sites: int


def pieces(text: str, start: int) -> Pieces:
    """Read the pieces of an address from `start` on, as many as there are."""
    end, kinds = start, []
    for _ in range(_MOST):
        match = _PIECE.match(text, end)
        if match is None:
            break
        kind = str(match.lastgroup)
        if _is_no_piece(kind, match["gap"], match[kind]):
            break
        kinds.append("weak" if kind == "number" and not _STRONG_END.search(match.group()) else kind)
        end = match.end()
    numbers = sum(map(kinds.count, ("number", "room", "far")))
    return Pieces(end, numbers, kinds.count("road") + kinds.count("home"), kinds.count("area"), kinds.count("site"))


def _is_no_piece(kind: str, gap: str, piece: str) -> bool:
    """Whether what looks like a piece is a name, as in 赵子园, or stands behind a comma as running text does."""
    if kind in ("where", "site") and set(gap) & set(",，。"):
        return True
    if (kind in ("where", "site") and ASKED.search(piece)) or _PROVINCE.search(piece):
        return True
    return kind in ("home", "site", "other") and is_likely(piece, _NAME_ODDS)
