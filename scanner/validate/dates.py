"""Calendar arithmetic on arrays, and the validator of birth dates."""

from __future__ import annotations

import datetime

import numpy as np
import polars as pl

from scanner.validate.numbers import Digits, Mask, verdict

_MONTH_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int64)
_OLDEST = 1900

_SEPARATOR = r"[-./ 年년月월]{1,3}"
_YEAR_FIRST = rf"^([0-9]{{4}}){_SEPARATOR}([0-9]{{1,2}})(?:{_SEPARATOR}([0-9]{{1,2}}))?[日일월月]?$"
_YEAR_LAST = r"^([0-9]{1,2})[-./ ]([0-9]{1,2})[-./ ]([0-9]{4})$"
_COMPACT = r"^([0-9]{4})([0-9]{2})([0-9]{2})$"
_SHORT = r"^([0-9]{2})[-./]?([0-9]{2})[-./]?([0-9]{2})$"


def number_at(matrix: Digits, start: int, stop: int) -> Digits:
    """The number that columns `start` to `stop` (exclusive) of a digit matrix spell; int64, one a row."""
    powers = 10 ** np.arange(stop - start - 1, -1, -1, dtype=np.int64)
    return np.asarray(matrix[:, start:stop] @ powers, dtype=np.int64)


def real_dates(years: Digits, months: Digits, days: Digits) -> Mask:
    """Whether year, month and day (int64 arrays) are a day of the Gregorian calendar."""
    leap = (years % 4 == 0) & ((years % 100 != 0) | (years % 400 == 0))
    limit = _MONTH_DAYS[np.clip(months, 0, 12)] + (leap & (months == 2))
    return np.asarray((months >= 1) & (months <= 12) & (days >= 1) & (days <= limit))


def birth_dates(years: Digits, months: Digits, days: Digits) -> Mask:
    """Whether the dates are real, from 1900 on and not after today."""
    today = datetime.date.today()
    past = years * 10_000 + months * 100 + days <= today.year * 10_000 + today.month * 100 + today.day
    return np.asarray(real_dates(years, months, days) & past & (years >= _OLDEST))


def date_of_birth(values: pl.Series) -> pl.Series:
    """Judge dates as birth dates; String to Int8: 0 for a possible one, -1 for an impossible, future or old one.

    Reads yyyy-mm-dd and its Korean and Chinese forms, yyyy-mm, yyyymmdd, yymmdd, and dd/mm/yyyy in either order of day
    and month. No date proves to be a birth date, so none is 1; other forms (with the month's name) are unknown.
    """
    known = np.zeros(len(values), dtype=np.bool_)
    good = np.zeros(len(values), dtype=np.bool_)
    for form in (_YEAR_FIRST, _COMPACT, _YEAR_LAST, _SHORT):
        first, second, third = _groups(values, form)
        matched = first >= 0
        known |= matched
        good |= matched & _possible(form, first, second, third)
    return verdict(good & False, known=known & ~good)


def _possible(form: str, first: Digits, second: Digits, third: Digits) -> Mask:
    if form == _YEAR_LAST:
        return birth_dates(third, second, first) | birth_dates(third, first, second)
    if form == _SHORT:
        return birth_dates(1900 + first, second, third) | birth_dates(2000 + first, second, third)
    return birth_dates(first, second, np.where(third < 0, 1, third))


def _groups(values: pl.Series, form: str) -> tuple[Digits, Digits, Digits]:
    """The three numbers that `form` captures, as int64 arrays with -1 where a group took no part."""
    groups = values.str.extract_groups(form).struct.unnest()
    first, second, third = (column.cast(pl.Int64).fill_null(-1).to_numpy() for column in groups.get_columns())
    return first, second, third


VALIDATORS = {"date_of_birth": date_of_birth}
