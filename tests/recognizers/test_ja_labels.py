"""Japanese names after labels, by their sound, and before what is said to people."""

import pytest

from scanner.recognizers import person_labelled
from scanner.recognizers.ja import names


def found(text: str) -> list[str]:
    """The names after labels in `text`."""
    return [text[span.start : span.end] for span in person_labelled.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("フリガナ: サトウ ハナコ", ["サトウ ハナコ"]),
        ("フリガナ：サトウハナコ", ["サトウハナコ"]),
        ("ﾌﾘｶﾞﾅ: ｻﾄｳ ﾊﾅｺ", ["ｻﾄｳ ﾊﾅｺ"]),
        ("氏名カナ: ｻﾄｳﾊﾅｺ様", ["ｻﾄｳﾊﾅｺ"]),
        ("お届け先: 鈴木 一郎様", ["鈴木 一郎"]),
        ("フリガナ: カブシキガイシャ", []),
        ("フリガナ: ﾄｳｷｮｳ", []),
    ],
)
def test_readings_after_a_label(text: str, expected: list[str]) -> None:
    """Katakana in full or half width are a name where surname and given name are told apart or are known."""
    assert found(text) == expected


@pytest.mark.parametrize("text", ["鈴木 一郎様", "鈴木一郎 様", "鈴木一郎殿"])
def test_what_is_said_to_people_is_no_part_of_the_name(text: str) -> None:
    """A name ends before 様 and 殿."""
    assert [text[span.start : span.end].rstrip("様殿 ") for span in names.find(text)] == [text.rstrip("様殿 ")]
    assert all(text[span.end - 1] not in "様殿 " for span in names.find(text))


def test_an_unknown_name_before_honorific_needs_a_header() -> None:
    """What fills a cell before 様 but is no known name is not reported by itself."""
    (span,) = names.find("珍名 一郎様")
    assert (span.start, span.end) == (0, 5)
    assert span.score < 0.5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("氏名 佐藤 美咲 フリガナ サトウ ミサキ", ["佐藤 美咲", "サトウ ミサキ"]),
        ("氏名 佐藤花子 電話 03-0000-0000", ["佐藤花子"]),
        ("会員氏名　田中 電話", ["田中"]),
        ("氏名 住所 電話", []),
        ("差出人 営業部", []),
        ("依頼主 千葉 営業所", []),
        ("お届け先 東京都渋谷区渋谷2-21-1", []),
    ],
)
def test_names_under_a_label(text: str, expected: list[str]) -> None:
    """Where lines of a form were joined, what follows a label is a name if its words are."""
    assert [text[span.start : span.end] for span in names.find(text) if span.score >= 0.5] == expected
