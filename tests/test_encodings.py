"""The same findings whatever encoding a text is in, and where its lines are in two."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from test_decode import encoded

from scanner.config import ScanConfig
from scanner.issues import merged
from scanner.model import FINDINGS, Issue
from scanner.pipeline import Engine
from scanner.sources import Source

ENGINE = Engine(ScanConfig(key=b"k" * 32, only=("PERSON", "PHONE_NUMBER", "ADDRESS", "DOOR_CODE")))
QUICK = Engine(ScanConfig(key=b"k" * 32, only=("PHONE_NUMBER",)))  # for large files

# Of each language: names of fields, a head of a telephone number, then words; `{n}`, `{m}` are numbers.
WORDS = {
    "ko": (
        ("주문번호", "수령인", "연락처", "주소", "배송메모"), "010-0000-",
        ("김하늘", "이도윤", "박서아", "최지호", "정유나", "강민재", "윤소라", "임태호"),
        ("서울특별시 강남구 테헤란로 {n}", "부산광역시 해운대구 센텀중앙로 {n}, {m}동", "대전 유성구 봉명동 {n}-{m}"),
        ("공동현관 #{n}*", "문 앞에 두고 문자 주세요", "1층 공동현관 비밀번호 {n}", "빠른 배송 부탁드립니다"),
    ),
    "zh": (
        ("订单号", "收件人", "手机号", "收货地址", "备注"), "1990000",
        ("赵明轩", "王思琪", "李浩然", "陈雨桐", "刘子豪", "杨欣怡", "黄俊杰", "周诗涵"),
        ("云南省昆明市盘龙区新华路{n}号", "广东省深圳市南山区科技园南路{n}号{m}栋", "四川省成都市人民南路{n}号"),
        ("门禁密码 {n}#", "请放在门口，谢谢", "送货前请打电话", "包装完好，好评"),
    ),
    "zh-hant": (
        ("訂單編號", "收件人", "手機", "收件地址", "備註"), "0900-000-",
        ("陳志明", "林怡君", "黃雅婷", "張家豪", "李淑芬", "王俊傑", "吳美玲", "劉建宏"),
        ("台北市大安區和平東路三段{n}號{m}樓", "高雄市前鎮區中山二路{n}號", "新北市板橋區民權路{m}巷{n}號"),
        ("大門密碼 {n}", "請放在管理室，謝謝", "到貨前請先打電話", "包裝完整"),
    ),
    "ja": (
        ("注文番号", "お届け先氏名", "電話番号", "住所", "備考"), "090-0000-",
        ("佐藤太郎", "鈴木花子", "高橋健一", "田中美咲", "渡辺翔太", "伊藤さくら", "山本大輔", "中村由美"),
        ("東京都青葉区緑町{m}-{n} ハイツ{m}", "大阪府大阪市北区梅田{m}丁目{n}番", "北海道札幌市中央区{n}"),
        ("オートロック {n}", "玄関の前に置いてください", "不在の場合は宅配ボックスへ", "午後にお願いします"),
    ),
    "ar": (
        ("رقم الطلب", "اسم المستلم", "رقم الجوال", "العنوان", "ملاحظات"), "+966 50 000 ",
        ("محمد أحمد", "فاطمة علي", "خالد عبد الله", "نورة سالم", "يوسف حسن", "مريم إبراهيم"),
        ("شارع الملك فهد، مبنى {n}، الرياض", "حي النخيل، شارع {n}، جدة", "شارع الجامعة {n}"),
        ("رمز الباب {n}", "اترك الطرد عند الباب من فضلك", "اتصل قبل التوصيل", "شكرا لكم"),
    ),
    "vi": (
        ("Mã đơn", "Người nhận", "Số điện thoại", "Địa chỉ", "Ghi chú"), "090 000 ",
        ("Nguyễn Văn An", "Trần Thị Bích Ngọc", "Lê Hoàng Nam", "Phạm Thu Hà", "Võ Minh Tuấn", "Đặng Thị Lan"),
        ("Số {n} Đường Lê Lợi, Q. 1, TP.HCM", "{n}/{m} Nguyễn Trãi, Phường 7, Quận 5", "Thôn {m}, xã Hòa Tiến"),
        ("Mật khẩu cửa {n}", "Để hàng trước cửa giúp tôi", "Gọi trước khi giao", "Cảm ơn nhiều"),
    ),
}  # fmt: skip

UNICODE = [(f"utf-{bits}-{end}", mark) for bits in (16, 32) for end in ("le", "be") for mark in ("", "\ufeff")]
ENCODINGS = [
    *(("ko", codec, "") for codec in ("cp949", "euc_kr", "johab", "iso2022_kr")),
    *(("zh", codec, "") for codec in ("gb18030", "gbk", "gb2312", "hz")),
    *(("zh-hant", codec, "") for codec in ("big5", "big5hkscs", "cp950", "gb18030")),
    *(("ja", codec, "") for codec in ("cp932", "shift_jis", "euc_jp", "euc_jis_2004", "iso2022_jp")),
    *(("ar", codec, "") for codec in ("cp1256", "iso8859_6")),
    ("vi", "cp1258", ""),
    ("ko", "utf-8", "\ufeff"),
    *((language, *form) for language, form in zip([*WORDS, *WORDS], UNICODE, strict=False)),
]


def made(rng: random.Random, language: str) -> tuple[str, ...]:
    """Cells of an order: number, name, telephone number, address, remark."""
    _, head, *words = WORDS[language]
    name, place, memo = (rng.choice(few).format(n=rng.randint(1001, 9999), m=rng.randint(2, 9)) for few in words)
    return f"{rng.randrange(10**9)}", name, f"{head}{rng.randrange(10**4):04}", place, memo


def orders(language: str, size: int) -> str:
    """A CSV of orders, of about `size` bytes in UTF-8."""
    rng = random.Random(f"orders {language} {size}")
    rows = [WORDS[language][0]]
    while sum(len(cell.encode()) + 3 for cell in rows[-1]) * len(rows) < size:
        rows.append(made(rng, language))
    return "".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) + "\n" for row in rows)


def log(language: str, size: int) -> str:
    """A log with remarks and whole addresses in its lines, of about `size` bytes in UTF-8."""
    rng = random.Random(f"log {language} {size}")
    labels, lines = WORDS[language][0], [""]
    while len(lines[-1].encode()) * len(lines) < size:
        cells = made(rng, language)
        said = ", ".join(f"{labels[n]}: {cells[n]}" for n in rng.sample(range(1, 5), rng.randint(1, 4)))
        lines.append(f"2026-03-0{rng.randint(1, 9)} 12:{rng.randint(10, 59)}:07 INFO {said}\n")
    return "".join(lines)


def findings(path: Path, data: bytes, engine: Engine, split_bytes: int = 1 << 30) -> tuple[pl.DataFrame, list[Issue]]:
    """What a file with `data` gives, and its issues."""
    path.write_bytes(data)
    source = Source(path.name, None, str(path), None)
    frames, issues = [pl.DataFrame(schema=FINDINGS)], []
    for split in replace(engine.planner(), split_bytes=split_bytes).plan(source):
        assert not isinstance(split, Issue)
        for part in engine.run(split, engine.shown):
            frames += [part.made] if part.made is not None else []
            issues += part.issues
    return pl.concat(frames), merged(issues, path.name)


@cache
def clean(make: Callable[[str, int], str], language: str, size: int, path: Path, engine: Engine) -> pl.DataFrame:
    """What the text gives in UTF-8."""
    frame, issues = findings(path, make(language, size).encode(), engine)
    assert not issues
    assert frame.height > size / 500
    return frame


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the files of this module."""
    return tmp_path_factory.mktemp("encodings")


