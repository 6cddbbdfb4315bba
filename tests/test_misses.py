"""What is known to be missed is still missed: the list in fixtures/misses stays true."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from scanner import Finding, ScanConfig, scan

LISTED = tomllib.loads((Path(__file__).parent.parent / "fixtures/misses/misses.toml").read_text(encoding="utf-8"))


def found(folder: Path, text: str) -> set[tuple[str, str | None]]:
    """Entity types and values in a text file."""
    path = folder / "in.txt"
    path.write_text(text + "\n", encoding="utf-8")
    findings = scan(path, ScanConfig(show_values=True, jobs=1))
    return {(item.entity_type, item.value) for item in findings if isinstance(item, Finding)}


@pytest.mark.parametrize("case", LISTED["miss"], ids=lambda case: case["text"])
def test_a_known_miss_is_still_missed(case: dict[str, Any], tmp_path: Path) -> None:
    """The value stands in the text and is not found; once it is, its entry goes."""
    assert case["because"]
    assert case["value"] in case["text"]
    assert (case["entity_type"], case["value"]) not in found(tmp_path, case["text"])


@pytest.mark.parametrize("case", LISTED["false"], ids=lambda case: case["text"])
def test_a_known_false_alarm_is_still_raised(case: dict[str, Any], tmp_path: Path) -> None:
    """The value is found although it is not what it is taken for; once it is not, its entry goes."""
    assert case["because"]
    assert (case["entity_type"], case["value"]) in found(tmp_path, case["text"])
