"""Arabic addresses: street, district, building, flat and their numbers, city; split by commas or spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.recognizers.gazetteer import Gazetteer, listed
from scanner.recognizers.spans import Span

_CITIES = listed(
    """الرياض جدة مكة المدينة الدمام الخبر الطائف أبها تبوك بريدة حائل نجران جازان دبي أبوظبي
    الشارقة عجمان القاهرة الجيزة الإسكندرية الاسكندرية الكويت الدوحة المنامة مسقط عمان بيروت بغداد الدار
    البيضاء الرباط تونس الجزائر"""
)
_KEY = r"(?:شارع|طريق|حي|مبنى|عمارة|بناية|برج|فيلا|شقة|منزل|الدور|الطابق|قطعة|ص\.ب|صندوق بريد|الرمز البريدي)"
_PART = rf"{_KEY} ?(?:رقم )?(?:[ء-ي]{{2,12}} ?){{0,3}}?[0-9٠-٩]{{0,5}}"
_LEADS = Gazetteer(more=("شارع ", "طريق ", "حي "))
_GAP = r" ?[،,-]? ?"
_ADDRESS = re.compile(
    rf"(?<![ء-ي])(?P<number>[0-9٠-٩]{{1,5}},? )?(?:شارع|طريق|حي) (?:[ء-ي]{{2,12}} ?){{1,3}}?(?:رقم )?"
    rf"(?:[0-9٠-٩]{{1,5}})?"
    rf"(?=[ ،,\n-]|$)(?:{_GAP}{_PART}(?=[ ،,\n-]|$)|{_GAP}[0-9٠-٩]{{1,5}}(?![0-9٠-٩])){{0,6}}"
    rf"(?P<city>{_GAP}(?:مدينة )?(?:{'|'.join(_CITIES)})(?![ء-ي]))?(?:{_GAP}[0-9]{{5}}(?![0-9]))?"
)
NOMINATE = ("(?:شارع|طريق|حي) ",)
_DIGIT = re.compile("[0-9٠-٩]")


def find(text: str) -> list[Span]:
    """Return the Arabic addresses of `text`: a street or district with a number or a city."""
    return [span for line in _LEADS.lines(text) for span in _in_line(text, line)]


def _in_line(text: str, line: tuple[int, int]) -> Iterator[Span]:
    for match in _ADDRESS.finditer(text, *line):
        numbered = bool(_DIGIT.search(match.group()))
        if numbered or match["city"]:
            score = 0.7 if numbered and match["city"] else 0.55
            end = match.start() + len(match.group().rstrip(" ،,-"))
            yield Span(match.start(), end, score, "an Arabic street or district with a number or a city")
