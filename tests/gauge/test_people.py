"""People are told apart by the best identifier of each record, and linked by the others."""

from __future__ import annotations

import numpy as np

from scanner.gauge.identify import persons, with_addressed
from scanner.gauge.people import EMAIL, IDS, NAME, NAME_AND_ADDRESS, NONE, PHONE, People

KINDS = ["PHONE_NUMBER", "EMAIL_ADDRESS", "KR_RRN", "PERSON"]


def people(*rows: tuple[int, int, int, int]) -> People:
    """Of (person, tier, hash, number of the type in `KINDS`)."""
    found = People()
    person, tier, value, kind = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    found.count(person, tier, value * np.int64(-0x61C8864680B583EB), kind, KINDS)
    return found


def test_none() -> None:
    """Without an identifier nobody is counted, and it says so."""
    assert people().subjects()[:4] == (0, 0, 0, None)
    assert people((0, NONE, 5, 0)).subjects().estimate == 0


def test_the_best_identifier_counts() -> None:
    """Three records of two phone numbers are two people, whatever their mail addresses."""
    found = people(
        (0, PHONE, 1, 0), (0, EMAIL, 11, 1), (1, PHONE, 1, 0), (1, EMAIL, 12, 1), (2, PHONE, 2, 0)
    ).subjects()
    assert (found.estimate, found.basis) == (2, "PHONE_NUMBER")
    assert found.low <= 2 <= found.high


def test_a_record_without_it_is_linked_by_another() -> None:
    """A mail address alone is a further person, unless it stands beside a phone number in another record."""
    found = people((0, PHONE, 1, 0), (0, EMAIL, 11, 1), (1, EMAIL, 11, 1), (2, EMAIL, 12, 1)).subjects()
    assert (found.estimate, found.high) == (2, 3)
    assert "e-mail" in found.reason


def test_ids_are_named_by_their_type() -> None:
    """Where national ids are the basis the entity type says which."""
    assert people((0, IDS, 1, 2), (1, IDS, 2, 2)).subjects().basis == "KR_RRN"


def test_parts_add_up() -> None:
    """Two parts, sent as JSON, give what one gives."""
    one, other = people((0, PHONE, 1, 0), (0, EMAIL, 11, 1)), people((0, EMAIL, 11, 1), (1, EMAIL, 12, 1))
    one.add(People.load(other.dump()))
    whole = people((0, PHONE, 1, 0), (0, EMAIL, 11, 1), (1, EMAIL, 11, 1), (2, EMAIL, 12, 1))
    assert one.subjects() == whole.subjects()


def test_sender_and_recipient_are_two_persons() -> None:
    """Only a record that tells both has more than one person."""
    record, role = np.array([0, 0, 0, 1, 1]), np.array([0, 1, 2, 0, 2])
    person = persons(record, role)
    assert len(set(person[:3].tolist())) == 3
    assert person[3] == person[4]


def test_a_name_with_an_address_identifies() -> None:
    """A person with both gets an identifier more, made of the first of each."""
    person, tier = np.array([3, 3, 4, 5]), np.array([NAME, NONE, NAME, NONE])
    found = with_addressed(person, tier, np.array([1, 2, 3, 4]), np.zeros(4, np.int64), tier == NONE)
    assert [column.tolist() for column in found[:2]] == [[3, 3, 4, 5, 3], [NAME, NONE, NAME, NONE, NAME_AND_ADDRESS]]
