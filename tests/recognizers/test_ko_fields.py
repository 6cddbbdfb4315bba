"""Korean names beside labels, keys and signs, and the words of software that are no names."""

import pytest
from recognized import recognized

FIELDS = [
    ("To. 김가은", ["김가은"]),
    ("From. 이가온 드림", ["이가온"]),
    ("주문자(김가은)", ["김가은"]),
    ("user=김가은", ["김가은"]),
    ('"owner": "김가은"', ["김가은"]),
]
LABELLED = [
    ("이름: 이슬", ["이슬"]),
    ("성함: 한별", ["한별"]),
    ("이름: 주소", []),
    ("이름=문자열", []),
    ("이름: 이미지", []),
]
WORDS = [
    "정수형을 정규식으로 바꾸고 문자수만큼 읽은 다음 조건식을 반환합니다",
    "커밋 메시지와 헤더 데이터, 캐시 페이지, 로우 레코드, 더티 페이지를 기록합니다",
    "이동한 파일은 변경중, 정지후 조사중, 구동기의 최대수 지정함",
    "user=기본값 owner=사용자 member=전체값 To. 고객님",
    "주문자(구매자) 수령인(변경중) 이름(선택) 주소(현재값)",
    "<이름>이 셸 내장 명령이면 반환합니다",
    "했습니다. 이용자 정보, 확인.정수형 변수",
]


@pytest.mark.parametrize(("text", "names"), FIELDS)
def test_a_weighty_name_after_a_key_is_found(text: str, names: list[str]) -> None:
    """Keys that name people, in any language, stand before Korean names with any sign."""
    assert recognized("PERSON", text) == names


@pytest.mark.parametrize(("text", "names"), LABELLED)
def test_a_label_of_people_makes_a_usual_given_name_one(text: str, names: list[str]) -> None:
    """Two syllables after a Korean label are a name if they are a usual given name, and not an everyday word."""
    assert recognized("PERSON", text) == names


@pytest.mark.parametrize("text", WORDS)
def test_words_of_software_are_no_names(text: str) -> None:
    """Messages and documents of software hold words that look like names."""
    assert recognized("PERSON", text) == []
    assert recognized("PERSON", text) == []
