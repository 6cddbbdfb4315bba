"""Vietnamese addresses, with and without diacritics: number and street or hamlet, then ward, district, city.

Districts were abolished and provinces merged in July 2025; both eras are read. A part may go without the word for its
level, and nothing but a space may stand between parts: of all readings the one that tells most counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from scanner.recognizers.gazetteer import Gazetteer, by_letter, listed, word_set
from scanner.recognizers.spans import OfLine, Span, lazy
from scanner.recognizers.vi.letters import LOWER, UPPER, any_of, forms, line_around, plain, small
from scanner.recognizers.vi.lines import PHONE, Line, Part, gaps
from scanner.recognizers.vi.parts import lanes, numbers, street_names, streets, tails, units, unlisted
from scanner.recognizers.vi.places import LOCAL, WARD

# words that an address may begin with
_HEADS = listed(
    """thôn ấp xóm hẻm hẽm ngõ ngách kiệt khu_phố tổ_dân_phố tổ số_nhà nhà_số chung_cư tòa_nhà toà_nhà tòa căn_hộ căn
    tầng lầu phòng block khu_dân_cư khu_đô_thị ký_túc_xá lô đường phố kp kdc kdt ktx cc số buôn bản làng đội khóm
    quốc_lộ đại_lộ cư_xá khu nhà đ d ql sn km kiot ki_ốt"""
)
_FORMS = {form.replace("_", " ") for word in _HEADS for form in forms(word)}
_WORDS = Gazetteer(more={form + end for form in _FORMS for end in " ."} | {"no."}, ignore_case=True)
_LETTER = f"A-Za-z{UPPER}{LOWER}"
_DIGITS = lazy(
    rf"(?<![0-9])[0-9]{{1,5}}(?:[A-Ha-h]|[Bb][Ii][Ss]|BIS)?(?:[/-][0-9A-Za-z/-]{{1,16}})?[ ,.]{{1,2}}(?=[{_LETTER}0-9])"
)
_BEFORE_DIGITS = lazy(rf"(?:(?<![{_LETTER}])[A-Za-z]{{1,2}}|#)\Z")
# `Văn An12 Trần Phú`: the number is glued to a name
_GLUED_NAME = lazy(rf"[{UPPER}][{LOWER}]{{1,6}} [{UPPER}][{LOWER}]{{1,6}}\Z")
_NOT_BEFORE = lazy(rf"[/$%+_{_LETTER}]\Z|[0-9][.,:]\Z|(?<![0-9])(?<![0-9][ .])[0-9]{{1,4}}-\Z")
_AFTER_WORD = lazy(rf"[ .:]{{0,2}}(?:số )?(?:[0-9{UPPER}]|[^\n{UPPER}]{{40}}|[^\n{UPPER}]*$)", re.MULTILINE)
# how far is looked from where an address begins; most are none; how far where one begins beside another
_AHEAD, _VIEW, _GLANCE, _WIDE_VIEW = 300, 200, 110, 800
_NAME = 40  # and how much of it a name may need
_SURE = 20  # the worth of two units with their levels
_LABEL = lazy(
    "(?<![a-z])(?:dia chi|d/c|dc|address|addr|add|noi o|thuong tru|giao hang|giao den|giao toi|nhan hang|ship)"
    r"(?: la| tai)?[^a-z0-9]{0,4}\Z"
)
# words before a number that counts or dates
_COUNTED = """ngày tháng năm lúc khoảng hơn gần tổng top thứ lần mới size sz giá cod còn mua đặt đơn đến từ và với gồm
    là x chấp điều khoản số_lượng tuần quý trang bài phần chương mục câu hàng dưới trên tỉ_số"""
_COUNTS = lazy(rf"(?<![^\W\d_])(?:{any_of(_COUNTED)}) \Z")
# and what is counted after one; names of streets and units begin with a capital
_IS_COUNTED = lazy(
    "(?:tháng|năm|người|triệu|tỷ|nghìn|đồng|giờ|phút|ngày|tuổi|cái|chiếc|áo|lần|tấn|kg|km|cm|tuần|và|đến|trên|vụ|trận|bạn"
    "|quận|huyện|căn|cán|hộ|học|em|con|ca|bệnh|trường|doanh|thí|khách|sinh|mét|m|chuyến|bàn|điểm|phần)[ ,.]"
)
_COUNTS_PLAIN = lazy(r"(?<![a-z])(?:ngay|thang|luc|khoang|hon|gan|top|size|cod|mua|dat|den|x|trang|bai|muc) \Z")
# `12`, `Số nhà 17`, `Căn hộ A12`: a number comes first, at most after the words for what it numbers
_NUMBERED = lazy(rf"(?:[{_LETTER}]{{1,6}}[ .:]{{1,2}}){{0,4}}#?[A-Za-z]{{0,3}}-?[0-9]")
_PARTS, _FREE = 9, 3  # how many parts an address has at most, and how many are read before a unit must be in sight
# Cells of ASCII are worth a look for the word of a level or a province, others for a Vietnamese letter and a digit or
# the word of a hamlet: `http`, `p.kill()` and `q = 3` lead nowhere.
_LEVELS = ["phuong", "quan", "huyen", "tinh", "xa", "thon", "ap", "thi tran", "thi xa", "thanh pho"]
_PROVINCES = sorted(word_set("vn-provinces") - {"hue", "long an"})
_CITIES = by_letter([r"t\.?p\.? ?hcm", "hcm", *_PROVINCES, "sai gon"], any_case=True)
_MARK = "[ăđơưĂĐƠƯẠ-ỹ]"
_AFTER_DOT = r"(?:[0-9]|[^ -~]|[A-Za-z]+(?:[^!-+.-~]|[.]?$))"
_HAMLET = "thôn|ấp|xóm|đường|phố|khu|chung cư|t[oò]à? nhà|làng|bản"
NOMINATE = (
    rf"{_MARK}.*[0-9]|[0-9].*{_MARK}|(?:^|[^{_LETTER}])(?i:{_HAMLET}) .*{_MARK}"
    rf"|(?:^|[^A-Za-z])(?:(?:{by_letter(_LEVELS, any_case=True)})[ .]|{_CITIES}|Hue|Long An"
    rf"|(?i:tp)(?:[A-Z]|[. ] ?{_AFTER_DOT})|[pqPQ][.] ?{_AFTER_DOT}|[pPqQ][0-9]{{1,2}}(?:[ ,.-]|$))"
    r"|[0-9][A-Za-z]?,? [A-Z].*[ ,][XxHh][.] ?[A-Z]",
)
_NOMINATED = tuple(map(lazy, NOMINATE))
# names of variables: no house is numbered like its ward and district, and these have capitals or dots
_VARIABLES = lazy(r"[a-z][0-9]{1,2}(?:, ?[a-z][0-9]{1,2})+")
_ORDINAL = lazy(
    rf"(?<![{LOWER}])(?:phường|phuong|xã|xa|quận|quan|huyện|huyen|p|q|h|thị trấn|thi tran|tt)[. ] ?"
    rf"[0-9]{{1,2}}(?![0-9/{LOWER}-])"
)


class _Reading(NamedTuple):
    """What the parts from a place on are worth together, where the last one ends, and the highest rank."""

    worth: int
    end: int
    top: int


@dataclass(slots=True)
class _Reader:
    """Reads the parts of addresses in one line; a place is read once in each state."""

    line: Line
    known: dict[tuple[int, int, bool, bool], _Reading] = field(default_factory=dict)
    last: int | None = None  # where the last unit may begin, once asked for
    read: dict[tuple[Callable[[Line, int], Iterator[Part]], int], list[Part]] = field(default_factory=dict)

    def rest(self, part: Part, left: int) -> _Reading:
        """The best reading of what follows `part`, of at most `left` parts."""
        key = part[:2] + part[3:]
        if key not in self.known:
            start = gaps(self.line, part.end)
            free = part.rank > LOCAL or left > _PARTS - _FREE
            leads = left and start > part.end and (free or self.reaches_unit(start))
            found = self._each(start, part, left) if leads else iter(())
            self.known[key] = max((_Reading(0, part.end, part.rank), *found))
        return self.known[key]

    def first(self, start: int) -> _Reading:
        """The best reading of an address that begins at `start`."""
        return max((_Reading(0, start, LOCAL), *self._each(start, Part(start, LOCAL, 0), _PARTS)))

    def _each(self, start: int, before: Part, left: int) -> Iterator[_Reading]:
        for part in self._parts(start, before):
            rest = self.rest(part._replace(number=part.number or before.number), left - 1)
            yield _Reading(part.worth + rest.worth, rest.end, rest.top)

    def reaches_unit(self, start: int) -> bool:
        """Whether a ward, a district or a province may begin at `start` or later, without which nothing is gained."""
        if self.last is None:
            starts = (first for first, _ in reversed(self.line.spans))
            self.last = next((at for at in starts if self._once(units, at) or any(unlisted(self.line, at, LOCAL))), -1)
        return start <= self.last

    def _once(self, reader: Callable[[Line, int], Iterator[Part]], start: int) -> list[Part]:
        if (reader, start) not in self.read:
            self.read[reader, start] = list(reader(self.line, start))
        return self.read[reader, start]

    def _parts(self, start: int, before: Part) -> Iterator[Part]:
        if before.rank == LOCAL:
            yield from self._once(lanes, start)
            yield from self._once(streets, start)
            yield from self._once(street_names, start) if before.open else ()
            if not before.number or self.line.flat.startswith("so ", start):
                yield from self._once(numbers, start)
        if before.end < start:
            yield from (part for part in self._once(units, start) if part.rank > before.rank)
            gap = self.line.flat[before.end : start]
            yield from unlisted(self.line, start, before.rank) if before.number and gap.strip() else ()
        yield from tails(self.line, start, before.rank)


def find(text: str) -> list[Span]:
    """Return the Vietnamese addresses of `text`."""
    return list(_all(text))


def _all(text: str) -> Iterator[Span]:
    done = 0
    view = _View(text)
    nominated = OfLine(text, lambda line: all(regex.search(line) for regex in _NOMINATED))
    for start in sorted({*_numbers(text), *_words(text)}):
        if start >= done and (span := _at(view, start)) and nominated(start):
            done = span.end
            yield span


def _numbers(text: str) -> Iterator[int]:
    """Where house numbers may begin: not within a phone number, but after its dash."""
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        free = False  # whether a phone number or a name ends there
        if text[max(0, start - 2) : start - 1].isdigit() or "-" in match.group():
            phone = PHONE.search(text, max(0, start - 18), end)
            if phone and phone.start() < start < phone.end():
                start = phone.end() + 1
            free = phone is not None and phone.end() == start - 1
        elif text[start - 1 : start].islower():
            free = _GLUED_NAME.search(text, max(0, start - 16), start) is not None
        prefix = None if free else _BEFORE_DIGITS.search(text, max(0, start - 3), start)
        start = prefix.start() if prefix else start
        free = free or not _NOT_BEFORE.search(text, max(0, start - 8), start)
        if free and start < end and not _IS_COUNTED.match(text, end):
            yield start


def _words(text: str) -> Iterator[int]:
    """Where the words begin that may lead an address."""
    for start, end in zip(*_WORDS.hits(text), strict=True):
        if not text[start - 1 : start].isalnum() and _AFTER_WORD.match(text, end - 1):
            yield start


class _View:
    """The piece of a text that is being read: what was read from one place serves the next places, too."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._first = self._last = 0
        self._is_wide = False  # whether it begins within the one before
        self._is_whole = False  # whether it reaches the end of its line
        self._reader = _Reader(Line.of(""))

    def read(self, start: int, ahead: int) -> _Reading:
        """The best reading of the line from `start` on, of so many characters at least; its end counts from `start`."""
        if not (self._first <= start < self._last and (self._is_whole or start + ahead <= self._last)):
            end = line_around(self.text, start)[1]
            self._is_wide = self._first < start <= self._last
            size = _WIDE_VIEW if self._is_wide else _VIEW
            self._first, self._last = start, min(end, start + max(size, ahead))
            self._is_whole = self._last == end
            self._reader = _Reader(Line.of(self.text[start : self._last]))
        if self._is_wide and not self._reader.reaches_unit(start - self._first):
            return _Reading(0, 0, LOCAL)
        reading = self._reader.first(start - self._first)
        return reading._replace(end=reading.end - start + self._first)


