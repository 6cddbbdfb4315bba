"""Korean names in text: after a label, before an honorific, in a delivery line, and by their own weight in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from scanner.recognizers.gazetteer import Gazetteer, listed, weights, word_set
from scanner.recognizers.ko import alone, delivery, foreign, prose, short
from scanner.recognizers.ko.people import COMMON, doubt, given_weight, name_weight, surnames, word_weight
from scanner.recognizers.ko.titles import PROFESSIONS, TITLE
from scanner.recognizers.labels import Trust
from scanner.recognizers.spans import OfLine, Span, clear, lazy

CUES = listed(
    """수령인 수취인 수하인 받는분 받으시는분 받는사람 보내는분 보내는사람 발송인 주문자 예금주 고객명
    회원명 성명 이름 성함 신청인 신청자 담당자 입금자 구매자 보호자 대표자 환자명 계약자 작성자 승인자 검토자 참석자
    발신인 수신인 발신자 수신자 수령자 수취자 인수자 주문인 구매인 세대주 임차인 임대인 매도인 매수인 위임인 소유자
    배우자 피보험자 법정대리인 근로자 대표이사 가입자 명의자 명의인 접수자 요청자 상담원 받는이 보내는이 보낸사람"""
)
CUES += ["성 명", "이 름", "성 함"]  # spread over the width of a form
# people by their role, which stand before 님 as names do
_ROLES = listed(
    """기사 고객 회원 사원 이사 주무관 사무관 서기관 간호사 약사 부모 주인 임금 어머 아버 여러분 이용자 구매자
    주문자 신청자 지원자 기획자 진행자 심사위원 조합원 임직원 도련 공주 왕자 신부 장인 장모 서방 사모 선배 후배
    강사 방문자 진료자 안내자 이웃 주민 조교 조장 반장 교장 원생 학부모 참가자"""
)
_NOT_AT_END = (*PROFESSIONS, *_ROLES, "님", "씨", "팀")
_LABEL = "|".join(CUES).replace("는", "는 ?")
LABELS = (*CUES, *(cue.replace("는", "는 ") for cue in CUES if "는" in cue))
_LABELS = Gazetteer(more=LABELS)
_HONORIFIC = lazy(r" ?(?:님|씨|귀하)(?![가-힣]{3}|[실체])")
_HONOURED = 40  # the weight of names before an honorific, and of surnames with one syllable there
_HONOURED_GIVEN, _HONOURED_WORD = 35, 45  # and of given names alone, and such that are rare words too
_BARE = 90  # the weight of names after a label that things have too
# what a name is followed by: nothing that it is a piece of
_END = r"(?= ?(?:님|씨|귀하|고객|입니다|이고|이며|\()|[^가-힣]|$)"
_SPACED = r"(?: [가-힣]){2}(?! ?[가-힣]{2}| [가-힣] |[가-힣](?! ?(?:$|[^가-힣 ])))"
# a text that people write, or a line of several fields; a word alone may be anything
_SENTENCE = "[ 0-9:=(]|님|씨|귀하"
_WEIGHTY = 130  # three syllables that begin with a surname by chance weigh some 110
_IN_SENTENCE = lazy(_SENTENCE)
# `주문자(김가상)`, `user=김가상`, `To. 김가상`: what stands before the sign may be of any language
_AFTER_SIGN = lazy(rf"(?P<sign>[:：=(.])[ \"']{{0,2}}(?P<name>[가-힣]{{3,4}}){_END}")
_KEY = lazy(
    r"(?:[가-힣]|(?<![A-Za-z])(?i:user|owner|author|writer|member|manager|assignee|reviewer|reporter|creator|student"
    r"|teacher|guest|to|from|by|cc))[\"']? ?\Z"
)
_TO = lazy(r"(?<![A-Za-z])(?i:to|from|by|attn)\Z")
_LONGEST_KEY = 12
_FORENAME, _FORENAME_WORD = 38, 40  # of two syllables after a label: the least weight, and the most it has as a word

NOMINATE = (
    "|".join(
        (
            rf"(?:{surnames()})(?:[가-힣]{{2}}|[가-힣](?:[^가-힣]|$)| [가-힣] [가-힣]| ?씨|모)",
            rf"(?:{surnames()}) (?:{alone.TITLES}|[군양])",
            rf"(?:{_LABEL})[은는]? [가-힣]",
            rf"[가-힣]{{2}} ?(?:님|씨|귀하|{TITLE}|누나|형|쌤|선배)|[가-힣]{{2}}이[가는를랑만도의와한에네]",
            f"[{foreign.strange()}]",
        )
    ),
    _SENTENCE,
)


def find(text: str) -> list[Span]:
    """Return the Korean names of `text` that something beside them, or their own weight, gives away."""
    found = [
        *_cued(text),
        *_honoured(text),
        *delivery.find(text),
        *prose.find(text),
        *foreign.find(text),
        *alone.find(text),
        *short.find(text),
    ]
    # in a sentence or between other fields, and no word of another kind
    written = OfLine(text, lambda line: _IN_SENTENCE.search(line) is not None)
    return clear(text, (span for span in sorted(found) if not _is_other_word(text, span) and written(span.start)))


def _is_other_word(text: str, span: Span) -> bool:
    return span.reason != alone.REASON and _is_word(text[span.start : span.end])


def _cued(text: str) -> Iterator[Span]:
    """Names after a label without a colon."""
    for line in _LABELS.lines(text):
        for match in _after_cue().finditer(text, *line):
            if delivery.is_probable(match["name"]):
                yield Span(*match.span("name"), 0.65, "a Korean name after a label without a colon")
    for match in _AFTER_SIGN.finditer(text):
        key = _TO if match["sign"] == "." else _KEY
        if is_name(match["name"]) and key.search(text, max(0, match.start() - _LONGEST_KEY), match.start()):
            yield Span(*match.span("name"), 0.55, "a Korean name after a word and a sign")


@cache
def _after_cue() -> re.Pattern[str]:
    return re.compile(rf"(?:{_LABEL})(?:은|는)? (?P<name>(?:{surnames()})(?:[가-힣]{{1,2}}{_END}|{_SPACED}))")


def _honoured(text: str) -> Iterator[Span]:
    """Names, and given names alone, before 님, 씨 and 귀하."""
    for match in _HONORIFIC.finditer(text):
        start = end = match.start()
        while start > max(0, end - 5) and "가" <= text[start - 1] <= "힣":
            start -= 1
        if _bears_honour(text[start:end]):
            yield Span(start, end, 0.6, "a Korean name before an honorific")


def _bears_honour(name: str) -> bool:
    if len(name) == 2:
        single = weights("ko-surnames").get(name[0], 0) >= _HONOURED and name[1] in weights("ko-given-last")
        given = given_weight(name) >= (_HONOURED_WORD if word_weight(name) else _HONOURED_GIVEN)
        return word_weight(name) <= COMMON and (given or (single and not word_weight(name)))
    return name[:-2] in weights("ko-surnames") and name_weight(name) - doubt(name) >= _HONOURED


@cache
def _labelled() -> re.Pattern[str]:
    """A name; the syllables of one in full may be spaced."""
    return re.compile(rf"(?:{surnames()})(?:[가-힣]{{1,2}}{_END}|{_SPACED})")


def after_label(text: str, at: int, trust: Trust) -> int | None:
    """See `labels.AfterLabel`. After a bare label the weight of a name is needed."""
    match = _labelled().match(text, at)
    if match is None:
        return None
    name = match.group()
    if not _is_forename(name, trust) if len(name) == 2 else _is_word(name):
        return None
    return match.end() if trust > Trust.BARE or _is_usual(name) else None


def _is_forename(name: str, trust: Trust) -> bool:
    """Whether two syllables are a name in full that is no word, or after a Korean label a usual given name: `이슬`."""
    if not word_weight(name):
        return not name.endswith(_NOT_AT_END)
    given = trust == Trust.OWN and given_weight(name) >= _FORENAME
    return given and word_weight(name) <= _FORENAME_WORD


def is_name(text: str) -> bool:
    """Whether a whole text is a name by its weight, which no word of the language lowers."""
    return len(text) in (3, 4) and name_weight(text) - doubt(text) >= _WEIGHTY


def _is_usual(name: str) -> bool:
    plain = name.replace(" ", "")
    return len(plain) > 2 and name_weight(plain) - doubt(plain) >= _BARE


def _is_word(name: str) -> bool:
    return name in word_set("ko-common") or name.endswith(_NOT_AT_END) or word_weight(name) > COMMON
