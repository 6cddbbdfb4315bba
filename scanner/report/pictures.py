"""The charts of a report, each with its title, its words for those who do not see it, and its numbers as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from scanner.report.bars import Bar, bars
from scanner.report.draw import FIRST, RISK, SECOND, fit, legend, svg
from scanner.report.tables import Cell, Table, count, heads, kind
from scanner.report.texts import number, plural, share, short
from scanner.report.timeline import binned, timeline
from scanner.report.upset import Combination, upset
from scanner.report.words import country_name, type_name

WIDE, HALF, NARROW = 900, 430, 358  # pixels: a whole line, half of it, and a line on a telephone
COMBINATIONS = 15  # rows of the chart; the rest is summed
_RISKY = 8  # of them at most that stand there for their risk
_TYPES = 20
_PLACES = 12
_RISK_ROOM = 240  # pixels

Drawing = Callable[[int], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: drawn for a wide page and for a narrow one (None: the same), and its numbers."""

    name: str
    title: str
    wide: Markup
    narrow: Markup | None
    table: Table
    legend: Markup | str = ""
    note: str = ""


def _picture(name: str, title: str, draw: Drawing, table: Table, **more: Any) -> Picture:
    """A picture as wide as the page, drawn twice."""
    words = _words(table)
    wide, narrow = (svg(draw(width), f"{name}-{width}", title, words) for width in (WIDE, NARROW))
    return Picture(name, title, wide, narrow, table, **more)


def _half(name: str, title: str, draw: Drawing, table: Table) -> Picture:
    """A picture half as wide as the page, which also fits a telephone."""
    return Picture(name, title, svg(draw(HALF), name, title, _words(table)), None, table)


def _words(table: Table) -> str:
    """What a chart shows, in words: its first rows."""
    rows = [": ".join(cell.text for cell in row[:2]) for row in table.rows[:5]]
    left = len(table.rows) - len(rows)
    return "; ".join(rows) + (f"; and {plural(left, 'more row')}, all in the table below." if left else ".")


def combinations(result: dict[str, Any]) -> Picture | None:
    """Which types stand together in a record, the riskiest first."""
    shown, rest = _top(result["combinations"])
    if not shown:
        return None
    whole = sum(item["records"] for item in result["combinations"])
    table = Table("Combinations of types", heads("Types in the record", "#Records", "#Share", "Why it is risky"))
    table.rows += [_combination(item, whole) for item in shown]
    if rest:
        table.rows.append(_rest(rest, whole))
    colours = [(RISK, "with a known risk"), (FIRST, "other")] if any(item.get("risk") for item in shown) else []
    return _picture(
        "combinations",
        "Records by the combination of types that they hold",
        lambda width: _upset(shown, rest, whole, width),
        table,
        legend=legend(*colours),
        note="Each record counts once, in the row of exactly the types that it holds in the clear.",
    )


