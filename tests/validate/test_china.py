"""Chinese residents and social credit codes."""

import polars as pl
import pytest

from scanner.validate.china import cn_resident_id, cn_uscc


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("110101199003071233", 1),
        ("31010419881115002X", 1),
        ("31010419881115002x", 1),
        ("440306 19851201 2340", 1),
        ("810000198501011232", 1),
        ("110101199003071234", -1),
        ("110101199002301230", -1),
        ("990101199003071239", -1),
        ("X10101199003071233", -1),
        ("130503670401001", 0),
        ("130503671401001", -1),
        ("13050367040100", -1),
    ],
)
def test_resident_ids(value: str, verdict: int) -> None:
    """18 characters need province, date and check character; 15 digits have no check and stay unknown."""
    assert cn_resident_id(pl.Series([value])).to_list() == [verdict]


def test_every_county_of_a_province_is_accepted() -> None:
    """Numbers of counties that no table holds any more are valid: only the province is judged."""
    weights = [2**power % 11 for power in range(17, 0, -1)]
    bodies = [f"3204{county:02d}19800101001" for county in range(100)]
    totals = [sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) for body in bodies]
    values = [body + "10X98765432"[total % 11] for body, total in zip(bodies, totals, strict=True)]
    assert cn_resident_id(pl.Series(values)).to_list() == [1] * 100


def test_credit_codes_follow_their_check_character() -> None:
    """Only the right last character is valid, in either case; I, O, S, V and Z never occur."""
    values = pl.Series(["91110108MA01A2B3CF", "91110108ma01a2b3cf", "91110108MA01A2B3C9", "91110108MA01A2B3CI", "911"])
    assert cn_uscc(values).to_list() == [1, 1, -1, -1, -1]
