"""Check digits of parcel numbers: invented numbers, and those that carriers print as samples."""

from __future__ import annotations

import polars as pl
import pytest

from scanner.validate.parcels import VALIDATORS

VALID = {
    "tracking_s10": ["RR123456785KR", "EE 123 456 785 VN", "LP000000005CN", "CP000000014JP"],
    "tracking_ups": ["1Z999AA10123456784", "1Z 999 AA1 01 2345 6784"],
    "tracking_fedex": [
        *("123456789012", "1234 5678 9012", "123456789012343", "9611020123456123456789"),
        *("12345678901234567891", "9212345678901234567891"),
    ],
    "tracking_usps": [
        *("9400100000000000000006", "9400 1000 0000 0000 0000 06", "420900019400100000000000000006"),
        *("71123456789123456787", "71123456789123456789", "92000000000000000000000001"),
    ],
    "tracking_dhl": ["1234567891"],
    "tracking_cj": ["123456789011", "1234-5678-9011", "1234567891"],
    "tracking_japan": ["123456789013", "1234-5678-9013", "12345678903", "1234567891"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in VALID.items() for value in values])
def test_a_right_check_digit_is_valid_and_any_other_is_not(name: str, value: str) -> None:
    """The last digit as printed is valid; with the nine others at its place the number is invalid."""
    place = max(i for i, c in enumerate(value) if c.isdigit())
    others = [value[:place] + digit + value[place + 1 :] for digit in "0123456789"]
    verdicts = VALIDATORS[name](pl.Series(others)).to_list()
    assert verdicts[int(value[place])] == 1
    twice = {"tracking_usps"} if value.startswith("71") else set()  # with and without the identifier 91
    assert verdicts.count(1) == (2 if name in twice else 1)
    assert set(verdicts) == {1, -1}


@pytest.mark.parametrize("name", sorted(VALIDATORS))
def test_verdicts_have_the_shape_and_type_of_the_contract(name: str) -> None:
    """Any text, empty or not, gives one Int8 verdict a value, and no value gives none."""
    verdicts = VALIDATORS[name](pl.Series(["", "1", "가나다", "12345678901234567890123456789012345"]))
    assert verdicts.dtype == pl.Int8
    assert verdicts.to_list() == [-1] * 4
    assert VALIDATORS[name](pl.Series([], dtype=pl.String)).len() == 0


def test_s10_needs_a_country() -> None:
    """A right check digit before letters that are no country is invalid."""
    assert VALIDATORS["tracking_s10"](pl.Series(["RR123456785XX"])).to_list() == [-1]


def test_dhl_numbers_with_letters_are_unknown() -> None:
    """Piece numbers have no public check digit, so they are neither raised nor dropped."""
    assert VALIDATORS["tracking_dhl"](pl.Series(["JJD000390000000000001"])).to_list() == [0]
