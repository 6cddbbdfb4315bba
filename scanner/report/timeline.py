"""Records by date: a bar a day, a month or a year, as the span asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import ceil
from typing import Any

from scanner.report.draw import FIRST, FONT, INK, LINE, mark, text, width

_DAYS = 70  # as many bars of days, months or years at most
_MONTHS = 72
_YEARS = 60
_GAP = 20  # pixels between two dates


def binned(dates: Iterable[dict[str, Any]]) -> tuple[str, list[tuple[str, float]]]:
    """The unit (day, month or year), and each of them with its records, in order and without gaps.

    Where the years lie too far apart, only those that have the most records remain; what is no date is left out.
    """
    counts = _counts(dates)
    if not counts:
        return "day", []
    first, last = min(counts), max(counts)
    if (last - first).days < _DAYS:
        return "day", [(day.isoformat(), counts[day]) for day in _days(first, last)]
    if (last.year - first.year) * 12 + last.month - first.month < _MONTHS:
        months = _grouped(counts, 7)
        return "month", [(month, months[month]) for month in _months(first, last)]
    return "year", _years(_grouped(counts, 4))


def _counts(dates: Iterable[dict[str, Any]]) -> Counter[date]:
    counts: Counter[date] = Counter()
    for item in dates:
        try:
            counts[date.fromisoformat(item["date"])] += item["records"]
        except ValueError:
            continue
    return counts


def _grouped(counts: Counter[date], length: int) -> Counter[str]:
    grouped: Counter[str] = Counter()
    for day, records in counts.items():
        grouped[day.isoformat()[:length]] += records
    return grouped


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days) for days in range((last - first).days + 1)]


def _months(first: date, last: date) -> list[str]:
    return [
        f"{month // 12:04}-{month % 12 + 1:02}"
        for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    ]


def _years(years: Counter[str]) -> list[tuple[str, float]]:
    first, last = int(min(years)), int(max(years))
    if last - first < _YEARS:
        return [(f"{year:04}", years[f"{year:04}"]) for year in range(first, last + 1)]
    return sorted(years.most_common(_YEARS))


def timeline(bins: Sequence[tuple[str, float]], size: int, height: int) -> dict[str, Any]:
    """A Vega specification of so many pixels, with as many dates below the bars as there is room for."""
    most = max(records for _, records in bins)
    left, right = _edges(bins[0][0], 16 + width(f"{most:,.0f}"), size, len(bins))
    every = ceil(len(bins) * (width(bins[0][0]) + _GAP) / (right - left))
    values = [
        {"bin": name, "n": records, "label": name if index % every == 0 else ""}
        for index, (name, records) in enumerate(bins)
    ]
    names = [name for name, _ in bins]
    return {
        "width": size,
        "height": height,
        "data": [{"name": "bins", "values": values}],
        "scales": [
            {"name": "y", "domain": [0, most or 1], "range": [height - 24, 8], "nice": 4},
            {"name": "x", "type": "band", "domain": names, "range": [left, right], "padding": 0.15},
        ],
        "axes": [_axis(left)],
        "marks": [_bars(), _labels(height)],
    }


def _edges(label: str, numbers: float, size: int, count: int) -> tuple[float, float]:
    """Where the bars begin and end: after the numbers, and so that the dates below the first and last fit."""
    over = max(0, (width(label) - (size - numbers) / count) / 2)
    return max(numbers, over), size - over


def _axis(room: float) -> dict[str, Any]:
    """Numbers of records, and lines across at their heights."""
    return {
        "orient": "left", "scale": "y", "offset": -room, "domain": False, "ticks": False, "aria": False,
        "tickCount": 4, "tickMinStep": 1, "format": ",d", "labelColor": INK, "labelFontSize": FONT, "labelPadding": 6,
        "grid": True, "gridScale": "x", "gridColor": LINE,
    }  # fmt: skip


def _bars() -> dict[str, Any]:
    top = {"signal": "datum.n ? min(scale('y', 0) - 1, scale('y', datum.n)) : scale('y', 0)"}
    bottom = {"scale": "y", "value": 0}
    place = {"x": {"scale": "x", "field": "bin"}, "width": {"scale": "x", "band": 1}}
    return mark("rect", "bins", **place, y=top, y2=bottom, fill=FIRST)


def _labels(height: int) -> dict[str, Any]:
    middle = {"scale": "x", "field": "bin", "band": 0.5}
    return text("bins", "label", x=middle, y=height - 10, align="center")
