"""Korean addresses in Latin letters, in text."""

import pytest
from recognized import recognized

ADDRESSES = [
    ("Ship to 12-3, Mihak-ro 4beon-gil, Jung-gu, Seoul 04500", "12-3, Mihak-ro 4beon-gil, Jung-gu, Seoul 04500"),
    ("12 Gaeul-ro, Gangnam-gu, Seoul, Republic of Korea.", "12 Gaeul-ro, Gangnam-gu, Seoul, Republic of Korea"),
    ("Apt 101-1203, 12 Gaeul-ro 17-gil, Nowon-gu, Seoul", "Apt 101-1203, 12 Gaeul-ro 17-gil, Nowon-gu, Seoul"),
    ("12-3 Gaeul-dong, Gangnam-gu, Seoul", "12-3 Gaeul-dong, Gangnam-gu, Seoul"),
    ("Gaeul Ro 126, Chuncheon 200-000, Gangwon-Do", "Gaeul Ro 126, Chuncheon 200-000, Gangwon-Do"),
    ("Seoul, Gangnam-gu, Gaeul-ro 123", "Seoul, Gangnam-gu, Gaeul-ro 123"),
]
OTHERS = [
    "we met in Gangnam-gu, Seoul at 3",
    "a pro-ro 12 thing and a five-gil 3, in short",
    "take 12 Gaeul-ro",
    "version 12, mihak-si",
]


@pytest.mark.parametrize(("text", "address"), ADDRESSES)
def test_romanised_addresses(text: str, address: str) -> None:
    """A road or a town with a number, and the places around it, in either order."""
    assert recognized("ADDRESS", text) == [address]


@pytest.mark.parametrize("text", OTHERS)
def test_a_road_or_a_place_alone_is_none(text: str) -> None:
    """A number and a place of Korea are needed beside a road."""
    assert recognized("ADDRESS", text) == []
