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


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"fields": 1}', b"null"])
def test_what_is_no_gauge_is_refused(data: bytes) -> None:
    """Bytes that no gauge gave raise `ValueError`."""
    with pytest.raises(ValueError):
        Gauge.load(data)
