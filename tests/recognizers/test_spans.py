"""Overlapping spans."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from scanner.recognizers.spans import Span, best

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
