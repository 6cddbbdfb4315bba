"""The day of each record, of its first field of dates."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import polars as pl

from scanner.gauge.marks import NO_DAY
from scanner.model import Batch, IntArray
from scanner.vocabulary import normalise

# Header words of dates of birth, and of the dates that records are counted by.
_BIRTH = r"birth|\bdob\b|생일|생년|출생|生日|出生|誕生|sinh|ميلاد"
_WORDS = "|".join(
    (
        r"\b(?:date|time|datetime|timestamp|created|updated|at|ts|ngay|thoi gian)\b",
        "일시|일자|날짜|시간|등록일|주문일|가입일|배송일|日期|时间|時間|日時|日付|التاريخ|الوقت",
    )
)
_SEP = "[-./年년月월 ]{0,2}"
_APART = _SEP.replace("0", "1")  # a month of one digit ends before a sign
_DAY = (
    rf"^[\[(]?((?:19|20)[0-9]{{2}}){_SEP}(?:(1[0-2]|0[1-9]){_SEP}|([1-9]){_APART})(3[01]|[12][0-9]|0?[1-9])"
    r"(?:[^0-9]|$|[0-2][0-9][0-5][0-9])"
)
_EPOCH = r"^(1[0-9]{9})(?:[0-9]{3}|\.[0-9]+)?$"  # seconds, or milliseconds, from September 2001 to 2033
_SECONDS = 86400  # of a day


def days(batch: Batch) -> IntArray:
    """Days since 1970 of each row, int64 (n,), `marks.NO_DAY` where no field tells.

    Of several fields of dates that a row has, the first by name counts. Lines of text tell by a date at their start.
    """
    found = np.full(batch.height, NO_DAY)
    named = [(column.field or "", number) for number, column in enumerate(batch.columns) if _tells(column.field)]
    for _, number in sorted(named):
        column = batch.columns[number]
        days = _days(column.values, epoch=column.field is not None)
        rows = np.flatnonzero(days != NO_DAY)
        at = rows if column.rows is None else column.rows[rows]
        new = found[at] == NO_DAY
        found[at[new]] = days[rows[new]]
    return found


@lru_cache(1 << 14)
def _tells(field: str | None) -> bool:
    """Whether a field may hold such dates."""
    if field is None:
        return True
    name = normalise(field.rpartition(".")[2])
    return re.search(_WORDS, name) is not None and re.search(_BIRTH, name) is None


def _days(values: pl.Series, *, epoch: bool) -> IntArray:
    """Days since 1970 of each text, int64 (n,): of a date at its start, or of seconds that are all of it."""
    parts = values.str.extract_groups(_DAY).struct.unnest().cast(pl.Int64, strict=False)
    year, month, short, day = (parts[name].fill_null(0).to_numpy() for name in ("1", "2", "3", "4"))
    month = month + short
    months = (year - 1970) * 12 + month - 1
    found = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + day - 1
    last = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    found = np.where((year > 0) & (found < last), found, NO_DAY)
    if epoch and (year == 0).any():
        seconds = values.str.extract(_EPOCH).cast(pl.Int64).fill_null(-1).to_numpy()
        found = np.where(seconds >= 0, seconds // _SECONDS, found)
    return found
