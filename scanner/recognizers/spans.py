"""What the language modules return: pieces of a text, with a score and the reason for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, cast

_SIGNS = frozenset("*●○〇◯")
# labels that stand behind a name, of what addresses and orders hold besides
_FIELD_WORDS = (
    r"(?:大[门門]|[门門]禁|[单單]元[门門]?|[楼樓]下)?密[码碼]|[门門]禁|[电電][话話]|地址|住所|番号"
    r"|(?<= )(?:Address|Phone|Tel|Telephone|Mobile|Cell|E-?mail|Note|Memo|Order|주소|연락처|전화번호?|휴대폰|배송지"
    r"|العنوان|الهاتف|الجوال|Địa chỉ|SĐT|ĐT|Điện thoại)(?![^\W\d_])"
)
_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub")


def lazy(regex: str, flags: int = 0) -> re.Pattern[str]:
    """A regex that is compiled when a text first needs it: all of ours take a second, and most runs need few."""
    return cast("re.Pattern[str]", _Lazy(regex, flags))


class _Lazy:
    """Becomes the compiled regex: on first use its methods are set on the instance, so that later calls are direct."""

    def __init__(self, regex: str, flags: int) -> None:
        self.pattern, self.flags = regex, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(self, name)


_FIELD = lazy(_FIELD_WORDS)


class Span(NamedTuple):
    """A half-open piece of a text in code points, a score from 0 to 1, and why it was taken."""

    start: int
    end: int
    score: float
    reason: str


class OfLine:
    """Answers a question about the line in which a place of a text stands, once a line while places ascend."""

    def __init__(self, text: str, ask: Callable[[str], bool]) -> None:
        """`ask` is asked about the line."""
        self._text, self._ask = text, ask
        self._low, self._high, self._answer = 0, -1, False

    def __call__(self, at: int) -> bool:
        """The answer for the line of the place `at`."""
        if not self._low <= at <= self._high:
            self._low, self._high = self._text.rfind("\n", 0, at) + 1, self._text.find("\n", at)
            self._high = len(self._text) if self._high < 0 else self._high
            self._answer = self._ask(self._text[self._low : self._high])
        return self._answer


def around(text: str, start: int, end: int, reach: int) -> str:
    """The piece from `start` to `end` with at most `reach` code points on either side, of its line alone."""
    low = max(0, start - reach, text.rfind("\n", 0, start) + 1)
    high = text.find("\n", end, end + reach)
    return text[low : end + reach if high < 0 else high]


def best(spans: Iterable[Span]) -> list[Span]:
    """Drop spans that overlap a better one (higher score, then longer); the rest in the order of the text."""
    kept: list[Span] = []
    for span in sorted(spans):
        while kept and span.start < kept[-1].end and _rank(span) > _rank(kept[-1]):
            kept.pop()
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def clear(text: str, spans: Iterable[Span]) -> list[Span]:
    """The best of `spans`, names of `text`, without those of which signs stand for the rest: `山田**`.

    A name that has run into the label of the next field ends before it: `Jane Tester Phone: …`.
    """
    cut = (span._replace(end=_before_next_label(text, *span[:2])) for span in spans)
    return best(span for span in cut if span.end > span.start and not _goes_on_masked(text, span))


def _before_next_label(text: str, start: int, end: int) -> int:
    label = _FIELD.search(text, start, end)
    return start + len(text[start : label.start()].rstrip()) if label else end


def _goes_on_masked(text: str, span: Span) -> bool:
    """Whether signs follow, but none stand before: `**Jane Tester**` is in bold type."""
    return text[span.end : span.end + 1] in _SIGNS and text[max(0, span.start - 1) : span.start] not in _SIGNS


def _rank(span: Span) -> tuple[float, int]:
    return span.score, span.end - span.start
