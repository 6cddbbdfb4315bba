"""Korean names: in delivery lines, beside titles, and in running text by their own weight."""

import pytest
from recognized import recognized

from scanner.recognizers.ko.names import find
from scanner.recognizers.ko.particles import is_particle
from scanner.recognizers.ko.people import doubt, name_weight

LINES = [
    ("홍길동01012345678서울시강남구테헤란로12길34", ["홍길동"]),
    ("서울시강남구테헤란로12길34홍길동01000005678", ["홍길동"]),
    ("01000001234홍길동서울시 강남구 역삼동 12-3", ["홍길동"]),
    ("홍길동서울시 강남구 역삼동 12-3", ["홍길동"]),
    ("서울시 강남구 역삼동 12-3 202호홍길동", ["홍길동"]),
    ("김철 010-0000-0000", ["김철"]),
    ("남궁민수 010-0000-0000 경기 하남시 미사강변대로 12", ["남궁민수"]),
    ("홍 길 동 010-0000-0000", ["홍 길 동"]),
    ("민지씨한테 물어보세요, 지영님 감사합니다", ["민지", "지영"]),
]
PROSE = [
    ("배우 박가상과 가수 이서윤이 함께한다.", ["박가상", "이서윤"]),
    ("참석자는 홍길동, 김가상, 박보기 등이다.", ["홍길동", "김가상", "박보기"]),
    ("문의는 상담원 김가나에게 하면 된다.", ["김가나"]),
    ("홍길동(32)씨는 어제 왔다.", ["홍길동"]),
    ("경찰은 김모(41)씨와 최 씨를 불렀다.", ["김모", "최"]),
    ("최 교수는 말했다. 박 장관도 왔다.", ["최", "박"]),
    ("감독은 마이클 존스가 맡고 스테파니는 쉰다.", ["마이클 존스", "스테파니"]),
    ("민지 언니가 사 준 옷", ["민지"]),
    ("김가나 부장님께도 드렸고 구청 이가상 주무관에게 물었다.", ["김가나", "이가상"]),
    ("안녕하세요, 김하늘입니다.", ["김하늘"]),
]
WORDS = [
    "정수기 필터 교체 서비스, 이유식 용기, 전기장판, 주방세제를 팝니다",
    "최고급 한우 세트, 유기농 감자, 강력 추천 상품은 조기 품절",
    "이 감독의 영화, 전 의원의 말, 한 선수가 왔다, 성씨를 물었다",
    "드라마의 스토리는 좋고 캐릭터가 아쉽다, 프로젝트가 끝났다",
    "고양이가 자고 강아지가 뛴다. 이번에는 유명한 사람이 왔다",
    "신발장 010-0000-0000, 경비실 02-000-0000, 대리점 031-000-0000",
    "서울 강남구에서 만나 이천시로 갔다",
    "홍길동",
    "file: 김가상",
    "기사님, 고객님, 사장님, 손님, 스님, 하느님",
]


@pytest.mark.parametrize(("text", "names"), [*LINES, *PROSE])
def test_the_name_and_no_more(text: str, names: list[str]) -> None:
    """Names are found glued to numbers and addresses, beside titles and particles, without these."""
    assert [text[span.start : span.end] for span in find(text)] == names


@pytest.mark.parametrize("text", WORDS)
def test_words_that_begin_as_names_do_are_none(text: str) -> None:
    """Common words, goods, determiners before titles and a word alone in its cell are no names."""
    assert find(text) == []


def test_joined_lines_give_the_same_findings() -> None:
    """Cells joined by line feeds are found as if alone."""
    text = "\n".join(text for text, _ in [*LINES, *PROSE])
    assert [text[span.start : span.end] for span in find(text)] == [
        name for _, names in [*LINES, *PROSE] for name in names
    ]


def test_names_outweigh_words_and_words_raise_doubt() -> None:
    """A frequent surname and given name weigh more than rare ones; words that the text goes on with count against."""
    assert name_weight("김민수") > name_weight("봉민수") > name_weight("봉쾌쾌")
    assert doubt("정도의") > doubt("이상민") > doubt("김민수") == 0


def test_particles_agree_with_the_syllable_before() -> None:
    """은 follows a closed syllable, 는 an open one; other syllables are no particles."""
    assert is_particle("길동은", 2)
    assert is_particle("민수는", 2)
    assert is_particle("민수, 그", 2)
    assert not is_particle("길동는", 2)
    assert not is_particle("민수업", 2)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("성 명 : 홍 길 동  생년월일 : 1990-01-01", ["홍 길 동"]),
        ("작성자: 홍길동, 승인자: 김철", ["홍길동", "김철"]),
        ("담당자: 인사팀, 작성자: 시스템, 가입자: 신규, 수신자: 전체", []),
    ],
)
def test_names_after_the_labels_of_forms(text: str, names: list[str]) -> None:
    """A label of a form may be spread and its name spaced; teams and states are no names."""
    assert recognized("PERSON", text) == names
