"""Arabic names: how they are built, in prose, and in delivery lines."""

import pytest

from scanner.recognizers.ar.letters import fold, plain
from scanner.recognizers.ar.names import after_label, find
from scanner.recognizers.ar.people import begins_name, family, given, is_common, name_at
from scanner.recognizers.gazetteer import word_set
from scanner.recognizers.labels import Trust


def names(text: str) -> list[str]:
    """The names that are found in a text."""
    return [text[span.start : span.end] for span in find(text)]


PROSE = [
    ("كتب محمد عبد الرحمن الشمري تقريرا عن السوق", ["محمد عبد الرحمن الشمري"]),
    ("زار أحمد بن يوسف بن علي المدينة", ["أحمد بن يوسف بن علي"]),
    ("ولد الشاعر أبو فراس الحمداني في الموصل", ["أبو فراس الحمداني"]),
    ("حضر الاجتماع جون سميث وفاطمة الزهراني", ["جون سميث", "فاطمة الزهراني"]),
    ("قابل الوزير خالد منصور الوفد", ["خالد منصور"]),
    ("درس العالم الفرنسي بليردو الضوء", ["بليردو"]),
    ("حكم نور الدين حسن البلاد", ["نور الدين حسن"]),
    ("سلمت الرسالة لمحمود إبراهيم أمس", ["محمود إبراهيم"]),
    ("توج فيليب الثاني ملكا على البلاد في ذلك العام", ["فيليب الثاني"]),
    ("قال «خالد العتيبي» إن المشروع انتهى", ["خالد العتيبي"]),
]


@pytest.mark.parametrize(("text", "expected"), PROSE)
def test_names_in_prose(text: str, expected: list[str]) -> None:
    """A run of name parts is found whole, without the title before it and what is written onto it."""
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "كريم الوجه للبشرة الجافة",
        "تبدأ الدروس في الصباح الباكر كل يوم سعيد",
        "الأمل كبير في نجاح المشروع الجديد",
        "افتتحت الشركة فرعا جديدا في مدينة الرياض",
        "درس في جامعة الملك سعود",
        "يقع المتجر في شارع محمد علي 12 القاهرة",
        "تقع القبة في مسجد أحمد بن يوسف",
        "تم إرسال الفاتورة إلى العميل أمس",
        "الطلب رقم 1234 قيد التوصيل",
        "محمد",
    ],
)
def test_words_that_are_no_names(text: str) -> None:
    """Words that are names too, streets, schools and mosques named after people, and a lone name are not reported."""
    assert names(text) == []


LINES = [
    ("محمد العلي 0500000000 الرياض حي العليا شارع التحلية", ["محمد العلي"]),
    ("شارع النخيل 12، جدة، صباح المطيري، 0500000001", ["صباح المطيري"]),
    ("٠٥٠٠٠٠٠٠١٢ / رنا السيد / حي الروضة شارع 5 منزل 3", ["رنا السيد"]),
    ("السيد فرح إسماعيل ٢ شارع الاستقلال جيبوتي", ["فرح إسماعيل"]),
    ("العميل خالد النجار جوال 0500000002", ["خالد النجار"]),
    ("بغداد محلة 123 زقاق 4 دار 5 علي حسن", ["علي حسن"]),
    ("أرسلوا الطلب باسم محمد الحربي رقم الجوال 0500000005", ["محمد الحربي"]),
    ("اسمي أحمد العتيبي ورقمي 0500000006", ["أحمد العتيبي"]),
    ("أم خالد 0500000007 حي العليا شارع 12 الرياض", ["أم خالد"]),
    ("0500000008 عبدالرحمن آل سعود الرياض حي الملقا شارع 5", ["عبدالرحمن آل سعود"]),
    ("حي العليا شارع 5 منزل 3 اتصل قبل التوصيل 0500000003", []),
    ("الطلب جاهز 0500000004", []),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_names_in_delivery_lines(text: str, expected: list[str]) -> None:
    """What a telephone number or an address leaves is a name when its words are, and no note is."""
    assert names(text) == expected


def test_a_name_in_a_street_is_part_of_the_address() -> None:
    """Streets are named after people, who are not reported."""
    assert names("طريق الملك عبدالعزيز، عمارة 22، جدة") == []
    assert names("شارع الأمير محمد بن عبدالعزيز 7، الرياض") == []


def test_joined_lines_give_the_same_names() -> None:
    """Cells joined by line feeds are found as if alone."""
    rows = [*PROSE, *LINES]
    assert names("\n".join(text for text, _ in rows)) == [name for _, found in rows for name in found]


def test_parts_of_a_name() -> None:
    """A part may be led by a word or end in one; a run of parts ends before a common word."""
    text = "عبد الله بن أبي سفيان وصل"
    name = name_at(text, 0, len(text))
    assert name is not None
    assert text[: name.end] == "عبد الله بن أبي سفيان"
    assert name.parts == 2
    assert name_at("وصل القطار", 0, 10) is None
    assert begins_name("محمد علي", 0, 8)
    assert not begins_name("محمد", 0, 4)


@pytest.mark.parametrize(("word", "common"), [("والكتاب", True), ("مدرستهم", True), ("بليردو", False)])
def test_common_words_with_what_is_written_onto_them(word: str, common: bool) -> None:
    """Conjunctions, articles and pronouns do not hide a common word."""
    assert is_common(word) == common


def test_folding_keeps_the_length() -> None:
    """Each alif becomes bare in its place; marks go only where a word is looked up."""
    assert fold("أإآٱ") == "اااا"
    assert plain("أحْمَد") == "احمد"
    assert plain("محـمد") == "محمد"
    assert names("قال أَحْمَد العتيبي ذلك") == ["أَحْمَد العتيبي"]
    assert names("قال محـمد العتيبي ذلك") == ["محـمد العتيبي"]


def test_no_common_word_is_a_sure_name() -> None:
    """The lists of names and of common words share only words whose weight is low."""
    common = word_set("ar-common")
    assert [
        word for lists in (given(), family()) for word, weight in lists.items() if weight >= 50 and word in common
    ] == []


@pytest.mark.parametrize(
    ("text", "trust", "end"),
    [
        ("محمد بن علي", Trust.BARE, 11),
        ("وردان الصخري", Trust.OWN, 12),
        ("وردان الصخري", Trust.BARE, None),
        ("كتاب الطبخ", Trust.SURE, None),
        ("خالد الحربي هاتف 05", Trust.OWN, 11),
    ],
)
def test_names_after_labels(text: str, trust: Trust, end: int | None) -> None:
    """Only a label in Arabic lets an unknown first word pass; words of forms end a name."""
    assert after_label(text, 0, trust) == end
