"""Countries and provinces of addresses and phone numbers."""

from __future__ import annotations

import polars as pl
import pytest

from scanner.gauge import places
from scanner.gauge.patterns import Patterns
from scanner.recognizers import RECOGNIZERS
from scanner.rules import load_rules


@pytest.mark.parametrize(
    ("rule", "address", "expected"),
    [
        ("address-ko", "서울특별시 강남구 새마을길 1", ("KR", "서울특별시")),
        ("address-in-text-ko", "경기 성남시 분당구 한빛로 2", ("KR", "경기도")),
        ("address-ko", "강남구 새마을길 1", ("KR", None)),
        ("address-vi", "12 Nguyễn Trãi, Q.1, TP.HCM", ("VN", "Hồ Chí Minh")),
        ("address-in-text-vi", "so 5, ngo 3, ha noi, viet nam", ("VN", "Hà Nội")),
        ("address-in-text-zh", "广东省深圳市南山区科苑路1号", ("CN", "广东省")),
        ("address-in-text-zh", "深圳市南山区科苑路1号", ("CN", None)),
        ("address-in-text-zh", "台北市信義區松仁路1號", ("TW", "臺北市")),
        ("address-in-text-ja", "〒100-0001 東京都千代田区千代田1", ("JP", "東京都")),
        ("address-us", "1 Main St, Austin, TX 78701", ("US", "TX")),
        ("address-in-text-en", "5 King Street, London", (None, None)),
    ],
)
def test_addresses(rule: str, address: str, expected: tuple[str | None, str | None]) -> None:
    """An address tells its country and province, under one name each, or nothing."""
    texts = pl.Series(["5 King Street, London", address])
    found = {int(row): place for place, rows in places.of_addresses(texts, 0, patterns(rule, None)) for row in rows}
    assert tuple(found.get(1, (None, None))) == expected


@pytest.mark.parametrize(("code", "expected"), [("82", ["KR"]), ("86", ["CN"]), ("1", ["US"]), (None, [])])
def test_phones(code: str | None, expected: list[str]) -> None:
    """A calling code tells the country; a number without one tells none."""
    found = places.of_phones(pl.Series(["010-0000-0000"]), 0, patterns("phone", code))
    assert [place.country for place, _ in found] == expected


def patterns(rule: str, code: str | None) -> Patterns:
    """One pattern of a rule."""
    row = {"pattern": 0, "rule_id": rule, "entity_type": "ADDRESS", "state": "clear", "calling_code": code}
    return Patterns.of(pl.DataFrame([row], schema_overrides={"pattern": pl.UInt32, "calling_code": pl.String}))


def test_rules_are_those_that_there_are() -> None:
    """Each rule that the table names exists and finds addresses."""
    known = {rule.id for rule in load_rules().rules if rule.entity_type == "ADDRESS"}
    known |= {name for name, row in RECOGNIZERS.items() if row.entity_type == "ADDRESS"}
    assert {rule for country in places.countries() for rule in country.rules} <= known
