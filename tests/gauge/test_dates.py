"""The day of a record."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from scanner.gauge.dates import days
from scanner.gauge.marks import NO_DAY
from scanner.model import Batch, Column, NoPlace


def batch_of(columns: dict[str | None, list[str]]) -> Batch:
    """A batch of some columns."""
    made = [Column(name, pl.Series(values, dtype=pl.String)) for name, values in columns.items()]
    return Batch(made, np.arange(1, 1 + len(next(iter(columns.values())))), NoPlace())


def day(text: str) -> int:
    """Days since 1970."""
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("주문일시", "2026-03-01 10:00:00", "2026-03-01"),
        ("created_at", "2026/3/1", "2026-03-01"),
        ("orders.createdAt", "20260301", "2026-03-01"),
        ("date", "20260301120000", "2026-03-01"),
        ("时间", "2026年3月1日", "2026-03-01"),
        ("ts", "1772323200", "2026-03-01"),
        ("$.created", "1772323200123", "2026-03-01"),
        ("birth date", "1990-03-01", None),
        ("생년월일", "1990-03-01", None),
        ("date", "2026-02-30", None),
        ("date", "2026-13-45", None),
        ("date", "2026-12-1", "2026-12-01"),
        ("date", "2026", None),
        ("phone", "20260301", None),
        ("price", "1772323200", None),
        ("category", "2026-03-01", None),
        (None, "2026-03-01T10:00:00Z INFO x", "2026-03-01"),
        (None, "[2026-03-01 10:00] x", "2026-03-01"),
        (None, "1772323200 x", None),
        (None, "x 2026-03-01", None),
    ],
)
def test_days(field: str | None, text: str, expected: str | None) -> None:
    """A field of dates by its name, or the start of a line of text, tells the day; other numbers and births do not."""
    (found,) = days(batch_of({field: [text]})).tolist()
    assert found == (NO_DAY if expected is None else day(expected))


def test_the_first_field_by_name_that_has_one() -> None:
    """Of several dates the first field counts, in rows that have none there the next."""
    batch = batch_of({"updated": ["2026-03-02", "2026-03-02"], "created": ["2026-03-01", ""]})
    assert days(batch).tolist() == [day("2026-03-01"), day("2026-03-02")]
