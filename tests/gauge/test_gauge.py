"""Parts of a leak add up, in any order and grouping, and travel as JSON."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.gauge import gauge as module
from scanner.gauge.gauge import Field, Gauge

names = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(["PERSON", "ADDRESS"])), max_size=6)


def part(fields: list[tuple[str, str]], seed: int) -> Gauge:
    """A part in which some fields hold a value each."""
    found = Gauge()
    for number, (name, kind) in enumerate(fields):
        tally = found.tally(Field("a.csv", name, kind, None))
        tally.items, tally.records = tally.items + 1, tally.records + 1
        value = (1 + seed + number) * 0x1E3779B97F4A7C15 % (1 << 62)
        tally.distinct.add(np.array([value], dtype=np.int64))
        tally.sample({value: f"{name}*"})
        found.combinations[kind,] += 1
    return found


def told(found: Gauge) -> list[object]:
    """What a gauge holds, in an order of its own."""
    fields = [
        (str(key), tally.items, tally.records, tally.distinct.estimate(), tally.samples)
        for key, tally in found.fields.items()
    ]
    return [sorted(fields, key=str), found.combinations]


def total(parts: list[Gauge]) -> Gauge:
    """The sum of parts, through the bytes that travel."""
    found = Gauge()
    for each in parts:
        found.add(Gauge.load(each.dump()))
    return found


@settings(max_examples=40)
@given(st.lists(names, min_size=1, max_size=5), st.randoms())
def test_order_and_grouping_make_no_difference(parts: list[list[tuple[str, str]]], rng: st.DataObject) -> None:
    """Also where there are too many fields: the same ones are counted together."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MAX_FIELDS", 3)
        gauges = [part(fields, 10 * number) for number, fields in enumerate(parts)]
        whole = told(total(gauges))
        shuffled = gauges[:]
        rng.shuffle(shuffled)  # type: ignore[attr-defined]
        assert told(total(shuffled)) == whole
        assert told(total([total(gauges[:2]), total(gauges[2:])])) == whole
    assert sum(row[1] for row in whole[0]) == sum(map(len, parts))  # type: ignore[attr-defined]


def wide(first: int, fields: int, rows: int) -> Gauge:
    """A part whose fields hold values that come once."""
    found, rng = Gauge(), np.random.default_rng(first)
    for name in range(first, first + fields):
        tally = found.tally(Field("a.csv", f"{name:03}", "PERSON", None))
        tally.distinct.add(rng.integers(-(2**63), 2**63 - 1, rows))
    return found


def test_many_fields_share_their_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many large fields come, in whatever order, they keep as many hashes and say the same; types keep more."""
    monkeypatch.setattr(module, "_ROOM", 20 << 10)
    monkeypatch.setattr(module, "MAX_FIELDS", 20)
    parts = [wide(first, 5, 20_000) for first in (0, 5, 10, 3, 15, 20)]
    found, other = total(parts), total([total(parts[4:]), total(parts[3::-1])])
    assert told(found) == told(other)
    assert found.distinct("PERSON").estimate() == other.distinct("PERSON").estimate()
    assert len(found.fields) == 20 + 1
    for tally in found.fields.values():
        counted = tally.distinct.estimate()
        assert 0.03 < (counted.high - counted.low) / counted.value < 0.2
    every = found.distinct("PERSON").estimate()
    assert every.low <= 30 * 20_000 <= every.high and every.high - every.low < 0.04 * every.value
    assert len(found.dump()) < 21 * (8 << 10) * 4 / 3 + 300_000


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"fields": 1}', b"null"])
def test_what_is_no_gauge_is_refused(data: bytes) -> None:
    """Bytes that no gauge gave raise `ValueError`."""
    with pytest.raises(ValueError):
        Gauge.load(data)
