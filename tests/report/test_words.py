"""Plain words for codes."""

from __future__ import annotations

from scanner.report.words import country_name, type_name
from scanner.rules import load_rules


def test_types_of_our_rules_have_words() -> None:
    """No rule's type is shown as its code, nor two types as the same words."""
    types = {rule.entity_type for rule in load_rules().rules} | {"PERSON", "ADDRESS"}
    names = {name: type_name(name) for name in types}
    assert [name for name, words in names.items() if "_" in words or words == words.upper()] == []
    assert len(set(names.values())) == len(types)


def test_types_of_others_are_made_readable() -> None:
    """A type that is not ours is its own name in small letters, a country's code behind."""
    assert type_name("STAFF_NUMBER") == "Staff number"
    assert type_name("KR_LICENSE_PLATE") == "License plate (KR)"
    assert type_name("") == ""


def test_countries_have_names() -> None:
    """Countries of our rules and of the European Economic Area have names; of others the code is shown."""
    assert [country_name(code) for code in ("KR", "DE", "XX")] == ["South Korea", "Germany", "XX"]
