"""People are told apart by the best identifier of each record, and linked by the others."""

from __future__ import annotations

import numpy as np

from scanner.gauge.identify import addressed, persons
from scanner.gauge.people import EMAIL, IDS, NAME, NAME_AND_ADDRESS, NONE, PHONE, Identifiers, People

KINDS = ["PHONE_NUMBER", "EMAIL_ADDRESS", "KR_RRN", "PERSON"]


def people(*rows: tuple[int, int, int, int]) -> People:
    """Of (person, tier, hash, number of the type in `KINDS`)."""
    found = People()
    found.count([identifiers(tier, KINDS[kind], [person], [value]) for person, tier, value, kind in rows])
    return found


def identifiers(tier: int, kind: str, person: list[int], values: list[int]) -> Identifiers:
    """Those of one tier, with spread hashes."""
    return Identifiers(tier, kind, np.array(person), np.array(values) * np.int64(-0x61C8864680B583EB))


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
    nobody, sender, recipient = persons(
        [np.array([0, 1]), np.array([0]), np.array([0, 1])], [None, "sender", "recipient"]
    )
    assert len({nobody[0], sender[0], recipient[0]}) == 3
    assert nobody[1] == recipient[1]


def test_without_both_roles_a_record_is_one_person() -> None:
    """A role alone tells nobody apart, and fields without any are one."""
    one, other = persons([np.array([0, 1]), np.array([1])], [None, "recipient"])
    assert one[1] == other[0] != one[0]
    assert persons([], []) == []


def test_a_name_with_an_address_identifies() -> None:
    """A person with both gets an identifier more, made of the first of each."""
    names = [identifiers(NAME, "PERSON", [3, 3, 4], [1, 2, 3]), identifiers(NAME, "PERSON", [3], [9])]
    addresses = [identifiers(NONE, "ADDRESS", [3, 5], [4, 5])]
    (found,) = addressed(names, addresses)
    assert (found.tier, found.person.tolist()) == (NAME_AND_ADDRESS, [3])
    (same,) = addressed([identifiers(NAME, "PERSON", [3], [1])], [identifiers(NONE, "ADDRESS", [3], [4])])
    assert found.hashes.tolist() == same.hashes.tolist()
    assert addressed(names, []) == []
