"""Which identifiers belong to one person: those of a record, or of its sender and of its recipient."""

from __future__ import annotations

import numpy as np

from scanner.gauge.people import NAME, NAME_AND_ADDRESS
from scanner.match.cells import Mask
from scanner.model import IntArray

ROLES = (None, "sender", "recipient")
_ODD = -0x61C8864680B583EB  # spreads bits


def persons(record: IntArray, role: IntArray) -> IntArray:
    """The number of the person of each value, int64 (n,), from the numbers of its record and of its role in `ROLES`.

    Only where a record tells both sender and recipient these are two persons, and what has no role is a third.
    """
    size = int(record.max(initial=-1)) + 1
    sends, takes = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
    sends[record[role == 1]] = True
    takes[record[role == 2]] = True
    both = sends & takes
    return record * len(ROLES) + np.where(both[record], role, 0)


def with_addressed(
    person: IntArray, tier: IntArray, hashes: IntArray, types: IntArray, is_address: Mask
) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """All identifiers, and one more for each person with a name and an address: person, tier, hash and type (n,).

    Of several names or addresses of a person the first counts.
    """
    size = int(person.max(initial=-1)) + 1
    name, address = (_first(person, which, size) for which in (tier == NAME, is_address))
    both = np.flatnonzero((name >= 0) & (address >= 0))
    joint = hashes[name[both]] * _ODD ^ hashes[address[both]]
    more = (both, np.full(len(both), NAME_AND_ADDRESS), joint, types[name[both]])
    person, tier, hashes, types = map(np.concatenate, zip((person, tier, hashes, types), more, strict=True))
    return person, tier, hashes, types


def _first(person: IntArray, which: Mask, size: int) -> IntArray:
    """The number of the first value of each person among some; -1 for none."""
    found = np.full(size, -1)
    at = np.flatnonzero(which)[::-1]
    found[person[at]] = at
    return found
