"""Bank account numbers: no country's rule holds for all banks, so only what cannot be one is told apart."""

from __future__ import annotations

import numpy as np
import polars as pl

from scanner.validate.numbers import digits_only, verdict

# What stands beside accounts in the same cells: Korean mobile, landline and service phones, and dates.
_SOMETHING_ELSE = (
    r"^(?:01[016-9]-?[0-9]{3,4}-?[0-9]{4}|0[2-6][0-9]?-[0-9]{3,4}-[0-9]{4}|1[5-8][0-9]{2}-[0-9]{4}"
    r"|(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]).*)$"
)
_PLACEHOLDER = r"^(?:0+|1+|2+|3+|4+|5+|6+|7+|8+|9+)$"


def bank_account(values: pl.Series) -> pl.Series:
    """Judge bank account numbers; String to Int8.

    0 with 7 (Japan) to 19 digits (Chinese cards) that are not all the same; -1 otherwise, and for Korean phones and
    dates.
    """
    digits = digits_only(values)
    varied = ~digits.str.contains(_PLACEHOLDER)
    possible = digits.str.len_bytes().is_between(7, 19) & varied & ~values.str.contains(_SOMETHING_ELSE)
    return verdict(np.zeros(len(values), dtype=np.bool_), known=~possible.to_numpy())


VALIDATORS = {"bank_account": bank_account}
