"""The reader of vCard and iCalendar."""

from __future__ import annotations

import quopri

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers.placed import Placed, blocks, cells

from scanner.readers import vcard

TEXT = st.text(st.sampled_from("ab 1@가나,;\\:="), min_size=1, max_size=10).filter(lambda text: bool(text.strip()))


def read(text: str, size: int = 1 << 20) -> list[Placed]:
    """The cells of cards that are read in blocks of some size."""
    return cells(vcard.read(blocks(text, size), batch_bytes=size))


def fields(*lines: str) -> dict[str | None, str]:
    """The fields of one card."""
    return {cell.field: cell.text for cell in read("\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""]))}


def test_names_are_read_as_people_say_them() -> None:
    """The family comes first, without a blank, in the languages of East Asia, and last elsewhere."""
    assert fields("N:김;민준;;;") == {"N.name": "김민준"}
    assert fields("N:Carter;Emily;Jane;Ms;") == {"N.name": "Emily Jane Carter"}
    assert fields("N:Carter") == {"N.name": "Carter"}


def test_addresses_are_read_as_people_say_them() -> None:
    """From the large to the small in East Asia, as written elsewhere."""
    assert fields("ADR:;;테헤란로 12;강남구;서울;06234;") == {"ADR.address": "06234 서울 강남구 테헤란로 12"}
    assert fields("ADR;TYPE=home:;;1 Main St\\, Apt 2;Springfield;IL;62701;") == {
        "ADR.address": "1 Main St, Apt 2 Springfield IL 62701"
    }


@pytest.mark.parametrize("charset", ["EUC-KR", "UTF-8"])
def test_quoted_printable_of_old_phones(charset: str) -> None:
    """Quoted-printable goes on after soft line breaks and is decoded as its character set says."""
    written = quopri.encodestring("김민준 과장님 안녕하세요".encode(charset)).decode().replace("=\n", "=\r\n").strip()
    assert fields(f"FN;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:{written}", "TEL;CELL:010-0000-1234") == {
        "FN.name": "김민준 과장님 안녕하세요",
        "TEL": "010-0000-1234",
    }


def test_groups_folds_pictures_and_escapes() -> None:
    """Groups and types are no part of the field, pictures are left out, escapes are undone."""
    found = fields(
        "item1.TEL;type=CELL:010-0000\r\n -1234", "PHOTO;ENCODING=b:AAAA\r\n BBBB", "NOTE:a\\, b\\nc", "UID:x@y"
    )
    assert found == {"TEL": "010-0000-1234", "NOTE": "a, b\nc"}


def test_each_card_is_a_record_and_places_are_physical() -> None:
    """Values stand where the file holds them; what is no property is text."""
    text = "BEGIN:VCARD\nFN:A\n가나\nEND:VCARD\nBEGIN:VCARD\nitem1.EMAIL:b@\n example.com\nEND:VCARD\n"
    assert read(text) == [(1, "FN.name", "A", 2, 4), (1, None, "가나", 3, 1), (2, "EMAIL", "b@example.com", 6, 13)]


def test_people_of_an_event() -> None:
    """Who takes part has a name and an address; times and keys are left out."""
    event = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1@example.com\nDTSTART:20260301T090000Z\n"
        'ATTENDEE;CN="Carter, Emily";RSVP=TRUE:mailto:emily@example.com\nLOCATION:Room 5\nEND:VEVENT\nEND:VCALENDAR\n'
    )
    assert [cell[:3] for cell in read(event)] == [
        (1, "ATTENDEE.name", "Carter, Emily"),
        (1, "ATTENDEE", "mailto:emily@example.com"),
        (1, "LOCATION", "Room 5"),
    ]


@given(values=st.lists(TEXT, min_size=1, max_size=4), width=st.integers(4, 20), size=st.integers(1, 30))
def test_notes_come_back_from_any_folds_and_blocks(values: list[str], width: int, size: int) -> None:
    """What was escaped and folded is read again, however blocks are cut."""
    written = [
        f"NOTE:{v.replace(chr(92), chr(92) * 2).replace(',', chr(92) + ',').replace(';', chr(92) + ';')}"
        for v in values
    ]
    lines = ["\r\n ".join(line[at : at + width] for at in range(0, len(line), width)) for line in written]
    text = "".join(f"BEGIN:VCARD\r\n{line}\r\nEND:VCARD\r\n" for line in lines)
    found = read(text, size)
    assert [cell.text for cell in found] == values
    assert found == read(text)


def test_a_card_that_is_cut_off_is_read_to_the_cut() -> None:
    """Without an end, and within a soft line break, what there is counts."""
    assert [cell.text for cell in read("BEGIN:VCARD\nNOTE;ENCODING=QUOTED-PRINTABLE:a=20b=")] == ["a b"]


def test_told_by_content() -> None:
    """Cards and calendars begin with a word of their own."""
    assert vcard.is_cards(b"BEGIN:VCARD\r\n") and vcard.is_cards(b"\xef\xbb\xbfbegin:vcalendar\n")
    assert not vcard.is_cards(b"BEGIN: x")


def test_values_that_are_no_text_are_counted() -> None:
    """Pictures and attachments are left out, and a warning says how many."""
    text = "BEGIN:VCARD\nPHOTO;ENCODING=b:AAAA\nLOGO:data:image/png;base64,AAAA\nUID:x\nFN:Ann\nEND:VCARD\n"
    issues = [issue for batch in vcard.read([text.encode()]) for issue in batch.issues]
    assert [(issue.kind, issue.severity, issue.count) for issue in issues] == [("binary_cells", "warning", 2)]


def test_parts_of_addresses_lose_no_backslash() -> None:
    """What a backslash at the end stands for is nothing, and what is before it is read."""
    assert fields("ADR:;;1 Main St;Springfield\\") == {"ADR.address": "1 Main St Springfield\\"}


def test_places_of_what_is_escaped() -> None:
    """Text after escapes, in folded lines too, stands where the file holds it."""
    (cell,) = vcard.read([b"NOTE:a\\,b\\n\n 010-\n 0000\n"])
    (column,) = cell.columns
    assert column.values.to_list() == ["a,b\n010-0000"]
    lines, places = cell.locator.locate(0, np.zeros(4, dtype=np.int64), np.array([0, 2, 4, 8]))
    assert lines is not None and places is not None
    assert list(zip(lines.tolist(), places.tolist(), strict=True)) == [(1, 6), (1, 9), (2, 2), (3, 2)]
