"""Vietnamese citizens and tax codes."""

import polars as pl

from scanner.validate.vietnam import vn_cccd, vn_tax_code


def test_citizen_numbers_are_unknown_or_impossible() -> None:
    """No check digit exists: a possible birth year is unknown, a future one or another century invalid."""
    values = pl.Series(["079099001234", "001 203 004567", "79099001234", "079399001234", "079999001234", "0790990012"])
    assert vn_cccd(values).to_list() == [0, 0, 0, -1, -1, -1]


def test_no_province_is_rejected() -> None:
    """The first three digits are not judged: numbers outlive reforms of the provinces."""
    values = pl.Series([f"0{province:02d}099001234" for province in range(100)])
    assert set(vn_cccd(values).to_list()) == {0}


def test_tax_codes_follow_the_tenth_digit() -> None:
    """The check digit is the tenth, with or without the branch behind it; other lengths are invalid."""
    values = pl.Series(["0312456782", "0109123458-001", "0312456783", "0109123457-001", "031245678212", ""])
    assert vn_tax_code(values).to_list() == [1, 1, -1, -1, -1, -1]
