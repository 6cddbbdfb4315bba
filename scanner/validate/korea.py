"""Korean numbers: residents, foreigners and businesses.

Residents and foreigners share a layout: birth date yymmdd, one digit for sex and century, five digits and a check
digit. Since 5 October 2020 new numbers, and numbers changed on request, end in random digits, so a wrong check digit
proves nothing about people who may have got theirs since.
Sources: https://en.wikipedia.org/wiki/Resident_registration_number, https://ko.wikipedia.org/wiki/사업자등록번호
"""

from __future__ import annotations

import numpy as np
import polars as pl

from scanner.validate.dates import birth_dates, number_at, real_dates
from scanner.validate.numbers import Digits, Mask, digit_matrix, digits_only, verdict, weighted_sum

_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_CORPORATE_WEIGHTS = (1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2)
# Nobody born earlier can be expected to have changed the number since October 2020.
_REISSUED_SINCE = 1930
# Century by the seventh digit: 9 and 0 for the 1800s; 1, 2 and foreigners' 5, 6 the 1900s; 3, 4, 7, 8 the 2000s.
_CENTURIES = np.array([1800, 1900, 1900, 2000, 2000, 1900, 1900, 2000, 2000, 1800], dtype=np.int64)


def kr_rrn(values: pl.Series) -> pl.Series:
    """Judge resident registration numbers; String to Int8.

    1 with a real birth date and a right check digit, 0 with a wrong one where the number may date from after
    October 2020, -1 with an impossible or future date, and for a number that is a stock company's registration number.
    """
    matrix = digit_matrix(digits_only(values), 13)
    checked = (11 - weighted_sum(matrix, _WEIGHTS) % 11) % 10 == matrix[:, 12]
    possible = _born(matrix) & np.isin(matrix[:, 6], (0, 1, 2, 3, 4, 9))
    return _judge(matrix, possible, checked)


def kr_frn(values: pl.Series) -> pl.Series:
    """Judge foreigner registration numbers; String to Int8, as `kr_rrn` does."""
    matrix = digit_matrix(digits_only(values), 13)
    checked = (13 - weighted_sum(matrix, _WEIGHTS) % 11) % 10 == matrix[:, 12]
    possible = _born(matrix) & (matrix[:, 6] >= 5) & (matrix[:, 6] <= 8)
    return _judge(matrix, possible, checked)


def kr_brn(values: pl.Series) -> pl.Series:
    """Judge business registration numbers of 10 digits by their check digit; String to Int8, 1 or -1."""
    matrix = digit_matrix(digits_only(values), 10)
    total = weighted_sum(matrix, (1, 3, 7, 1, 3, 7, 1, 3, 5)) + matrix[:, 8] * 5 // 10
    return verdict((matrix[:, 0] > 0) & ((10 - total % 10) % 10 == matrix[:, 9]))


def _judge(matrix: Digits, possible: Mask, checked: Mask) -> pl.Series:
    years, company = _birth_years(matrix), _is_company(matrix)
    possible = possible & ~(company & (years < 1900))
    reissued = (years >= _REISSUED_SINCE) & ~company
    return verdict(possible & checked, known=~(possible & ~checked & reissued))


def _birth_years(matrix: Digits) -> Digits:
    return np.asarray(_CENTURIES[matrix[:, 6]] + number_at(matrix, 0, 2), dtype=np.int64)


def _born(matrix: Digits) -> Mask:
    """Whether the birth date is real and not in the future; those of the 1800s only have to be real."""
    years, months, days = _birth_years(matrix), number_at(matrix, 2, 4), number_at(matrix, 4, 6)
    born = np.where(years < 1900, real_dates(years, months, days), birth_dates(years, months, days))
    return np.asarray(born & (matrix[:, 0] >= 0))


def _is_company(matrix: Digits) -> Mask:
    """Whether this is a stock company's registration number: court, type 11, serial, check digit; 6-7 like ours."""
    checked = (10 - weighted_sum(matrix, _CORPORATE_WEIGHTS) % 10) % 10 == matrix[:, 12]
    return np.asarray(checked & (number_at(matrix, 4, 6) == 11))


VALIDATORS = {"kr_rrn": kr_rrn, "kr_frn": kr_frn, "kr_brn": kr_brn}
