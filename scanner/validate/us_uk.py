"""American and British numbers: social security, taxpayers, health service and national insurance.

Sources: https://www.ssa.gov/employer/randomization.html, https://www.irs.gov/individuals/individual-taxpayer-identification-number,
https://www.datadictionary.nhs.uk/attributes/nhs_number.html,
https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110
"""

from __future__ import annotations

import numpy as np
import polars as pl

from scanner.validate.dates import number_at
from scanner.validate.numbers import alnum_only, digit_matrix, digits_only, verdict, weighted_sum

# Printed in a wallet of 1938 and on a leaflet of 1940, and used by thousands since.
_ADVERTISED = (78051120, 219099999)
_ITIN_GROUPS = np.array([*range(50, 66), *range(70, 89), *range(90, 93), *range(94, 100)])
_NINO = r"^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]$"
_NINO_NEVER_ISSUED = ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"]


def us_ssn(values: pl.Series) -> pl.Series:
    """Judge social security numbers; String to Int8: 0 for a possible one (there is no check digit), -1 otherwise."""
    matrix = digit_matrix(digits_only(values), 9)
    area, group, serial = number_at(matrix, 0, 3), number_at(matrix, 3, 5), number_at(matrix, 5, 9)
    possible = (area > 0) & (area != 666) & (area < 900) & (group > 0) & (serial > 0)
    possible &= ~np.isin(number_at(matrix, 0, 9), _ADVERTISED) & (matrix != matrix[:, :1]).any(axis=1)
    return verdict(np.zeros_like(possible), known=~possible)


def us_itin(values: pl.Series) -> pl.Series:
    """Judge taxpayer numbers; String to Int8: 0 when the group is one that is issued (no check digit), -1 otherwise."""
    matrix = digit_matrix(digits_only(values), 9)
    possible = (matrix[:, 0] == 9) & np.isin(number_at(matrix, 3, 5), _ITIN_GROUPS)
    return verdict(np.zeros_like(possible), known=~possible)


def gb_nhs(values: pl.Series) -> pl.Series:
    """Judge NHS numbers of 10 digits by their check digit, modulus 11; String to Int8, 1 or -1."""
    matrix = digit_matrix(digits_only(values), 10)
    check = (11 - weighted_sum(matrix, (10, 9, 8, 7, 6, 5, 4, 3, 2)) % 11) % 11
    return verdict((matrix != matrix[:, :1]).any(axis=1) & (check == matrix[:, 9]))


def gb_nino(values: pl.Series) -> pl.Series:
    """Judge national insurance numbers; String to Int8: 0 for a prefix that may be issued, -1 otherwise."""
    compact = alnum_only(values)
    possible = compact.str.contains(_NINO) & ~compact.str.head(2).is_in(_NINO_NEVER_ISSUED)
    return verdict(np.zeros(len(values), dtype=np.bool_), known=~possible.to_numpy())


VALIDATORS = {"us_ssn": us_ssn, "us_itin": us_itin, "gb_nhs": gb_nhs, "gb_nino": gb_nino}
