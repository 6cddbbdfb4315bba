"""Vietnamese addresses, with and without diacritics: number and street or hamlet, then ward, district, city.

Districts were abolished and provinces merged in July 2025; both eras are read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from scanner.recognizers.gazetteer import Gazetteer, listed, word_set
from scanner.recognizers.spans import Span, lazy


@cache
def _plain_letters() -> dict[int, str]:
    """Vietnamese letters to plain ones, one for one."""
    letters = [chr(code) for code in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))]
    table = {ord(letter): unicodedata.normalize("NFD", letter)[0] for letter in letters}
    return table | {ord("Đ"): "D", ord("đ"): "d"}


def plain(text: str) -> str:
    """`text` without Vietnamese diacritics, of the same length."""
    return text if text.isascii() else text.translate(_plain_letters())


_LETTERS = [
    chr(code)
    for code in (*range(0x41, 0x17F), 0x1A0, 0x1A1, 0x1AF, 0x1B0, *range(0x1EA0, 0x1EFA))
    if chr(code).isalpha()
]
# characters of regex classes: the capital and the small letters of Vietnamese
UPPER = "".join(letter for letter in _LETTERS if letter.isupper())
LOWER = "".join(letter for letter in _LETTERS if letter.islower())


def forms(word: str) -> tuple[str, ...]:
    """A word as it is written: small, capitalised, in capitals, without diacritics."""
    return word, word.capitalize(), word.title(), word.upper(), plain(word)


_WORD = r"(?:[A-Z][A-Za-z]{0,7}|[0-9]{1,3}[A-Za-z]?)"
_NAME = rf"(?:{_WORD}(?: {_WORD}){{0,4}}|[a-z]{{2,7}}(?: [a-z]{{1,7}}){{0,3}}(?=,|\n|$))"
_NUMBER = r"(?:(?i:so nha|so|nha|lo|can ho|can) )?[A-Z]{0,2}[0-9]{1,5}[A-Za-z]?(?:[/-][0-9]{1,4}[A-Za-z]?){0,4}"
_LANE = r"(?i:ngo|ngach|hem|kiet|duong|pho|thon|ap|xom|to|to dan pho|khu pho|kp|khu|ban|doi|d\.)"
_HEAD = lazy(
    rf"(?<![0-9A-Za-z/.$-])(?:{_NUMBER},? (?:{_LANE} )?{_NAME}|(?i:thon|ap|xom|khu pho|to dan pho|hem"
    rf"|ngo|duong) {_NAME})"
)
_GAP = r"(?: ?[,-] ?| )"
_LEVEL = (
    r"(?i:phuong|p\.?|xa|x\.|thi tran|tt\.?|quan|q\.?|huyen|h\.|thi xa|tx\.?|thanh pho|tp\.?|tinh|t\.|to"
    r"(?= [0-9])|khu pho|kp\.?)"
)
_UNIT = lazy(rf"{_GAP}(?:{_LEVEL} ?(?:{_NAME}|HCM)|TP\.? ?HCM|TPHCM|HCM(?![A-Za-z]))")
_LANE_PART = lazy(rf"{_GAP}{_LANE} {_NAME}")
_KNOWN = lazy(rf"{_GAP}([A-Z][A-Za-z]{{1,7}}(?: [A-Z][A-Za-z]{{0,7}}){{0,3}})")
_PARTS = 7
# a line with none of these holds no address
_LEVELS = listed(
    """phường quận huyện p. q. tp tỉnh xã thị_trấn thành_phố hà_nội đà_nẵng hải_phòng cần_thơ
    sài_gòn chí_minh hcm thôn"""
)
_LEADS = Gazetteer(
    more=(
        form for word in _LEVELS for form in forms(word.replace("_", " ") + " " * (len(word) > 2 and "_" not in word))
    ),
    ignore_case=True,
)
# The same as words of their own, in texts with diacritics: `http` and `p.kill()` lead nowhere. For Rust and Python.
_WORDS = [(form, "_" in word) for word in _LEVELS if len(word) > 2 for form in dict.fromkeys((word, plain(word)))]
_AFTER_DOT = r"(?:[0-9]|[^ -~]|[A-Za-z]+(?:[^!-+.-~]|[.]?$))"
LEAD = (
    rf"(?:^|[^A-Za-z])(?:(?i:(?:{'|'.join(form for form, joined in _WORDS if not joined)}|xã|xa) "
    rf"|{'|'.join(form.replace('_', ' ') for form, joined in _WORDS if joined)}|tphcm)"
    rf"|(?i:tp)(?:[A-Z]|[^ -~]|[. ] ?{_AFTER_DOT})|[pqPQ][.] ?{_AFTER_DOT})"
)
_LEAD = lazy(LEAD)
NOMINATE = (LEAD,)


def find(text: str) -> list[Span]:
    """Return the Vietnamese addresses of `text`."""
    lines = ((start, text[start:end]) for start, end in _LEADS.lines(text))
    return [span for start, line in lines if _LEAD.search(line) for span in _in_line(plain(line), start)]


def _in_line(line: str, offset: int) -> Iterator[Span]:
    done = 0
    for match in _HEAD.finditer(line):
        end, units = _parts(line, match.end()) if match.start() >= done else (0, 0)
        if units:
            done = end
            score = 0.75 if units > 1 else 0.6
            yield Span(
                offset + match.start(),
                offset + end,
                score,
                "a Vietnamese street or hamlet, then ward, district or city",
            )


def _parts(text: str, position: int) -> tuple[int, int]:
    """Where the address that has its head before `position` ends, and how many units follow the head."""
    units = 0
    for _ in range(_PARTS):
        if unit := _UNIT.match(text, position):
            position, units = unit.end(), units + 1
        elif end := _known_place(text, position):
            position, units = end, units + 1
        elif lane := _LANE_PART.match(text, position):
            position = lane.end()
        else:
            break
    return position, units


def _known_place(text: str, position: int) -> int:
    """The end of the longest known place that follows; 0 for none."""
    match = _KNOWN.match(text, position)
    if not match:
        return 0
    parts = match[1].split(" ")
    for count in range(len(parts), 0, -1):
        if "".join(parts[:count]).lower() in word_set("vn-places"):
            return match.start(1) + len(" ".join(parts[:count]))
    return 0
