"""Codes of shared entrances in delivery notes, where the entrance and the code stand apart within one clause.

Notes that name the code directly before it (`공동현관 비밀번호 1234`) are the matter of rules; here the verb decides:
to press, to dial, to enter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

from scanner.recognizers.gazetteer import Gazetteer
from scanner.recognizers.spans import Span, best, lazy

MARKED, PLAIN = 0.75, 0.65


class _Language(NamedTuple):
    places: str
    actions: str
    gap: int


LANGUAGES = {
    "ko": _Language(
        "공동현관|현관|출입문|출입구|정문|후문|게이트|대문|로비|건물 입구|1층 입구|무인택배함|주차장 입구",
        "누르|누른|눌러|입력|치고|치시|쳐|비번|비밀번호|호출|찍고|열고|열어",
        24,
    ),
    "zh": _Language(
        "楼下|大门|门禁|单元门|入户门|铁门|小区门|大堂门|楼道门|樓下|大門|門禁|鐵門",
        "请按|先按|按|输入|密码|請按|輸入|密碼",
        16,
    ),
    "ja": _Language("オートロック|玄関|エントランス|入口|入り口|門扉|宅配ボックス", "押|入力|暗証|番号|解錠|解除", 20),
    "vi": _Language(
        "cổng|cửa|sảnh|tòa nhà|thang máy|cong chinh|cua chinh", "bấm|nhấn|nhập|mật khẩu|mã|bam|nhan|nhap", 28
    ),
    "en": _Language(
        "gate|front door|main door|entrance|lobby|building door|keypad|intercom|buzzer|vestibule|garage",
        "press|dial|enter|punch in|type|key in|use code|buzz",
        32,
    ),
    "ar": _Language("باب المبنى|الباب|البوابة|المدخل", "اضغط|أدخل|ادخل|الرمز|رمز", 28),
}
DIGITS = "[0-9]층 입구"  # one of the places is that of the first floor
_UNITS = (
    "동|호|층|원|개|번지|번길|년|월|일|시|분|초|명|번 출구|号|號|室|栋|棟|楼|樓|层|層|单元|元|块|年|月|日|点|點|分|件"
    "|個|个|円|時|階|đ|vnd|k |phòng|tầng|am|pm|st|nd|rd|th|km|m |kg|%|usd|usb|hours|minutes|people|items"
)
# bare digits beside others are a piece of a longer number
_CODE = (
    rf"(?P<code>(?<![0-9A-Za-z#*])(?:[#*]{{1,2}}|(?<![0-9][-.:/, ]))[0-9]{{3,8}}[#*]{{0,2}})(?![0-9A-Za-z#*]"
    rf"|[-.:/,][0-9]| [0-9]{{2}}| ?(?:{_UNITS}))"
)
_CLAUSE = r"[^\n.!?;,。！？；，]"
# other things that are pressed or entered
_OTHER = lazy(
    r"인증|로그인|계정|카드|결제|앱|전화|문의|회원|verif|reset|login|log in|account|otp|password|phone"
    r"|call|card|menu|extension"
    r"|验证|驗證|登录|登錄|账号|手机|電話|电话|支付|認証コード|ログイン|đăng nhập|xác minh|tài khoản",
    re.IGNORECASE,
)
_PLACES = Gazetteer(
    more=[
        form
        for language in LANGUAGES.values()
        for word in language.places.split("|")
        for form in (word, word.capitalize())
    ],
    ignore_case=True,
)


def _patterns(language: _Language) -> tuple[re.Pattern[str], ...]:
    """Place, code, action; place, action, code; action (or code) first, then the place."""
    place, action, gap = f"(?:{language.places})", f"(?:{language.actions})", f"{_CLAUSE}{{0,{language.gap}}}?"
    near = f"{_CLAUSE}{{0,8}}?"
    orders = (
        f"{place}{gap}{_CODE}{near}{action}",
        f"{place}{gap}{action}{near}{_CODE}",
        f"{action}{near}{_CODE}{gap}{place}",
        f"{_CODE}{near}{action}{gap}{place}",
    )
    return tuple(re.compile(order, re.IGNORECASE) for order in orders)


@cache
def _all() -> list[tuple[re.Pattern[str], re.Pattern[str], tuple[re.Pattern[str], ...]]]:
    """Of each language its places, its actions, both of which a line needs, and the patterns."""
    words = ((language.places, language.actions, _patterns(language)) for language in LANGUAGES.values())
    return [(re.compile(place, re.I), re.compile(action, re.I), patterns) for place, action, patterns in words]


def find(text: str) -> list[Span]:
    """Return the door codes of `text`."""
    return best(span for line in _PLACES.lines(text) for span in _in_line(text, line))


def _in_line(text: str, line: tuple[int, int]) -> Iterator[Span]:
    written = (
        patterns for place, action, patterns in _all() if place.search(text, *line) and action.search(text, *line)
    )
    for pattern in chain.from_iterable(written):
        for match in pattern.finditer(text, *line):
            around = text[max(line[0], match.start() - 12) : min(line[1], match.end() + 12)]
            if not _OTHER.search(around):
                marked = not match["code"].isdigit()
                yield Span(*match.span("code"), MARKED if marked else PLAIN, "an entrance, a code and how to enter it")
