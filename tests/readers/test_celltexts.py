"""Texts of cells."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.readers.celltexts import Losses, blob_text, float_texts, texts


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (821000001234.0, "821000001234"),
        (4111111111111111.0, "4111111111111111"),
        (2.5, "2.5"),
        (float("nan"), None),
        (float("inf"), None),
        (10**30, "1" + 30 * "0"),
        (Decimal("1000001234.00"), "1000001234"),
        (Decimal("1.50"), "1.50"),
        (Decimal("1e500"), None),
        (date(1990, 1, 2), "1990-01-02"),
        (datetime(1990, 1, 2), "1990-01-02"),
        (datetime(1990, 1, 2, tzinfo=UTC), "1990-01-02"),
        (datetime(1990, 1, 2, 3, 4, 5), "1990-01-02 03:04:05"),
        (time(3, 4, 5), "03:04:05"),
        (timedelta(1), None),
        (True, None),
        (None, None),
        (b"kim", "kim"),
    ],
)
def test_values_are_written_as_people_write_them(value: Any, text: str | None) -> None:
    """Alone, and in a column with others."""
    assert texts([value], Losses()).to_list() == [text]
    assert texts([value, "x", 1], Losses()).to_list() == [text, "x", "1"]


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True) | st.none()))
def test_columns_of_floats_are_written_as_each_of_them(values: list[float | None]) -> None:
    """The fast way and the slow way write numbers that mean the same; whole ones have neither point nor exponent."""
    fast = float_texts(pl.Series(values, dtype=pl.Float64)).to_list()
    slow = texts([*values, "x"], Losses()).to_list()[:-1]
    assert [text and float(text) for text in fast] == [text and float(text) for text in slow]
    whole = [text for text in fast if text and float(text).is_integer() and abs(float(text)) < 2**53]
    assert all(text.lstrip("-").isdigit() for text in whole)


@pytest.mark.parametrize("letters", ["abc 123", "홍길동 0", "王伟李娜 1", "Nguyễn Đệ", "あいう", "محمد 2"])
@given(data=st.data())
def test_bytes_that_are_text_are_read(letters: str, data: st.DataObject) -> None:
    """In UTF-8, and in UTF-16 with a mark."""
    text = data.draw(st.text(st.sampled_from(letters), min_size=2))
    assert blob_text(text.encode()) == text
    assert blob_text(text.encode("utf-16")) == text


@pytest.mark.parametrize("text", ["홍길동 010", "王伟 199", "Nguyễn Văn An", "田中 花子", "محمد علي"])
def test_bytes_in_utf16_need_no_mark(text: str) -> None:
    """Most are neither UTF-8 nor text in the other order."""
    assert blob_text(text.encode("utf-16-le")) == text


def test_digits_in_big_endian_order_are_read() -> None:
    """Zeros before the digits tell the order."""
    assert blob_text("010-0000-1234".encode("utf-16-be")) == "010-0000-1234"


@given(st.binary(min_size=16))
def test_bytes_that_are_no_text_are_counted(value: bytes) -> None:
    """Whatever bytes come, they are a text or a loss."""
    losses = Losses()
    found = texts([value], losses).to_list()
    assert (found == [None]) == (losses.binary == 1)
    assert bool(losses.issues()) == (found == [None])


def test_text_that_is_not_utf8_keeps_what_is() -> None:
    """Its other bytes are read, and it is counted."""
    losses = Losses()
    spoilt = b"\xb1\xe8 010-0000-1234".decode("utf-8", "surrogateescape")
    assert texts([spoilt, "x"], losses).to_list() == ["\ufffd\ufffd 010-0000-1234", "x"]
    assert [(issue.kind, issue.severity, issue.count) for issue in losses.issues()] == [("undecodable", "error", 1)]
