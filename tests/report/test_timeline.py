"""Records by date."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from scanner.report.draw import width
from scanner.report.timeline import binned, timeline

DAYS = st.lists(st.tuples(st.dates(), st.integers(1, 10**9)), max_size=50)
NEAR = st.lists(st.tuples(st.dates(date(1990, 1, 1), date(2029, 12, 31)), st.integers(1, 10**9)), max_size=50)


def _items(days: list[tuple[date, int]]) -> list[dict[str, object]]:
    return [{"date": day.isoformat(), "records": records} for day, records in days]


@given(DAYS)
def test_there_are_never_too_many_bars(days: list[tuple[date, int]]) -> None:
    """Whatever the dates, the bars can be told apart, and are in order."""
    _, bins = binned(_items(days))
    assert len(bins) <= 72
    assert bins == sorted(bins)
    assert sum(records for _, records in bins) <= sum(records for _, records in days)


@given(NEAR)
def test_no_record_is_lost_and_no_gap_is_hidden(days: list[tuple[date, int]]) -> None:
    """Within sixty years all records are drawn, and each day, month or year between has its bar."""
    unit, bins = binned(_items(days))
    assert sum(records for _, records in bins) == sum(records for _, records in days)
    if bins:
        first, last = (date.fromisoformat((name + "-01-01")[:10]) for name in (bins[0][0], bins[-1][0]))
        months = (last.year - first.year) * 12 + last.month - first.month
        assert len(bins) == {"day": (last - first).days, "month": months, "year": months // 12}[unit] + 1


def test_the_unit_follows_the_span() -> None:
    """Weeks are shown by day, years by month, decades by year."""
    ends = {"day": "2026-04-30", "month": "2028-01-01", "year": "2040-01-01"}
    for unit, end in ends.items():
        assert binned([{"date": "2026-03-01", "records": 1}, {"date": end, "records": 1}])[0] == unit


def test_what_is_no_date_is_left_out() -> None:
    """Broken dates are not drawn, and do not stop the others."""
    items = [{"date": "0000-00-00", "records": 5}, {"date": "2026-03-01", "records": 1}]
    assert binned(items) == ("day", [("2026-03-01", 1)])
    assert binned(items[:1]) == ("day", [])


def test_few_bars_have_labels() -> None:
    """Of many bars only as many have a date below them as there is room for."""
    bins = [(f"2026-01-{day:02}", day) for day in range(1, 32)]
    labels = [bool(value["label"]) for value in timeline(bins, 400, 170)["data"][0]["values"]]
    every = labels.index(True, 1)
    assert labels == [place % every == 0 for place in range(31)]
    assert sum(labels) * width("2026-01-01") < 400
