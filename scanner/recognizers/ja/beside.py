"""Names beside an address or a phone number, and names that are all of a line."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from unicodedata import normalize

from scanner.recognizers.gazetteer import word_set
from scanner.recognizers.ja import addresses
from scanner.recognizers.ja.lattice import read
from scanner.recognizers.ja.lexicon import NEVER, costs, is_surname
from scanner.recognizers.ja.prose import KANJI
from scanner.recognizers.spans import Span, lazy

# a mobile number or one with signs between its groups; each begins with letters that a search jumps to
_DIGITS = r"(?:[5789]0[ -]?[0-9]{4}[ -]?[0-9]{4}|[1-9][0-9]{0,3}[ -][0-9]{1,4}-[0-9]{4})(?![0-9-])"
_PHONES = (lazy(rf"0(?<![0-9-]0){_DIGITS}"), lazy(rf"\+81[ -]?{_DIGITS}"))
_SIGNS = "[ 　,，、:：／/|\t（(]{0,3}"
_NAME = (
    rf"[{KANJI}]{{1,4}}(?:[ 　][{KANJI}]{{1,4}}|[ 　]?[ぁ-ん]{{2,5}}|[ 　]?[ァ-ヴー]{{2,6}}|[{KANJI}]{{0,3}})"
    r"|[ァ-ヴー]{2,6}[ 　][ァ-ヴー]{2,6}"
)
_TRAILER = r"(?=[ 　]?(?:様|さま|殿|さん|御中)?(?:$|[^一-鿿ぁ-んァ-ヴー]))"
_AFTER = lazy(rf"(?m){_SIGNS}(?P<name>{_NAME}){_TRAILER}")
_BEFORE = lazy(
    rf"(?m)(?<![{KANJI}ぁ-んァ-ヴー])(?P<name>{_NAME})(?:[ 　]?(?:様|さま|殿|さん))?"
    rf"{_SIGNS}(?:TEL|電話|携帯)?{_SIGNS}\Z"
)
_WINDOW = 16
# more than the Chinese model is ever sure of a piece of a line
_WHOLE = 0.56
_USUAL_GIVEN = 950  # the cost of a given name that is usual enough to be one where it may be a word
_ALONE = lazy(
    rf"(?m)^(?:[{KANJI}]{{1,3}}(?:[ 　][{KANJI}]{{1,3}}|[{KANJI}]{{1,3}})"
    r"|[ァ-ヴー]{2,6}[ 　]?[ァ-ヴー]{2,6}|[ぁ-ん]{2,6}[ 　]?[ぁ-ん]{2,6})$"
)


def find(text: str) -> Iterator[Span]:
    """Yield the names that stand beside an address or a phone number, or fill a line."""
    places = [(span.start, span.end) for span in addresses.find(text)]
    begins, ends = [start for start, _ in places], [end for _, end in places]
    for start, end in (*places, *(match.span() for phone in _PHONES for match in phone.finditer(text))):
        if name := _named(_AFTER.match(text, end, _next(begins, end))):
            yield Span(*name, 0.65, "a Japanese name after an address or a phone number")
        if name := _named(_BEFORE.search(text, _last(ends, text, start), start)):
            yield Span(*name, 0.65, "a Japanese name before an address or a phone number")
    for match in _ALONE.finditer(text):
        if _is_sure(match.group()) or is_reading(match.group()):
            yield Span(*match.span(), _WHOLE, "a line with nothing but a Japanese name")


def _named(match: re.Match[str] | None) -> tuple[int, int] | None:
    return match.span("name") if match and is_name(match["name"]) else None


def _next(begins: list[int], end: int) -> int:
    """Where the text that may name somebody behind `end` is over: at the next address, or after a few characters."""
    at = bisect_left(begins, end)
    return min([end + _WINDOW, *begins[at : at + 1]])


def _last(ends: list[int], text: str, start: int) -> int:
    """Where the text before `start` begins that may name somebody."""
    at = bisect_right(ends, start)
    return max(0, start - _WINDOW, text.rfind("\n", max(0, start - _WINDOW), start) + 1, *ends[max(0, at - 1) : at])


def is_name(text: str) -> bool:
    """Whether a piece of text that stands where names stand is one: a surname, with a given name or without."""
    first, _, last = text.replace("　", " ").partition(" ")
    if last:
        return is_surname(first) or first in word_set("ja-kana-surnames")
    size = next((at for at, letter in enumerate(text) if letter < "一" and letter not in "々ヶ"), len(text))
    if size < len(text):
        return is_surname(text[:size]) and text[size:] in word_set("ja-kana-given")
    return is_full_name(text) or is_lone_surname(text, "NP")


def is_lone_surname(text: str, others: str) -> bool:
    """Whether kanji are rather a surname of two or more than a word of the classes `others`."""
    known = costs(text)
    return len(text) > 1 and known.get("S", NEVER) < min(known.get(kind, NEVER) for kind in others)


def is_full_name(text: str) -> bool:
    """Whether kanji, perhaps with a space between, are a surname and a given name and nothing else is as likely."""
    words, margin = read(_joined(text))
    return margin >= 300 and [word.kind for word in words] == ["S", "G"]


def _is_sure(text: str) -> bool:
    """Whether kanji are a name although nothing stands beside them: both parts are rather names than anything else."""
    if not is_full_name(text):
        return False
    joined = _joined(text)
    split = read(joined).words[0].end
    surname, given = costs(joined[:split]), costs(joined[split:])
    if given.keys() == {"G"} and min(split, len(joined) - split) > 1:
        return True
    usual = given.get("G", NEVER) == min(given.values(), default=0)
    usual = usual or (given.keys() == {"G", "N"} and given["G"] < _USUAL_GIVEN) or ("G" in given and joined != text)
    return split > 1 and surname["S"] < surname.get("P", NEVER) and usual


def is_reading(text: str) -> bool:
    """Whether kana, perhaps in half width, are a surname and a given name.

    They have a space between or are both too long to be met by chance.
    """
    text = normalize("NFKC", text)
    surname, _, given = text.partition(" ")
    splits = ((text[:at], text[at:]) for at in range(3, len(text) - 2))
    pairs = [(surname, given)] if given else splits
    return any(a in word_set("ja-kana-surnames") and b in word_set("ja-kana-given") for a, b in pairs)


def _joined(text: str) -> str:
    return text.replace(" ", "").replace("　", "")
