"""Bank accounts."""

import polars as pl

from scanner.validate.accounts import bank_account


def test_accounts_are_unknown_unless_they_are_something_else() -> None:
    """Seven to nineteen digits stay unknown; phones, dates, placeholders and other lengths are invalid."""
    unknown = ["110-123-456789", "3333-12-3456789", "1234567", "6222 0212 3456 7890 123", "123456-01-234567"]
    invalid = ["010-1234-5678", "02-2080-5114", "1588-1234", "2024-01-15", "2024-01-15-12", "0000000000", "123456"]
    assert bank_account(pl.Series(unknown + invalid)).to_list() == [0] * len(unknown) + [-1] * len(invalid)


def test_no_values_give_no_verdicts() -> None:
    """An empty series keeps its length and gets the type of verdicts."""
    verdicts = bank_account(pl.Series([], dtype=pl.String))
    assert (len(verdicts), verdicts.dtype) == (0, pl.Int8)
