"""Checksums and structure, vectorised and three-valued.

A validator takes a String series of matched values (folded to ASCII digits and letters, separators still in) and
returns an Int8 series of the same length: 1 valid, 0 unknown, -1 invalid. Unknown is for formats that have no check
digit, or had none at some time: they are neither raised nor dropped.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from scanner.validate import (
    accounts,
    addresses,
    china,
    dates,
    japan,
    korea,
    middle_east,
    network,
    parcels,
    payment,
    people,
    phones,
    taiwan_hongkong,
    us_uk,
    usernames,
    vietnam,
)

Validator = Callable[[pl.Series], pl.Series]

_MODULES = (
    accounts,
    addresses,
    china,
    dates,
    japan,
    korea,
    middle_east,
    network,
    parcels,
    payment,
    people,
    phones,
    taiwan_hongkong,
    us_uk,
    usernames,
    vietnam,
)

VALIDATORS: dict[str, Validator] = {name: check for module in _MODULES for name, check in module.VALIDATORS.items()}
