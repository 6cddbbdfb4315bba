"""Mainland Chinese numbers: residents (GB 11643) and unified social credit codes (GB 32100).

Sources: https://en.wikipedia.org/wiki/Resident_Identity_Card,
https://en.wikipedia.org/wiki/Unified_Social_Credit_Identifier
"""

from __future__ import annotations

import numpy as np
import polars as pl

from scanner.validate.dates import birth_dates, number_at
from scanner.validate.numbers import Digits, Mask, alnum_only, code_matrix, digit_matrix, verdict

# The first two digits only: counties are merged and renamed, but numbers stay. 81 to 83 are the residence permits of
# people from Hong Kong, Macau and Taiwan; 91 was used for foreigners.
_PROVINCES = np.array(
    [*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83, 91]
)
_RESIDENT_WEIGHTS = np.array([2**power % 11 for power in range(17, -1, -1)], dtype=np.int64)
_CREDIT_ALPHABET = b"0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = np.array([3**power % 31 for power in range(17)], dtype=np.int64)


def cn_resident_id(values: pl.Series) -> pl.Series:
    """Judge resident identity numbers; String to Int8.

    18 characters: 1 with a province, a real birth date and the ISO 7064 MOD 11-2 check character, else -1.
    15 digits (issued until 1999) have no check digit: 0 with a province and a real birth date, else -1.
    """
    compact = alnum_only(values)
    modern, old = _resident_digits(compact), digit_matrix(compact, 15)
    checked = modern @ _RESIDENT_WEIGHTS % 11 == 1
    born = birth_dates(number_at(modern, 6, 10), number_at(modern, 10, 12), number_at(modern, 12, 14))
    unchecked = _in_province(old) & birth_dates(
        1900 + number_at(old, 6, 8), number_at(old, 8, 10), number_at(old, 10, 12)
    )
    return verdict(_in_province(modern) & checked & born, known=~unchecked)


def cn_uscc(values: pl.Series) -> pl.Series:
    """Judge unified social credit codes by their check character, modulus 31; String to Int8, 1 or -1."""
    matrix = _credit_values(code_matrix(alnum_only(values), 18))
    check = (31 - matrix[:, :17] @ _CREDIT_WEIGHTS % 31) % 31
    return verdict((matrix >= 0).all(axis=1) & (check == matrix[:, 17]))


def _resident_digits(compact: pl.Series) -> Digits:
    """Digits of 18 characters, a last X as 10; other values become rows of -1."""
    matrix = code_matrix(compact, 18) - ord("0")
    matrix[:, 17][matrix[:, 17] == ord("X") - ord("0")] = 10
    strange = (matrix < 0).any(axis=1) | (matrix[:, :17] > 9).any(axis=1) | (matrix[:, 17] > 10)
    matrix[strange] = -1
    return matrix


def _in_province(matrix: Digits) -> Mask:
    return np.asarray(np.isin(number_at(matrix, 0, 2), _PROVINCES))


def _credit_values(codes: Digits) -> Digits:
    """Values 0 to 30 of the characters of the code's alphabet, -1 for all others; same shape."""
    table = np.full(256, -1, dtype=np.int64)
    table[np.frombuffer(_CREDIT_ALPHABET, dtype=np.uint8)] = np.arange(len(_CREDIT_ALPHABET))
    return np.asarray(table[codes], dtype=np.int64)


VALIDATORS = {"cn_resident_id": cn_resident_id, "cn_uscc": cn_uscc}
