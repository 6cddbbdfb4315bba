"""How grave an entity type is, in the words of each service. What services fail on is the user's choice."""

from __future__ import annotations

import re
from typing import NamedTuple

_GRAVE = re.compile("[A-Z]{2}_|(?:CREDIT_CARD|BANK_ACCOUNT|IBAN_CODE|PASSPORT|DOOR_CODE)$")
_SLIGHT = frozenset({"IP_ADDRESS", "MAC_ADDRESS", "USERNAME", "TRACKING_NUMBER"})


class Severity(NamedTuple):
    """Of SARIF the level, of GitHub the score (0 to 10) and the kind of annotation, of GitLab the severity."""

    rank: int
    level: str
    score: str
    annotation: str
    gitlab: str


_HIGH = Severity(0, "error", "8.0", "error", "critical")
_MEDIUM = Severity(1, "warning", "5.0", "warning", "major")
_LOW = Severity(2, "note", "3.0", "notice", "minor")
_NONE = Severity(3, "note", "0.1", "notice", "info")


def of(entity_type: str, state: str = "clear") -> Severity:
    """High: what opens doors, accounts and identities; low: what tells of devices and parcels; else medium."""
    if state == "masked":
        return _NONE
    if _GRAVE.match(entity_type):
        return _HIGH
    return _LOW if entity_type in _SLIGHT else _MEDIUM
