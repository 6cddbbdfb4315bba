"""Combinations of types as an UpSet chart (Lex et al. 2014): a row is a combination, its dots say of what.

Row by row, as its authors draw it, so that names, numbers and risks are read like a table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scanner.report.draw import FAINT, FIRST, INK, RISK, fit, longest, mark, text, width
from scanner.report.words import type_name

_ROW = 24  # pixels
_HEAD = 150  # for the names above the columns, at most
_SLANT = 0.77  # the height of a name as a part of its length
_OTHERS = "Other types"


@dataclass(frozen=True, slots=True)
class Combination:
    """The types of a combination, how many records hold exactly these, how to write that, and the known risk.

    `rest`: instead of types, what the row stands for.
    """

    types: frozenset[str]
    records: float
    text: str
    risk: str = ""
    rest: str = ""


def upset(rows: Sequence[Combination], size: int, most: int) -> dict[str, Any]:
    """A Vega specification `size` pixels wide with at most `most` columns."""
    columns = _columns(rows, most)
    labels = [fit(name if name == _OTHERS else type_name(name), (_HEAD - 14) / _SLANT) for name in columns]
    head = 14 + _SLANT * max(map(width, labels), default=0)
    step = min(26, max(15, size // 2 // max(len(columns), 1)))
    start = max(step * len(columns), 90 if any(row.rest for row in rows) else 0) + 14
    places = {name: start - 14 - step * (len(columns) - index - 0.5) for index, name in enumerate(columns)}
    unit = longest(((row.records, row.text) for row in rows), size - start)
    lines = [(row, head + _ROW * (index + 0.5)) for index, row in enumerate(rows)]
    return {
        "width": size,
        "height": head + _ROW * len(rows) + 2,
        "data": [
            {
                "name": "columns",
                "values": [{"x": x, "label": label} for x, label in zip(places.values(), labels, strict=True)],
            },
            {"name": "grid", "values": [{"x": x, "y": y} for row, y in lines if not row.rest for x in places.values()]},
            {"name": "dots", "values": [dot for row, y in lines for dot in _dots(row, y, places)]},
            {"name": "links", "values": [link for row, y in lines for link in _link(row, y, places)]},
            {"name": "rows", "values": [_bar(row, y) for row, y in lines]},
        ],
        "scales": [{"name": "x", "domain": [0, 1], "range": [start, start + unit]}],
        "marks": [*_matrix(head, start), *_bars(start)],
    }


def _columns(rows: Sequence[Combination], most: int) -> list[str]:
    """The types by the records that hold them; beyond the first ones a column for all others."""
    records: dict[str, float] = defaultdict(float)
    for row in rows:
        for name in row.types:
            records[name] += row.records
    names = sorted(records, key=lambda name: (-records[name], name))
    return names if len(names) <= most else [*names[: most - 1], _OTHERS]


def _dots(row: Combination, y: float, places: dict[str, float]) -> list[dict[str, Any]]:
    return [{"x": x, "y": y, "fill": _fill(row)} for x in _present(row, places)]


def _link(row: Combination, y: float, places: dict[str, float]) -> list[dict[str, Any]]:
    """A line from the first dot of a row to its last."""
    present = _present(row, places)
    return [{"x": min(present), "x2": max(present), "y": y, "fill": _fill(row)}] if present else []


def _present(row: Combination, places: dict[str, float]) -> set[float]:
    """Where a row has dots."""
    return {places[name] if name in places else places[_OTHERS] for name in row.types}


def _fill(row: Combination) -> str:
    return RISK if row.risk else INK


def _bar(row: Combination, y: float) -> dict[str, Any]:
    fill = RISK if row.risk else FIRST
    return {"y": y, "n": row.records, "text": row.text, "fill": fill, "rest": row.rest}


def _matrix(head: float, start: float) -> list[dict[str, Any]]:
    place: dict[str, Any] = {"x": {"field": "x"}, "y": {"field": "y"}}
    return [
        text("columns", "label", x={"field": "x", "offset": 3}, y=head - 4, angle=-50, align="left"),
        mark("symbol", "grid", **place, size=78, fill=FAINT),
        mark("rule", "links", **place, x2={"field": "x2"}, stroke={"field": "fill"}, strokeWidth=2),
        mark("symbol", "dots", **place, size=78, fill={"field": "fill"}),
        text("rows", "rest", x=start - 8, y={"field": "y"}, align="right"),
    ]


def _bars(start: float) -> list[dict[str, Any]]:
    """A bar that stands for anything is at least one pixel long."""
    end = {"signal": f"datum.n ? max({start + 1}, scale('x', datum.n)) : {start}"}
    return [
        mark("rect", "rows", x=start, x2=end, y={"field": "y", "offset": -7}, height=14, fill={"field": "fill"}),
        text("rows", "text", x=end | {"offset": 6}, y={"field": "y"}),
    ]