@pytest.mark.parametrize(("size", "engine"), [(2_000, ENGINE), (200_000, QUICK)], ids=["small", "large"])
@pytest.mark.parametrize(("make", "name"), [(orders, "orders.csv"), (log, "chat.txt")], ids=["table", "log"])
@pytest.mark.parametrize(("language", "codec", "mark"), ENCODINGS)
def test_findings_do_not_depend_on_the_encoding(
    folder: Path, language: str, codec: str, mark: str, make: Callable[[str, int], str], name: str,
    size: int, engine: Engine,
) -> None:  # fmt: skip
    """A table or a log in another encoding gives the findings of UTF-8, at the same places and without an issue."""
    frame, issues = findings(folder / name, encoded(language, codec, mark + make(language, size)), engine)
    assert issues == []
    assert frame.equals(clean(make, language, size, folder / name, engine))


def as_json(language: str, size: int) -> str:
    """The orders as JSON lines."""
    head, *rows = csv.reader(orders(language, size).splitlines())
    return "".join(json.dumps(dict(zip(head, row, strict=True)), ensure_ascii=False) + "\n" for row in rows)


def as_sql(language: str, size: int) -> str:
    """The orders as a dump, some rows a statement."""
    head, *rows = csv.reader(orders(language, size).splitlines())
    names = ", ".join(f"`{name}`" for name in head)
    tuples = [f"INSERT INTO `orders` ({names}) VALUES ({', '.join(map(repr, row))});\n" for row in rows]
    return "CREATE TABLE `orders` (id int);\n" + "".join(tuples)


@pytest.mark.parametrize("split_bytes", [1 << 30, 1_500], ids=["whole", "in parts"])
@pytest.mark.parametrize(("main", "other"), [("utf-8", ""), ("", "utf-8")], ids=["in utf-8", "utf-8 in"])
@pytest.mark.parametrize(("make", "name"), [(orders, "a.csv"), (log, "a.txt"), (as_json, "a.jsonl"), (as_sql, "a.sql")])
@pytest.mark.parametrize(("language", "codec"), [("ko", "cp949"), ("zh", "gb18030")])
def test_findings_do_not_depend_on_the_encoding_of_a_line(
    folder: Path, language: str, codec: str, make: Callable[[str, int], str], name: str,
    main: str, other: str, split_bytes: int,
) -> None:  # fmt: skip
    """Where each third line is in another encoding, the findings are those of a clean file, and the lines counted."""
    lines = make(language, 5_000).splitlines(keepends=True)
    odd = [n for n, line in enumerate(lines, 1) if n % 3 == 0 and not line.isascii()]
    data = b"".join(line.encode((other if n % 3 == 0 else main) or codec) for n, line in enumerate(lines, 1))
    frame, issues = findings(folder / name, data, ENGINE, split_bytes)
    assert frame.equals(clean(make, language, 5_000, folder / name, ENGINE))
    message = f"lines were read as {other or codec} among {main or codec}"
    assert issues == [Issue("mixed_encodings", message, name, "warning", line=odd[0], count=len(odd))]
