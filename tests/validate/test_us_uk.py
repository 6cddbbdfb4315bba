"""American and British numbers."""

import polars as pl

from scanner.validate.us_uk import gb_nhs, gb_nino, us_itin, us_ssn


def test_social_security_numbers_are_unknown_or_never_issued() -> None:
    """Without a check digit a possible number is unknown; reserved parts and advertised numbers are invalid."""
    possible = ["123-45-6789", "078-05-1123", "899 12 3456"]
    never = ["000-12-3456", "666-12-3456", "900-12-3456", "123-00-6789", "123-45-0000", "078-05-1120", "219-09-9999"]
    assert us_ssn(pl.Series([*possible, *never, "111-11-1111", "1"])).to_list() == [0] * 3 + [-1] * 9


def test_taxpayer_numbers_need_a_group_that_is_issued() -> None:
    """Groups 50 to 65, 70 to 88, 90 to 92 and 94 to 99 are unknown, all others invalid."""
    verdicts = us_itin(pl.Series([f"911-{group:02d}-1234" for group in range(100)])).to_list()
    assert [group for group in range(100) if verdicts[group] == 0] == [
        *range(50, 66),
        *range(70, 89),
        *range(90, 93),
        *range(94, 100),
    ]


def test_nhs_numbers_follow_their_check_digit() -> None:
    """Only the right tenth digit is valid; repeated digits are placeholders."""
    values = pl.Series(["943 476 5919", "401-023-2137", "401-023-2138", "0000000000", "94347659"])
    assert gb_nhs(values).to_list() == [1, 1, -1, -1, -1]


def test_national_insurance_prefixes() -> None:
    """A prefix that may be issued is unknown, one that never is invalid, in either case."""
    values = pl.Series(["AA 12 34 56 B", "hh010203d", "BG123612A", "nt 99 88 77 a", "UV987654B", "AA123456H"])
    assert gb_nino(values).to_list() == [0, 0, -1, -1, -1, -1]
