"""Identity numbers of Taiwan and Hong Kong: a letter or two, digits, and a check digit over both.

Sources: https://en.wikipedia.org/wiki/National_identification_card_(Taiwan),
https://en.wikipedia.org/wiki/Resident_certificate (new form since 2 January 2021),
https://en.wikipedia.org/wiki/Hong_Kong_identity_card
"""

from __future__ import annotations

import numpy as np
import polars as pl

from scanner.validate.numbers import Digits, alnum_only, code_matrix, verdict

# The number of each letter, 10 to 35, in the order in which the counties got theirs.
_TAIWAN_ORDER = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
_TAIWAN_LETTERS = np.array([_TAIWAN_ORDER.index(letter) + 10 for letter in sorted(_TAIWAN_ORDER)], dtype=np.int64)
_TAIWAN_WEIGHTS = np.array([8, 7, 6, 5, 4, 3, 2, 1, 1], dtype=np.int64)
_HONGKONG_WEIGHTS = np.array([9, 8, 7, 6, 5, 4, 3, 2, 1], dtype=np.int64)
_HONGKONG_BLANK = 36


def tw_id(values: pl.Series) -> pl.Series:
    """Judge Taiwan's national and resident numbers of 10 characters by the check digit; String to Int8, 1 or -1.

    A second letter (resident certificates until 2020) counts as the last digit of its number.
    """
    codes = code_matrix(alnum_only(values), 10)
    digits = codes - ord("0")
    digits[:, 1] = np.where(_is_letter(codes[:, 1]), _taiwan_number(codes[:, 1]) % 10, digits[:, 1])
    letter = _taiwan_number(codes[:, 0])
    total = letter // 10 + 9 * (letter % 10) + digits[:, 1:] @ _TAIWAN_WEIGHTS
    plain = _is_letter(codes[:, 0]) & ((digits[:, 1:] >= 0) & (digits[:, 1:] <= 9)).all(axis=1)
    return verdict(plain & (total % 10 == 0))


def hk_id(values: pl.Series) -> pl.Series:
    """Judge Hong Kong identity numbers by their check character, modulus 11; String to Int8, 1 or -1."""
    compact = alnum_only(values).str.pad_start(9, " ")
    codes = code_matrix(compact, 9)
    numbers = np.where(_is_letter(codes), codes - ord("A") + 10, codes - ord("0"))
    numbers[codes == ord(" ")] = _HONGKONG_BLANK
    plain = _is_letter(codes[:, 1]) & (codes[:, 8] > 0) & ((numbers[:, 2:8] >= 0) & (numbers[:, 2:8] <= 9)).all(axis=1)
    return verdict(plain & (numbers[:, 8] <= 10) & (numbers @ _HONGKONG_WEIGHTS % 11 == 0))


def _is_letter(codes: Digits) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.asarray((codes >= ord("A")) & (codes <= ord("Z")))


def _taiwan_number(codes: Digits) -> Digits:
    return np.asarray(_TAIWAN_LETTERS[np.clip(codes - ord("A"), 0, 25)], dtype=np.int64)


VALIDATORS = {"tw_id": tw_id, "hk_id": hk_id}
