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
_PLUS = re.compile(r"(?<![0-9+])(?:tel:)?[+] ?[(]?[1-9]" + _REST, re.IGNORECASE)
_DOUBLE_ZERO = re.compile(r"(?<![0-9A-Za-z_./+:#-])00[ -]?[1-9]" + _REST)
_LOCAL_URI = re.compile(r"(?<![A-Za-z])tel:[0-9(][0-9().-]{4,18}(?:;phone-context=[A-Za-z0-9.+-]{1,60})?", re.IGNORECASE)
_FOLD = str.maketrans("０１２３４５６７８９＋－（）　\u00a0‐‑‒–—−", "0123456789+-()  ------")


def find(text: str) -> list[Span]:
    """Return the phone numbers of `text`; each lies within one line. Full-width characters are folded first."""
    folded = text if text.isascii() else text.translate(_FOLD)
    return best([*_international(folded), *_double_zero(folded), *_local_uris(folded)])


def _international(text: str) -> Iterator[Span]:
    for match in _PLUS.finditer(text):
        number = match.group()
        prefix = number.index("+")
        size, score = judge(number[prefix:])
        if score:
            end = match.start() + prefix + size
            yield Span(match.start(), _with_extension(text, end), score, _reason(score))


def _double_zero(text: str) -> Iterator[Span]:
    """Numbers after the dialling prefix 00; written without separators they are more often padded identifiers."""
    for match in _DOUBLE_ZERO.finditer(text):
        size, score = judge("+" + match.group()[2:])
        end = match.start() + size + 1
        if score == VALID:
            plain = text[match.start() : end].isdigit()
            yield Span(match.start(), end, ZERO_PADDED if plain else VALID, "valid after the prefix 00")


def _local_uris(text: str) -> Iterator[Span]:
    for match in _LOCAL_URI.finditer(text):
        if sum(map(str.isdigit, match.group())) >= 5:
            yield Span(match.start(), match.end() - match.group().endswith((".", "-")), LOCAL_URI, "a tel: URI")


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
