"""The Vietnamese lists: people's names with weights, units of administration before and after July 2025, streets.

Family names and their shares per 10,000 people are common knowledge (https://en.wikipedia.org/wiki/Vietnamese_name).
"""

from __future__ import annotations

import importlib.util
import math
import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

SURNAMES = """Nguyễn 3840 Trần 1210 Lê 950 Phạm 700 Hoàng 260 Huỳnh 250 Phan 450 Vũ 200 Võ 190 Đặng 210 Bùi 200 Đỗ 140
Hồ 130 Ngô 130 Dương 100 Lý 50 Trương 220 Đinh 100 Đoàn 80 Trịnh 80 Vương 50 Mai 60 Đào 60 Lâm 50 Phùng 40 Hà 70 Tô 30
Tạ 30 Chu 30 Châu 30 Cao 60 Quách 15 Thái 40 Lương 60 La 15 Tăng 15 Tống 20 Kiều 15 Triệu 15 Lưu 50 Từ 10 Thạch 15
Văn 10 Diệp 8 Nghiêm 10 Giang 8 Khúc 5 Hứa 10 Cù 5 Nông 15 Bạch 8 Doãn 8 Mạc 8 Đàm 10 Lại 20 Khổng 8 Tôn 8 Âu 4 Lò 10
Bế 3 Vi 6 Ninh 6 Thân 6 Sầm 2 Viên 2 Lục 3 Lường 3 Ma 4 Giáp 3 Phí 3 Ngụy 2 Vòng 2"""
# everyday words, which begin other things more often than names
EVERYDAY = set(
    """Hồ Dương Lý Mai Đào Hà Cao Thái La Tăng Tống Kiều Triệu Lưu Từ Văn Giang Nông Bạch Châu Chu Lại Vi Ninh Thân
    Viên Lục Ma Giáp Phí Vòng Lò Tô Tạ Đoàn Hoàng Vương Lâm Diệp Thạch""".split()
)
MIDDLE = """Thị Văn Hữu Đình Đức Công Bá Sỹ Sĩ Trọng Thế Viết Mạnh Quốc Ngọc Xuân Như Đăng Minh Thanh Quang Hoàng Duy Gia
Anh Tuấn Thành Phương Kim Bảo Hồng Thu Thùy Mỹ Khánh Nhật Tấn Phú Trí Chí Doãn Danh Tiến Cao Hải Việt Trung Hoài Bích
Thúy Diệu Cẩm Huyền Kiều Ánh Tường Nguyên Khắc Huy Ngô Nguyễn Trần Lê Phạm Vũ Hà Mai Lan Yến Quỳnh""".split()
GIVEN = """An Anh Bình Châu Chi Cường Dung Dũng Duy Dương Đạt Đức Giang Hà Hải Hạnh Hân Hằng Hiền Hiếu Hoa Hòa Hoàng Hùng
Huy Huyền Hương Khánh Khoa Kiên Lâm Lan Linh Loan Long Lộc Ly Mai Minh My Nam Nga Ngân Ngọc Nguyên Nhi Nhung Oanh Phong
Phú Phúc Phương Quang Quân Quốc Quỳnh Sơn Tài Tâm Tân Thảo Thanh Thành Thắng Thịnh Thu Thủy Thùy Thư Tiến Tín Toàn
Trang Trâm Trinh Trung Tú Tuấn Tùng Tuyết Uyên Vân Việt Vinh Vũ Vy Xuân Yến Nhân Nghĩa Khang Khôi Tám Tư Hưng Hậu
Hồng Khải Luân Mạnh Ngà Nhàn Nhã Như Ninh Phượng Quý Sang Thơ Thúy Tiên Trí Trúc Tuyền Bảo Bích Công Cúc Diễm Diệp
Duyên Đăng Điệp Hảo Hậu Hoài Huệ Lệ Liên Lợi Lương Mơ Nết Nhật Nương Phát Phước Sáng Sen Thái Thoa Thương Trọng Trường
Tuyến Tường Viên Vui Xoan Ý""".split()
STREETS = """Lê Lợi, Trần Hưng Đạo, Nguyễn Huệ, Hai Bà Trưng, Lý Thường Kiệt, Điện Biên Phủ, Cách Mạng Tháng Tám,
Cách Mạng Tháng 8, CMT8, Nguyễn Trãi, Võ Văn Tần, Võ Thị Sáu, Nguyễn Thị Minh Khai, Nam Kỳ Khởi Nghĩa, Pasteur, Đồng Khởi,
Lê Duẩn, Tôn Đức Thắng, Nguyễn Văn Linh, Nguyễn Hữu Thọ, Huỳnh Tấn Phát, Lê Văn Lương, Lê Văn Sỹ, Phan Xích Long,
Phan Đăng Lưu, Hoàng Văn Thụ, Cộng Hòa, Trường Chinh, Âu Cơ, Lạc Long Quân, Lũy Bán Bích, Tân Kỳ Tân Quý, Lê Trọng Tấn,
Phạm Văn Đồng, Võ Văn Kiệt, Võ Nguyên Giáp, Xô Viết Nghệ Tĩnh, Đinh Tiên Hoàng, Đinh Bộ Lĩnh, Bạch Đằng, Nơ Trang Long,
Lê Quang Định, Nguyễn Oanh, Quang Trung, Phan Văn Trị, Nguyễn Kiệm, Nguyễn Thái Sơn, Thống Nhất, Lê Đức Thọ, Kha Vạn Cân,
Tô Ngọc Vân, Đặng Văn Bi, Hoàng Diệu, Lê Văn Việt, Nguyễn Duy Trinh, Đỗ Xuân Hợp, Nguyễn Thị Định, Trần Não,
Lương Định Của, Mai Chí Thọ, Nguyễn Tất Thành, Hoàng Sa, Trường Sa, An Dương Vương, Hồng Bàng, Hùng Vương, Kinh Dương Vương,
Hậu Giang, Minh Phụng, Lê Hồng Phong, Ngô Gia Tự, Nguyễn Chí Thanh, Sư Vạn Hạnh, Thành Thái, Tô Hiến Thành, Ba Tháng Hai,
3 Tháng 2, 30 Tháng 4, 2 Tháng 9, Nguyễn Tri Phương, Hòa Bình, Lý Thái Tổ, Nguyễn Đình Chiểu, Nguyễn Thiện Thuật, Cao Thắng,
Bà Huyện Thanh Quan, Trần Quốc Thảo, Trương Định, Nguyễn Thông, Kỳ Đồng, Rạch Bùng Binh, Trần Quang Diệu, Nguyễn Du,
Lê Thánh Tôn, Lê Thánh Tông, Ngô Đức Kế, Hàm Nghi, Bùi Viện, Phạm Ngũ Lão, Đề Thám, Cống Quỳnh, Trần Phú, Nguyễn Cư Trinh,
Phan Chu Trinh, Phan Châu Trinh, Phan Bội Châu, Phan Đình Phùng, Ngô Quyền, Lý Tự Trọng, Bà Triệu, Tràng Tiền, Hàng Bài,
Hàng Bông, Hàng Đào, Hàng Gai, Hàng Ngang, Hàng Bạc, Hàng Buồm, Hàng Mã, Hàng Trống, Hàng Bồ, Đinh Liệt, Tạ Hiện, Tràng Thi,
Quán Sứ, Phủ Doãn, Nguyễn Khuyến, Văn Miếu, Cát Linh, Giảng Võ, Kim Mã, Cầu Giấy, Xuân Thủy, Láng, Láng Hạ, Huỳnh Thúc Kháng,
Nguyên Hồng, Thái Hà, Chùa Bộc, Tây Sơn, Nguyễn Lương Bằng, Tôn Thất Tùng, Khâm Thiên, Giải Phóng, Đại La, Minh Khai,
Bạch Mai, Phố Huế, Lò Đúc, Trần Khát Chân, Đại Cồ Việt, Lê Thanh Nghị, Tạ Quang Bửu, Trương Định, Tam Trinh, Lĩnh Nam,
Nguyễn Xiển, Khuất Duy Tiến, Phạm Hùng, Trần Duy Hưng, Trung Kính, Hoàng Quốc Việt, Nguyễn Phong Sắc, Hồ Tùng Mậu,
Nguyễn Văn Cừ, Ngọc Lâm, Âu Cơ, Đội Cấn, Liễu Giai, Văn Cao, Hoàng Hoa Thám, Thụy Khuê, Nghi Tàm, Yên Phụ, Lạc Trung,
Bạch Thái Bưởi, Lê Văn Khương, Tô Ký, Nguyễn Ảnh Thủ, Quốc Hương, Thảo Điền, Nguyễn Văn Trỗi, Nguyễn Văn Đậu,
Nguyễn Văn Nghi, Nguyễn Văn Quá, Nguyễn Văn Lượng, Nguyễn Văn Luông, Bình Phú, Chu Văn An, Nguyễn Công Trứ, Nguyễn Bỉnh Khiêm,
Mạc Đĩnh Chi, Tôn Thất Đạm, Tôn Thất Thuyết, Duy Tân, Nguyễn Khánh Toàn, Lê Đình Lý, Ông Ích Khiêm, Núi Thành,
Nguyễn Hữu Cảnh, Ung Văn Khiêm, Điện Biên Phủ, Nguyễn Gia Trí, Ngô Tất Tố, Hoàng Văn Thái, Yersin, Alexandre de Rhodes,
Calmette, Xã Đàn, Lê Lai, Lê Văn Hưu, Nguyễn Đình Chính, Trần Huy Liệu, Hoàng Minh Giám, Nguyễn Thị Thập, Dương Bá Trạc""".split(
    ","
)
_ROMAN = re.compile("[IVX]+")


