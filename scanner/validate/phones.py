"""Structure of telephone numbers whose digits alone say something about them."""

from __future__ import annotations

import polars as pl

from scanner.validate.numbers import digits_only

# Area: first digit 2-9, second not 9 (kept for expansion), not N11, not 37x or 96x (reserved).
# Exchange: first digit 2-9, not N11. 555-01xx, reserved for fiction, has the same shape and counts as valid.
_NANP = (
    r"^(?:[2-9]0[0-9]|[2-9]1[02-9]|[24-8][2-8][0-9]|3[2-68][0-9]|9[2-57-8][0-9])"
    r"(?:[2-9][02-9][0-9]|[2-9]1[02-9])[0-9]{4}$"
)

_POWERS = [str(2**n - less) for n in range(20, 50) for less in (0, 1)]
_FEWEST, _MOST = 7, 15  # digits: a local number, E.164
_DATE = r"^(?:(?:19|20)[0-9]{2}[-. ][0-9]{1,2}[-. ][0-9]{1,2}|[0-9]{1,2}[-. ][0-9]{1,2}[-. ](?:19|20)[0-9]{2})(?:$|[ ])"
_IPV4 = r"^(?:[01]?[0-9]?[0-9]|2[0-4][0-9]|25[0-5])(?:[.](?:[01]?[0-9]?[0-9]|2[0-4][0-9]|25[0-5])){3}$"


def nanp(values: pl.Series) -> pl.Series:
    """1 for a number that the North American plan can assign, 0 otherwise; String to Int8.

    Never -1: people write invented area codes and exchanges such as 555-123-4567, and those must still be found.
    Source of the format: NANPA, ATIS-0300055 (area codes) and ATIS-0300051 (exchanges).
    """
    # the country code 1 or 001 before the ten digits, and an extension after x, ext. or # behind them
    national = digits_only(values.str.replace(r"(?i)[ ,]*(?:x|ext|#).*$", "")).str.replace(r"^(?:00)?1", "")
    return (national.str.contains(_NANP) & ~national.is_in(_POWERS)).cast(pl.Int8).fill_null(0)


def labelled_phone(values: pl.Series) -> pl.Series:
    """0 for 7 to 15 digits (ITU-T E.164) that are neither a date nor an IPv4 address, -1 for all else; String to Int8.

    A label announces them; no digit says that they are a telephone number, so there is no 1.
    """
    count = digits_only(values).str.len_bytes()
    other = values.str.contains(_DATE) | values.str.contains(_IPV4)
    fits = (count >= _FEWEST) & (count <= _MOST) & ~other
    return pl.select(pl.when(fits).then(0).otherwise(-1).cast(pl.Int8)).to_series()


def not_a_power_of_two(values: pl.Series) -> pl.Series:
    """-1 for 2^n and 2^n - 1, which are limits and sizes in programs, 0 for all else; String to Int8."""
    power = digits_only(values).is_in(_POWERS)
    return pl.select(pl.when(power).then(-1).otherwise(0).cast(pl.Int8)).to_series()


VALIDATORS = {"nanp": nanp, "not_a_power_of_two": not_a_power_of_two, "labelled_phone": labelled_phone}
