"""Masks and fingerprints of single values."""

from __future__ import annotations

import polars as pl
import pytest

from scanner.redact import KEY_BYTES, masked, new_key, redact


def frame(kind: str, value: str, code: str | None = None) -> pl.DataFrame:
    """One finding as `redact` takes it."""
    row = {"value": value, "folded": value, "entity_type": kind, "calling_code": code}
    return pl.DataFrame(row, schema=dict.fromkeys(row, pl.String))


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("PERSON", "홍길동", "홍**"),
        ("PHONE_NUMBER", "010-1234-5678", "010-****-**78"),
        ("EMAIL_ADDRESS", "kim@example.com", "k***@example.com"),
        ("EMAIL_ADDRESS", "k@example.com", "***@example.com"),
        ("EMAIL_ADDRESS", "kim＠example.com", "k***@example.com"),
        ("CREDIT_CARD", "4111 1111 1111 1111", "**** **** **** **11"),
        ("DOOR_CODE", "#1234*", "#*****"),
        ("DATE_OF_BIRTH", "1990-01-02", "****-**-**"),
        ("KR_RRN", "12", "**"),
        ("SOMETHING_NEW", "ABC-1234", "***-**34"),
    ],
)
def test_a_mask_keeps_shape_and_little_else(kind: str, value: str, shown: str) -> None:
    """Separators stay; door codes and dates show nothing, ids at most the last two, short values nothing."""
    assert masked(pl.Series([value]), kind).to_list() == [shown]


def test_the_value_leaves_the_frame_unless_asked_for() -> None:
    """`value` stays only with `show_values`, `folded` never."""
    hidden, shown = (redact(frame("PERSON", "홍길동"), b"k", show_values=show) for show in (False, True))
    assert {"value", "folded"}.isdisjoint(hidden.columns)
    assert shown["value"].to_list() == ["홍길동"]
    assert "folded" not in shown.columns


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("EMAIL_ADDRESS", "Kim@Example.com", "kim@example.com"),
        ("CREDIT_CARD", "4111 1111 1111 1111", "4111-1111-1111-1111"),
        ("PERSON", "Nguyen Van An", "nguyen van an"),
        ("ADDRESS", "서울 강남구 테헤란로 12-3, 4층", "서울 강남구 테헤란로 12-3 (4층)"),
        ("DATE_OF_BIRTH", "1990-01-02", "1990.1.2"),
        ("DATE_OF_BIRTH", "1990년 1월 2일", "19900102"),
        ("IP_ADDRESS", "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_ways_to_write_a_value_have_one_fingerprint(kind: str, first: str, second: str) -> None:
    """Case, spaces and separators do not make another value."""
    prints = [redact(frame(kind, value), b"k")["fingerprint"].item() for value in (first, second)]
    assert prints[0] == prints[1]


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("IP_ADDRESS", "8.8.88.8", "88.8.8.8"),
        ("ADDRESS", "테헤란로 12-3", "테헤란로 1-23"),
        ("ADDRESS", "12 Example Road 3", "12 Example Road 3, 4"),
        ("DATE_OF_BIRTH", "1990-1-11", "1990-11-1"),
        ("USERNAME", "j.doe", "jdoe"),
    ],
)
def test_other_values_have_other_fingerprints(kind: str, first: str, second: str) -> None:
    """Where separators tell numbers or names apart they are kept."""
    prints = [redact(frame(kind, value), b"k")["fingerprint"].item() for value in (first, second)]
    assert prints[0] != prints[1]


def test_findings_of_several_types_keep_their_rows_and_order() -> None:
    """Each row keeps its place and has a mask and fingerprint of its own; no findings give all columns."""
    both = pl.concat([frame("PERSON", "홍길동"), frame("USERNAME", "홍길동"), frame("PERSON", "김철수")])
    rows = redact(both, b"k", show_values=True)
    assert rows.select("entity_type", "value", "masked").rows() == [
        ("PERSON", "홍길동", "홍**"),
        ("USERNAME", "홍길동", "홍**"),
        ("PERSON", "김철수", "김**"),
    ]
    assert rows["fingerprint"].n_unique() == 3
    assert {"masked", "fingerprint"} <= set(redact(both.clear(), b"k").columns)


def test_new_keys_differ() -> None:
    """A run without a key of its own cannot be linked to another."""
    assert len({new_key(), new_key()}) == 2
    assert len(new_key()) == KEY_BYTES
