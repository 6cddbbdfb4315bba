"""Korean addresses: road-name style (도로명) and lot-number style (지번), with building, 동, 층 and 호.

Source of the formats: the Road Name Address Act and juso.go.kr (province, city or district, road, building number,
then detail and the legal town in brackets).
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.recognizers.gazetteer import Gazetteer, listed
from scanner.recognizers.spans import Span, best, compiled

_SHORT = listed("서울 부산 대구 인천 광주 대전 울산 세종 경기 강원 충북 충남 전북 전남 경북 경남 제주")
_FULL = listed("충청북도 충청남도 전라북도 전라남도 경상북도 경상남도")
PROVINCE = rf"(?:{'|'.join(_FULL)}|(?:{'|'.join(_SHORT)})(?:특별자치시|특별자치도|특별시|광역시|시|도)?)(?=[ 가-힣])"
_PLACES = Gazetteer("kr-districts", more=(*_SHORT, *_FULL))
_UNITS = Gazetteer(more=(digit + unit for digit in "0123456789" for unit in ("호", "층")))

_PLACE = (
    rf"(?P<province>{PROVINCE})?(?>(?:,? ?(?P<district>[가-힣]{{1,6}}[시군구])(?=[ 가-힣])){{0,3}})"
    rf"(?: ?[가-힣0-9]{{1,8}}[읍면](?=[ 가-힣]))?"
)
_NUMBER = (
    r"(?:지하 ?)?[0-9]{1,5}(?:-[0-9]{1,4})?(?![0-9]|-[0-9]| ?(?:일|월|년|시간|분|초|개|명|원|만|천|위|회"
    r"|살|km|%|번[ 째]))"
)
_ROAD = (
    rf"(?!앞으로|[가-힣]{{0,4}}(?:으로|[서새바별따주제]로 ))[가-힣][가-힣0-9·.]{{0,19}}?(?:로|길|거리)"
    rf"(?: ?[0-9]{{1,4}}(?:번?[가-하]?길|번안길))? ?{_NUMBER}"
)
_LOT = rf"(?:[가-힣0-9·]{{1,10}}(?:동|리|가|읍|면) ?){{1,2}}(?:산 ?)?{_NUMBER}(?!동|호|층)(?:번지)?"
# buildings are counted by letters: A동, 가동, 나동
BUILDING = "[A-Za-z가나다라마바사아자차카타파하]동"
_UNIT = (
    rf"(?:제?[0-9]{{1,4}}동|{BUILDING}|(?:지하|B)? ?[0-9]{{1,3}}층|(?:B|지하)?[0-9]{{1,5}}"
    r"(?:-[0-9]{1,4})?호실?)(?![0-9선])"
)
_BUILDING = (
    r"(?:아파트|빌라|빌딩|오피스텔|타워|맨션|상가|주택|연립|빌|캐슬|팰리스|센터|하이츠|원룸|기숙사|단지|[0-9]차)"
)
_WORD = r"[가-힣A-Za-z0-9]{2,12} "
_TOWN_AND_UNIT = rf"[가-힣0-9·]{{1,10}}(?:동|리|가) (?:{_WORD}){{0,3}}?{_UNIT}"
_DETAIL = (
    rf"(?:,? ?(?:\([^()\n]{{1,30}}\)|(?:{_WORD})?[가-힣A-Za-z0-9]{{0,12}}{_BUILDING}(?![가-힣])|(?:"
    rf"{_WORD}){{0,2}}?{_UNIT})){{0,8}}"
)
_ADDRESS = rf"{_PLACE} ?(?:{_ROAD}|{_LOT}|{_TOWN_AND_UNIT}){_DETAIL}"
_ROAD_AND_UNIT = rf"(?<![가-힣0-9A-Za-z]){_ROAD}(?P<unit>(?:,? ?(?:{_WORD}){{0,2}}?{_UNIT}){{1,4}}){_DETAIL}"

NOMINATE = (f"[로길동리가읍면] ?(?:산 ?)?(?:지하 ?)?[0-9]|[0-9][동호층]|[동리가] (?:[가-힣A-Za-z0-9]+ )*{BUILDING}",)


def find(text: str) -> list[Span]:
    """Return the Korean addresses of `text`."""
    return best([*_with_place(text), *_without_place(text)])


def _with_place(text: str) -> Iterator[Span]:
    done = 0
    for start in _PLACES.starts(text):
        match = compiled(_ADDRESS).match(text, start) if start >= done else None
        if match and (match["province"] or match["district"]):
            done = match.end()
            full = bool(match["province"] and match["district"])
            yield Span(start, done, 0.8 if full else 0.65, "a Korean place, then a road or lot number")


def _without_place(text: str) -> Iterator[Span]:
    for line in _UNITS.lines(text):
        for match in compiled(_ROAD_AND_UNIT).finditer(text, *line):
            yield Span(*match.span(), 0.6, "a Korean road with number and unit")