def _at(view: _View, start: int) -> Span | None:
    """The address that begins at `start`."""
    text = view.text
    reading = view.read(start, _GLANCE)
    if reading.top < WARD or _is_ordinal(text, start):
        return None
    if reading.end > _GLANCE - _NAME:
        reading = view.read(start, _AHEAD)
    score = _score(text, start, reading)
    reason = "a Vietnamese street or hamlet, then ward, district or city"
    return Span(start, start + reading.end, score, reason) if score else None


def _is_ordinal(text: str, start: int) -> bool:
    """Whether the number there is that of a ward or a district: `Quận 1, quận 3`."""
    around = small(text[max(0, start - 12) : start + 3])
    return any(match.end() > min(12, start) for match in _ORDINAL.finditer(around))


def _score(text: str, start: int, reading: _Reading) -> float:
    if _VARIABLES.fullmatch(text, start, start + reading.end):
        return 0
    first, last = line_around(text, start)
    before = small(text[max(first, start - 16) : start])
    worth = reading.worth - 10 * bool((_COUNTS_PLAIN if before.isascii() else _COUNTS).search(before))
    near = worth < _SURE and (
        _LABEL.search(plain(before)) or PHONE.search(text, max(first, start - 80), min(last, start + reading.end + 80))
    )
    worth += 6 * bool(near)
    if worth < (10 if near or _NUMBERED.match(text, start) else 17):
        return 0
    return 0.75 if worth >= _SURE else 0.6
