"""Names in delivery lines: before or after a telephone number or an address, glued to it or not.

All texts are in Simplified characters, but those whose addresses are sought.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from scanner.recognizers.spans import Span, lazy
from scanner.recognizers.zh import addresses, places
from scanner.recognizers.zh.lattice import known_words
from scanner.recognizers.zh.people import is_alone, is_given, short_name, surnames
from scanner.recognizers.zh.prose import name_at_end, name_at_start
from scanner.recognizers.zh.script import plain

MOBILE = lazy(r"(?<![0-9])(?:1[3-9][0-9][- ]?[0-9*]{4}[- ]?[0-9]{4}|09[0-9]{2}[- ]?[0-9]{3}[- ]?[0-9]{3})(?![0-9])")
_GAP = "[ 　,，:：、;；。\t]{0,6}"
# parts of a name from abroad stand beside a dot
_DOT = "[·•‧・一-龥]"
_BEFORE = lazy(rf"(?<!{_DOT})([一-龥]{{2,12}}){_GAP}(?:\+?86[ -]?)?$")
_AFTER = lazy(rf"{_GAP}([一-龥]{{2,12}})(?!{_DOT})")
# 某 and x stand for what is left out: such a name is masked, not abbreviated
LETTERS = "(?![xX]{1,3}(?![A-Za-z]))[A-Za-z]{1,3}"
_ABBREVIATED_BEFORE = lazy(rf"([一-龥]{{1,2}}{LETTERS}){_GAP}(?:\+?86[ -]?)?$")
_ABBREVIATED_AFTER = lazy(rf"{_GAP}([一-龥]{{1,2}}{LETTERS})(?![A-Za-z一-龥])")
_TOKEN = lazy(r"[^ 　,，:：、;；。\t|\n]+")
_NICKNAME = lazy("[一-龥]{1,4}")
_WINDOW = 20
# 10 * log2 of the odds of a name that fills the room between separators, and of one glued to more
_ALONE, _GLUED = -45, 0
# a word that occurs more often than this (10 * log2) is no nickname
_COMMON = 100
_BLANKS, _ROOM = " 　,，:：、;；。\t", 10
_PLACES = "号號路街道区區县縣市省镇鎮乡鄉村楼樓室栋棟"
# pieces of lines that are no names
_FORM = frozenset(("收", "收货", "收件", "电话", "手机", "地址", "姓名", "谢谢", "转", "寄", "邮编", "你好", "您好"))


def find(text: str) -> Iterator[Span]:
    """Yield the names of `text` beside telephone numbers and addresses."""
    simple = plain(text)
    mobiles = [match.span() for match in MOBILE.finditer(simple)]
    for start, end in mobiles:
        yield from _before(simple, start, 0.75, "a Chinese name before a mobile number")
        yield from _after(simple, end, 0.65, "a Chinese name after a mobile number")
    found = addresses_of(text)
    for address in found:
        yield from _before(simple, address.start, 0.65, "a Chinese name before an address")
        yield from _after(simple, address.end, 0.62, "a Chinese name after an address")
    yield from _amid(simple, [span[:2] for span in found], mobiles)
    yield from _left_over(simple, [span[:2] for span in found], mobiles)


def addresses_of(text: str) -> Sequence[Span]:
    """The addresses of `text`, looked for where a character occurs that hardly any lacks."""
    return addresses.find(text) if any(character in text for character in _PLACES) else ()


def _before(text: str, at: int, score: float, reason: str) -> Iterator[Span]:
    """The name that ends before a position."""
    start = max(text.rfind("\n", 0, at) + 1, at - _WINDOW)
    window = text[start:at]
    if match := _BEFORE.search(window):
        run = _without_receipt(match.group(1))
        size = name_at_end(run, _ALONE if len(run) <= 4 else _GLUED)
        if size:
            end = start + match.start(1) + len(run)
            yield Span(end - size, end, score, reason)
    elif (match := _ABBREVIATED_BEFORE.search(window)) and (size := short_name(match.group(1))):
        yield Span(start + match.end(1) - size, start + match.end(1), score, reason)


def _after(text: str, at: int, score: float, reason: str) -> Iterator[Span]:
    """The name that begins after a position."""
    if match := _AFTER.match(text, at):
        start = match.start(1)
        run = _without_receipt(text[start : _place_in(text, start, match.end(1))])
        size = name_at_start(run, 0, _ALONE if len(run) <= 4 else _GLUED)
        if size:
            yield Span(start, start + size, score, reason)
    elif (match := _ABBREVIATED_AFTER.match(text, at)) and short_name(match.group(1)) == len(match.group(1)):
        yield Span(*match.span(1), score, reason)


def _amid(text: str, found: list[tuple[int, int]], mobiles: list[tuple[int, int]]) -> Iterator[Span]:
    """The name that is all there is between an address and a mobile number, or the other way round."""
    known = sorted([(*span, True) for span in found] + [(*span, False) for span in mobiles])
    for (_, end, address), (start, _, other) in pairwise(known):
        run = _without_receipt(text[end:start].strip(_BLANKS)) if 2 <= start - end <= _ROOM else ""
        if address != other and is_alone(run):
            at = text.index(run, end)
            yield Span(at, at + len(run), 0.6, "alone between an address and a mobile number")


def _without_receipt(run: str) -> str:
    """The run without the word that says who receives, as in 赵明轩收."""
    return run[:-1] if len(run) > 2 and run.endswith("收") else run


def _place_in(text: str, start: int, end: int) -> int:
    """Where in a run of characters the first place begins, at two characters at least, else its end."""
    return next((at for at in range(start + 2, min(end, start + 5)) if places.is_place(text, at)), end)


def _left_over(text: str, found: list[tuple[int, int]], mobiles: list[tuple[int, int]]) -> Iterator[Span]:
    """What is left of a line with one address and at most one number, if it is one short word: it is a name."""
    for start, end in found:
        first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        last = len(text) if last < 0 else last
        sites, numbers = _between(found, first, last), _between(mobiles, first, last)
        if len(sites) > 1 or len(numbers) > 1:
            continue
        tokens = list(_tokens(text, first, last, sorted((*sites, *numbers))))
        if len(tokens) == 1 and _is_nickname(text[slice(*tokens[0])]) and (numbers or tokens[0][1] == last):
            yield Span(*tokens[0], 0.55, "all that is left of a line with an address")


def _between(spans: list[tuple[int, int]], first: int, last: int) -> list[tuple[int, int]]:
    """Those of sorted spans that begin from `first` to `last`."""
    return spans[bisect_left(spans, (first, 0)) : bisect_left(spans, (last, 0))]


def _tokens(text: str, first: int, last: int, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    edges = [first, *(edge for span in spans for edge in span), last]
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        yield from (match.span() for match in _TOKEN.finditer(text, left, right))


def _is_nickname(word: str) -> bool:
    if len(word) == 1:
        return word in surnames() or is_given(word)
    if (
        not _NICKNAME.fullmatch(word)
        or word in _FORM
        or (len(word) > 3 and {word[:2], word[2:]} <= known_words().keys())
    ):
        return False
    return known_words().get(word, 0) < _COMMON
