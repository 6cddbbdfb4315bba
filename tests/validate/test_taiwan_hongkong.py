"""Identity numbers of Taiwan and Hong Kong."""

import polars as pl

from scanner.validate.taiwan_hongkong import hk_id, tw_id


def test_taiwanese_numbers_follow_their_check_digit() -> None:
    """Citizens, both forms of resident certificates and lower case are valid with the right digit only."""
    valid = ["A123456789", "f223344558", "F800123455", "A900765432", "AC01234567", "BD12345672"]
    broken = ["A123456788", "F800123454", "AC01234568", "1123456789", "ABC1234567", "A12345678"]
    assert tw_id(pl.Series(valid + broken)).to_list() == [1] * 6 + [-1] * 6


def test_exactly_one_check_digit_fits() -> None:
    """Of ten last digits one is valid, for every letter in front."""
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        values = pl.Series([f"{letter}12345678{digit}" for digit in range(10)])
        assert sorted(tw_id(values).to_list()) == [-1] * 9 + [1]


def test_hong_kong_numbers_follow_their_check_character() -> None:
    """One or two letters, with or without brackets; A stands for ten."""
    valid = ["A123456(3)", "Z683365(A)", "z683365a", "WX123456(9)", "K7654324"]
    broken = ["A123456(4)", "A123456(B)", "WX123456(8)", "123456(3)", "ABC123456(3)", "A12345(3)"]
    assert hk_id(pl.Series(valid + broken)).to_list() == [1] * 5 + [-1] * 6
