"""Vietnamese lists."""

from __future__ import annotations

import json
from pathlib import Path

from sources import Lists, listed, package

# Vietnamese family names, most frequent first; with these some 95 % of people are covered.
VI_SURNAMES = listed(
    """Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đoàn Vương
    Trịnh Trương Đinh Lâm Phùng Mai Tô Hà Tạ Chu Châu Cao Quách Thái Lương La Tăng Tống Kiều Triệu Lưu Từ
    Thạch Văn Diệp Nghiêm Giang Khúc Hứa Cù Nông Bạch Doãn Mạc Đàm"""
)


def lists(npm_folder: Path) -> Lists:
    """Surnames; names of provinces and districts before and after July 2025, without diacritics or spaces."""
    yield "vi-surnames", VI_SURNAMES
    places: set[str] = set()
    for era in ("legacy", "from_2025"):
        path = package("vietnamadminunits") / "data" / f"parser_{era}.json"
        data = json.loads(path.read_text(encoding="utf-8"))
        for unit in data["DICT_PROVINCE"].values():
            places.update(unit["provinceKeywords"])
        for province in data.get("DICT_PROVINCE_DISTRICT", {}).values():
            for unit in province.values():
                places.update(unit.get("districtKeywords", ()))
    yield "vn-places", {place for place in places if len(place) > 3 and place.isalpha()}
