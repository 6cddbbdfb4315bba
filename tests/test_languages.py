"""Languages by script."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner import Finding, ScanConfig, scan
from scanner.languages import languages


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("주문번호,수령인,연락처 文", {"ko"}),
        ("收件人,手机号,地址", {"zh"}),
        ("お届け先氏名、電話番号、東京都", {"ja"}),
        ("Người nhận: Nguyễn Thị Thử, số điện thoại", {"vi"}),
        ("اسم المستلم ورقم الهاتف", {"ar"}),
        ("배송 요청 사항, 收件人手机号码", {"ko", "zh"}),
        ("name,phone,café,naïve", set()),
        ("", set()),
    ],
)
def test_the_script_tells_the_language(text: str, expected: set[str]) -> None:
    """Each language leaves its letters; those of a neighbour in passing, and Latin ones, do not count."""
    assert languages(text) == expected


@pytest.mark.parametrize(
    ("header", "name", "rule"),
    [("Họ tên,SĐT", "Nguyễn Thị Thử", "phone-vn-mobile"), ("姓名,電話", "王測試", "phone-tw-mobile")],
)
def test_a_number_of_two_countries_is_of_the_one_whose_language_the_file_speaks(
    tmp_path: Path, header: str, name: str, rule: str
) -> None:
    """`0900 000 123` is a mobile number in Vietnam and in Taiwan; a table and a text are decided alike."""
    rows = "".join(f"{name},0900 000 {n:03}\n" for n in range(20))
    (tmp_path / "t.csv").write_text(f"{header}\n{rows}", encoding="utf-8")
    (tmp_path / "t.txt").write_text(f"{header.replace(',', ' ')}: 0900 000 123 {name}\n", encoding="utf-8")
    found = [item for item in scan(tmp_path, ScanConfig(only=("PHONE_NUMBER",))) if isinstance(item, Finding)]
    assert len(found) == 21
    assert {item.rule_id for item in found} == {rule}
