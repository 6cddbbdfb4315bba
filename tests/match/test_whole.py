"""Cells that are one value from end to end."""

from __future__ import annotations

from typing import Any

import pytest

STAFF = ("staff", "STAFF", "S[0-9]{4}", "word", 0.8, 'always_on = "a test"\ncolumns = ["badge"]')
WEAK = ("weak", "WEAK", "[0-9]{6}", "word", 0.2, 'always_on = "a test"\ncolumns = ["number"]')
KEYED = ("keyed", "KEYED", "[A-Z]{2}[0-9]{5}", "word", 0.7, 'keywords = ["KX"]\ncolumns = ["code"]')


def test_a_whole_cell_is_found_from_0_to_its_length(rules: Any, found: Any) -> None:
    """Null and empty cells hold nothing and shift no record."""
    frame = found(rules(STAFF), ["S1234", None, "", "x", "S9999"])
    assert frame.select("record", "start", "end", "value").rows() == [(1, 0, 5, "S1234"), (5, 0, 5, "S9999")]


def test_many_cells_and_few_cells_are_matched_alike(rules: Any, found: Any) -> None:
    """What is done at once for thousands of cells gives what is done one by one for a handful."""
    cells = [f"S{n:04d}" if n % 3 else f"T{n}" for n in range(9000)]
    chosen = rules(STAFF)
    many = found(chosen, cells)["record"].to_list()
    assert many == [n + 1 for n in range(9000) if n % 3]
    assert many[:4] == found(chosen, cells[:6])["record"].to_list()


def test_a_weak_pattern_needs_a_field_that_says_so(rules: Any, found: Any) -> None:
    """Below the threshold alone, above it where the field's name is one of the rule's columns."""
    chosen = rules(WEAK)
    assert found(chosen, ["123456"], "value").is_empty()
    assert found(chosen, ["123456"], "number")["score"].to_list() == [0.6]


@pytest.mark.parametrize(("field", "hits"), [("memo", ["KX12345"]), ("code", ["KX12345", "AB12345"])])
def test_a_keyword_must_stand_in_the_cell_unless_the_field_expects_the_type(
    rules: Any, found: Any, field: str, hits: list[str]
) -> None:
    """The field's name is worth a keyword."""
    assert found(rules(KEYED), ["KX12345", "AB12345"], field)["value"].to_list() == hits


def test_look_alikes_match_and_keep_their_offsets(rules: Any, found: Any) -> None:
    """Full-width letters and digits are read as ASCII; the value is given as it stands."""
    assert found(rules(STAFF), ["Ｓ１２３４"]).select("end", "value").rows() == [(5, "Ｓ１２３４")]
