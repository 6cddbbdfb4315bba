"""Overlapping spans."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from scanner.recognizers.spans import Span, best, lazy

SPANS = st.lists(
    st.builds(
        lambda start, size, score: Span(start, start + size, score, ""),
        st.integers(0, 30),
        st.integers(1, 8),
        st.sampled_from([0.5, 0.75]),
    )
)


@given(SPANS)
def test_best_leaves_no_overlap_and_is_idempotent(spans: list[Span]) -> None:
    """What is kept is in order, disjoint, of the input, and stays when asked again."""
    kept = best(spans)
    assert all(a.end <= b.start for a, b in pairwise(kept))
    assert set(kept) <= set(spans)
    assert best(kept) == kept


def test_the_surer_span_counts() -> None:
    """A higher score wins, then the longer one."""
    low, high, long = Span(0, 9, 0.5, ""), Span(2, 5, 0.75, ""), Span(2, 7, 0.75, "")
    assert best([low, high, long]) == [long]


def test_a_lazy_regex_does_what_a_compiled_one_does() -> None:
    """It matches, searches, splits and replaces alike, with flags, also when asked again."""
    ours, theirs = lazy("a(b+)", re.IGNORECASE), re.compile("a(b+)", re.IGNORECASE)
    for text in ("xABBy", "ab"):
        assert [m.span(1) for m in ours.finditer(text)] == [m.span(1) for m in theirs.finditer(text)]
        assert ours.sub("-", text) == theirs.sub("-", text)
        assert bool(ours.match(text)) == bool(theirs.match(text))
    assert ours.pattern == theirs.pattern
