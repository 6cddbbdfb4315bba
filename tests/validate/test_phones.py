"""Telephone number structure."""

import polars as pl
import pytest

from scanner.validate.phones import labelled_phone, nanp, not_a_power_of_two


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("(201) 555-0123", 1),
        ("+1 415-555-0132", 1),
        ("001-518-555-0154x123", 1),
        ("8005550199 ext. 7", 1),
        ("555-123-4567", 0),  # an exchange cannot begin with 1
        ("211-555-0123", 0),  # N11 is a service code
        ("415-911-0123", 0),
        ("370-555-0123", 0),  # reserved
        ("490-555-0123", 0),  # second digit 9
        ("not a number", 0),
    ],
)
def test_nanp_tells_assignable_from_invented(value: str, expected: int) -> None:
    """A number that the plan can assign is valid, any other is unknown and never dropped."""
    assert nanp(pl.Series([value])).to_list() == [expected]


def test_nanp_keeps_the_length() -> None:
    """The verdicts are Int8, one a value, also for none and for nulls."""
    assert nanp(pl.Series([], dtype=pl.String)).dtype == pl.Int8
    assert nanp(pl.Series([None, "201-555-0123"])).to_list() == [0, 1]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("000 6326", 0),
        ("(71) 4233-0000", 0),
        ("03.00.00.16.85", 0),
        ("000000", -1),  # six digits
        ("0000 0000 0000 0000", -1),  # sixteen
        ("2023-10-12", -1),
        ("12.10.2023", -1),
        ("192.0.2.17", -1),
    ],
)
def test_what_a_label_announces_must_have_the_digits_of_a_number(value: str, expected: int) -> None:
    """Dates, addresses of machines and numbers too short or too long are none; nothing is proven."""
    assert labelled_phone(pl.Series([value])).to_list() == [expected]


@pytest.mark.parametrize(("value", "expected"), [("17179869184", -1), ("17179869183", -1), ("17179869185", 0)])
def test_powers_of_two_are_no_numbers_of_phones(value: str, expected: int) -> None:
    """Limits and sizes of programs, 2^n and 2^n - 1, are invalid; of all others nothing is known."""
    assert not_a_power_of_two(pl.Series([value])).to_list() == [expected]
