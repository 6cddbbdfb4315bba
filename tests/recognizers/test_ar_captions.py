"""Arabic words on screens: menus, messages and headings hold words that are names elsewhere."""

import pytest
from recognized import recognized

CAPTIONS = [
    "اختر ملفًا للفتح",
    "خالد إلى الأبد",
    "هادي التيار الكهربائي",
    "وضع ماجد",
    "محاذاة النص أيمن",
    "جدول اكسل",
    "لوحة مفاتيح سلكي برو",
    "أسماء رموز النطاق غير صالحة",
]
SENTENCES = [
    ("محاذاة النص تكون أيمن حين تكون القيمة واحدا وأيسر حين تكون صفرا", []),
    ("ذهب الأولاد إلى المدرسة ثم عاد محمد أحمد إلى البيت مساء", ["محمد أحمد"]),
    ("شكرا يا محمد", ["محمد"]),
    ("محمد أحمد منصور", ["محمد أحمد منصور"]),
]


@pytest.mark.parametrize("text", CAPTIONS)
def test_captions_name_nobody(text: str) -> None:
    """In a line of few words a name needs a cue, or words that are little else than names."""
    assert recognized("PERSON", text) == []


@pytest.mark.parametrize(("text", "names"), SENTENCES)
def test_sentences_and_cues_name_people(text: str, names: list[str]) -> None:
    """Full names and names after a cue are found in any line."""
    assert recognized("PERSON", text) == names


def test_a_long_line_is_judged_by_what_is_near() -> None:
    """Whether a line is a caption does not depend on how far its ends are."""
    near = "ذهب الأولاد إلى المدرسة ثم عاد محمد أحمد إلى البيت مساء كل يوم بعد الظهر"
    assert recognized("PERSON", near * 50)[:1] == recognized("PERSON", near)
