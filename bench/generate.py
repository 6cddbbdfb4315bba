"""Makes the files that the benchmarks scan: seeded, invented, the same on every machine."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

SURNAMES = list("김이박최정강조윤장임한오서신권황안송류홍")
GIVEN = [
    *("민준", "서연", "도윤", "지우", "하은", "예준", "수아", "지호"),
    *("다은", "건우", "채원", "현우", "유진", "시우", "가은", "준서"),
]
PLACES = [
    *("서울특별시 강남구", "서울특별시 마포구", "부산광역시 해운대구"),
    *("경기도 성남시 분당구", "대구광역시 수성구", "인천광역시 연수구"),
]
ROADS = ["테헤란로", "월드컵북로", "센텀중앙로", "판교역로", "달구벌대로", "컨벤시아대로", "한빛로", "새마을길"]
MEMOS = ["문 앞에 놓아주세요", "경비실에 맡겨주세요", "배송 전 연락 바랍니다", "부재시 택배함", ""]
GOODS = ["무선 이어폰", "세탁 세제 2L", "운동화 270mm", "쌀 10kg", "책상 조명", "텀블러 500ml"]
CHUNK = 500_000


def orders(path: Path, rows: int) -> None:
    """A Korean order CSV: number, time, name, phone, e-mail, address, memo (a third with a door code), goods, price."""
    with path.open("wb") as out:
        for start in range(0, rows, CHUNK):
            _orders(start, min(CHUNK, rows - start)).write_csv(out, include_header=start == 0)


def table(rows: int) -> pl.DataFrame:
    """The same orders as a frame."""
    return pl.concat([_orders(start, min(CHUNK, rows - start)) for start in range(0, rows, CHUNK)])


def _orders(start: int, rows: int) -> pl.DataFrame:
    random = np.random.default_rng(start + 1)

    def pick(words: list[str]) -> pl.Series:
        return pl.Series(words).gather(pl.Series(random.integers(0, len(words), rows)))

    def number(low: int, high: int) -> pl.Series:
        return pl.Series(random.integers(low, high, rows))

    ids = pl.Series(np.arange(start, start + rows))
    frame = pl.DataFrame(
        {
            "id": ids, "surname": pick(SURNAMES), "given": pick(GIVEN), "a": number(2000, 9999), "b": number(0, 9999),
            "place": pick(PLACES), "road": pick(ROADS), "no": number(1, 300), "dong": number(101, 130),
            "ho": number(101, 2504), "memo": pick(MEMOS), "code": number(0, 9999), "has_code": number(0, 3),
            "goods": pick(GOODS), "price": number(10, 3000) * 100, "virtual": number(0, 10),
            "second": number(0, 2_000_000),
        }
    )  # fmt: skip
    four = pl.col("b").cast(pl.String).str.zfill(4)
    phone = pl.when(pl.col("virtual") == 0).then(pl.lit("0504-")).otherwise(pl.lit("010-"))
    coded = pl.format("{} 공동현관 #{}*", "memo", pl.col("code").cast(pl.String).str.zfill(4)).str.strip_chars()
    return frame.select(
        (pl.lit(20260000000000) + pl.col("id")).alias("주문번호"),
        (pl.datetime(2026, 1, 1) + pl.duration(seconds="second")).dt.strftime("%Y-%m-%d %H:%M:%S").alias("주문일시"),
        (pl.col("surname") + pl.col("given")).alias("수령인"),
        (phone + pl.col("a").cast(pl.String) + "-" + four).alias("연락처"),
        pl.format("user{}@example.com", pl.col("id") * 7919 % 100_000_007).alias("이메일"),
        pl.format("{} {} {} {}동 {}호", "place", "road", "no", "dong", "ho").alias("배송지"),
        pl.when(pl.col("has_code") == 0).then(coded).otherwise(pl.col("memo")).alias("배송메모"),
        pl.col("goods").alias("상품명"),
        pl.col("price").alias("금액"),
    )


def clean_log(path: Path, lines: int) -> None:
    """Log lines with timestamps, ids, sizes and hashes, and nothing personal."""
    with path.open("wb") as out:
        for start in range(0, lines, CHUNK):
            _log(start, min(CHUNK, lines - start)).write_csv(out, include_header=False, quote_style="never")


def _log(start: int, lines: int) -> pl.DataFrame:
    random = np.random.default_rng(start + 2)
    n, r = pl.Series(np.arange(start, start + lines)), pl.Series(random.integers(0, 2**40, lines))
    frame = pl.DataFrame({"n": n, "r": r, "ms": pl.Series(random.integers(0, 999, lines))})
    stamp = (pl.datetime(2026, 1, 1) + pl.duration(milliseconds=pl.col("n") * 37)).dt.strftime("%Y-%m-%dT%H:%M:%S%.3fZ")
    return frame.select(
        pl.format(
            "{} INFO worker-{} request id={} path=/api/v1/items/{} status=200 bytes={} took={}ms trace={}",
            stamp, pl.col("n") % 16, pl.col("n") * 7919, pl.col("n") % 1000, pl.col("r") % 100_000, "ms",
            pl.col("r").hash(3).cast(pl.String),
        )
    )  # fmt: skip
