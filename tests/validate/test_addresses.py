"""Whole cells that look like an address."""

import polars as pl

from scanner.validate.addresses import address


def test_a_cell_with_a_phone_number_is_more_than_an_address() -> None:
    """Numbers of nine digits and more reject the cell, in all the ways they are written."""
    cells = [
        "서울 강남구 테헤란로 12 홍길동 010-0000-1234",
        "12 Sample Street, Springfield, IL 62704 (202) 555-0143",
        "台南市東區松仁路253號02-0000-5301 樓下",
        "12 Lê Lợi, Quận 1, TP.HCM 0900 000 123",
        "شارع الملك 12، الرياض +966 50 000 0012",
    ]
    assert address(pl.Series(cells)).to_list() == [-1] * len(cells)


def test_numbers_of_addresses_stay() -> None:
    """House numbers, flats and postal codes side by side are no telephone number."""
    cells = [
        "06236 서울 강남구 테헤란로 123-45, 1101동 1203호",
        "〒160-0023 東京都新宿区西新宿2-8-1",
        "12345 Sample Street Apt 1203, Springfield, IL 62704-1234",
        "7890 شارع الملك، الرياض 12345 6789",
        None,
    ]
    assert address(pl.Series(cells)).to_list() == [0] * len(cells)


def test_names_of_japan_are_no_addresses() -> None:
    """Surname, space and given name, though the surname ends like a village; a town and its street stay."""
    cells = ["中村 大輔", "市川 次郎", "町田　健", "长安区 人民路", "東村山市 本町", "大田区"]
    assert address(pl.Series(cells)).to_list() == [-1, -1, -1, 0, 0, 0]
