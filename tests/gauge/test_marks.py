"""Records are counted once, by all that they hold, whichever batches they come in."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scanner.gauge.marks import NO_DAY, Marks, Rows

records = st.lists(st.sets(st.integers(0, 130), max_size=4), min_size=1, max_size=30)


def batch(numbers: list[int], tags: list[set[int]]) -> Rows:
    """Records with tags."""
    rows = Rows.of(np.array(numbers, dtype=np.int64), np.zeros(len(numbers), dtype=np.int64))
    for row, each in enumerate(tags):
        for tag in each:
            rows.mark(np.array([row]), tag)
    return rows


def counted(marks: Marks[int]) -> Counter[frozenset[int]]:
    """How many records bear which tags."""
    found: Counter[frozenset[int]] = Counter()
    for tags, count in marks.counted():
        found[frozenset(tags)] += count
    return found


def known(count: int = 131) -> Marks[int]:
    """Marks that know some tags by their numbers."""
    marks: Marks[int] = Marks()
    for tag in range(count):
        marks.number(tag)
    return marks


@given(records, st.data())
def test_batches_make_no_difference(tags: list[set[int]], data: st.DataObject) -> None:
    """Records that are cut into batches anywhere, and go on in the next, are counted as in one."""
    pieces = [(record, tag) for record, each in enumerate(tags) for tag in sorted(each) or [None]]
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, len(pieces) - 1)), max_size=6)))
    marks, begun = known(), set[int]()
    for low, high in zip([0, *cuts], [*cuts, len(pieces)], strict=True):
        held: defaultdict[int, set[int]] = defaultdict(set)
        for record, tag in pieces[low:high]:
            held[record] |= {tag} - {None}  # type: ignore[arg-type]
        if held:
            marks.add(batch(list(held), list(held.values())), len(set(held) - begun))
            begun |= set(held)
    assert counted(marks) == Counter(map(frozenset, tags))


def test_pieces_of_any_record_of_the_batch_before() -> None:
    """What comes after a batch and begins no record belongs to whichever of its records it names."""
    marks = known()
    marks.add(batch([1, 2, 3], [{1}, {2}, {3}]), 3)
    marks.add(batch([2], [{9}]), 0)
    marks.add(batch([4], [{4}]), 1)
    assert counted(marks) == Counter(map(frozenset, [{1}, {2, 9}, {3}, {4}]))


def test_records_of_two_tables_are_two() -> None:
    """The same number in two tables is two records, even side by side."""
    rows = Rows.of(np.array([1, 1]), np.array([7, 8]))
    rows.mark(np.array([0, 1]), 5)
    marks = known()
    marks.add(rows, 2)
    assert counted(marks) == Counter({frozenset({5}): 2})


def test_days_are_those_of_records() -> None:
    """A record has one day, its first; one without is in none."""
    rows = Rows.of(np.array([1, 2]), np.zeros(2, dtype=np.int64))
    rows.see(np.array([0, 0, 1]), np.array([20, 30, NO_DAY]))
    marks = known()
    marks.add(rows, 2)
    counted(marks)
    assert marks.days == Counter({20: 1})
