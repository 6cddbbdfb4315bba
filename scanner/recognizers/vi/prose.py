"""Whether a row of syllables is a Vietnamese name: by its weight and by what stands around it."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from typing import NamedTuple

from scanner.recognizers.spans import Span, lazy
from scanner.recognizers.vi import addresses, people
from scanner.recognizers.vi.letters import any_of, line_around, plain, small
from scanner.recognizers.vi.lines import PHONE
from scanner.recognizers.vi.places import WARD, is_street, ranks

_BEHIND, _AHEAD = 40, 24
_START = r"(?<![^\W\d_])"  # of a word
_TITLES = """ông bà anh chị cô chú em bạn bác cậu dì thầy bé cháu mẹ cụ đồng_chí bác_sĩ luật_sư kỹ_sư giáo_sư
    tiến_sĩ thạc_sĩ nhà_báo nhà_văn ca_sĩ nghệ_sĩ diễn_viên cầu_thủ hlv huấn_luyện_viên đạo_diễn giám_đốc chủ_tịch
    bí_thư bộ_trưởng thủ_tướng thứ_trưởng tổng_bí_thư đại_biểu thiếu_tá trung_tá đại_tá đại_úy thượng_úy thượng_tá
    tướng tác_giả học_sinh sinh_viên cho của là tên tên_kh tk tài_khoản người_nhận khách_hàng kh gặp liên_hệ lh gửi
    người_gửi vợ chồng con_trai con_gái nghi_phạm bị_cáo đối_tượng nạn_nhân thẩm_phán ths ts gs pgs bs nsnd nsưt ls
    ks theo"""
# streets, schools, prizes and the like are named after people
_THINGS = """đường phố ngõ hẻm kiệt trường học thpt thcs mầm_non cầu chợ bệnh_viện bảo_tàng công_viên nhà_hát sân
    giải giải_thưởng đại_lộ khu tòa toà kênh bến công_ty quảng_trường tượng_đài đền chùa đình làng hồ quỹ học_bổng
    sân_vận_động nhà_sách thư_viện nút_giao vòng_xoay tòa_nhà chung_cư cụm tuyến đ d clb hàng phòng đội ga cảng
    khách_sạn nhà_hàng ngã_tư ngã_ba ngã_năm giao_lộ hầm đội_bóng tập_đoàn hãng thương_hiệu câu_lạc_bộ taxi quần_đảo
    đảo sông núi"""


def _cue(regex: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A pattern of words for texts without diacritics, and as it is given for others."""
    return lazy(plain(regex)), lazy(regex)


_TITLE = _cue(rf"{_START}(?:{any_of(_TITLES)})[.:]? \Z")
_NAMED_AFTER = _cue(rf"(?:[0-9][0-9a-z/-]*,?|{_START}(?:{any_of(_THINGS)})) ?[.]? \Z|{_START}[đd][.]\Z")
_SAYS = _cue(
    r" ?(?:\([0-9]{2} ?tuổi|, [0-9]{2} tuổi|\((?:sn |sinh năm )?(?:19|20)[0-9]{2}|sinh năm|cho (?:biết|rằng|hay)|nói"
    r"|chia sẻ|khẳng định|cũng|bị|đã|sinh|trả lời|phát biểu|nhận|mất|quê)(?![^\W\d_])"
)
_EDGE_BEFORE = lazy(r"(?:^|[,;:|/()\n–—.-]) {0,2}\Z")
_EDGE_AFTER = lazy(r" ?(?:$|[,;:|/()\n–—.-])")
_LEVEL = lazy(rf"(?:{_START}(?:phuong|quan|xa|huyen|tinh|thanh pho|thi tran|thi xa|tp|tx|tt|p|q|h|x)[. ]{{1,2}}|, ?)\Z")
# titles and labels, which may stand between a name and a phone or an address
_BETWEEN = """ong ba anh chi co chu em ban bac a c sdt dt so_dt so_dien_thoai dien_thoai tel phone hotline lh
    dia_chi dc d/c giao_den giao_toi ten ten_kh kh khach_hang nguoi_nhan ho_ten"""
_WORD_BETWEEN = lazy(rf"^[ ,;:|/()–—.-]*(?:{any_of(_BETWEEN)})[ ,;:|/()–—.-]*$")
_PLACE_AFTER = lazy(r", ?(?:p|q|h|x|tp|tx|phuong|quan|xa|huyen|thi|thanh pho|tinh)[. ]")


