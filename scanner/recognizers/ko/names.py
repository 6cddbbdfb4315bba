"""Korean names in text: after a label, before an honorific, beside a phone number or at the end of an address."""

from __future__ import annotations

import re
from functools import cache

from scanner.recognizers.clues import Clue, clue, follow
from scanner.recognizers.gazetteer import Gazetteer, alternation, listed, word_set
from scanner.recognizers.labels import Trust
from scanner.recognizers.spans import Span, clear

CUES = listed(
    """수령인 수취인 수하인 받는분 받으시는분 받는사람 보내는분 보내는사람 발송인 주문자 예금주 고객명
    회원명 성명 이름 성함 신청인 신청자 담당자 입금자 구매자 보호자 대표자 환자명 계약자"""
)
HONORIFICS = ("님", "씨", "귀하")
# people by their role, which stand before 님 as names do
_ROLES = listed(
    """기사 사장 선생 고객 회원 대표 과장 부장 팀장 실장 원장 교수 박사 기자 작가 감독 의원 장관 대리
    주임 사원 이사 상무 전무 변호사 간호사 약사 부모 주인 임금 어머 아버 여러분 이용자 구매자 주문자 신청자
    지원자 기획자 진행자 심사위원 조합원 임직원 도련 공주 왕자 신부 목사 장인 장모 서방 사모 선배 후배 강사
    방문자 진료자 안내자 이웃 주민 조교 조장 반장 교장 국장 소장 차장 원생 학부모 참가자"""
)
_FORM_WORDS = listed("부재시 변경후 인수자 경유지 부서명")  # what forms say before a number; the gazetteer lacks them
_NOT_AT_END = (*_ROLES, "님", "씨")
_LABEL = "|".join(CUES).replace("는", "는 ?")
_PHONE = r"(?:\+82[ -]?)?0?1[016789][- .]?[0-9*]{3,4}[- .]?[0-9]{4}(?![0-9])"
LABELS = (*CUES, *(cue.replace("는", "는 ") for cue in CUES if "는" in cue))
_LABELS = Gazetteer(more=LABELS)
_HONOURED = Gazetteer(more=HONORIFICS)
_MOBILES = Gazetteer(more=("01", "+82"))
_UNITS = Gazetteer(more=(end + gap for end in ("호", "층", ")") for gap in " ,"))


NOMINATE = (
    "|".join(
        (
            rf"(?:{_LABEL})[은는]? [가-힣]",
            rf"(?:{alternation('ko-surnames')})[가-힣]{{2}} ?(?:{'|'.join(HONORIFICS)})",
            r"[가-힣][ ,/\t(]{0,3}(?:\+82[ -]?)?0?1[016789][- .]?[0-9*]{3}",
            r"[0-9]{4}[ ,/\t)]{1,3}[가-힣]{3}|[0-9][호층)][ ,]{1,2}[가-힣]{3}",
        )
    ),
)

# nothing that a name is a piece of
_END = r"(?= ?(?:님|씨|귀하|고객|입니다|이고|이며|\()|[^가-힣]|$)"


def _name(given: str) -> str:
    """A group `name`: a surname and as many syllables as the repetition `given` says."""
    return f"(?P<name>(?:{alternation('ko-surnames')})[가-힣]{given})"


@cache
def _sure() -> tuple[Clue, ...]:
    """What only stands beside persons."""
    name, full = _name("{1,2}"), _name("{2}")
    return (
        clue(_LABELS, rf"(?:{_LABEL})(?:은|는)? {name}{_END}", 0.65, "a Korean name after a label without a colon"),
        clue(
            _HONOURED,
            rf"(?<![가-힣]){full}(?= ?(?:님|씨|귀하)(?![가-힣]{{3}}))",
            0.6,
            "a Korean name before an honorific",
        ),
    )


@cache
def _near() -> tuple[Clue, ...]:
    """What stands beside persons, and beside words such as 연락처 or 부재시 too."""
    full = _name("{2}")
    return (
        clue(_MOBILES, rf"(?<![가-힣]){full}[ ,/\t(]{{0,3}}(?={_PHONE})", 0.75, "a Korean name before a phone number"),
        clue(_MOBILES, rf"{_PHONE}[ ,/\t)]{{1,3}}{full}(?![가-힣])", 0.65, "a Korean name after a phone number"),
        clue(
            _UNITS,
            rf"(?<=[0-9][호층)])[ ,]{{1,2}}{full}(?=[ ,/(]*(?:$|\n|님|[0-9]))",
            0.6,
            "a Korean name at the end of an address",
        ),
    )


def find(text: str) -> list[Span]:
    """Return the Korean names of `text` that something beside them gives away."""
    near = (span for span in follow(_near(), text) if _is_usual(text[span.start : span.end]))
    found = (*follow(_sure(), text), *near)
    return clear(text, (span for span in found if not _is_word(text[span.start : span.end])))


@cache
def _labelled() -> re.Pattern[str]:
    """A name; the syllables of one in full may be spaced."""
    spaced = r"(?: [가-힣]){2}(?! ?[가-힣]{2}| [가-힣] )"
    return re.compile(rf"(?P<surname>{alternation('ko-surnames')})(?P<given>[가-힣]{{1,2}}{_END}|{spaced})")


def after_label(text: str, at: int, trust: Trust) -> int | None:
    """See `labels.AfterLabel`. After a bare label two syllables that are usual in given names are needed."""
    match = _labelled().match(text, at)
    if match is None or _is_word(match.group()):
        return None
    return match.end() if trust > Trust.BARE or _is_usual(match.group()) else None


def _is_usual(name: str) -> bool:
    """Whether the last two syllables are usual in given names."""
    return len(name) > 2 and word_set("ko-given").issuperset(name[-2:])


def _is_word(name: str) -> bool:
    return name in word_set("ko-common") or name in _FORM_WORDS or name.endswith(_NOT_AT_END)
