"""Arabic addresses: their parts in any order, and where they end."""

import pytest

from scanner.recognizers.ar.address_parts import Kind, part
from scanner.recognizers.ar.addresses import find
from scanner.recognizers.ar.places import place_end


def addresses(text: str) -> list[str]:
    """The addresses that are found in a text."""
    return [text[span.start : span.end] for span in find(text)]


WHOLE = [
    "شارع الملك فهد 25، حي العليا، الرياض 12345",
    "7455 شارع الأمير سلطان، حي الروضة، الرياض 12345-6789",
    "١٢ شارع التحرير، الدور الثالث، شقة ٥، مدينة نصر، القاهرة",
    "فيلا 12، شارع الوصل، منطقة جميرا، دبي ص.ب 4321",
    "حولي قطعة 5 شارع 12 منزل 3",
    "بغداد محلة 123 زقاق 4 دار 5",
    "الدمام - حي المروج - شارع الأمل - مبنى 7 - شقة 3",
    "عمّان، حي الروضة، شارع النخيل، فيلا 4",
    "عمارة ٢٢٢ المنامة ٣١٦ البحرين",
    "٢ شارع الاستقلال ١٦٠٢٦ الجزائر الجزائر",
    "شارع الزهور رقم 5 حي البساتين القاهره",
    "بناية السلام، الطابق الثاني، شارع الاستقلال، بيروت",
    "12 ش التحرير الدقي الجيزة",
    "الدار البيضاء، زنقة 12 رقم 5، حي المعاريف",
    "بيروت، الحمرا، شارع بلس، بناية 12، ط3",
    "قطعة 5، شارع 12، منزل 3، الرويسات",
    "الرياض حى الملز شارع صلاح الدين 5",
]


@pytest.mark.parametrize("address", WHOLE)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("العنوان: ", ""),
        ("محمد العلي 0500000000 ", ""),
        ("", " / ليلى منصور / 0500000001"),
        ("", "، 050 000 0012"),
    ],
)
def test_the_whole_address_and_no_more(address: str, before: str, after: str) -> None:
    """The span ends before names and phones, on either side."""
    assert addresses(before + address + after) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "الرياض",
        "سافر إلى القاهرة ثم الإسكندرية",
        "عن طريق 3 مراحل في الرياض",
        "تأهل إلى الدور الثالث في القاهرة عام 2015",
        "يسكن المدينة 12345 نسمة في الرياض",
        "انتقل إلى شارع الحمراء في بيروت عام 1990",
        "في شارع التحرير 25 يناير كانت المسيرة",
        "طريق الحرير القديم",
        "شقة 5",
        "كان حي القلب رغم 3 جراح",
        "المبنى 12 طابقا",
        "050 000 0012 محمد العلي",
    ],
)
def test_places_and_numbers_alone_are_no_address(text: str) -> None:
    """Cities, ways, rounds, counts and flats alone are not reported."""
    assert addresses(text) == []


def test_a_city_with_its_postal_code() -> None:
    """A city with five digits counts when the country follows or the line ends, not in prose."""
    assert addresses("مكة المكرمة ٢١٤٥٤, المملكة العربية السعودية") == ["مكة المكرمة ٢١٤٥٤, المملكة العربية السعودية"]
    assert addresses("الجهراء 15545") == ["الجهراء 15545"]
    assert addresses("بلغ سكان الجهراء 15545 نسمة") == []


def test_a_family_name_that_is_a_place_does_not_begin_an_address() -> None:
    """After a given name a place is a family name."""
    assert addresses("خالد الرياض شارع النخيل 12 جدة") == ["شارع النخيل 12 جدة"]


def test_a_place_after_a_full_name_begins_an_address() -> None:
    """After a given name and a family name a place is a place."""
    assert addresses("خالد العتيبي الرياض حي الملقا شارع 5") == ["الرياض حي الملقا شارع 5"]


def test_a_district_and_a_city_are_an_address_only_by_themselves() -> None:
    """Without a street or a number a district counts where it fills the line or follows a label."""
    assert addresses("حي العليا، الرياض") == ["حي العليا، الرياض"]
    assert addresses("العنوان: حي العليا، الرياض") == ["حي العليا، الرياض"]
    assert addresses("الفرع في حي العليا، الرياض يعمل يوميا") == []


def test_joined_lines_give_the_same_addresses() -> None:
    """Cells joined by line feeds are found as if alone."""
    assert addresses("\n".join(WHOLE)) == WHOLE


@pytest.mark.parametrize(
    ("text", "kind", "length", "numbered"),
    [
        ("شارع 12", Kind.STREET, 7, True),
        ("شارع الملك فهد، 5", Kind.STREET, 14, False),
        ("الدور الثالث", Kind.INSIDE, 12, False),
        ("ص.ب 4321", Kind.POST, 8, True),
        ("12أ ", Kind.NUMBER, 3, True),
        ("أبو ظبي", Kind.PLACE, 7, False),
    ],
)
def test_parts(text: str, kind: Kind, length: int, numbered: bool) -> None:
    """Each part is of one kind, and knows whether it holds a number."""
    assert part(text, 0, len(text)) == (kind, length, numbered)


def test_the_longest_place_counts() -> None:
    """`مكة المكرمة` is one place; letters with hamza and ة are read as written without."""
    assert place_end("مكه المكرمة 5", 0, 13) == 11
    assert place_end("ابوظبي", 0, 6) == 6
    assert place_end("كتاب", 0, 4) == 0
