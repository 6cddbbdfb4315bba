"""What a baseline accepts: values at places, as often as it says, wherever they stand."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scanner.baseline import Baseline, Entry, Hashing, Place, Sieve
from scanner.baseline.hashing import LEAST

PLAIN, KEYED = Hashing(b"a" * 16, LEAST), Hashing(b"a" * 16, None, b"k" * 32)
VALUES = st.lists(st.tuples(st.sampled_from(["phone", None]), st.integers(0, 5)), max_size=12)
Value = tuple[str | None, int]


def identity(value: int) -> str:
    """A stand-in for the keyed hash of a value."""
    return hashlib.blake2b(value.to_bytes(8, "big"), digest_size=16).hexdigest()


def frame(values: list[Value]) -> pl.DataFrame:
    """Findings of fields and values, one a line."""
    rows = [(number, name, "PHONE_NUMBER", identity(value)) for number, (name, value) in enumerate(values, 1)]
    schema = {"line": pl.Int64, "field": pl.String, "entity_type": pl.String, "identity": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def baseline(values: list[Value], hashing: Hashing = PLAIN) -> Baseline:
    """One that accepts these values in a.csv."""
    tags = [hashing.tags([identity(value)])[0] for _, value in values]
    counts = Counter((Place("a.csv", name, "PHONE_NUMBER"), tag) for (name, _), tag in zip(values, tags, strict=True))
    made = Baseline("b.json", hashing)
    made.hold(Entry(*key, count) for key, count in counts.items())
    return made


@pytest.mark.parametrize("hashing", [PLAIN, KEYED])
@given(values=VALUES, data=st.data())
def test_moved_lines_stay_accepted(hashing: Hashing, values: list[Value], data: st.DataObject) -> None:
    """In whatever order and pieces the accepted values come, none is left, and none is stale."""
    sieve = Sieve(baseline(values, hashing))
    moved = data.draw(st.permutations(values))
    at = data.draw(st.integers(0, len(moved)))
    rest = [sieve.sift("a.csv", frame(part)) for part in (moved[:at], moved[at:])]
    assert sum(part.height for part in rest) == 0
    assert all("identity" not in part.columns for part in rest)
    sieve.has_read("a.csv")
    assert (sieve.found.total(), sieve.stale(), sieve.issues) == (len(values), 0, [])


@given(values=VALUES, at=st.integers(0, 11), new=st.integers(6, 1 << 40), named=st.sampled_from(["phone", None]))
def test_changed_values_alert(values: list[Value], at: int, new: int, named: str | None) -> None:
    """A value in place of another is left, unless the tags of both are the same, as of one in 4096."""
    assume(at < len(values))
    tags = PLAIN.tags([identity(new), *(identity(value) for _, value in values)])
    assume(tags[0] not in tags[1:])
    changed = [*values[:at], (named, new), *values[at + 1 :]]
    sieve = Sieve(baseline(values))
    assert sieve.sift("a.csv", frame(changed))["line"].to_list() == [at + 1]
    sieve.has_read("a.csv")
    assert sieve.stale() == 1


@given(values=VALUES, more=st.tuples(st.sampled_from(["phone", None, "other"]), st.integers(0, 20)))
def test_one_finding_more_always_alerts(values: list[Value], more: Value) -> None:
    """Of one more than is accepted one is left, even if its tag is that of an accepted value."""
    for hashing in (PLAIN, KEYED):
        assert Sieve(baseline(values, hashing)).sift("a.csv", frame([*values, more])).height == 1


def test_other_files_and_types_alert() -> None:
    """A value is accepted only in its file, and only as what it was."""
    values: list[Value] = [("phone", 1)]
    sieve = Sieve(baseline(values))
    assert sieve.sift("b.csv", frame(values)).height == 1
    assert sieve.sift("a.csv", frame(values).with_columns(entity_type=pl.lit("PERSON"))).height == 1
    assert sieve.sift(str(Path("a.csv").absolute()), frame(values)).height == 0


def test_rejected_entries_are_left_and_not_stale() -> None:
    """What a person rejected is reported as often as it is found."""
    known = baseline([("phone", 1)])
    known.judge(next(iter(known)), "rejected")
    sieve = Sieve(known)
    assert sieve.sift("a.csv", frame([("phone", 1), ("phone", 1)])).height == 2
    sieve.has_read("a.csv")
    assert sieve.stale() == 0


FLOOD: list[Value] = [("phone", number) for number in range(10, 5010)]


def test_a_place_that_is_flooded_is_not_hashed_without_end() -> None:
    """Without a key values beyond a multiple of the entries are reported; what they may be is not stale but told."""
    sieve = Sieve(baseline([("phone", 1), (None, 1)]))
    tags = PLAIN.tags([identity(number) for _, number in [*FLOOD[:200], ("phone", 1)]])
    assert sieve.sift("./a.csv", frame([*FLOOD, ("phone", 1)])).height == 5001 - (tags[-1] in tags[:-1])
    sieve.has_read("a.csv")
    assert [(place.field, path) for place, path in sieve.unsure.items()] == [("phone", "./a.csv")]
    assert sieve.stale() == 1
    (issue,) = sieve.issues
    assert (issue.path, issue.severity, issue.count) == ("./a.csv", "warning", 1)


def test_with_a_key_all_values_are_looked_up() -> None:
    """A keyed tag costs nothing, so what is accepted is found behind any number of new values."""
    sieve = Sieve(baseline([("phone", 1)], KEYED))
    assert sieve.sift("a.csv", frame([*FLOOD, ("phone", 1)]))["line"].to_list() == list(range(1, 5001))
    assert (sieve.unsure, sieve.issues) == ({}, [])


def hashed(known: Baseline) -> int:
    """How many values of a flood are hashed."""
    sieve = Sieve(known)
    list(sieve.entries("a.csv", frame(FLOOD)))
    return len(sieve._tags)


def test_what_may_be_hashed_is_bounded_by_entries_and_by_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a count of copies that somebody wrote nor many entries at a high cost make a run hash all."""
    place = Place("a.csv", "phone", "PHONE_NUMBER")
    one, many = Baseline("b.json", PLAIN), Baseline("b.json", PLAIN)
    one.hold([Entry(place, "000", 1_000_000_000)])
    many.hold(Entry(place, f"{number:03x}", 1) for number in range(4096))
    assert hashed(one) == 102
    monkeypatch.setattr("scanner.baseline.hashing._MOST_WORK", 1000 * LEAST)
    assert hashed(many) == PLAIN.affordable == 1000