def _top(items: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The riskiest combinations and the most frequent, in the order given, and those that are left."""
    places = range(len(items))
    risky = [place for place in places if items[place].get("risk")][:_RISKY]
    others = sorted(set(places) - set(risky), key=lambda place: -items[place]["records"])
    chosen = {*risky, *others[: COMBINATIONS - len(risky)]}
    return [items[place] for place in sorted(chosen)], [items[place] for place in places if place not in chosen]


def _combination(item: dict[str, Any], whole: float) -> tuple[Cell, ...]:
    names = ", ".join(type_name(name) for name in item["entities"])
    return Cell(names), count(item, "records"), Cell(share(item["records"], whole)), Cell(item.get("risk") or "")


def _rest(rest: list[dict[str, Any]], whole: float) -> tuple[Cell, ...]:
    records = sum(item["records"] for item in rest)
    return Cell(plural(len(rest), "other combination")), Cell(number(records)), Cell(share(records, whole)), Cell()


def _upset(shown: Sequence[dict[str, Any]], rest: list[dict[str, Any]], whole: float, width: int) -> dict[str, Any]:
    wide = width == WIDE
    rows = [
        Combination(frozenset(item["entities"]), item["records"], _label(item, whole, wide), item.get("risk") or "")
        for item in shown
    ]
    if rest:
        records = sum(item["records"] for item in rest)
        text = _label({"records": records}, whole, wide)
        rows.append(Combination(frozenset(), records, text, rest=plural(len(rest), "other")))
    return upset(rows, width, 18 if wide else 9)


def _label(item: dict[str, Any], whole: float, wide: bool) -> str:
    text = number(item["records"])
    if not wide:
        return text
    risk = fit(item.get("risk") or "", _RISK_ROOM)
    return f"{text} ({share(item['records'], whole)})  {risk}".rstrip()


def entities(result: dict[str, Any]) -> Picture | None:
    """Of each type, all values and the different ones."""
    items = sorted(result["entities"].items(), key=lambda item: (-item[1]["items"], item[0]))
    if not items:
        return None
    table = Table(
        "Types of personal data", heads("Type", "#Values", "#Different values", "#Records", "#Already masked")
    )
    table.rows += [
        (
            kind(name),
            count(item, "items"),
            count(item, "distinct"),
            count(item, "records"),
            Cell(number(item["masked"])),
        )
        for name, item in items
    ]
    rows = [
        Bar(
            type_name(name),
            (item["items"], item["distinct"]),
            (number(item["items"]), number(item["distinct"])),
            name,
        )
        for name, item in items[:_TYPES]
    ]
    return _picture(
        "entities",
        "Values by type",
        lambda width: bars(rows, width, 290 if width == WIDE else 150),
        table,
        legend=legend((FIRST, "values: every occurrence counts"), (SECOND, "different values: each counts once")),
        note=f"Drawn are the {_TYPES} most frequent types; the table has all." if len(items) > _TYPES else "",
    )


def waybills(result: dict[str, Any]) -> Picture | None:
    """How many of the six dimensions of a waybill the records fill."""
    items = result.get("waybills") or []
    if not items:
        return None
    table = Table("Dimensions of waybills", heads("Dimensions filled", "#Records"))
    table.rows += [(Cell(f"{item['dimensions']} of 6"), count(item, "records")) for item in items]
    rows = [_bar(f"{item['dimensions']} of 6", item) for item in items]
    title = "Records by dimensions of a waybill that they fill"
    return _half("waybills", title, lambda width: bars(rows, width, 150), table)


def dates(result: dict[str, Any]) -> Picture | None:
    """Records by date."""
    unit, bins = binned(result.get("dates") or [])
    if not bins:
        return None
    table = Table(f"Records by {unit}", heads(unit.capitalize(), "#Records"))
    table.rows += [(Cell(name), Cell(number(records))) for name, records in bins if records]

    def draw(width: int) -> dict[str, Any]:
        return timeline(bins, width, 210 if width == WIDE else 170)

    gaps = unit == "year" and int(bins[-1][0]) - int(bins[0][0]) >= len(bins)
    note = "The years lie far apart: only those with the most records are drawn." if gaps else ""
    return _picture("dates", f"Records by {unit}", draw, table, note=note)


def countries(result: dict[str, Any]) -> Picture | None:
    """Records by country of their addresses and telephone numbers."""
    items = [(country_name(item["country"]), item) for item in result.get("countries") or []]
    return _places("countries", "Records by country", items, heads("Country", "#Records"))


def provinces(result: dict[str, Any]) -> Picture | None:
    """Records by province of their addresses."""
    found = result.get("provinces") or []
    several = len({item["country"] for item in found}) > 1
    items = [(short(item["province"]) + (f" ({item['country']})" if several else ""), item) for item in found]
    return _places("provinces", "Records by province", items, heads("Province", "#Records"))


def _places(name: str, title: str, items: list[tuple[str, dict[str, Any]]], columns: Any) -> Picture | None:
    """A bar for each of the places with the most records, one for all others."""
    if not items:
        return None
    items = sorted(items, key=lambda item: -item[1]["records"])
    top, rest = (items, []) if len(items) <= _PLACES else (items[: _PLACES - 1], items[_PLACES - 1 :])
    rows = [_bar(label, item) for label, item in top]
    if rest:
        rows.append(_bar(f"{number(len(rest))} others", {"records": sum(item["records"] for _, item in rest)}))
    table = Table(title, columns, [(Cell(label), count(item, "records")) for label, item in items])
    return _half(name, title, lambda width: bars(rows, width, 180), table)


def _bar(label: str, item: dict[str, Any]) -> Bar:
    return Bar(label, (item["records"],), (number(item["records"]),))
