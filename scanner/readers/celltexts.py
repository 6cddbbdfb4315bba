"""Cells of databases, spreadsheets and data files as texts, written as people write them.

A number is its digits, without a fraction that is zero and without exponent; a time at midnight is its date. Truth
values and durations are no cells. Bytes are a cell where they are text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any
from uuid import UUID

import polars as pl

from scanner.model import Issue

_WHOLE = 2.0**63  # floats below are written as integers
_MIDNIGHT = r"[ T]00:00:00(?:\.0+)?(?:\+00:00|Z)?$"
# What text in UTF-16 is made of: the scripts of the languages that we read. Few random bytes are.
_WIDE = re.compile(
    "[\\t\\n\\r\\x20-\\x7e\xa0-\u024f\u0600-\u06ff\u1e00-\u1eff\u2010-\u2027\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3"
    "\uff01-\uff9f]{2,}\0?"
)


@dataclass(slots=True)
class Losses:
    """Counts the cells of a file that are left out as they are no text, and those that are read only in part."""

    binary: int = 0
    broken: int = 0

    def issues(self) -> list[Issue]:
        """What to say of them."""
        found = []
        if self.broken:
            message = f"{self.broken} text cells are not valid UTF-8; their other bytes were read"
            found.append(Issue("undecodable", message, count=self.broken))
        if self.binary:
            message = f"{self.binary} binary cells are no text and were left out"
            found.append(Issue("binary_cells", message, severity="warning", count=self.binary))
        return found


def texts(values: Sequence[Any], losses: Losses) -> pl.Series:
    """The texts of Python values (n,); null for what is no cell. Half decoded strings hold escaped surrogates."""
    kinds = set(map(type, values)) - {type(None)}
    if kinds == {float}:
        return float_texts(pl.Series(values, dtype=pl.Float64))
    if kinds == {int} and (digits := _digits(values)) is not None:
        return digits
    if not kinds <= {str}:
        values = [None if value is None else text(value, losses) for value in values]
    try:
        return pl.Series(values, dtype=pl.String)
    except UnicodeEncodeError:
        return pl.Series([value and _mended(value, losses) for value in values], dtype=pl.String)


def _digits(values: Sequence[int | None]) -> pl.Series | None:
    try:
        return pl.Series(values, dtype=pl.Int64).cast(pl.String)
    except (OverflowError, TypeError):  # more than 64 bits
        return None


def float_texts(values: pl.Series) -> pl.Series:
    """The texts of a Float64 series."""
    whole = (values == values.round()) & (values.abs() < _WHOLE)
    digits = values.cast(pl.Int64, strict=False).cast(pl.String)
    found = pl.when(whole).then(digits).otherwise(values.cast(pl.String))
    return pl.select(pl.when(values.is_finite()).then(found)).to_series()


def without_midnight(values: pl.Series) -> pl.Series:
    """Dates and times (String) without the time where it is midnight."""
    return values.str.replace(_MIDNIGHT, "")


def binary_texts(values: pl.Series, losses: Losses, *, only: bool) -> pl.Series:
    """The texts of a Binary series; `only` says that it should hold nothing else."""
    try:
        return values.cast(pl.String) if only else texts(values.to_list(), losses)
    except pl.exceptions.PolarsError:
        return texts([value and value.decode("utf-8", "surrogateescape") for value in values.to_list()], losses)


def blob_text(value: bytes) -> str | None:
    """The text that bytes are, in UTF-8 or UTF-16; None for other bytes."""
    first, second = (_utf16, _utf8) if 0 in value else (_utf8, _utf16)
    found = first(value)
    return second(value) if found is None else found


def _utf8(value: bytes) -> str | None:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return None


def _utf16(value: bytes) -> str | None:
    if len(value) % 2:
        return None
    little = value.startswith(b"\xff\xfe") or value[1::2].count(0) >= value[::2].count(0)
    orders = ("utf-16-le", "utf-16-be") if little else ("utf-16-be", "utf-16-le")
    for order in orders:
        text = value.decode(order, "replace").removeprefix("\ufeff")
        if _WIDE.fullmatch(text):
            return text
    return None


def text(value: Any, losses: Losses) -> str | None:
    """The text of one value; None for what is no cell."""
    write = _WRITERS.get(type(value))
    if write is not None:
        return write(value)
    found = blob_text(bytes(value)) if isinstance(value, bytes | bytearray) else None
    losses.binary += found is None and isinstance(value, bytes | bytearray)
    return found


def _float(value: float) -> str | None:
    if not isfinite(value):
        return None
    return str(int(value)) if value.is_integer() and abs(value) < _WHOLE else repr(value)


def _decimal(value: Decimal) -> str | None:
    if not value.is_finite() or abs(value.adjusted()) > 100:  # no number of digits that people write
        return None
    written = f"{value:f}"
    return re.sub(r"\.0+$", "", written)


def _moment(value: datetime) -> str:
    return re.sub(_MIDNIGHT, "", str(value))


_WRITERS: dict[type, Callable[[Any], str | None]] = {
    str: lambda value: value,
    int: str,
    float: _float,
    bool: lambda _: None,
    Decimal: _decimal,
    datetime: _moment,
    date: str,
    time: str,
    timedelta: lambda _: None,
    UUID: str,
}


def _mended(value: str, losses: Losses) -> str:
    """A string without surrogates, which stand for bytes that are not UTF-8."""
    try:
        value.encode()
    except UnicodeEncodeError:
        losses.broken += 1
        return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return value
