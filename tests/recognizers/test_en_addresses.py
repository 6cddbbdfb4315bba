"""Addresses in English, and those in Latin letters that are alike."""

import pytest

from scanner.recognizers.en.addresses import find


def found(text: str) -> list[str]:
    """The addresses that reach the threshold; line feeds are those of one cell."""
    cell = text.replace("\n", "\v")
    return [text[span.start : span.end] for span in find(cell) if span.score >= 0.5]


@pytest.mark.parametrize(
    "address",
    [
        "123 Example St, Apt 4B, Springfield, IL 62704",
        "55 oak hollow blvd",
        "1200 sample rd ne fl 6",
        "77 EXAMPLE AVENUE SUITE 300",
        "12-34 Sample Avenue, Queens, NY 11301",
        "742 1/2 Example Terrace",
        "4300 N Sample Dr Unit 5",
        "P.O. Box 1234, Anytown, TX 75001",
        "po box 99",
        "RR 4 Box 28",
        "PSC 1234, Box 5678, APO AE 09001",
        "5500 US Hwy 71",
        "900 County Road 12",
        "450 N 1200 W",
        "1600 NE 4th",
        "Apt 12, 800 Example Parkway, Denver, CO 80202",
        "One Sample Plaza, Boston, MA 02101",
        "Sample Rd and Example Ave, Anytown FL",
        "1999 Avenue of the Examples",
        "101 example los angeles, ca 90001",
        "14 Example Road, Bristol, BS1 4ZZ",
        "Example House, 3 Sample Lane, Leeds LS1 9ZZ",
        "3351, boul. des Exemples, Trois-Rivières (Québec) G9A 5H7",
        "40, rue Exemple, Ottawa (Ontario) K1Y 4W7",
        "Level 5, 48 Sample Road, Pyrmont, NSW 2009",
        "Calle Ejemplo 12, 28013 Madrid",
        "Musterstraße 5, 10115 Berlin",
        "12 rue de l'Exemple 75002 Paris",
        "ul. Przykładowa 5, 00-950 Warszawa",
        "Voorbeeldlaan 380, 1011 AB Amsterdam",
        "4410 N SAMPLE UNIT 2B",
        "1500 Sampleway 21st Fl.",
        "3901 S SAMPLE",
        "0269 Eksempel terrasse 38\n Suite 621\n OSLO\n Norway",
        "1234 Example St\nSanto do Exemplo, RS 24893",
        "06111 Οδός Παράδειγμα 198 Apt. 822, ΛΕΥΚΩΣΙΑ, Cyprus",
        "P.O. Box 1519 ADDIS ABABA ETHIOPIA",
        "Sample Rd\nSevenhill SA 5453",
        "Example Lane, Round Pond, ME 04564",
        "1234 Example Road , Yelwa , JOS , 930283 , NIGERIA",
    ],
)
def test_an_address_that_fills_a_cell(address: str) -> None:
    """Addresses of many shapes are found whole, in capitals and in small letters."""
    assert found(address) == [address]


@pytest.mark.parametrize(
    ("before", "address", "after"),
    [
        ("He lives at ", "22 Example Crescent", " with two dogs."),
        ("c/o Jane Tester, ", "12 Sample St, Springfield, IL 62704", ""),
        ("Ship it to ", "900 Sample Ave, Apt 3, Austin, TX 78701", " please, call first"),
        ("Jane Tester\n", "123 Example St\nApt. 4\nSpringfield, IL 62704", "\n202-555-0143"),
        ("From: ", "88 Wood Street\nLondon\nEC2V 7ZZ", ""),
        ("She lives at ", "333 Dæmigil 78", " these days"),
        ("his address: ", "48 rue de l'exemple", ", call him"),
        ("user=jane addr=", "12 Sample Street, Springfield, IL 62704", ""),
        ('"address": "', "Example 12", '", "age": 5'),
    ],
)
def test_an_address_in_text(before: str, address: str, after: str) -> None:
    """An address ends before what is no part of it, and may go over several lines of its cell."""
    assert found(before + address + after) == [address]


def test_an_address_does_not_go_over_cells() -> None:
    """Line feeds join cells: nothing goes on after one."""
    assert [span.end for span in find("123 Example St\nSpringfield, IL 62704")] == [14]


@pytest.mark.parametrize(
    "text",
    [
        "500 GB hard drive",
        "12 Pack Sample Way",
        "I waited 5 minutes on the road",
        "3 ways to place an order",
        "Chapter 4 Point Of View",
        "2 files changed, 3 insertions in place",
        "version 10 Park",
        "4 BODY WAVE MODEL MO",
        "Springfield, IL",
        "Error 404 Page lost in Court",
        "HTTP 200 OK",
        "During 1971, Sample Works grew",
        "the 1st Court of Appeals",
        "Brigade 5, row 10",
        "100 W Halogen",
        "1000, K 1024, MB 1000",
        "W32 and W32CE",
        "IP address: 12 Example",
        "address: 64 bit pointer",
        "address: 4 hosts are up",
        "RFC 2616, PR 1234 and CA 2023",
        "id=12 Sample path=/api/v1/items/7",
        "took=849 Main place=3",
    ],
)
def test_numbers_and_everyday_words_are_no_address(text: str) -> None:
    """Counts, measures, headings, products and towns alone are not reported."""
    assert found(text) == []


@pytest.mark.parametrize("unit", ["12 Elm St, Apt 3, ", "Elm St, IL 62704 ", "W3 2CE, ", "Calle Uno 5, "])
def test_what_repeats_is_judged_once(unit: str) -> None:
    """A line of one address over and over gives the same piece over and over, and holds nothing up."""
    pieces = found(unit * 20_000)
    assert len(set(pieces[2:-2])) <= 1
