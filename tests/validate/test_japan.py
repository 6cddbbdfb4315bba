"""My Number and Japanese driving licences."""

import polars as pl

from scanner.validate.japan import jp_driver_license, jp_my_number


def test_my_numbers_follow_their_check_digit() -> None:
    """Only the right twelfth digit is valid, whatever the grouping; repeated digits are placeholders."""
    values = pl.Series(["1234-5678-9018", "987654321093", "2345 6789 0121", "1234-5678-9012", "000000000000", "12345"])
    assert jp_my_number(values).to_list() == [1, 1, 1, -1, -1, -1]


def test_driving_licences_keep_a_wrong_check_digit_unknown() -> None:
    """The check digit's rule is unofficial: a wrong one is unknown, an impossible authority invalid."""
    values = pl.Series(["309212345690", "1234-56-789032", "309212345610", "009212345690", "051512345690", "3092"])
    assert jp_driver_license(values).to_list() == [1, 1, 0, 0, -1, -1]
