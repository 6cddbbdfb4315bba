"""Vietnamese addresses: how they are written, and what only looks like one."""

import pytest
from recognized import recognized

from scanner.recognizers.vi import addresses

WHOLE = [
    "12/3A Nguyễn Trãi, P. 5, Q. 3, TP.HCM",
    "Số 5 Ngõ 12 Láng Hạ, Phường Thành Công, Quận Ba Đình, Hà Nội",
    "Lô B2 KDC Nam Long, Phường Phú Thuận, Quận 7, TP.HCM",
    "K12/5 Ông Ích Khiêm, Hải Châu, Đà Nẵng",
    "Kiệt 25 Nguyễn Huệ, TP. Huế",
    "Số 3, ngách 12/4, ngõ 45, Đội Cấn, Ba Đình, HN",
    "Hẻm 100 Lê Văn Sỹ, P.14, Q.3, Sài Gòn",
    "12 Lý Thường Kiệt, Hoàn Kiếm, Hà Nội",
    "12 Lý Thường Kiệt Hoàn Kiếm Hà Nội",
    "12 nguyễn trãi p5 q3 hcm",
    "12 nguyen trai P5, Q3",
    "45 duong Le Loi phuong Ben Nghe quan 1 TP HCM",
    "12 Lê Lợi,P.Bến Nghé,Q1,TPHCM",
    "12 Lê Lợi - P. Bến Nghé - Quận 1 - Tp Hồ Chí Minh",
    "Thôn Đông, xã Hòa Bình, huyện Lương Sơn, tỉnh Hòa Bình",
    "Ấp 3, Xã Tân Phú, Huyện Châu Thành, Tiền Giang",
    "Tổ 5, khu phố 2, Phường Tân Phong, Biên Hòa, Đồng Nai",
    "Căn hộ A12.05, chung cư Mẫu Xanh, 25 Nguyễn Hữu Thọ, Quận 7, TP.HCM",
    "Tầng 5, tòa nhà Mẫu, 12 Tôn Đức Thắng, P. Bến Nghé, Q.1, TP.HCM",
    "12 Trần Phú, Phường Hải Châu, Thành phố Đà Nẵng",
    "12 Trần Phú, Xã Đam Rông 1, Lâm Đồng",
    "12 ĐƯỜNG TRẦN PHÚ, PHƯỜNG 4, THÀNH PHỐ VŨNG TÀU, TỈNH BÀ RỊA - VŨNG TÀU",
    "No.12/45, đường Nguyễn Thị Minh Khai, Phường 5, Quận 3, Ho Chi Minh City, 700000",
    "12 Lê Mẫu, Quận 1, TP.HCM, Việt Nam",
]


@pytest.mark.parametrize("address", WHOLE)
def test_ways_to_write_an_address(address: str) -> None:
    """With or without levels, diacritics, commas and capitals, the whole address is found."""
    assert recognized("ADDRESS", address) == [address]


LINES = [
    ("Nguyễn Văn An 0900000000 ", "12 Lê Lợi, P. Bến Nghé, Q.1, TP.HCM", ""),
    ("0900000000 - Nguyễn Văn An - ", "12/3 Lê Lợi, Phường 5, Tân Bình", " - giao giờ hành chính"),
    ("", "12 Lê Lợi, P. Bến Nghé, Q.1, TP.HCM", " Nguyễn Văn An 0900000000"),
    ("SĐT:0900000000-", "12 Lê Lợi, P. Bến Nghé, Q.1", "-Trần Thị Hoa"),
    ("0900 000 000-", "12 Lê Lợi, Phường 5, Quận 3", ""),
    ("ĐC: ", "12 Lê Lợi, Quận 3, TP.HCM", ", mã cửa 1234#, sđt 0900000000"),
    ("le thi hoa ", "12 le loi p ben nghe q1 hcm", " sdt 0900000000"),
    ("Giao tới ", "12/3 Nguyễn Trãi, P. 5, Q. 3, TP.HCM", " cho chị Lan trước 5h"),
    ("Địa chỉ: ", "12 Lê Lợi, Tân Phú", ""),
]


@pytest.mark.parametrize(("before", "address", "after"), LINES)
def test_names_phones_and_notes_are_no_part_of_it(before: str, address: str, after: str) -> None:
    """In delivery lines of any order the address ends before a name, a phone number, a door code or a note."""
    assert recognized("ADDRESS", before + address + after) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "Hà Nội, Hải Phòng và Đà Nẵng",
        "TP. Hồ Chí Minh",
        "Quận 1, quận 3 và huyện Củ Chi cúp điện từ 8h",
        "Ngày 12 tháng 8 năm 2021, Hà Nội có 60 ca",
        "Năm 2020 Bình Dương, Đồng Nai có 15 khu công nghiệp",
        "Mua 2 áo thun, 3 quần jean, ship quận 5",
        "2 Quần Jean, TP.HCM freeship",
        "Đường Nguyễn Huệ, quận 1 đông người",
        "Thôn 3 và thôn 4 của xã Tân Phú bị mất điện",
        "xã Hòa Bình, huyện Lương Sơn, tỉnh Hòa Bình",
        "12 Angry Men, hue and saturation",
        "Version 12 of p1 and q2, tp = 3",
        "src/12/Ha/Noi.py:45: quan = 3",
        "Giá 120.000 đồng, Hà Nội",
    ],
)
def test_places_counts_and_dates_are_no_address(text: str) -> None:
    """Places without a house or a hamlet, counted things, dates and code are not reported."""
    assert recognized("ADDRESS", text) == []


def test_lines_are_read_apart() -> None:
    """Cells joined by line feeds are found as if alone."""
    assert recognized("ADDRESS", "\n".join(WHOLE)) == WHOLE


def test_a_sure_address_scores_higher() -> None:
    """Number, street, ward and city tell more than a number, a street and a city."""
    short, full = addresses.find("12 Lê Mẫu, Hà Nội\n12 Lê Mẫu, Phường 5, Quận 3, TP.HCM")
    assert 0.5 <= short.score < full.score


def test_a_word_of_english_is_no_hamlet() -> None:
    """What leads an address without diacritics (`to`, `lo`) needs its number, or more units than one."""
    assert recognized("ADDRESS", "Various updates to git-p4, lo and q3 and to one p5, so 4 in all") == []


def test_variables_are_no_wards_and_districts() -> None:
    """`q0, p1, q1` in a program is no house, ward and district."""
    assert addresses.find("q0, p1, q1") == addresses.find("x = f(a1, p1, q1)") == []
