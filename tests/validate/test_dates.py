"""Calendar arithmetic and birth dates."""

import datetime

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.validate.dates import date_of_birth, real_dates


@given(st.integers(1, 9999), st.integers(0, 14), st.integers(0, 33))
def test_real_dates_are_those_of_the_calendar(year: int, month: int, day: int) -> None:
    """`real_dates` agrees with the standard library on every triple of numbers."""
    try:
        datetime.date(year, month, day)
        real = True
    except ValueError:
        real = False
    assert real_dates(np.array([year]), np.array([month]), np.array([day])).tolist() == [real]


@pytest.mark.parametrize(
    "value",
    [
        *("1988-01-02", "1988.1.2", "1988. 1. 2", "1988/01/02", "19880102", "880102", "88.01.02", "000229"),
        *("1988년 1월 2일", "1988年1月2日", "1988年1月", "1990.05", "02/01/1988", "12/31/1988"),
        *("3 March 1971", "昭和63年1月2日"),
    ],
)
def test_possible_birth_dates_are_unknown(value: str) -> None:
    """A date never proves to be somebody's birth, in whatever form."""
    assert date_of_birth(pl.Series([value])).to_list() == [0]


@pytest.mark.parametrize(
    "value",
    [
        "1988-13-02",
        "1988-02-30",
        "19880231",
        "881301",
        "31/02/1988",
        "2999-01-01",
        "1850-01-01",
        "1988년 2월 30일",
        "1990.13",
    ],
)
def test_impossible_future_and_old_dates_are_invalid(value: str) -> None:
    """Nobody was born on a day that does not exist, has not come, or lies before 1900."""
    assert date_of_birth(pl.Series([value])).to_list() == [-1]


def test_tomorrow_is_no_birth_date() -> None:
    """The limit is today, not a fixed year."""
    today = datetime.date.today()
    values = pl.Series([today.isoformat(), (today + datetime.timedelta(days=1)).isoformat()])
    assert date_of_birth(values).to_list() == [0, -1]
