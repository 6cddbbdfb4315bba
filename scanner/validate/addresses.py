"""Whole cells that look like an address and hold more than one."""

from __future__ import annotations

import polars as pl

from scanner.validate.unmoved import Unmoved

# Ten digits and more with the signs of telephone numbers between them, nine after a leading zero or plus. Postal codes
# and house numbers that stand side by side have fewer.
_PHONE = r"(?:^|[^0-9])(?:[+0][(]?[0-9](?:[ .()-]{0,2}[0-9]){7}|[0-9](?:[ .()-]{0,2}[0-9]){9})"


def address(values: pl.Series) -> pl.Series:
    """Reject cells that also hold a telephone number, whose pieces are found one by one; String to Int8, -1 or 0."""
    return -values.str.contains(_PHONE).fill_null(False).cast(pl.Int8)


# a leading zero counts where nine digits stand together
VALIDATORS = {"address": Unmoved(address, "[0-9](?:[ .()-]{0,2}[0-9]){8}")}
