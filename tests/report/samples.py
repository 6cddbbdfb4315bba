"""Results of `size`, as its JSON has them: an address book, nothing, and one that tries to break the page."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

ROWS = 33_700_000
SIZE = 6_012_345_678
DATES = [date(2025, month, day) for month in range(1, 13) for day in (3, 9, 27)]
PLACES = ["CN", "KR", "VN", "DE", "FR", "SA", "AE", "EG", "JP", "TW", "HK", "US", "GB", "XX"]
SCRIPT = "<script>alert(1)</script>"
LONG = "n" * 10_000
MASKED = ["محمد ***", SCRIPT, LONG]
NAMES = [
    "$.order.receiver." + "nested_" * 12 + "phone",
    "اسم العميل",
    "Số điện thoại",
    "</td><img src=x onerror=alert(1)>",
    "收件人电话",
    "\u202eeman\u2066",
    LONG,
    None,
]
PATHS = [
    "dump.zip!" + "a-very-long-folder-name/" * 12 + "data.csv",
    f"{SCRIPT}.csv",
    "a\u202egnp.csv\x1b[31m\x00\udcff",
    "تصدير/عملاء.csv",
    "xuất/khách hàng.xlsx",
    "x" * 10_000,
]
TYPES = [
    "PERSON", "PHONE_NUMBER", "ADDRESS", "DOOR_CODE", "EMAIL_ADDRESS", "KR_RRN", "KR_PASSPORT", "CN_RESIDENT_ID",
    "VN_CCCD", "CREDIT_CARD", "BANK_ACCOUNT", "IP_ADDRESS", "USERNAME", "TRACKING_NUMBER", "DATE_OF_BIRTH",
    "PASSPORT", "KR_CUSTOMS_CODE", "JP_MY_NUMBER", "SA_NATIONAL_ID", "AE_EMIRATES_ID", "US_SSN", "UK_NINO",
    "KR_LICENSE_PLATE", SCRIPT,
]  # fmt: skip


def entity(items: int, records: int, distinct: int, spread: float = 0, masked: int = 0) -> dict[str, Any]:
    """The counts of an entity type; `spread`: how far the bounds of the different values lie from it."""
    low, high = round(distinct * (1 - spread)), round(distinct * (1 + spread))
    counts = {"items": items, "records": records, "distinct": distinct, "distinct_low": low, "distinct_high": high}
    return counts | {"masked": masked}


def field(
    path: str, name: str | None, kind: str, counts: dict[str, Any], share: float | None = 0.5, **more: Any
) -> dict[str, Any]:
    """A field of a file."""
    return (
        {"path": path, "field": name, "entity_type": kind, "role": None, "share": share, "samples": []} | counts | more
    )


def empty() -> dict[str, Any]:
    """Of a table of sales that holds no person."""
    return {
        "type": "size",
        "v": 1,
        "files": [
            {
                "path": "sales.csv",
                "format": "delimited",
                "encoding": "utf-8",
                "records": 20,
                "bytes": 900,
                "complete": True,
            }
        ],
        "records": 20,
        "records_with_findings": 0,
        "entities": {},
        "combinations": [],
        "roles": {},
        "waybills": [],
        "subjects": {"estimate": 0, "low": 0, "high": 0, "basis": None, "reason": "Nothing names a person."},
        "dates": [],
        "countries": [],
        "provinces": [],
        "fields": [],
        "coverage": {"bytes": 900, "bytes_read": 900, "complete": True, "issues": []},
    }


def leak() -> dict[str, Any]:
    """Of the address book of a Korean marketplace, 33,700,000 rows."""
    path = "dump/addressbook.csv"
    person = entity(ROWS - 900, ROWS - 901, 1_234_567, 0.02)
    phone = entity(ROWS + 2_400_000, ROWS - 1_200, 27_812_345, 0.02, 120_431)
    mail = entity(33_011_002, 33_011_003, 24_900_120, 0.02)
    address = entity(ROWS - 20_000, ROWS - 20_001, 18_450_001, 0.02)
    code = entity(2_609_113, 2_609_114, 611_003, 0.02)
    return empty() | {
        "files": [
            {"path": path, "format": "delimited", "encoding": "cp949", "records": ROWS, "bytes": SIZE, "complete": True}
        ],
        "records": ROWS,
        "records_with_findings": 33_699_212,
        "entities": {
            "PERSON": person, "PHONE_NUMBER": phone, "EMAIL_ADDRESS": mail, "ADDRESS": address, "DOOR_CODE": code,
        },
        "combinations": [
            combination(2_551_020, "ADDRESS", "DOOR_CODE", "EMAIL_ADDRESS", "PERSON", "PHONE_NUMBER"),
            combination(55_120, "ADDRESS", "DOOR_CODE", "PERSON", "PHONE_NUMBER"),
            combination(30_402_911, "ADDRESS", "EMAIL_ADDRESS", "PERSON", "PHONE_NUMBER"),
            combination(690_161, "ADDRESS", "PERSON", "PHONE_NUMBER"),
        ],
        "roles": {"recipient": {"PERSON": ROWS - 902, "PHONE_NUMBER": ROWS + 1_000_003, "ADDRESS": ROWS - 20_004}},
        "waybills": [{"dimensions": 3, "records": 33_088_990}, {"dimensions": 2, "records": 600_001}],
        "subjects": {
            "estimate": 24_900_120, "low": 23_100_007, "high": 27_812_345, "basis": "EMAIL_ADDRESS",
            "reason": "E-mail addresses are on 98 % of the records.",
        },
        "dates": [{"date": day.isoformat(), "records": 31_000 * day.month + day.day} for day in DATES],
        "countries": [{"country": "KR", "records": 33_695_004}, {"country": "US", "records": 2_113}],
        "provinces": [
            {"country": "KR", "province": name, "records": records}
            for name, records in (("서울특별시", 6_403_001), ("경기도", 8_762_002))
        ],
        "fields": [
            field(path, "수령인", "PERSON", person, 0.9999, role="recipient", samples=["김**", "이**", "박**"]),
            field(path, "연락처", "PHONE_NUMBER", phone, 0.9999, role="recipient", samples=["010-****-**12"]),
            field(path, "이메일", "EMAIL_ADDRESS", mail, 0.9796, samples=["k***@example.com"]),
            field(path, "주소", "ADDRESS", address, 0.9994, role="recipient", samples=["서울***** *** *** ***, ***"]),
            field(path, "배송메모", "DOOR_CODE", code, 0.0774, samples=["#*****", "*****#"]),
        ],
        "coverage": {"bytes": SIZE, "bytes_read": SIZE, "complete": True, "issues": []},
    }  # fmt: skip


def combination(records: int, *types: str) -> dict[str, Any]:
    """Records with exactly these types, and the risk of some of them."""
    risk = "address with door code" if {"ADDRESS", "DOOR_CODE"} <= set(types) else None
    return {"entities": list(types), "records": records, "risk": risk}


def issue(kind: str, message: str, path: str, severity: str = "error", **more: int) -> dict[str, Any]:
    """Something that was not read, or was read in another way."""
    return {"kind": kind, "message": message, "path": path, "severity": severity} | more


def hostile() -> dict[str, Any]:
    """A sample of many files that was not read completely: 200 fields, long names, markup and controls in all texts."""
    rng = random.Random(7)
    counts = {name: entity(count := rng.randint(1, 5_000_000), count, count // 2, 0.04, 7) for name in TYPES}
    sets = [sorted(rng.sample(TYPES, rng.randint(1, 9))) for _ in range(60)]
    waybills = [{"dimensions": count, "records": 45_000 // (7 - count)} for count in range(6, 0, -1)]
    return empty() | {
        "files": [
            *(empty()["files"][0] | {"path": path, "complete": False} for path in PATHS),
            {"path_base64": "YSX/", "format": None, "encoding": None, "records": 0, "bytes": 3, "complete": False},
        ],
        "records": 6_000_000, "records_with_findings": 4_500_000,
        "records_with_findings_low": 4_400_000, "records_with_findings_high": 4_600_000,
        "entities": counts,
        "combinations": [combination(rng.randint(1, 900_000), *types) for types in sets],
        "roles": {"sender": {"PERSON": 1_000_000, SCRIPT: 3}, "recipient": {"PERSON": 1_000_001}},
        "waybills": waybills,
        "subjects": {"estimate": 3_123_456, "low": 900_000, "high": 3_500_000, "basis": SCRIPT, "reason": SCRIPT},
        "dates": [{"date": f"{year:04}-02-15", "records": year} for year in (1, *range(1960, 2030), 9999)],
        "countries": [{"country": name, "records": rng.randint(1, 2_000_000)} for name in PLACES],
        "provinces": [
            {"country": "VN", "province": name, "records": 5}
            for name in ("Thành phố Hồ Chí Minh", "منطقة الرياض", SCRIPT, LONG)
        ],
        "fields": [
            field(rng.choice(PATHS), rng.choice(NAMES), kind := rng.choice(TYPES), counts[kind], samples=MASKED)
            for _ in range(200)
        ],
        "coverage": {
            "bytes": 700_000_000, "bytes_read": 650_000_000, "complete": False,
            "issues": [
                issue("truncated", f"the archive ends too early {SCRIPT}", path, line=123_456, bytes=50_000, count=12)
                for path in PATHS
            ],
        },
        "sample": {"share": 0.01, "seed": 7, "bytes": 1_000_000, "blocks": 64},
    }  # fmt: skip
