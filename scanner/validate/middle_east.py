"""Identity numbers of Saudi Arabia, the Emirates and Egypt.

Sources: https://en.wikipedia.org/wiki/Saudi_Arabian_National_Identity_Card,
https://en.wikipedia.org/wiki/Emirates_Identity_Card, https://en.wikipedia.org/wiki/Egyptian_National_Identity_Card
"""

from __future__ import annotations

import datetime

import numpy as np
import polars as pl

from scanner.validate.dates import birth_dates, number_at
from scanner.validate.numbers import digit_matrix, digits_only, verdict
from scanner.validate.payment import luhn

# 88 stands for people born abroad.
_GOVERNORATES = np.array(
    [1, 2, 3, 4, 11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 23, 24, 25, 26, 27, 28, 29, 31, 32, 33, 34, 35, 88]
)


def sa_national_id(values: pl.Series) -> pl.Series:
    """Judge numbers of Saudi citizens (1…) and residents (2…) by their Luhn digit; String to Int8, 1 or -1."""
    digits = digits_only(values)
    return verdict(np.isin(digit_matrix(digits, 10)[:, 0], (1, 2)) & luhn(digits))


def ae_emirates_id(values: pl.Series) -> pl.Series:
    """Judge Emirates identity numbers of 15 digits; String to Int8.

    1 with 784, a year from 1900 until now and the Luhn digit. The rule of the check digit is not published, so a wrong
    one is 0; -1 with another prefix or an impossible year.
    """
    digits = digits_only(values)
    matrix = digit_matrix(digits, 15)
    year = number_at(matrix, 3, 7)
    possible = (number_at(matrix, 0, 3) == 784) & (year >= 1900) & (year <= datetime.date.today().year)
    checked = luhn(digits)
    return verdict(possible & checked, known=~(possible & ~checked))


def eg_national_id(values: pl.Series) -> pl.Series:
    """Judge Egyptian numbers of 14 digits; String to Int8: 1 with a real birth date and a governorate, -1 otherwise.

    The rule of the last digit is not published and is not judged.
    """
    matrix = digit_matrix(digits_only(values), 14)
    years = 1700 + 100 * matrix[:, 0] + number_at(matrix, 1, 3)
    born = birth_dates(years, number_at(matrix, 3, 5), number_at(matrix, 5, 7))
    return verdict(np.isin(matrix[:, 0], (2, 3)) & born & np.isin(number_at(matrix, 7, 9), _GOVERNORATES))


VALIDATORS = {
    "sa_national_id": sa_national_id,
    "ae_emirates_id": ae_emirates_id,
    "eg_national_id": eg_national_id,
}
