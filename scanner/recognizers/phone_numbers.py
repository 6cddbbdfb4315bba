"""International phone numbers of all countries, and `tel:` URIs.

Formats: ITU-T E.164 (country code and at most 15 digits), E.123 (how it is spaced), RFC 3966 (`tel:` URIs). What is a
number in which country comes from the metadata of `phonenumbers`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import phonenumbers

from scanner.recognizers.spans import Span, best, lazy

VALID, POSSIBLE, LOCAL_URI, ZERO_PADDED = 0.75, 0.5, 0.5, 0.4

_REST = r"(?:[ ]?[(]?[ .\-/]?[0-9][)]?){5,16}"
# what is written without separators, but for one behind the country code, does not go on after a blank
_PLAIN = lazy(r"[+] ?(?:[0-9]{1,3}[ .-])?[0-9]{7,}(?= )")
_ENOUGH = 10  # digits that a number has in nearly all countries, with the country code
_EXTENSION = lazy(r"[ ,]{0,4}(?:;ext=|ext\.? ?|extension |x ?|X {0,4}|내선 ?|转|轉)[0-9]{1,6}(?![0-9])")
# literals lead, what stands before is looked at afterwards: that is ten times faster
_PLUS = lazy(r"[+] ?[(]?[1-9]" + _REST)
_DOUBLE_ZERO = lazy(r"00[ -]?[1-9]" + _REST)
_YEARS = lazy(r"(?:19|20)[0-9]{2}-(?:19|20)[0-9]{2}(?![0-9-])")
_DATE = lazy(rf"(?:19|20)[0-9]{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9])|{_YEARS.pattern}")
# until 2019 a 1 led mobile numbers called from abroad, and many still write it
_MEXICAN_MOBILE = lazy(r"[+]52[ .-]?1(?=(?:[ .-]?[0-9]){10}\Z)")
_NOT_BEFORE_ZERO = frozenset("0123456789_./+:#-")
_LOCAL_URI = lazy(r":[0-9(][0-9().-]{4,18}(?:;phone-context=[A-Za-z0-9.+-]{1,60})?")
# `+ 98172488` and `+ 14285714.286` are sums; `+4.0614962` is a decimal number unless valid, as in `+1.2025550143`
_SUM, _DECIMAL = lazy(r"[+] [0-9]+(?:[.][0-9]+)?"), lazy(r"[+][0-9]+[.][0-9]+")
_DIGITS_AND_PLUS = frozenset("0123456789+")
_WIDE = "０１２３４５６７８９＋－（）　\u00a0‐‑‒–—−"
_NARROW = "0123456789+-()  ------"


def find(text: str) -> list[Span]:
    """Return the phone numbers of `text`; each lies within one line. Full-width characters are folded first.

    A plus that a URL writes as %2B does not belong to the number.
    """
    folded = _fold(text)
    spans = best([*_international(folded), *_double_zero(folded), *_local_uris(folded)])
    return [span._replace(start=span.start + (text[span.start] in "Bb")) for span in spans]


def _fold(text: str) -> str:
    """Full-width digits and signs, dashes and spaces as ASCII, one for one; quicker than `str.translate`."""
    for wide, narrow in zip(_WIDE, _NARROW, strict=True):
        text = text.replace(wide, narrow)
    return text.replace("%2B", "  +").replace("%2b", "  +")


def _international(text: str) -> Iterator[Span]:
    for match in _PLUS.finditer(text):
        start = match.start()
        if text[start - 1 : start] in _DIGITS_AND_PLUS and start:
            continue
        if _SUM.fullmatch(match.group().rstrip(")")):
            continue
        size, score = judge(_balanced(match.group()))
        spaced, decimal = match.group()[1] == " ", _DECIMAL.fullmatch(match.group())
        if score == VALID or (score and not spaced and not decimal and not _is_version(text, start)):
            end = _with_extension(text, start + size)
            yield Span(start - _scheme_before(text, start), end, score, _reason(score))


def _balanced(number: str) -> str:
    """A number without the closing brackets at its end that were opened before it."""
    while number.endswith(")") and number.count(")") > number.count("("):
        number = number[:-1]
    return number


def _is_version(text: str, start: int) -> bool:
    """Whether a plus glued to a word leads a date or a year, as in `git+20240510`, or a range of years."""
    glued = text[max(0, start - 1) : start].isalnum() and text[start - 1].isascii()
    return bool((_DATE if glued else _YEARS).match(text, start + 1))


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
    size = _before_other(number)
    while size > 6:
        if score := _verdict(number[:size]):
            return size, score
        size = _without_last_group(number, size)
    return 0, 0.0


def _before_other(number: str) -> int:
    """How much of a number is written in one way.

    After a blank that is the first one, a valid number that has hyphens, points or no separators has ended.
    """
    if (plain := _PLAIN.match(number)) and sum(map(str.isdigit, plain.group())) >= _ENOUGH:
        return plain.end()
    end = number.find(" ", 2)
    if end > 0 and sum(map(str.isdigit, number[:end])) >= _ENOUGH and _verdict(number[:end]) == VALID:
        return end
    return len(number)


def _without_last_group(number: str, size: int) -> int:
    while size and number[size - 1] not in " -./(":
        size -= 1
    while size and number[size - 1] in " -./(":
        size -= 1
    return size


def _verdict(number: str) -> float:
    try:
        parsed = phonenumbers.parse(_MEXICAN_MOBILE.sub("+52", number), None)
    except phonenumbers.NumberParseException:
        return 0.0
    if phonenumbers.is_valid_number(parsed):
        return VALID
    round_amount = str(parsed.national_number).endswith("00000")
    # a number without its area code is no international one
    possible = phonenumbers.is_possible_number_with_reason(parsed) == phonenumbers.ValidationResult.IS_POSSIBLE
    return POSSIBLE if possible and not round_amount else 0.0
