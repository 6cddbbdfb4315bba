"""Makes a Korean address book of any size: name, e-mail, telephone, address, delivery memo; nobody in it is real.

python bench/book.py book.csv 33700000

Names, places and roads come from the gazetteers of the rules and are put together at random, so that the districts of
one province stand in another. A tenth of the telephone numbers are virtual ones, a tenth of the addresses are lots, a
sixth have no unit; a third of the memos are empty, a third hold a door code. A row has some 155 bytes.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl

from scanner.recognizers.gazetteer import weights, words
from scanner.recognizers.ko.places import SHORT

CHUNK = 500_000
HEADER = ["이름", "이메일", "연락처", "주소", "배송메모"]
NAMES, STREETS, BUILDINGS = 1 << 17, 1 << 18, 1 << 14  # how many are made, to be drawn from
PROVINCES = """\
서울특별시/부산광역시/대구광역시/인천광역시/광주광역시/대전광역시/울산광역시/경기도/강원특별자치도/충청북도
충청남도/전북특별자치도/전라남도/경상북도/경상남도/제주특별자치도/서울시/부산시"""
HOMES = "행복/푸른/한빛/새롬/은하/중앙/대림/현대/삼성/우성/동아/신일/금호/햇살/무지개"
KINDS = "아파트/빌라/오피스텔/타워/자이/푸르지오/힐스테이트/래미안/더샵/주택/빌딩/맨션"
WISHES = """\
문 앞에 놓아주세요/경비실에 맡겨주세요/배송 전 연락 바랍니다/부재시 택배함에 넣어주세요/문앞/벨 누르지 마세요
아기가 자고 있어요 노크해 주세요/도착 후 문자 주세요/직접 받을게요/옆집에 맡겨주세요/소화전 안에 넣어주세요
파손 주의해 주세요/빠른 배송 부탁드립니다/집 앞에 두고 사진 찍어주세요/현관문 앞에 두세요/무인택배함 이용해 주세요
오후에 와주세요/전화 주지 마시고 문자로 부탁드려요/강아지가 있어요/1층에 두고 가세요"""
THANKS = "/ 감사합니다/!/ 수고하세요 기사님/. 꼭 부탁드립니다"
CODES = """공동현관 #{}*/공동현관 비밀번호 {}/공동현관 비번 #{}/현관비번 *{}#/공동현관 경비실 호출 후 #{}
문 앞에 공동현관 #{}/경비실 호출 1층 공동현관 비밀번호 {}/종 {} 누르고 들어오세요/현관 비밀번호 {}*입니다
공동현관문 비밀번호 {}#/부재시 문 앞 (공동현관 {}*)/출입문 비번 {}, 문앞에 두세요/공동현관 출입번호 *{}*
비밀번호 {} 누르고 들어와 주세요/1층 현관 #{}#/열쇠 {} 종/공동현관:{}/도어락 {}*/현관 {} 종 누르세요"""


def write(path: Path, rows: int) -> None:
    """Write an address book of `rows` rows, some rows at a time."""
    with path.open("wb") as out:
        for start in range(0, rows, CHUNK):
            chunk(start, min(CHUNK, rows - start)).write_csv(out, include_header=start == 0)


def chunk(start: int, rows: int) -> pl.DataFrame:
    """Rows from number `start` on, the same whatever else is made."""
    random = np.random.default_rng(start + 3)
    ids = pl.Series(np.arange(start, start + rows)) * 7919 % 100_000_007
    mails = pl.select(pl.format("user{}@example.com", ids)).to_series()
    columns = [drawn(random, names(), rows), mails, phones(random, rows), addresses(random, rows), memos(random, rows)]
    return pl.DataFrame(dict(zip(HEADER, columns, strict=True)))


def drawn(random: np.random.Generator, pool: pl.Series, rows: int) -> pl.Series:
    return pool.gather(random.integers(0, len(pool), rows))


def numbers(random: np.random.Generator, rows: int, low: int, high: int, digits: int = 1) -> pl.Series:
    return pl.Series(random.integers(low, high, rows)).cast(pl.String).str.zfill(digits)


@cache
def names() -> pl.Series:
    random = np.random.default_rng(1)
    surnames = {name: weight for name, weight in weights("ko-surnames").items() if len(name) == 1}
    given = {name: weight for name, weight in weights("ko-given").items() if len(name) == 2 and weight > 30}
    return frequent(random, surnames) + frequent(random, given)


