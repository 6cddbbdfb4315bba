"""Korean addresses: roads and lots with and without places and spaces, and what follows their numbers."""

import pytest

from scanner.recognizers.ko.addresses import find

ADDRESSES = [
    ("", "서울강남구테헤란로12길34", ""),
    ("홍길동01000005678", "서울시강남구테헤란로12길34한빛아파트101동202호", ""),
    ("", "서울시강남구테헤란로12길34", "홍길동01000005678"),
    ("", "서울시강남구테헤란로12길34", "01000005678"),
    ("", "서울 강남 역삼동 737", ""),
    ("", "서울시 강남구 테해란로 152", "에서 만나요"),
    ("", "강남대로 396", ""),
    ("", "테헤란로 152 역삼동 한빛센터", "에서 만나요"),
    ("", "경기 하남시 미사강변대로 12-3 지층", " 공동현관 #1234*"),
    ("", "전남 순천시 해룡면 신대리 123-4번지", ""),
    ("", "경남 창원시 의창구 중앙대로 151 (용호동, 한빛아파트) 3층 302호", " 문앞에 놔주세요"),
    ("", "부산광역시 부산진구 중앙대로666번길 50", ", 홍길동"),
    ("", "제주특별자치도 제주시 첨단로 242", "입니다"),
    ("", "광주 서구 상무대로 1010", " 010-0000-1234"),
    ("", "서울 강남구 테헤란로 12, 101-1203", ""),
    ("", "서울 강남구 역삼동 산 12", ""),
    ("", "서울 강남구 테헤란로 12 길 34 한빛타워 D동 205", ", 홍길동"),
    ("", "한빛아파트 101동 1203호", " 홍길동님"),
    ("", "충북 청주시 흥덕구 오송읍 오송생명로 123 B1", ""),
    ("", "대구 수성구 범어동 123 한빛캐슬 102동 1803호", " (우편함 아래)"),
    ("", "대구광역시 달서구 하례로 457 햇살타운 110-1406", ""),
    ("", "경기 남양주시 햇살로11번길 27 강변 푸른마을 111-1905", ", 홍길동"),
    ("", "서울 송파구 새봄로 310 (햇살타운)", " 문앞"),
    ("", "서울 송파구 새봄로 310", " (김민수)"),
    ("", "서울 송파구 새봄로 310", " (부재시경비실)"),
    ("", "서울 송파구 새봄로 310", " 문의 1588-0000"),
    ("", "서울 송파구 새봄로 310", " 홍길동 010-0000-1234"),
    ("", "서울 송파구 새봄로 310", " 홍길동 02-000-1234"),
    ("", "서울 은평구 진관동 한빛마을 203동 1502호", ""),
]
PLACES = [
    "종로 3가에서 만나자, 서울 중구 을지로 3가역 앞",
    "산책로 3km를 걸었다",
    "제주도로 3박 4일 여행",
    "부산으로 2시간 걸렸다",
    "고속도로 1차로에서, 강남대로 3차선에서",
    "이동 3-4명, 운동 30분, 자동 12단",
    "1동 2호기 정비, 3층 회의실 302호",
    "서울 강남구, 경기도 성남시",
    "강남구로 3명이 왔다",
    "101동 1203호",
]


@pytest.mark.parametrize(("before", "address", "after"), ADDRESSES)
def test_the_whole_address_and_no_more(before: str, address: str, after: str) -> None:
    """The span runs from the first place to the last unit; names, phones, codes and particles are outside."""
    text = before + address + after
    assert [text[span.start : span.end] for span in find(text)] == [address]


@pytest.mark.parametrize("text", PLACES)
def test_places_and_counts_are_no_addresses(text: str) -> None:
    """A particle 로, a distance, a district or a unit without a building is no address."""
    assert find(text) == []


def test_a_known_road_with_its_places_is_surest() -> None:
    """The score falls from a known road with its places, to an unknown road, to a road and number alone."""
    texts = ["서울 강남구 테헤란로 12", "서울 강남구 테해란로 12", "테헤란로 12"]
    scores = [span.score for text in texts for span in find(text)]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(texts)
