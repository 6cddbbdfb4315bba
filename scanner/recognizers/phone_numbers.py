"""International phone numbers of all countries, and `tel:` URIs.

Formats: ITU-T E.164 (country code and at most 15 digits), E.123 (how it is spaced), RFC 3966 (`tel:` URIs). What is a
number in which country comes from the metadata of `phonenumbers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import phonenumbers

from scanner.recognizers.spans import Span, best

VALID, POSSIBLE, LOCAL_URI, ZERO_PADDED = 0.75, 0.5, 0.5, 0.4

_REST = r"(?:[ ]?[(]?[ .\-/]?[0-9][)]?){5,16}"
_EXTENSION = re.compile(r"[ ,]{0,4}(?:;ext=|ext\.? ?|extension |x ?|X {0,4}|내선 ?|转|轉)[0-9]{1,6}(?![0-9])")
# literals lead, what stands before is looked at afterwards: that is ten times faster
_PLUS = re.compile(r"[+] ?[(]?[1-9]" + _REST)
_DOUBLE_ZERO = re.compile(r"00[ -]?[1-9]" + _REST)
_NOT_BEFORE_ZERO = frozenset("0123456789_./+:#-")
_LOCAL_URI = re.compile(r":[0-9(][0-9().-]{4,18}(?:;phone-context=[A-Za-z0-9.+-]{1,60})?")
_DIGITS_AND_PLUS = frozenset("0123456789+")
_WIDE = "０１２３４５６７８９＋－（）　\u00a0‐‑‒–—−"
_NARROW = "0123456789+-()  ------"


def find(text: str) -> list[Span]:
    """Return the phone numbers of `text`; each lies within one line. Full-width characters are folded first."""
    folded = _fold(text)
    return best([*_international(folded), *_double_zero(folded), *_local_uris(folded)])


def _fold(text: str) -> str:
    """Full-width digits and signs, dashes and spaces as ASCII, one for one; quicker than `str.translate`."""
    for wide, narrow in zip(_WIDE, _NARROW, strict=True):
        text = text.replace(wide, narrow)
    return text


def _international(text: str) -> Iterator[Span]:
    for match in _PLUS.finditer(text):
        start = match.start()
        if text[start - 1 : start] in _DIGITS_AND_PLUS and start:
            continue
        size, score = judge(match.group())
        if score:
            end = _with_extension(text, start + size)
            yield Span(start - _scheme_before(text, start), end, score, _reason(score))


def _double_zero(text: str) -> Iterator[Span]:
    """Numbers after the dialling prefix 00; written without separators they are more often padded identifiers."""
    for match in _DOUBLE_ZERO.finditer(text):
        start = match.start()
        before = text[start - 1 : start] if start else " "
        if before in _NOT_BEFORE_ZERO or (before.isascii() and before.isalpha()):
            continue
        size, score = judge("+" + match.group()[2:])
        end = start + size + 1
        if score == VALID:
            plain = text[start:end].isdigit()
            yield Span(start, end, ZERO_PADDED if plain else VALID, "valid after the prefix 00")


def _local_uris(text: str) -> Iterator[Span]:
    for match in _LOCAL_URI.finditer(text):
        start = match.start() + 1 - _scheme_before(text, match.start() + 1)
        if start <= match.start() and sum(map(str.isdigit, match.group())) >= 5:
            yield Span(start, match.end() - match.group().endswith((".", "-")), LOCAL_URI, "a tel: URI")


def _scheme_before(text: str, position: int) -> int:
    """The length of `tel:` when it stands before `position` as a word of its own, else 0."""
    size = len("tel:")
    begins = position == size or not (text[position - size - 1 : position - size].isalpha())
    return size if position >= size and begins and text[position - size : position].lower() == "tel:" else 0


def _reason(score: float) -> str:
    return "a valid international number" if score == VALID else "a possible international number"


def _with_extension(text: str, end: int) -> int:
    extension = _EXTENSION.match(text, end)
    return extension.end() if extension else end


@lru_cache(maxsize=1 << 16)
def judge(number: str) -> tuple[int, float]:
    """Return how much of `+…` is a phone number, and the score: 0.75 valid, 0.5 possible, 0 neither.

    What follows a number after a separator may be something else, so its groups are left off from the right.
    """
    size = len(number)
    while size > 6:
        if score := _verdict(number[:size]):
            return size, score
        size = _without_last_group(number, size)
    return 0, 0.0


def _without_last_group(number: str, size: int) -> int:
    while size and number[size - 1] not in " -./(":
        size -= 1
    while size and number[size - 1] in " -./(":
        size -= 1
    return size


def _verdict(number: str) -> float:
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return 0.0
    if phonenumbers.is_valid_number(parsed):
        return VALID
    round_amount = str(parsed.national_number).endswith("00000")
    return POSSIBLE if phonenumbers.is_possible_number(parsed) and not round_amount else 0.0