def lists(npm: Path) -> Iterator[tuple[str, Iterable[str] | Mapping[str, int]]]:
    """Family, middle and given names with weights; provinces, districts, wards and streets, plain and small."""
    units = {name: _plain_units(values) for name, values in _units().items()}
    background = Counter(part for unit in _units()["wards"] for part in unit.lower().split())
    middle, given = _parts(npm)
    yield "vi-surnames", {word.lower(): _share(word, int(share)) for word, share in _pairs(SURNAMES)}
    yield "vi-middle", _weights(middle, background)
    yield "vi-given", _weights(given, background)
    for name, values in units.items():
        yield f"vn-{name}", values
    yield "vn-streets", {plain(street.strip()) for street in STREETS}


def plain(text: str) -> str:
    """`text` in small letters without diacritics."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _pairs(text: str) -> Iterable[tuple[str, str]]:
    words = text.split()
    return zip(words[::2], words[1::2], strict=True)


def _share(word: str, share: int) -> int:
    """10 log2 of how many of 10,000 people bear a family name; less for everyday words."""
    return round(10 * math.log2(share)) - 40 * (word in EVERYDAY)


def _parts(npm: Path) -> tuple[Counter[str], Counter[str]]:
    """How often a syllable leads a two-syllable given name, and how often it ends it."""
    (path,) = (npm / "@faker-js/faker/package/dist").glob("vi-*.js")
    names = re.findall(r"(?:generic|female|male):`([^`]+)`\.split", path.read_text(encoding="utf-8"))
    pairs = [name.lower().split() for text in names for name in text.split(".") if name.count(" ") == 1]
    middle = Counter(pair[0] for pair in pairs) + Counter({word.lower(): 20 for word in MIDDLE})
    return middle + Counter({"thị": 400, "văn": 300}), Counter(pair[1] for pair in pairs) + Counter(
        {word.lower(): 8 for word in GIVEN}
    )


def _weights(counts: Counter[str], background: Counter[str]) -> dict[str, int]:
    """10 log2 of the share of a syllable in names to that in names of places, between -20 and 60."""
    ours, theirs = counts.total(), background.total()
    ratios = {word: (count / ours) / ((background[word] + 2) / theirs) for word, count in counts.items()}
    return {word: max(-20, min(60, round(10 * math.log2(ratio)))) for word, ratio in ratios.items()}


def _units() -> dict[str, set[str]]:
    """The names of units of both eras, without their level, as they are written."""
    spec = importlib.util.find_spec("vietnamadminunits")
    if spec is None or spec.origin is None:
        raise SystemExit("vietnamadminunits is not installed")
    with sqlite3.connect(Path(spec.origin).parent / "data" / "dataset.db") as base:
        old = base.execute("select provinceShort, districtShort, wardShort from admin_units_legacy").fetchall()
        new = base.execute("select provinceShort, wardShort from admin_units").fetchall()
    return {
        "provinces": {row[0] for row in (*old, *new)},
        "districts": {row[1] for row in old if row[1]},
        "wards": {row[-1] for row in (*old, *new) if row[-1]},
    }


def _plain_units(names: Iterable[str]) -> set[str]:
    """Names of two letters and more, plain; numbers are left to the grammar, and of double names each counts."""
    pieces = (piece for name in names for piece in re.sub(r" \(.*", "", name).split(" - "))
    return {plain(piece) for piece in pieces if len(piece) > 1 and not piece.isdigit() and not _ROMAN.fullmatch(piece)}
