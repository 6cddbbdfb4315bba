"""Identity numbers of Saudi Arabia, the Emirates and Egypt."""

import polars as pl

from scanner.validate.middle_east import ae_emirates_id, eg_national_id, sa_national_id


def test_saudi_numbers_follow_luhn() -> None:
    """Citizens and residents need the Luhn digit; other first digits are invalid."""
    values = pl.Series(["1045678917", "2345678904", "1045678918", "3045678915", "104567891"])
    assert sa_national_id(values).to_list() == [1, 1, -1, -1, -1]


def test_emirates_numbers_keep_a_wrong_check_digit_unknown() -> None:
    """The check digit's rule is unpublished: a wrong one is unknown; prefix and year decide."""
    values = pl.Series(
        ["784-1990-1234567-6", "784198800123451", "784-1990-1234567-1", "785199012345676", "784299012345676"]
    )
    assert ae_emirates_id(values).to_list() == [1, 1, 0, -1, -1]


def test_egyptian_numbers_need_a_date_and_a_governorate() -> None:
    """Both centuries are read; impossible months, governorates, future births and lengths are invalid."""
    good = ["29001011234567", "30203150101234", "28512258834567"]
    bad = ["29013011234567", "29001019934567", "39901010134567", "19001011234567", "2900101123456"]
    assert eg_national_id(pl.Series(good + bad)).to_list() == [1] * 3 + [-1] * 5
