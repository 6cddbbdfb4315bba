"""Vietnamese names: how they are written, and what is merely called after people."""

import pytest
from recognized import recognized

from scanner.recognizers.vi import people

NAMES = [
    ("Tôi gặp Trần Thị Hoa ở chợ", ["Trần Thị Hoa"]),
    ("anh Lê Văn Tám và chị Nguyễn Thị Ngọc Lan", ["Lê Văn Tám", "Nguyễn Thị Ngọc Lan"]),
    ("ÔNG NGUYỄN VĂN AN", ["NGUYỄN VĂN AN"]),
    ("Nguyen Van An called", ["Nguyen Van An"]),
    ("Ms. Tran Thi Hoa and Le Van Tam", ["Tran Thi Hoa", "Le Van Tam"]),
    ("Theo ông Phạm Minh, doanh thu tăng", ["Phạm Minh"]),
    ("Nguyễn Văn An (32 tuổi) cho biết", ["Nguyễn Văn An"]),
    ("gọi chị Lan trước khi giao", ["Lan"]),
    ("Họ tên: nguyen van an", ["nguyen van an"]),
    ("Người nhận: Chu Thị Hoa Địa chỉ: 12 Lê Lợi, Quận 1", ["Chu Thị Hoa"]),
    ("Nguyễn Văn An 0900000000 12 Lê Lợi, P. Bến Nghé, Q.1, TP.HCM", ["Nguyễn Văn An"]),
    ("0900000000 - Cao Minh - 12/3 Lê Lợi, P.5, Q.3", ["Cao Minh"]),
    ("12 Lê Lợi, P. Bến Nghé, Q.1, TP.HCM Trần Thị Hoa 0900000000", ["Trần Thị Hoa"]),
    ("trần thị hoa, sđt 0900000000, 12 lê lợi, phường 5, quận 3", ["trần thị hoa"]),
    ("tran thi hoa - 12 le loi p5 q3 hcm - 0900000000", ["tran thi hoa"]),
]


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_ways_to_write_a_name(text: str, names: list[str]) -> None:
    """In prose, after a title or a label, between phones and addresses; in capitals, small, without diacritics."""
    assert recognized("PERSON", text) == names


@pytest.mark.parametrize(
    "text",
    [
        "đường Nguyễn Huệ, phố Lê Văn Mẫu",
        "12 Nguyễn Văn Linh, Quận 7, TP.HCM",
        "trường THPT Chu Văn An, bệnh viện Nguyễn Tri Phương",
        "Cầu Nguyễn Văn Cừ nối quận 5 với quận 8",
        "giải thưởng Tạ Quang Bửu",
        "UBND phường Nguyễn Trãi, quận Hà Đông",
        "Các tỉnh Cao Bằng, Hà Giang, Thái Bình, Lâm Đồng",
        "TP Hồ Chí Minh và Hồ Gươm",
        "Taxi Mai Linh, quần đảo Hoàng Sa",
        "Câu lạc bộ Hoàng Anh Gia Lai",
        "Mai anh đi Đà Nẵng, chị mai có đi không?",
        "nguyen ly hoat dong, tran dau hom nay",
        "Do Not Use. Le Monde. Ha Long Bay. Ho Ho Ho",
        "Đội Hoàng Anh Gia Lai, Văn Phòng Chính Phủ, Cao Đẳng",
    ],
)
def test_streets_places_and_words_are_no_people(text: str) -> None:
    """What is called after people, places that begin with a family name, and everyday words are not reported."""
    assert recognized("PERSON", text) == []


def test_names_are_told_from_other_rows_by_their_weight() -> None:
    """A row of usual parts weighs more than one of which the parts are of no name."""
    assert people.worth(["nguyễn", "văn", "an"], marked=True) > people.worth(["cao", "đẳng", "nghề"], marked=True)
    assert people.worth(["nguyen", "van", "an"], marked=False) > people.worth(["nguyen", "ly", "xyz"], marked=False)
