"""International phone numbers."""

import phonenumbers
import pytest

from scanner.recognizers.phone_numbers import find


def found(text: str) -> list[tuple[str, float]]:
    """The numbers that reach the threshold, with their scores."""
    return [(text[s.start : s.end], s.score) for s in find(text) if s.score >= 0.5]


@pytest.mark.parametrize("style", ["E164", "INTERNATIONAL", "RFC3966"])
def test_example_numbers_of_all_regions_are_found_whole(style: str) -> None:
    """The metadata's example number of every region is found from end to end in the international styles."""
    shape = getattr(phonenumbers.PhoneNumberFormat, style)
    missed = []
    for region in phonenumbers.SUPPORTED_REGIONS:
        number = phonenumbers.format_number(phonenumbers.example_number(region), shape)
        if found(number) != [(number, 0.75)]:
            missed.append(number)
    assert not missed


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("call me: +1 (202) 555-0143.", "+1 (202) 555-0143"),
        ("연락처는+82 10-1234-5678입니다", "+82 10-1234-5678"),
        ("+247 62889", "+247 62889"),
        ("＋１ ２０２ ５５５ ０１４３", "＋１ ２０２ ５５５ ０１４３"),
        ("+1 202 555 0143 ext. 12", "+1 202 555 0143 ext. 12"),
        ("0082 10 1234 5678", "0082 10 1234 5678"),
        ('<a href="tel:5550143">', "tel:5550143"),
        ("+82 10 1234 5678 20240102", "+82 10 1234 5678"),
        ("+52 1 33 1234-5678", "+52 1 33 1234-5678"),
        ("(mobile +82 10-1234-5678)", "+82 10-1234-5678"),
        ("/call?to=%2B82-10-1234-5678&from=", "82-10-1234-5678"),
        ("T+82.10.1234.5678", "+82.10.1234.5678"),
        ("GET /u?p=%2B821000001234 200 512", "821000001234"),
        ("+821000001234 200 512", "+821000001234"),
        ("+82 1000001234 20", "+82 1000001234"),
        ("+493012345678 12", "+493012345678"),
        ("+82-10-0000-1234 200", "+82-10-0000-1234"),
        ("0082 1000001234 200", "0082 1000001234"),
        ("+4930123 4567", "+4930123 4567"),
        ("+86-10-1234 5678", "+86-10-1234 5678"),
        ("+44 20 7946 0958", "+44 20 7946 0958"),
    ],
)
def test_numbers_in_text(text: str, number: str) -> None:
    """Separators, extensions and schemes belong to a number; what follows after a space does not."""
    assert [value for value, _ in found(text)] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-01T10:00:00+09:00",
        "1+2345678",
        "balance +1000000000",
        "0012345678901",
        "id 7004 00 4420",
        "v1.0+20240101",
        "dfsg+20240510-2) unstable",
        "years +2024-2025",
        "+2.0 (2.24.32-5)",
        "@@ + 10-590240",
        "glyph +11468549",
    ],
)
def test_other_digits_are_left_alone(text: str) -> None:
    """Time zones, sums, round amounts, padded identifiers, builds and what lacks an area code are no phones."""
    assert found(text) == []


def test_a_number_never_crosses_a_line() -> None:
    """The digits of the next line do not continue a number."""
    assert found("+1 202 555\n0143") == []


@pytest.mark.parametrize("text", ["(x + 98172488)", "a + 14285714.286", "[0.5, +4.0614962]"])
def test_sums_and_decimals_are_no_numbers(text: str) -> None:
    """A plus before a bare number is arithmetic."""
    assert not find(text)


def test_a_valid_number_may_have_one_dot() -> None:
    """EPP and WHOIS write +1.2025550143 (RFC 5733)."""
    assert [value for value, _ in found("+1.2025550143")] == ["+1.2025550143"]
