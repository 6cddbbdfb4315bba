"""Japanese numbers: My Number and driving licences.

Sources: Ordinance 85 of the Ministry of Internal Affairs of 2014, article 5 (My Number),
https://ja.wikipedia.org/wiki/個人番号, https://ja.wikipedia.org/wiki/日本の運転免許
"""

from __future__ import annotations

import polars as pl

from scanner.validate.dates import number_at
from scanner.validate.numbers import digit_matrix, digits_only, verdict, weighted_sum

_MY_NUMBER_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_LICENSE_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def jp_my_number(values: pl.Series) -> pl.Series:
    """Judge individual numbers of 12 digits by their check digit, modulus 11; String to Int8, 1 or -1."""
    matrix = digit_matrix(digits_only(values), 12)
    rest = weighted_sum(matrix, _MY_NUMBER_WEIGHTS) % 11
    check = (11 - rest) * (rest > 1)
    return verdict((matrix[:, 0] >= 0) & (matrix != matrix[:, :1]).any(axis=1) & (check == matrix[:, 11]))


def jp_driver_license(values: pl.Series) -> pl.Series:
    """Judge driving licence numbers of 12 digits; String to Int8.

    1 with a possible authority (10 to 97) and the right eleventh digit, -1 with an impossible authority. The check
    digit's rule is widely known, but unofficial, so a wrong one is 0; so is authority 00, for licences from abroad.
    """
    matrix = digit_matrix(digits_only(values), 12)
    authority = number_at(matrix, 0, 2)
    possible = (authority >= 10) & (authority <= 97)
    checked = (11 - weighted_sum(matrix, _LICENSE_WEIGHTS) % 11) % 10 == matrix[:, 10]
    return verdict(possible & checked, known=~(possible & ~checked | (authority == 0)))


VALIDATORS = {"jp_my_number": jp_my_number, "jp_driver_license": jp_driver_license}