def frequent(random: np.random.Generator, pool: dict[str, int]) -> pl.Series:
    """Words drawn as often as their weights, tenths of a bit, say."""
    odds = np.exp2(np.array(list(pool.values())) / 10)
    return pl.Series(random.choice(list(pool), NAMES, p=odds / odds.sum()))


@cache
def streets(name: str, endings: str) -> pl.Series:
    """A province, a district or a city with one, and a road, or a town, of the list of such."""
    random = np.random.default_rng(2)
    provinces = pl.Series([*SHORT, *listed(PROVINCES) * 3])
    districts = words("kr-districts")
    cities = [f"{city} {part}" for city in districts if city[-1] == "시" for part in districts if part[-1] == "구"]
    near = pl.concat([drawn(random, pl.Series(pool), STREETS // 2) for pool in (list(districts), cities)])
    known = pl.Series([word for word in words(name) if word[-1] in endings])
    parts = drawn(random, provinces, STREETS), near, drawn(random, known, STREETS)
    return pl.select(pl.concat_str(parts, separator=" ")).to_series()


@cache
def buildings() -> pl.Series:
    """A town and a building, in brackets."""
    random = np.random.default_rng(4)
    towns = pl.Series([name for name in words("kr-towns") if name[-1] == "동"])
    parts = (drawn(random, pool, BUILDINGS) for pool in (towns, pl.Series(listed(HOMES)), pl.Series(listed(KINDS))))
    return pl.select(pl.format(" ({}, {}{})", *parts)).to_series()


def phones(random: np.random.Generator, rows: int) -> pl.Series:
    head = pl.Series(["0504", *["010"] * 9]).gather(random.integers(0, 10, rows))
    parts = head, numbers(random, rows, 2000, 10_000), numbers(random, rows, 0, 10_000, 4)
    return pl.select(pl.concat_str(parts, separator="-")).to_series()


def addresses(random: np.random.Generator, rows: int) -> pl.Series:
    sort = pl.Series(random.integers(0, 30, rows))
    number = numbers(random, rows, 1, 900)
    lot = pl.format("{} {}-{}", drawn(random, streets("kr-towns", "동리"), rows), number, numbers(random, rows, 1, 90))
    road = pl.format("{} {}", drawn(random, streets("kr-roads", "로길"), rows), number)
    block, floor, flat = (numbers(random, rows, *span) for span in ((101, 131), (1, 26), (1, 9)))
    unit = pl.format("{}동 {}0{}호", block, floor, flat)
    building = drawn(random, buildings(), rows)
    details = ["", pl.format(", {}{}", unit, building), pl.format(" {}0{}호{}", floor, flat, building)]
    details += [pl.format(", {} {}층{}", unit, floor, building), pl.format(" {}", unit), pl.format(" {}", unit)]
    detail = pl.coalesce(pl.when(sort % 6 == n).then(text if n else pl.lit("")) for n, text in enumerate(details))
    return pl.select(pl.when(sort < 3).then(lot).otherwise(road) + detail).to_series()


def memos(random: np.random.Generator, rows: int) -> pl.Series:
    wishes = [wish + thanks for wish in listed(WISHES) for thanks in listed(THANKS)]
    short = pl.Series(random.integers(0, 3, rows)) > 0
    code = pl.when(short).then(numbers(random, rows, 0, 10_000, 4)).otherwise(numbers(random, rows, 0, 1_000_000, 6))
    which, wish = pl.Series(random.integers(0, 6, rows)), drawn(random, pl.Series(wishes), rows)
    table = pl.select(which=which, wish=wish, code=code, phrase=drawn(random, pl.Series(listed(CODES)), rows))
    coded = pl.col("phrase").str.replace("{}", pl.col("code"), literal=True)
    both = pl.concat_str("wish", coded, separator=", ")
    plain, alone = pl.col("which").is_in([2, 3]), pl.col("which") == 4
    chosen = pl.when(plain).then("wish").when(alone).then(coded).when(pl.col("which") == 5).then(both)
    return table.select(chosen).to_series()


def listed(text: str) -> list[str]:
    return text.replace("\n", "/").split("/")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
