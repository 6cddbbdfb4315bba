"""Vietnamese numbers: citizens' identity numbers and tax codes.

Sources: Decree 137/2015/ND-CP article 13 (citizens), Circular 86/2024/TT-BTC article 5 (tax codes),
https://vi.wikipedia.org/wiki/Căn_cước_công_dân_(Việt_Nam)
"""

from __future__ import annotations

import datetime

import numpy as np
import polars as pl

from scanner.validate.dates import number_at
from scanner.validate.numbers import Digits, digit_matrix, digits_only, verdict, weighted_sum

_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def vn_cccd(values: pl.Series) -> pl.Series:
    """Judge citizens' numbers of 12 digits, or 11 where a spreadsheet ate the leading zero; String to Int8.

    There is no check digit: 0 when the fourth digit (sex and century) and the next two (year) are a possible birth
    year, -1 otherwise. The province, the first three digits, is not judged: numbers outlive every reform of provinces.
    """
    matrix = digit_matrix(digits_only(values).str.pad_start(12, "0"), 12)
    years = 1900 + 100 * (matrix[:, 3] // 2) + number_at(matrix, 4, 6)
    possible = (matrix[:, 0] == 0) & (matrix[:, 3] <= 3) & (years <= datetime.date.today().year)
    return verdict(np.zeros_like(possible), known=~possible)


def vn_tax_code(values: pl.Series) -> pl.Series:
    """Judge tax codes by their check digit, the tenth; three digits of a branch may follow. String to Int8, 1 or -1."""
    matrix = _tax_digits(digits_only(values))
    check = 10 - weighted_sum(matrix, _TAX_WEIGHTS) % 11
    return verdict((matrix[:, 0] >= 0) & (check == matrix[:, 9]))


def _tax_digits(digits: pl.Series) -> Digits:
    """The ten digits of codes of 10 or 13 digits; other values become rows of -1."""
    fits = digits.str.len_bytes().is_in([10, 13])
    return digit_matrix(pl.select(pl.when(fits).then(digits.str.head(10)).otherwise(pl.lit(""))).to_series(), 10)


VALIDATORS = {"vn_cccd": vn_cccd, "vn_tax_code": vn_tax_code}
