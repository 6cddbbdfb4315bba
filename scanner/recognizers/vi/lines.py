"""A line of text in which a Vietnamese address is sought: its forms, its words, where its parts may begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from scanner.recognizers.spans import lazy
from scanner.recognizers.vi.letters import LOWER, UPPER, any_of, plain, small
from scanner.recognizers.vi.places import longest_unit

BLANK = "\x00"
PHONE = lazy("(?<![0-9])(?:[+]?84|0)[ .-]?[(]?0?[)]?(?:[35789](?:[ .-]?[0-9]){8}|2(?:[ .-]?[0-9]){9})(?![0-9])")
_WORD = lazy("[a-z]+(?:['’][a-z]+)?")
_WORDS = 6
# `Đà NẵngNguyễn Văn An`: a family name that a capital tells from the word before it
GLUED_NAME = lazy(rf"(?<=[{LOWER}])(?:Nguyễn|Trần|Phạm|Huỳnh|Hoàng|Đặng|Bùi|Đỗ|Lê|Phan|Vũ|Võ|Ngô|Dương) [{UPPER}]")
_GAP = lazy(r" {0,2}[,–—-] {0,2}|\.,? ?| {1,2}|,{1,2} ?")
_LANES = """ngõ ngỏ ngách hẻm hẽm kiệt tổ_dân_phố tdp tổ khu_phố kp k.p thôn ấp xóm bản buôn làng đội khóm khu_vực
    khu lô dãy tiểu_khu tk cụm ngo ngach hem kiet to_dan_pho khu_pho thon xom khom khu_vuc buon tieu_khu"""
_BUILDINGS = """kiot ki_ốt chung_cư cc tòa_nhà toà_nhà tòa toà căn_hộ căn tầng lầu phòng block ký_túc_xá ktx
    khu_dân_cư kdc khu_đô_thị kđt kdt kđtm khu_công_nghiệp kcn cao_ốc villa biệt_thự shophouse khu_tập_thể ktt cư_xá
    chợ tháp lk chung_cu toa_nha can_ho ky_tuc_xa khu_dan_cu khu_do_thi khu_cong_nghiep cao_oc khu_tap_the cu_xa"""
# everyday words or names once they bear no diacritics: not in lines that bear some
_BARE_LANES = "to ap ban lang doi lo day cum"
_BARE_BUILDINGS = "toa can tang lau phong cho thap"


@cache
def lane_word(marked: bool) -> re.Pattern[str]:
    """The word before a lane or a building, the longest first; in lines that are `marked` by diacritics or not."""
    buildings = any_of(_BUILDINGS if marked else f"{_BUILDINGS} {_BARE_BUILDINGS}")
    lanes = any_of(_LANES if marked else f"{_LANES} {_BARE_LANES}")
    return re.compile(rf"(?:(?P<building>{buildings})|(?P<lane>{lanes}))(?:[.:] ?| |(?=[0-9]))")


class Part(NamedTuple):
    """One reading of a part: its end, its rank, what it is worth; whether it holds the number of
    a house or a lane, and whether the mere name of a street may follow."""

    end: int
    rank: int
    worth: int
    number: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is written; small; small and plain, with phone numbers blanked. All of the same length."""

    raw: str
    low: str
    flat: str
    spans: list[tuple[int, int]]  # of its words
    index: dict[int, int]  # which word begins at a place
    known: dict[int, tuple[int, tuple[int, ...]]]  # the longest unit that begins at a place, once asked for

    @classmethod
    def of(cls, raw: str) -> Line:
        """The forms of a line."""
        low = PHONE.sub(lambda match: BLANK * len(match.group()), small(raw))
        flat = plain(low)
        spans = [match.span() for match in _WORD.finditer(flat)]
        if GLUED_NAME.search(raw):
            spans = list(_split(spans, {match.start() for match in GLUED_NAME.finditer(raw)}))
        return cls(raw, low, flat, spans, {start: number for number, (start, _) in enumerate(spans)}, {})

    def unit(self, position: int) -> tuple[int, tuple[int, ...]]:
        """How many words from `position` on are the longest name of a unit, and its ranks; 0 for none."""
        if position not in self.known:
            self.known[position] = longest_unit([self.flat[start:end] for start, end in words(self, position)])
        return self.known[position]

    def lane(self, position: int) -> re.Match[str] | None:
        """The word for a lane or a building that stands at `position`."""
        return lane_word(self.low != self.flat).match(self.low, position)


def _split(spans: list[tuple[int, int]], cuts: set[int]) -> Iterator[tuple[int, int]]:
    """Words that a name is glued to end where it begins."""
    for start, end in spans:
        at = next((cut for cut in range(start + 1, end) if cut in cuts), end)
        yield start, at
        if at < end:
            yield at, end


def words(line: Line, position: int) -> list[tuple[int, int]]:
    """Starts and ends of the words from `position` on that single spaces part, six at most."""
    first = line.index.get(position)
    if first is None:
        return []
    last = first + 1
    for start, _ in line.spans[last : last + _WORDS - 1]:
        if start - line.spans[last - 1][1] != 1 or line.flat[start - 1] != " ":
            break
        last += 1
    return line.spans[first:last]


def gaps(line: Line, position: int) -> int:
    """Where the next part may begin; `position` if there is nothing between."""
    match = _GAP.match(line.low, position)
    return match.end() if match else position
