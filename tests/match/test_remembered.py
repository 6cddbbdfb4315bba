"""Cells whose digits make no difference, which are looked at once a template."""

from __future__ import annotations

import random
import re
from typing import Any

import numpy as np
import polars as pl
import pytest

from scanner.columns import Headers, Profile
from scanner.config import ScanConfig
from scanner.match import remembered
from scanner.model import Batch, Column, NoPlace
from scanner.pipeline import Engine
from scanner.rules import load_rules

RULES = load_rules()
EXAMPLES = sorted({e.text for rule in RULES.rules for e in (*rule.positives, *rule.negatives)})


def findings(engine: Engine, cells: list[str], field: str | None) -> list[Any]:
    """What an engine finds in a column: record, span, type, score and rule."""
    batch = Batch([Column(field, pl.Series(cells, dtype=pl.String))], np.arange(1, len(cells) + 1), NoPlace())
    frame = engine.findings(batch, Profile(Headers(RULES), {}, frozenset({"ko"})))
    return frame.select("record", "start", "end", "entity_type", "score", "rule_id").rows()


def variants(text: str, count: int) -> list[str]:
    """The same text with other digits."""
    chance = random.Random(text)
    return [re.sub("[0-9]", lambda _: chance.choice("0123456789"), text) for _ in range(count)]


@pytest.mark.parametrize("field", [None, "주소", "배송메모", "받는분", "비밀번호"])
def test_what_is_remembered_is_what_each_cell_alone_would_give(field: str | None) -> None:
    """All examples of the rules, with other digits, give the same in thousands and by the hundred."""
    cells = [cell for text in EXAMPLES for cell in (text, *variants(text, 2))]
    engine = Engine(ScanConfig(key=b"k"))
    many = findings(engine, cells, field)
    again = findings(engine, cells, field)
    few: list[Any] = []
    for start in range(0, len(cells), 100):
        some = findings(engine, cells[start : start + 100], field)
        few += [(record + start, *rest) for record, *rest in some]
    assert many == few
    assert again == many


def test_templates_are_forgotten_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is bounded, and what was forgotten is found again."""
    monkeypatch.setattr(remembered, "_KEPT", 100)
    engine = Engine(ScanConfig(key=b"k"))
    one, two = (variants(f"{word} 공동현관 #1234*", 600) for word in ("문 앞", "경비실"))
    first = findings(engine, one, "배송메모")
    assert len(first) == 600
    findings(engine, two, "배송메모")
    assert findings(engine, one, "배송메모") == first
