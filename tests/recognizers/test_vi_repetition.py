"""Vietnamese text that repeats itself is read piece by piece: what was found once is found again."""

from scanner.recognizers.vi import addresses, names


def test_a_unit_after_many_lanes_is_still_reached() -> None:
    """Lanes that lead nowhere are passed over, and the address at their end is found."""
    text = "số 12 ngõ 45," * 200 + "số 7 Lê Lợi, phường Bến Nghé, quận 1, TP.HCM"
    (span,) = addresses.find(text)
    assert text[span.start : span.end].endswith("số 7 Lê Lợi, phường Bến Nghé, quận 1, TP.HCM")


def test_each_of_many_addresses_is_found() -> None:
    """Addresses side by side in one line are found each."""
    text = "số 7 Lê Lợi, phường Bến Nghé, quận 1, TP.HCM; " * 30
    assert len(addresses.find(text)) == 30


def test_each_of_many_names_is_found() -> None:
    """Names between titles and phones in one line are found each."""
    assert len(names.find("anh Tuấn 0900000000, " * 40)) == 40
