"""What is gathered of a file."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from scanner.forms.gather import MAX, Gather, Key
from scanner.model import FINDINGS

KEY = Key("phone", "PHONE_NUMBER", "clear", "phone-kr-mobile", None)


def digest(value: int) -> str:
    """What a keyed hash of a value may look like."""
    return hashlib.blake2b(bytes([value]), digest_size=16).hexdigest()


def frame(records: list[int], field: str | None = "phone") -> pl.DataFrame:
    """A finding for each record, in its order; there are seven different values."""
    return pl.DataFrame(
        [
            (n + 2, 5, n, field, 0, 13, KEY.entity_type, 0.9, KEY.rule_id, "clear", None, f"0{n % 7}*", digest(n % 7))
            for n in records
        ],
        schema=FINDINGS,
        orient="row",
    )


def gathered(*parts: pl.DataFrame) -> Gather:
    """What is gathered of parts, each sent on as bytes."""
    total = Gather()
    for part in parts:
        one = Gather()
        one.add(part, without="role")
        total.merge(Gather.load(one.dump()))
    return total


@given(st.lists(st.integers(1, 60), min_size=1, max_size=120).map(sorted), st.lists(st.integers(0, 120)))
def test_parts_add_up_wherever_they_are_cut(records: list[int], cuts: list[int]) -> None:
    """However a file is cut, counts, records, distinct values, places and samples are those of the whole."""
    bounds = [0, *sorted(cuts), len(records)]
    parts = [frame(records[low:high]) for low, high in pairwise(bounds)]
    (whole,), (cut,) = gathered(frame(records)).tallies.values(), gathered(*parts).tallies.values()
    assert cut.parts() == whole.parts()
    assert (cut.count, cut.records) == (len(records), len(set(records)))
    assert cut.distinct.estimate().value == len({n % 7 for n in records})


def test_places_and_samples_have_an_end() -> None:
    """Of many findings the first ten places and three different samples are kept."""
    (tally,) = gathered(frame(list(range(1, 500)))).tallies.values()
    assert [spot.record for spot in tally.spots] == list(range(1, 11))
    assert len(set(tally.samples.values())) == 3


def test_fields_without_end_are_counted_together() -> None:
    """There are never more groups than the bound and one a type; no finding is lost."""
    total = gathered(*(frame([1], f"f{n}") for n in range(MAX + 50)))
    assert len(total.tallies) == MAX + 1
    assert sum(tally.count for tally in total.tallies.values()) == MAX + 50
