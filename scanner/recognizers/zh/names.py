"""Chinese names in text, Simplified and Traditional: after a label, with a title, or beside a phone or an address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from scanner.recognizers.clues import Clue, clue, follow
from scanner.recognizers.gazetteer import Gazetteer, alternation, listed, word_set
from scanner.recognizers.labels import Trust
from scanner.recognizers.spans import Span, clear
from scanner.recognizers.zh.addresses import PROVINCE, PROVINCES

CUES = listed(
    """收件人 收货人 收貨人 收件者 寄件人 寄件者 发件人 發件人 发货人 联系人 聯絡人 聯繫人 联络人 姓名
    真实姓名 真實姓名 客户姓名 持卡人 开户人 户名 戶名 订购人 訂購人 取件人 收款人 名字"""
)
TITLES = listed("先生 小姐 女士 老师 老師 同学 同學")
_TITLE = "|".join(TITLES)
_MOBILE = re.compile(r"1[3-9][0-9][- ]?[0-9*]{4}[- ]?[0-9]{4}(?![0-9])")
# what follows a name without a space between
_AFTER = rf"手机|手機|电话|電話|联系|聯絡|所在|地址|详细|詳細|身份|收货|收貨|{_TITLE}|收|{PROVINCE}"
ADDRESS_END = "号號室栋棟楼樓元层層房村路街镇鎮乡县區区苑园園城座门門户厦"
NOMINATE = (
    "|".join(
        (
            *CUES,
            f"[一-龥](?:{_TITLE})",
            r"[一-龥A-Za-z][ ,，:：、]{0,4}(?:\+?86[ -]?)?1[3-9][0-9][- ]?[0-9*]{4}",
            "[0-9]{4}[ ,，、]{0,4}[一-龥]{2}",
            f"[{ADDRESS_END}][ ,，]+[一-龥]|[一-龥]{{2}}{PROVINCE}[省市自壮维回]",
        )
    ),
)
_LABELS = Gazetteer(more=CUES)
_TITLED = Gazetteer(more=TITLES)
_ENDS = Gazetteer(more=(end + gap for end in ADDRESS_END for gap in " ,，"))
_BEGINS = Gazetteer(
    more=(place + level for place in PROVINCES for level in ("省", "市", "自治区", "壮族", "维吾尔", "回族"))
)
# the characters that a name and what separates it from a phone number or an address need
_WINDOW = 10
_PLACE_ENDS = "省市区县路"


@cache
def _name() -> str:
    given = rf"(?:[一-龥]{{1,2}}?(?={_AFTER}|[^一-龥]|$)|某{{1,2}}|[A-Za-z]{{1,3}}(?![A-Za-z]))"
    return rf"(?P<name>(?:{alternation('zh-surnames')}){given})"


@cache
def _clues() -> tuple[Clue, ...]:
    label = "|".join(CUES)
    titled = rf"(?P<name>(?:{alternation('zh-surnames')})[一-龥]{{0,2}}?(?:{_TITLE}))"
    return (
        clue(
            _LABELS, rf"(?:{label})(?:是|为|為)?[ \t]?{_name()}", 0.65, "a Chinese name after a label without a colon"
        ),
        clue(
            _ENDS,
            rf"(?<=[{ADDRESS_END}])[ ,，]{{1,8}}{_name()}(?=[ ,，]*(?:$|\n|收))",
            0.6,
            "a Chinese name after an address",
        ),
        clue(_TITLED, rf"(?:(?<![一-龥])|(?<=[收给給找])){titled}(?!们|們)", 0.6, "a Chinese name with a title"),
    )


@cache
def _beside() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Patterns for windows: ending at a mobile number, starting after one, ending at an address."""
    return (
        re.compile(rf"(?:(?<![一-龥A-Za-z])|(?<=[{ADDRESS_END}])){_name()}[ ,，:：、]{{0,4}}(?:\+?86[ -]?)?$"),
        re.compile(rf"[ ,，、]{{0,4}}{_name()}(?=[^一-龥A-Za-z]|$|{PROVINCE})"),
        re.compile(rf"(?:^|(?<=[ ,，;；\t])){_name()}$"),
    )


def find(text: str) -> list[Span]:
    """Return the Chinese names of `text` that something beside them gives away."""
    found = [*follow(_clues(), text), *_beside_mobiles(text), *_before_addresses(text)]
    return clear(text, (span for span in found if text[span.end - 1] not in _PLACE_ENDS))


@cache
def _labelled() -> re.Pattern[str]:
    return re.compile(_name())


def after_label(text: str, at: int, trust: Trust) -> int | None:
    """See `labels.AfterLabel`. After a bare label two characters that are usual in given names are needed."""
    match = _labelled().match(text, at)
    if match is None or text[match.end() - 1] in _PLACE_ENDS:
        return None
    usual = len(match.group()) >= 3 and word_set("zh-given").issuperset(match.group()[-2:])
    return match.end() if usual or trust > Trust.BARE else None


def _beside_mobiles(text: str) -> Iterator[Span]:
    before, after, _ = _beside()
    for mobile in _MOBILE.finditer(text):
        if name := _ending_at(before, text, mobile.start()):
            yield Span(*name, 0.75, "a Chinese name before a mobile number")
        if match := after.match(text, mobile.end(), mobile.end() + _WINDOW):
            yield Span(*match.span("name"), 0.65, "a Chinese name after a mobile number")


def _before_addresses(text: str) -> Iterator[Span]:
    for start in _BEGINS.starts(text):
        if name := _ending_at(_beside()[2], text, start):
            yield Span(*name, 0.65, "a Chinese name before an address")


def _ending_at(pattern: re.Pattern[str], text: str, end: int) -> tuple[int, int] | None:
    """The span of the group `name` of a match that ends at `end`, within the line and the window before it."""
    start = max(text.rfind("\n", max(0, end - _WINDOW), end) + 1, end - _WINDOW, 0)
    match = pattern.search(text[start:end])
    return (start + match.start("name"), start + match.end("name")) if match else None
