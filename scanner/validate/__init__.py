"""Checksums and structure, vectorised and three-valued.

A validator takes a String series of matched values (folded to ASCII digits and letters, separators still in) and
returns an Int8 series of the same length: 1 valid, 0 unknown, -1 invalid. Unknown is for formats that have no check
digit, or had none at some time: they are neither raised nor dropped.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

Validator = Callable[[pl.Series], pl.Series]

VALIDATORS: dict[str, Validator] = {}
