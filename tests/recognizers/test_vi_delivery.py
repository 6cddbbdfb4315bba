"""Vietnamese delivery lines: name, phone and address glued, titles before one syllable, English words of levels."""

import pytest
from recognized import recognized

NAMES = [
    ("0900000000Nguyễn Văn An", ["Nguyễn Văn An"]),
    ("Nguyễn Văn An0900000000", ["Nguyễn Văn An"]),
    ("Tran Thi Hoa0900000000", ["Tran Thi Hoa"]),
    ("0900000000Nguyễn Văn An12 Lê Lợi, Hải Châu, Đà Nẵng", ["Nguyễn Văn An"]),
    ("12 Lê Lợi, Hải Châu, Đà NẵngNguyễn Văn An0900000000", ["Nguyễn Văn An"]),
    ("anh Tuấn 0900000000", ["Tuấn"]),
    ("giao chị Lan 0900000000 nhé", ["Lan"]),
    ("C. Lan - 0900000000", ["Lan"]),
    ("chị em 0900000000, shop 0900000000", []),
    ("A Card 0900000000", []),
    ("anh có 3 đơn, chị Mua 2 cái", []),
]
ADDRESSES = [
    ("Nguyễn Văn An0900000000,số 5 Lê Lợi, phường Bến Nghé, quận 1", "số 5 Lê Lợi, phường Bến Nghé, quận 1"),
    ("0900000000Nguyễn Văn An12 Lê Lợi, Hải Châu, Đà Nẵng", "12 Lê Lợi, Hải Châu, Đà Nẵng"),
    ("12 Lê Lợi, Hải Châu, Đà NẵngNguyễn Văn An0900000000", "12 Lê Lợi, Hải Châu, Đà Nẵng"),
    ("Trần Thị Hoa,0900000000,45/6 Nguyễn Trãi,P.2,Q.5,TP.HCM", "45/6 Nguyễn Trãi,P.2,Q.5,TP.HCM"),
    ("at 12 Le Loi Street, District 1, Ho Chi Minh City", "12 Le Loi Street, District 1, Ho Chi Minh City"),
]


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_names_beside_phones(text: str, names: list[str]) -> None:
    """A full name touches a phone or a house number; one syllable needs a title and a phone."""
    assert recognized("PERSON", text) == names


@pytest.mark.parametrize(("text", "address"), ADDRESSES)
def test_addresses_in_lines_and_in_english(text: str, address: str) -> None:
    """An address may touch what stands before it, and have its levels in English."""
    assert recognized("ADDRESS", text) == [address]


@pytest.mark.parametrize(
    "text", ["the ward 5 nurses of district 9 met 12 times", "we sell 12 Le Loi shirts in the city"]
)
def test_english_levels_alone_are_no_address(text: str) -> None:
    """Words for levels need a street and a number."""
    assert recognized("ADDRESS", text) == []