class _Name(NamedTuple):
    """A row that may be a name: place and weight; whether it has three syllables, diacritics, a sure beginning."""

    start: int
    end: int
    weight: int
    long: bool
    marked: bool
    strong: bool

    @property
    def is_hopeless(self) -> bool:
        """Whether no cue could make it a name."""
        return self.weight < min(_NEEDED.values())

    def is_likely(self, *, cued: bool, lower: bool) -> bool:
        """Whether its weight is enough, beside a cue or in small letters."""
        sure = self.strong or self.marked or cued
        return sure and self.weight >= _NEEDED.get((cued, lower, self.marked, self.long), _NEVER)


class Judge:
    """Judges the rows of one text; the addresses of a line are read when a row of it needs them."""

    def __init__(self, text: str) -> None:
        """`text`: many lines."""
        self._text = text
        self._line = (0, -1)
        self._others: list[tuple[int, int]] = []

    def span(self, row: Sequence[tuple[int, int]]) -> Span | None:
        """What begins with the family name `row[0]`; its score is 0 if it is no name."""
        if len(row) < 2:
            return None
        start, text = row[0][0], self._text
        syllables = tuple(small(text[first:last]) for first, last in row)
        marked = not text[start : row[-1][1]].isascii()
        count, weight = people.longest(syllables, marked=marked)
        if not count or (count > 3 and all(people.family(word) is not None for word in syllables[:count])):
            return None
        name = _Name(start, row[count - 1][1], weight, count > 2, marked, people.is_strong(syllables))
        score = 0.0 if name.is_hopeless else self._score(name)
        return Span(start, name.end, score, "a Vietnamese family name and given names")

    def _score(self, name: _Name) -> float:
        start, end, text = name.start, name.end, self._text
        before = small(text[max(0, start - _BEHIND) : start].rpartition("\n")[2])
        before = PHONE.sub("|", before) if _DIGIT.search(before) else before
        after = small(text[end : end + _AHEAD].partition("\n")[0])
        title = _TITLE[not before.isascii()].search(before)
        if not title and _is_thing(small(plain(text[start:end])), before, after):
            return 0
        lower = text[start].islower()
        cued = not lower and bool(title or _SAYS[not after.isascii()].match(after))
        if not cued:
            cued = self._is_field(start, end, before[: title.start()] if title else before, after)
        if not name.is_likely(cued=cued, lower=lower) or self._inside_address(start, end):
            return 0
        return 0.6 if cued else 0.55

    def _is_field(self, start: int, end: int, before: str, after: str) -> bool:
        """Whether the name stands alone between separators, phones and addresses, one of the latter two in its line."""
        others = self._of_line(start)
        if not others:
            return False
        number = bisect(others, (start, start))
        left = _EDGE_BEFORE.search(before) or (number and not self._between(others[number - 1][1], start))
        right = _EDGE_AFTER.match(after) or (number < len(others) and not self._between(end, others[number][0]))
        return bool(left and right)

    def _between(self, first: int, last: int) -> str:
        """What stands between two places but for signs and a title."""
        between = small(plain(self._text[first:last]))
        return _WORD_BETWEEN.sub("", between).strip(_SIGNS)

    def _inside_address(self, start: int, end: int) -> bool:
        others = self._of_line(start)
        number = bisect(others, (end, 0))
        return number > 0 and others[number - 1][1] > start

    def _of_line(self, start: int) -> list[tuple[int, int]]:
        """Starts and ends of the addresses and phone numbers of the line around `start`, in order."""
        first, last = self._line
        if not first <= start <= last:
            self._line = first, last = line_around(self._text, start)
            line = self._text[first:last]
            found = [match.span() for match in PHONE.finditer(line)]
            found += [(span.start, span.end) for span in addresses.find(line)] if _DIGIT.search(line) else []
            self._others = sorted((first + begin, first + end) for begin, end in found)
        return self._others


_DIGIT = lazy("[0-9]")
_SIGNS = " ,;:|/()–—.-"


def _is_thing(name: str, before: str, after: str) -> bool:
    """Whether a plain name is that of a street, a unit of administration or what else is named after people."""
    if is_street(name) or _NAMED_AFTER[not before.isascii()].search(before) or _PLACE_AFTER.match(plain(after)):
        return True
    found = ranks(name)
    return bool(found) and (found[-1] > WARD or bool(_LEVEL.search(plain(before))))


# the weight that is needed: cued, in small letters, with diacritics, of three syllables and more
_NEEDED = {
    (True, False, True, True): -20,
    (True, False, True, False): -20,
    (True, False, False, True): 0,
    (True, False, False, False): 20,
    (True, True, True, True): 0,
    (True, True, True, False): 20,
    (True, True, False, True): 20,
    (True, True, False, False): 40,
    (False, False, True, True): 20,
    (False, False, True, False): 90,
    (False, False, False, True): 90,
}
_NEVER = 1000
