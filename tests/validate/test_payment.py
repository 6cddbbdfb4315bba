"""Card and IBAN check digits."""

import random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.rules import load_rules
from scanner.validate.payment import IBAN_LENGTHS, card, iban, luhn


def _luhn_plain(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(map(int, reversed(digits))):
        doubled = digit * 2 if place % 2 else digit
        total += doubled // 10 + doubled % 10
    return total % 10 == 0


def _iban_digit_pair(country: str, body: str) -> str:
    number = int("".join(str(int(c, 36)) for c in body + country + "00"))
    return f"{98 - number % 97:02d}"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("4111 1111 1111 1111", 1),
        ("5555-5555-5555-4444", 1),
        ("2223000048400011", 1),
        ("378282246310005", 1),
        ("30569309025904", 1),
        ("3528000700000000", 1),
        ("6011000400000000", 1),
        ("6200000000000005", 1),
        ("6212345678901234569", 0),
        ("6212 3456 7890 1234 569", 1),
        ("6759649826438453", 1),
        ("4222222222222", 0),  # 13 digits may be an article number
        ("630495060000", 0),
        ("2411210012345678", 0),  # begins with a date
        ("4111111111111112", -1),
        ("7111111111111114", -1),  # no brand begins with 7
        ("1732190000000", -1),
        ("", -1),
    ],
)
def test_card_verdicts(value: str, expected: int) -> None:
    """Luhn with a brand's prefix and length is valid, with an ambiguous one unknown, all else is dropped."""
    assert card(pl.Series([value])).to_list() == [expected]


def test_the_rule_takes_what_may_be_a_card() -> None:
    """Of numbers with the check digit, of all beginnings and lengths, a bare pattern matches those of a brand."""
    bare = [pattern.regex for pattern in load_rules().by_id["card"].patterns if pattern.name.startswith("bare")]
    chance = random.Random(0)
    for size in range(12, 20):
        bodies = [f"{head:04}{chance.randrange(10 ** (size - 5)):0{size - 5}}" for head in range(10_000)]
        numbers = pl.Series([next(f"{body}{n}" for n in range(10) if _luhn_plain(f"{body}{n}")) for body in bodies])
        known = numbers.filter(card(numbers) >= 0)
        assert len(known) > 100
        assert known.str.contains(f"^(?:{'|'.join(bare)})$").all()


@given(st.lists(st.from_regex("[0-9]{1,19}", fullmatch=True), min_size=1, max_size=20))
def test_luhn_agrees_with_the_definition(values: list[str]) -> None:
    """The vectorised sum equals the digit by digit one."""
    assert luhn(pl.Series(values)).tolist() == [_luhn_plain(value) for value in values]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("GB82 WEST 1234 5698 7654 32", 1),
        ("DE89370400440532013000", 1),
        ("SA0380000000608010167519", 1),
        ("DE89370400440532013001", -1),
        ("DE8937040044053201300", -1),  # one digit short
        ("US89370400440532013000", -1),  # no IBAN in that country
        ("", -1),
    ],
)
def test_iban_verdicts(value: str, expected: int) -> None:
    """Country, length and mod 97 must all hold."""
    assert iban(pl.Series([value])).to_list() == [expected]


@given(st.data())
def test_iban_accepts_computed_check_digits_only(data: st.DataObject) -> None:
    """The check digits computed from the definition are valid, and a changed last digit is not."""
    country = data.draw(st.sampled_from(sorted(IBAN_LENGTHS)))
    size = IBAN_LENGTHS[country] - 4
    body = data.draw(st.from_regex(f"[0-9A-Z]{{{size - 1}}}[0-8]", fullmatch=True))
    good = country + _iban_digit_pair(country, body) + body
    bad = good[:-1] + str(int(good[-1]) + 1)
    assert iban(pl.Series([good, bad])).to_list() == [1, -1]


def test_payment_validators_keep_the_length() -> None:
    """The verdicts are Int8, one a value, also for none and for nulls."""
    for validator in (card, iban):
        assert validator(pl.Series([], dtype=pl.String)).dtype == pl.Int8
        assert validator(pl.Series([None, "x"], dtype=pl.String)).to_list() == [-1, -1]
