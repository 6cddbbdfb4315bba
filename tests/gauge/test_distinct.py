"""Distinct values: exact while few, within bounds beyond, the same in any order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.gauge.distinct import Distinct, union


def of(values: np.ndarray) -> Distinct:
    """The set of some hashes."""
    found = Distinct()
    found.add((values + 1000) * np.int64(-0x61C8864680B583EB))  # spread
    return found


def hashes(count: int, seed: int = 1) -> np.ndarray:
    """Hashes that are very likely distinct."""
    return np.random.default_rng(seed).integers(-(2**63), 2**63 - 1, count)


@given(st.lists(st.integers(-50, 50)), st.lists(st.integers(-50, 50)))
def test_few_are_counted_exactly(left: list[int], right: list[int]) -> None:
    """Below the limit a set, its union, intersection and difference have the size of a Python set's."""
    one, other = (of(np.array(values, dtype=np.int64)) for values in (left, right))
    for found, expected in (
        (one, set(left)),
        (one | other, {*left, *right}),
        (one & other, {*left} & {*right}),
        (one - other, {*left} - {*right}),
    ):
        assert found.estimate() == (len(expected),) * 3


@settings(max_examples=10)
@given(st.integers(0, 1000), st.integers(1, 9))
def test_order_and_grouping_make_no_difference(seed: int, parts: int) -> None:
    """Beyond the limit too, parts in any order and grouping give exactly the same estimate."""
    values = hashes(60_000, seed)
    whole = of(values).estimate()
    cut = [of(part) for part in np.array_split(np.random.default_rng(seed).permutation(values), parts)]
    assert union(cut).estimate() == whole
    assert union([union(cut[1:] or cut), cut[0]]).estimate() == whole
    assert union(Distinct.load(part.dump()) for part in cut).estimate() == whole


@settings(max_examples=10)
@given(st.integers(0, 1000), st.lists(st.integers(10, 14), min_size=4, max_size=4))
def test_when_a_set_is_cut_makes_no_difference(seed: int, sizes: list[int]) -> None:
    """Parts that were cut before they are united and cut to the least size are the whole, cut."""
    values, least = hashes(60_000, seed), min(sizes)
    parts = [of(part).cut(log_k) for part, log_k in zip(np.array_split(values, len(sizes)), sizes, strict=True)]
    assert union(parts).cut(least).dump() == of(values).cut(least).dump()
    assert abs(of(values).cut(least).estimate().value - 60_000) < 0.25 * 60_000
    assert of(values[:900]).cut(least).estimate() == (900,) * 3


def test_many_are_within_their_bounds() -> None:
    """The true number lies within the bounds, which are narrow."""
    for seed in range(5):
        found = of(hashes(200_000, seed)).estimate()
        assert found.low <= 200_000 <= found.high
        assert found.high - found.low < 0.04 * 200_000


def test_more_can_be_added_after_a_look() -> None:
    """To estimate, dump or unite a set does not close it."""
    found = of(hashes(10))
    found.dump()
    found.add(hashes(10, 2))
    assert found.estimate().value == 20


@settings(max_examples=20)
@given(st.integers(0, 1000), st.lists(st.integers(0, 40_000), min_size=1, max_size=8))
def test_hashes_that_cannot_matter_need_not_be_told(seed: int, sizes: list[int]) -> None:
    """Parts made with the limit of those before them add up to the same as whole ones."""
    values = hashes(sum(sizes), seed)
    known, total = Distinct(), Distinct()
    for part in np.split(values, np.cumsum(sizes)[:-1]):
        found = Distinct(known.limit)
        found.add(part)
        known |= found
        total |= Distinct.load(found.dump())
    assert total.dump() == of_hashes(values).dump()
    assert total.estimate() == union([of_hashes(values)]).estimate()


def of_hashes(values: np.ndarray) -> Distinct:
    """The set of these hashes."""
    found = Distinct()
    found.add(values)
    return found


def test_what_is_no_sketch_is_refused() -> None:
    """Text that no sketch gave raises `ValueError`, not an error of the library."""
    for text in ("", "AAAA", "?", Distinct().dump()[:-8]):
        with pytest.raises(ValueError):
            Distinct.load(text)
