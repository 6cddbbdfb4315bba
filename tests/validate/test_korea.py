"""Korean residents, foreigners and businesses."""

import polars as pl
import pytest

from scanner.validate.korea import kr_brn, kr_frn, kr_rrn


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("880101-1234568", 1),
        ("8801011234568", 1),
        ("920229-2012341", 1),
        ("880101-1234567", 0),
        ("240115-3123456", 0),
        ("990303-9012345", 1),
        ("990303-9012346", -1),
        ("250230-3123456", -1),
        ("881301-1234568", -1),
        ("990505-3123456", -1),
        ("880101-5234568", -1),
        ("110111-1234567", -1),
        ("130111-0006246", -1),
        ("88010112345", -1),
        ("", -1),
    ],
)
def test_resident_numbers_are_judged_by_date_and_check_digit(value: str, verdict: int) -> None:
    """A wrong check digit is unknown for the living, an impossible date or a company's number is invalid."""
    assert kr_rrn(pl.Series([value])).to_list() == [verdict]


def test_company_number_is_no_resident_number() -> None:
    """Of ten last digits one is valid, the one of the company register invalid, the others unknown."""
    companies = pl.Series([f"110111-312345{digit}" for digit in range(10)])
    assert sorted(kr_rrn(companies).to_list()) == [-1, *[0] * 8, 1]


def test_foreigner_numbers_have_a_check_digit_of_their_own() -> None:
    """The right digit is valid, another one unknown, the seventh digit of a resident invalid."""
    values = pl.Series(["900315-5123452", "900315-5123450", "020101-7123458", "900315-1123452", "901315-5123452"])
    assert kr_frn(values).to_list() == [1, 0, 1, -1, -1]


def test_business_numbers_follow_their_check_digit() -> None:
    """Only the right last digit is valid, and none begins with 0."""
    values = pl.Series(["123-45-67891", "1234567891", "123-45-67890", "000-00-00000", "12-345"])
    assert kr_brn(values).to_list() == [1, 1, -1, -1, -1]
