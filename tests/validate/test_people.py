"""Names of people against words that name nobody."""

import polars as pl

from scanner.validate.people import person


def test_accounts_placeholders_and_files_are_nobody() -> None:
    """What stands for want of a name is dropped, in any case; names are neither raised nor dropped."""
    values = pl.Series(["Administrator", "UNKNOWN", "Mary Doc.txt", "Mary Smith", "Will", "김가상", "O'Neil Jr."])
    assert person(values).to_list() == [-1, -1, -1, 0, 0, 0, 0]
