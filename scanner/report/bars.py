"""Horizontal bars: a label, one or two bars with their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from scanner.report.draw import FIRST, INK, LINE, SECOND, fit, longest, mark, text, width

_THICK = 13  # pixels of a bar
_GAP = 12  # between rows
_FILLS = (FIRST, SECOND)


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the chart: its label, a smaller note below it, and for each series a length and its text."""

    label: str
    values: tuple[float, ...]
    texts: tuple[str, ...]
    note: str = ""


def bars(rows: Sequence[Bar], size: int, most: int) -> dict[str, Any]:
    """A Vega specification `size` pixels wide, of which labels take at most `most`; all bars have one scale from 0."""
    label = min(most, ceil(10 + max(max(width(row.label), width(row.note, 10)) for row in rows)))
    height = max(len(row.values) for row in rows) * (_THICK + 1)
    step = max(height, 2 * 14 if any(row.note for row in rows) else 0) + _GAP
    unit = longest((pair for row in rows for pair in zip(row.values, row.texts, strict=True)), size - label)
    return {
        "width": size,
        "height": step * len(rows),
        "data": [
            {
                "name": "rows",
                "values": [_row(row, index * step + _GAP / 2, height, label) for index, row in enumerate(rows)],
            },
            {
                "name": "bars",
                "values": [bar for index, row in enumerate(rows) for bar in _bars(row, index * step + _GAP / 2)],
            },
        ],
        "scales": [{"name": "x", "domain": [0, 1], "range": [label, label + unit]}],
        "marks": [*_labels(label), *_lengths(label), *_axis(label, step * len(rows))],
    }


def _row(row: Bar, y: float, height: float, room: int) -> dict[str, Any]:
    """Labels stand in the middle of the bars; with a note, above and below that."""
    middle = y + height / 2
    shift = 7 if row.note else 0
    label, note = fit(row.label, room - 10), fit(row.note, room - 10, 10)
    return {"label": label, "note": note, "y": middle - shift, "below": middle + shift}


def _bars(row: Bar, y: float) -> list[dict[str, Any]]:
    pairs = zip(row.values, row.texts, _FILLS, strict=False)
    return [
        {"n": value, "text": written, "fill": fill, "y": y + index * (_THICK + 1)}
        for index, (value, written, fill) in enumerate(pairs)
    ]


def _labels(label: int) -> list[dict[str, Any]]:
    side = {"x": label - 8, "align": "right"}
    return [
        text("rows", "label", y={"field": "y"}, **side),
        text("rows", "note", y={"field": "below"}, fontSize=10, fillOpacity=0.75, **side),
    ]


def _lengths(label: int) -> list[dict[str, Any]]:
    """A bar that stands for anything is at least one pixel long."""
    end = {"signal": f"datum.n ? max({label + 1}, scale('x', datum.n)) : {label}"}
    middle = {"field": "y", "offset": _THICK / 2 + 0.5}
    return [
        mark("rect", "bars", x=label, x2=end, y={"field": "y"}, height=_THICK, fill={"field": "fill"}),
        text("bars", "text", x=end | {"offset": 6}, y=middle, fill=INK),
    ]


def _axis(x: int, height: int) -> list[dict[str, Any]]:
    enter = {"x": {"value": x}, "y": {"value": 0}, "y2": {"value": height}, "stroke": {"value": LINE}}
    return [{"type": "rule", "aria": False, "encode": {"enter": enter}}]
