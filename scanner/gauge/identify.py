"""Which identifiers belong to one person: those of a record, or of its sender and of its recipient."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scanner.gauge.people import NAME_AND_ADDRESS, Identifiers
from scanner.model import IntArray

ROLES = (None, "sender", "recipient")
_ODD = -0x61C8864680B583EB  # spreads bits


def persons(records: Sequence[IntArray], roles: Sequence[str | None]) -> list[IntArray]:
    """The numbers of the persons of values, from the records, int64 (n,), and the role of each of several fields.

    Only where a record tells both sender and recipient these are two persons, and what has no role is a third.
    """
    size = max((int(record.max(initial=-1)) + 1 for record in records), default=0)
    sends, takes = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
    for record, role in zip(records, roles, strict=True):
        if role is not None:
            (sends if role == "sender" else takes)[record] = True
    both = sends & takes
    if not both.any():
        return [record * len(ROLES) for record in records]
    numbers = [ROLES.index(role) for role in roles]
    return [record * len(ROLES) + both[record] * number for record, number in zip(records, numbers, strict=True)]


def addressed(names: Sequence[Identifiers], addresses: Sequence[Identifiers]) -> list[Identifiers]:
    """One more identifier for each person with a name and an address: of several the first counts."""
    if not names or not addresses:
        return []
    size = max(int(part.person.max()) + 1 for part in (*names, *addresses))
    where, name = _first(names, size)
    there, address = _first(addresses, size)
    both = np.flatnonzero(where & there)
    return [Identifiers(NAME_AND_ADDRESS, names[0].entity_type, both, name[both] * _ODD ^ address[both])]


def _first(parts: Sequence[Identifiers], size: int) -> tuple[np.ndarray, IntArray]:
    """Which persons have a value, and the hash of the first of each."""
    has, hashes = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.int64)
    for part in reversed(parts):
        has[part.person] = True
        hashes[part.person[::-1]] = part.hashes[::-1]
    return has, hashes
