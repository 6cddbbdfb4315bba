"""Addresses in free text, by language."""

import pytest
from recognized import recognized

ADDRESSES = [
    ("배송지는 ", "서울특별시 강남구 테헤란로 12길 34 101동 1203호", " 홍길동 010-1234-5678"),
    ("", "서울 마포구 월드컵북로 1, 3층 (상암동)", ""),
    ("주소: ", "경기 성남시 분당구 정자동 178-1", " 입니다"),
    ("", "부산 해운대구 우동 한빛아파트 103동 501호", "로 보내주세요"),
    ("집은 ", "테헤란로 152, 101동 202호", "예요"),
    ("赵明轩", "云南省昆明市五华区新华路12号", "13900001111"),
    ("", "广东省深圳市南山区科技园南路88号 创业大厦B座1201室", " 李四 13800001111"),
    ("", "臺北市信義區松仁路100號12樓之3", " 王小明"),
    ("Giao tới ", "12/3 Nguyễn Trãi, P. 5, Q. 3, TP.HCM", " cho chị Lan"),
    ("", "45 duong Le Loi, phuong Ben Nghe, quan 1, TP HCM", " giao gio hanh chinh"),
    ("", "Thôn Đông, xã Hòa Bình, huyện Lương Sơn, tỉnh Hòa Bình", ""),
    ("", "〒160-0022 東京都新宿区新宿3丁目1番2号 サンプルビル501", " 山田太郎様"),
    ("Ship to ", "123 Example St, Apt 4B, Springfield, IL 62704", " please"),
    ("", "P.O. Box 1234, Anytown, TX 75001", ""),
    ("العنوان: ", "شارع الملك فهد 25، حي العليا، الرياض 12345", ""),
]


@pytest.mark.parametrize(("before", "address", "after"), ADDRESSES)
def test_the_whole_address_and_no_more(before: str, address: str, after: str) -> None:
    """The span is the address from its first place or number to its last unit, without names and phones."""
    assert recognized("ADDRESS", before + address + after) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "Copyright (C) 1991-1998, Thomas G. Lane.",
        "Copyright 2021 Iain Lane",
        "© 2003, North Tester State Highway",
        "앞으로 3일 동안 서울 강남구에서 행사",
        "서울 지하철 2호선 강남역 3번 출구",
        "경기 결과 3-2",
        "上海市在3月15号召开第3号会议",
        "北京市海淀区政府的工作",
        "東京都は2020年に",
        "Mua 2 áo thun, 3 quần dài giá 5 triệu",
        "5 people on the road today",
        "12 Angry Men Way",
        "طريق الحرير القديم كان طويلا",
        "広島市",
    ],
)
def test_places_and_numbers_alone_are_no_address(text: str) -> None:
    """City names, dates, counts and metro lines are not reported."""
    assert recognized("ADDRESS", text) == []


def test_joined_lines_give_the_same_findings() -> None:
    """Cells joined by line feeds are found as if alone: nothing crosses a line."""
    lines = [before + address + after for before, address, after in ADDRESSES]
    assert recognized("ADDRESS", "\n".join(lines)) == [address for _, address, _ in ADDRESSES]
