"""Numbers of things in words."""

from __future__ import annotations

import pytest

from scanner.sinks.counted import counted


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "0 entries"), (1, "1 entry"), (2, "2 entries"), (1000, "1,000 entries")]
)
def test_only_one_is_singular(number: int, expected: str) -> None:
    """As in English, and with commas in large numbers."""
    assert counted(number, "entry", "entries") == expected
    assert counted(number, "file") == expected.replace("entries", "files").replace("entry", "file")
