"""What stands beside names of people in Korean: titles and honorifics after them, roles before them."""

from __future__ import annotations

from scanner.recognizers.gazetteer import listed
from scanner.recognizers.spans import lazy

# what people are called by with their surname alone; those of the first list are addressed with 님, too
PROFESSIONS = listed(
    """교수 장관 의원 변호사 감독 대표 작가 기자 원장 팀장 사장 박사 부장 선생 실장 전무 과장 국장 대리 목사 소장 주임
    차장 상무"""
)
OFFICES = listed(
    """차관 총리 대통령 회장 부회장 위원장 지사 검사 판사 부장판사 총장 후보 후보자 당선인 당선자 공동대표 원내대표
    대변인 대사 사령관 경장 경위 경감 경정 총경 순경 상병 병장 일병 이병 하사 중사 상사 대위 중위 소위 소령 중령 대령
    코치 선수 앵커 셰프 교사 시장 총괄회장 할머니 할아버지"""
)
_TITLES = listed(
    """명예회장 부사장 이사장 본부장 위원 도지사 군수 구청장 청장 학장 특파원 아나운서 시인 화백 비서관 장군 스님 교황
    배우 가수 형사 피디 대법관 재판관 최고위원 사무총장 구단주 아저씨 아줌마 형님 누님 오빠 언니
    주무관 사무관 서기관 매니저 책임 수석 선임 간호사 약사"""
)
_ROLES = listed(
    """배우 가수 감독 작가 기자 선수 의원 교수 대표 사장 회장 변호사 검사 판사 개그맨 개그우먼 방송인 아나운서 앵커 모델
    래퍼 투수 타자 포수 주장 코치 셰프 피디 시인 소설가 화가 주연 남편 아내 동생 누나 언니 아들 장남 차남 장녀 차녀
    대위 중위 병장 상병 일병 이병 경위 경장 순경 고 故 대변인 후보 총리 대통령 장관 지사 위원장 형사 여배우 남배우"""
)
TITLE = "|".join(sorted([*PROFESSIONS, *OFFICES, *_TITLES], key=len, reverse=True))
_SHORT = r" ?(?:씨|님|군(?![가-힣]{2})|양(?![가-힣]{2})|옹)(?:[은는이가을를의와과도만]|에게|께서?|$|[^가-힣])|씨"
_IN_BRACKETS = r" ?\((?:[0-9一-龥]|[가-힣 ·]*[0-9]{2}\))"
_TITLED = (
    rf" ?(?:{TITLE})(?:님|(?:들|에게|한테|께서?)?[은는이가을를의와과도만]?(?![가-힣])"
    "|입니다|이었|이며|이고|이라|으로|인 )| 전 [가-힣]"
)
_BESIDE = lazy(f"{_SHORT}|{_IN_BRACKETS}|{_TITLED}")
_GREETING = "(?:안녕하세요|안녕하십니까|저는|제 이름은)[,.!~]{0,2} "
_BEFORE = lazy(rf"(?:(?:{'|'.join(_ROLES)}) |故|{_GREETING})\Z")


def follows(text: str, end: int) -> bool:
    """Whether an honorific, a title, an age or the name in Han characters follows a name that ends at `end`."""
    return _BESIDE.match(text, end) is not None


def precedes(text: str, start: int) -> bool:
    """Whether a role, or what people introduce themselves with, stands before a name that begins at `start`."""
    return _BEFORE.search(text, max(0, start - 10), start) is not None
