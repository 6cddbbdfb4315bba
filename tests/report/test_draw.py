"""Charts as SVG: well-formed, with texts as texts and colours of the page."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.report.bars import Bar, bars
from scanner.report.draw import fit, legend, longest, svg, width
from scanner.report.timeline import timeline
from scanner.report.upset import Combination, upset

LABELS = ["경기도", "منطقة الرياض", "Thành phố Hồ Chí Minh", "<b>&\"'", "广东省"]
ROWS = [Bar(label, (10**place,), (f"{10**place:,}",)) for place, label in enumerate(LABELS)]
PAIRS = [
    Combination(frozenset(["PERSON", "ADDRESS"]), 33_700_000, "33,700,000"),
    Combination(frozenset(["PERSON"]), 1, "1", risk="alone"),
    Combination(frozenset(), 5, "5", rest="3 others"),
]


def lengths(picture: str, name: str) -> list[float]:
    """How long the bars are, in pixels; a rectangle is drawn as M x,y h length …"""
    paths = re.findall(r'<path [^>]*d="M[^"hH]*h([0-9.]+)v[^"]*"[^>]*fill="var\(--' + name, picture)
    return [float(length) for length in paths]


@pytest.mark.parametrize(
    "spec",
    [bars(ROWS, 430, 150), upset(PAIRS, 358, 9), timeline([("2026-01", 5), ("2026-02", 0)], 358, 170)],
    ids=["bars", "upset", "timeline"],
)
def test_a_chart_is_svg_for_a_page(spec: dict[str, object]) -> None:
    """It is well-formed, has a title and a text, names no address, and all its colours are variables of the page."""
    picture = svg(spec, "name", "A <title>", "And & text")
    root = ElementTree.fromstring(picture)
    assert (root.get("role"), root[0].text, root[1].text) == ("img", "A <title>", "And & text")
    assert root.get("aria-labelledby") == f"{root[0].get('id')} {root[1].get('id')}"
    assert "http" not in picture
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', picture))
    assert {colour for colour in colours if not colour.startswith("var(--")} <= {"none", "transparent"}


def test_labels_are_texts() -> None:
    """Labels in any script are in the SVG as they are, for a reader to select and a browser to draw."""
    texts = [item.text for item in ElementTree.fromstring(svg(bars(ROWS, 430, 250), "n", "t", "d")).iter("text")]
    assert set(LABELS) <= set(texts)
    assert "10,000" in texts


@settings(max_examples=30)
@given(st.text(st.characters(), max_size=20))
def test_any_text_can_be_drawn(label: str) -> None:
    """Controls, halves of pairs and what is no character do not stop the library, and the SVG stays well-formed."""
    picture = svg(bars([Bar(f"\x15\udc80\uffff{label}", (1,), (label,), label)], 430, 150), "n", label, label)
    ElementTree.fromstring(picture)


def test_bars_are_as_long_as_their_numbers_say() -> None:
    """Bars of one chart have one scale from 0, the longest fits with its text, and what is not nothing is seen."""
    found = lengths(svg(bars(ROWS, 430, 150), "n", "t", "d"), "first")
    assert found[-1] / found[-2] == pytest.approx(10, rel=1e-3)
    assert found[-1] + width("10,000") < 430
    assert found[0] == 1


def test_nothing_has_no_bar() -> None:
    """A value of 0 is drawn as no length, also where all are 0."""
    picture = svg(bars([Bar("a", (0, 0), ("0", "0"))], 430, 150), "n", "t", "d")
    assert [*lengths(picture, "first"), *lengths(picture, "second")] == [0, 0]


def test_a_combination_shows_its_types_as_dots() -> None:
    """A row has a dot in the colour of texts or of risk for each of its types, and what is summed has none."""
    data = {item["name"]: item["values"] for item in upset(PAIRS, 358, 9)["data"]}
    assert [column["label"] for column in data["columns"]] == ["Name of a person", "Postal address"]
    assert [dot["fill"] for dot in data["dots"]] == ["var(--ink)", "var(--ink)", "var(--risk)"]
    assert len(data["grid"]) == 4
    assert [(row["rest"], row["fill"]) for row in data["rows"]] == [
        ("", "var(--first)"),
        ("", "var(--risk)"),
        ("3 others", "var(--first)"),
    ]


def test_types_beyond_the_room_share_a_column() -> None:
    """With more types than columns, the last column stands for all that are left."""
    rows = [Combination(frozenset([f"TYPE_{place}"]), 10 - place, "1") for place in range(6)]
    data = {item["name"]: item["values"] for item in upset(rows, 358, 4)["data"]}
    assert [column["label"] for column in data["columns"]] == ["Type 0", "Type 1", "Type 2", "Other types"]
    assert len({dot["x"] for dot in data["dots"]}) == 4


@given(st.text(max_size=80), st.floats(20, 300))
def test_a_fitted_label_fits(label: str, room: float) -> None:
    """A label is kept when it fits, and else cut to what does, with "…" behind."""
    found = fit(label, room)
    assert width(found) <= room
    assert found == label or found.endswith("…")
    assert (found == label) == (width(label) <= room)


@given(st.lists(st.tuples(st.integers(0, 10**9), st.text(max_size=20)), max_size=8))
def test_the_longest_bars_leave_room_for_their_texts(rows: list[tuple[int, str]]) -> None:
    """With the unit that is given, no bar and its text are wider than the room."""
    unit = longest(rows, 500)
    assert all(value * unit + width(text) <= 500 for value, text in rows if value)


def test_a_legend_is_escaped() -> None:
    """What colours mean is text."""
    assert "&lt;b&gt;" in legend(("var(--first)", "<b>"))
