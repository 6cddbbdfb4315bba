"""What people are told of a rule or recognizer."""

from __future__ import annotations

from collections.abc import Iterable

from scanner.recognizers import RECOGNIZERS
from scanner.rules import load_rules
from scanner.sinks.found import Described


def described(ids: Iterable[str]) -> dict[str, Described]:
    """Our rules and recognizers among some ids; others, of a user, are left out."""
    wanted = set(ids)
    known = {
        name: Described(name, row.entity_type, row.name, f"{row.name}, by words and their neighbours.")
        for name, row in RECOGNIZERS.items()
        if name in wanted
    }
    for rule in load_rules().rules if wanted - known.keys() else ():
        if rule.id in wanted:
            regions = tuple(region for region in rule.regions if region != "*")
            known[rule.id] = Described(
                rule.id, rule.entity_type, rule.name, rule.description, tuple(rule.languages), regions
            )
    return known
