"""Chinese names in text, Simplified and Traditional: labelled, titled, in delivery lines, in running text."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from scanner.recognizers.clues import Clue, clue, follow
from scanner.recognizers.gazetteer import Gazetteer, listed
from scanner.recognizers.labels import Trust
from scanner.recognizers.spans import Span, clear
from scanner.recognizers.zh import delivery, prose
from scanner.recognizers.zh.lattice import known_words
from scanner.recognizers.zh.people import likelihood, surnames, usual_surnames
from scanner.recognizers.zh.places import PROVINCES
from scanner.recognizers.zh.script import plain

CUES = listed(
    """收件人 收货人 收貨人 收件者 寄件人 寄件者 发件人 發件人 发货人 联系人 聯絡人 聯繫人 联络人 姓名 真实姓名
    真實姓名 客户姓名 持卡人 开户人 户名 戶名 订购人 訂購人 取件人 收款人 名字"""
)
TITLES = listed("先生 小姐 女士 老师 同学 阿姨 师傅")
_TITLE = "|".join(TITLES)
# what follows a name without a space between
_AFTER = rf"手机|电话|联系|所在|地址|详细|身份|收货|{_TITLE}|收|{'|'.join(PROVINCES)}"
NOMINATE = ("[一-龥]{2}|[一-龥][A-Za-z]",)
_LABELS = Gazetteer(more=CUES)
_TITLED = Gazetteer(more=TITLES)
_NOT_AT_END = "省市区县路某"  # places, and what stands for the rest of a name
# the odds (10 * log2) that a string needs to be a name after a label of things too, of people, of people in Chinese
_LEAST = {Trust.BARE: 25, Trust.SURE: -60, Trust.OWN: -110}


@cache
def _name() -> str:
    given = rf"(?:(?!某)[一-龥]{{1,2}}?(?={_AFTER}|[^一-龥]|$)|{delivery.LETTERS}(?![A-Za-z]))"
    family = "|".join(sorted(surnames(), key=len, reverse=True))
    return rf"(?P<name>(?:{family}){given})"


@cache
def _clues() -> tuple[Clue, ...]:
    label = "|".join(CUES)
    titled = rf"(?P<name>(?:{'|'.join(usual_surnames())})(?:{_TITLE}))(?!们)"
    return (
        clue(_LABELS, rf"(?:{label})(?:是|为)?[ \t]?{_name()}", 0.65, "a Chinese name after a label without a colon"),
        clue(
            _TITLED, rf"(?:(?<![一-龥])|(?<=[收给找叫跟和请问是])){titled}", 0.6, "a Chinese family name with a title"
        ),
    )


def find(text: str) -> list[Span]:
    """Return the Chinese names of `text`."""
    simple = plain(text)
    clued = (span for span in follow(_clues(), simple) if _may_stand(simple[span.start : span.end]))
    found = [
        *clued,
        *delivery.find(text),
        *_outside(prose.find(simple), delivery.addresses_of(text)),
    ]
    return clear(text, (span for span in found if text[span.end - 1] not in _NOT_AT_END))


def _may_stand(name: str) -> bool:
    """Whether what stands beside a label or a title may be a name there: no word, nor more than one."""
    if name in known_words():
        return False
    return name.endswith(tuple(TITLES)) or not _is_written_out(name) or likelihood(name) >= _LEAST[Trust.SURE]


def _outside(names: Iterable[Span], addresses: Sequence[Span]) -> Iterator[Span]:
    """The names that are no part of an address; both are in the order of the text or nearly so."""
    starts = [address.start for address in addresses]
    for name in names:
        before = bisect(starts, name.end - 1) - 1
        if before < 0 or addresses[before].end <= name.start:
            yield name


@cache
def _labelled() -> re.Pattern[str]:
    return re.compile(_name())


def after_label(text: str, at: int, trust: Trust) -> int | None:
    """See `labels.AfterLabel`. After a bare label a string is needed that is a name rather than words."""
    simple = plain(text)
    match = _labelled().match(simple, at)
    if match is None:
        size = prose.name_at_start(simple, at) if trust > Trust.BARE else 0
        return at + size if size else None
    name = match["name"]
    if name[-1] in _NOT_AT_END or (_is_written_out(name) and likelihood(name) < _LEAST[trust]):
        return None
    return match.end() if _is_written_out(name) or trust > Trust.BARE else None


def _is_written_out(name: str) -> bool:
    """Whether a name is written out, in Chinese characters."""
    return not name.isascii() and "某" not in name and not name[-1].isascii()
