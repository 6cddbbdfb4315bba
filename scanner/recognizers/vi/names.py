"""Vietnamese names in text: after a label, after a title, or a family name with more capitalised syllables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from scanner.recognizers.gazetteer import Gazetteer, alternation, word_set
from scanner.recognizers.labels import Trust
from scanner.recognizers.spans import Span, clear, lazy
from scanner.recognizers.vi.addresses import LOWER, UPPER, forms, plain

CUES = (
    *(
        "người nhận",
        "tên người nhận",
        "người gửi",
        "tên người gửi",
        "họ và tên",
        "họ tên",
        "tên khách hàng",
        "tên khách",
    ),
    *("khách hàng", "người mua", "chủ tài khoản", "người liên hệ", "tên bệnh nhân", "tên"),
)
_SYLLABLE = f"(?:[{UPPER}][{LOWER}]{{1,6}}|[{UPPER}]{{1,7}})(?![{UPPER}{LOWER}])"
_LABELLED = lazy(rf"(?P<first>{_SYLLABLE})(?: {_SYLLABLE}){{1,4}}")
LABELS = tuple(form for cue in CUES for form in forms(cue))
NOMINATE = (rf"(?:{alternation('vi-surnames')}) [{UPPER}]",)
_SURNAMES = Gazetteer("vi-surnames", suffix=" ")
_TITLE = lazy(r"(?<![a-z])(?:nguoi nhan|ong|ba|anh|chi|co|chu|em|ban) \Z")
# streets, schools and the like are named after people
_NAMED_AFTER = lazy(
    r"(?:[0-9][0-9a-z/]*,?|duong|pho|ngo|hem|truong|phuong|quan|xa|huyen|cau|cho|vien|tuong|thpt|thcs"
    r"|giai|dai lo|khu|toa"
    r"|tinh|tp\.?|kenh|ben|nha hat|cong ty|thanh pho) \Z"
)


@cache
def _full_name() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation('vi-surnames')})(?: {_SYLLABLE}){{1,4}}")


def find(text: str) -> list[Span]:
    """Return the Vietnamese names of `text`."""
    return clear(text, _with_surname(text))


def after_label(text: str, at: int, trust: Trust) -> int | None:
    """See `labels.AfterLabel`. After labels of other languages a known family name is needed."""
    match = _LABELLED.match(text, at)
    known = match and (trust == Trust.OWN or match["first"].capitalize() in _surnames())
    return match.end() if match and known else None


@cache
def _surnames() -> frozenset[str]:
    """Family names with diacritics and without."""
    return frozenset(form for word in word_set("vi-surnames") for form in (word, plain(word)))


def _with_surname(text: str) -> Iterator[Span]:
    done = 0
    for start in _SURNAMES.starts(text):
        match = _full_name().match(text, start) if start >= done and not text[start - 1 : start].isalpha() else None
        if match and not match.group().isascii():
            done = match.end()
            yield from _judge(match, plain(text[max(0, start - 12) : start]).lower())


def _judge(match: re.Match[str], before: str) -> Iterator[Span]:
    """A title, or three syllables that do not name a street."""
    if _TITLE.search(before):
        yield Span(*match.span(), 0.6, "a Vietnamese name after a title")
    elif match.group().count(" ") >= 2 and not _NAMED_AFTER.search(before):
        yield Span(*match.span(), 0.55, "a Vietnamese family name and given names")
