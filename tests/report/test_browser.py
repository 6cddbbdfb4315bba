"""Reports as a browser shows them: in a wide and a narrow window, light, dark and printed."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from PIL import Image

from scanner.report.draw import svg
from scanner.report.timeline import timeline

OVERFLOWS = """() => [...document.querySelectorAll('body, body *')]
  .filter(item => item.checkVisibility() && !item.classList.contains('hidden'))
  .map(item => [item, item.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && (box.right > innerWidth + 0.5 || box.left < -0.5))
  .map(([item]) => item.outerHTML.slice(0, 80))"""
CUT = """() => [...document.querySelectorAll('svg.chart text')]
  .filter(item => item.checkVisibility() && item.textContent)
  .map(item => [item.textContent, item.getBoundingClientRect(), item.closest('svg').getBoundingClientRect()])
  .filter(([, box, chart]) => box.left < chart.left - 1 || box.right > chart.right + 1
    || box.top < chart.top - 2 || box.bottom > chart.bottom + 2)
  .map(([text]) => text)"""
EDGES = """() => [...document.querySelectorAll('svg.chart text')].filter(text => text.textContent.startsWith('2026-'))
  .map(text => text.getBoundingClientRect()).map(box => [box.left, box.right])"""
FIRST, RISK = (0x2A, 0x64, 0x96), (0xB4, 0x48, 0x0F)
DARK_FIRST, DARK_PAPER = (0x6E, 0xA8, 0xD8), (0x15, 0x18, 0x1B)

Show = Callable[..., Any]


def colours(element: Any) -> Counter[tuple[int, ...]]:
    """How many pixels of an element have each colour."""
    image = Image.open(io.BytesIO(element.screenshot())).convert("RGB")
    return Counter({colour: count for count, colour in image.getcolors(1 << 24)})


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_overflows(shown: Show, sample: str, width: int) -> None:
    """No element stands beyond the window, tables opened, whatever the names of files and fields."""
    tab = shown(sample, width)
    tab.evaluate("document.querySelectorAll('details').forEach(item => item.open = true)")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate(OVERFLOWS) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_texts_of_charts_stand_within_them(shown: Show, sample: str, width: int) -> None:
    """No label or number is cut at the edge of its chart."""
    tab = shown(sample, width)
    assert tab.evaluate(CUT) == []


@pytest.mark.parametrize("count", [1, 2, 9, 60, 70])
@pytest.mark.parametrize("size", [900, 358])
def test_dates_stand_apart(browser: Any, size: int, count: int) -> None:
    """Below a few or many bars of days, no date touches another or is cut at the edge."""
    days = [(f"2026-{place // 28 + 1:02}-{place % 28 + 1:02}", 10**place % 10**9) for place in range(count)]
    tab = browser.new_page()
    tab.set_content(f"<body style='font-family: sans-serif'>{svg(timeline(days, size, 170), 'dates', 't', 'd')}")
    edges = tab.evaluate(EDGES)
    assert edges
    assert all(before[1] + 4 < after[0] for before, after in pairwise(edges))
    assert tab.evaluate(CUT) == []
    tab.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["leak", "hostile"])
def test_charts_have_content(shown: Show, name: str, width: int) -> None:
    """Each chart that is seen shows bars in its colour on at least a hundredth of its pixels, and texts."""
    charts = [chart for chart in shown(name, width).query_selector_all("svg.chart") if chart.is_visible()]
    assert len(charts) == 6
    for chart in charts:
        seen = colours(chart)
        assert seen[FIRST] + seen[RISK] > 0.01 * seen.total(), chart.text_content()
        assert len(seen) > 10


def test_risky_combinations_stand_out(shown: Show) -> None:
    """Dots, lines and bars of a combination with a known risk have a colour of their own."""
    seen = colours(shown("leak").query_selector("#combinations .wide svg"))
    assert seen[RISK] > 500
    assert seen[FIRST] > 500


@pytest.mark.parametrize("width", [1280, 390])
def test_one_drawing_of_each_chart_is_seen(shown: Show, width: int) -> None:
    """Of a chart that is drawn for two widths, only the one that fits is seen."""
    tab = shown("leak", width)
    for picture in tab.query_selector_all("figure"):
        assert sum(chart.is_visible() for chart in picture.query_selector_all("svg.chart")) == 1


def test_dark_mode_turns_page_and_charts(shown: Show) -> None:
    """In dark mode the ground is dark, also behind the charts, and bars and texts are light."""
    tab = shown("leak", scheme="dark")
    seen = colours(tab.query_selector("#entities .wide svg"))
    assert seen.most_common(1)[0][0] == DARK_PAPER
    assert seen[DARK_FIRST] > 500
    assert seen[FIRST] == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_have_contrast(shown: Show, scheme: str) -> None:
    """Each colour of texts has a contrast of at least 4.5 to 1 with each ground (WCAG 2.2, 1.4.3)."""
    tab = shown("empty", scheme=scheme)
    for text in ("ink", "soft"):
        for ground in ("paper", "tint", "warning"):
            light, dark = sorted((_luminance(tab, name) for name in (text, ground)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)


def _luminance(tab: Any, name: str) -> float:
    value = tab.evaluate(f"getComputedStyle(document.documentElement).getPropertyValue('--{name}')").strip()
    parts = [int(value[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_print_is_black_on_white_and_shows_all(shown: Show) -> None:
    """Printed from a dark screen, the ground is white, texts are black, and the wide charts are there."""
    tab = shown("leak", scheme="dark")
    tab.emulate_media(media="print")
    assert tab.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert sum(chart.is_visible() for chart in tab.query_selector_all("svg.chart")) == 6
    assert tab.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_the_browser_asks_for_nothing_and_complains_about_nothing(shown: Show, sample: str) -> None:
    """No request leaves the page, no script runs, and its own policy blocks nothing of it."""
    tab = shown(sample)
    tab.wait_for_load_state("networkidle")
    assert tab.complaints == []
    assert tab.evaluate("document.scripts.length") == 0


def test_empty_lines_can_be_filled_in(shown: Show) -> None:
    """What people must answer can be typed, without a script, and is named for those who do not see it."""
    blank = shown("leak").get_by_role("textbox", name="Likely consequences")
    blank.fill("None so far.")
    assert blank.text_content() == "None so far."


def test_tables_stay_tables_in_a_narrow_window(shown: Show) -> None:
    """Where rows are shown as lists, who does not see them still hears of tables, heads and cells."""
    tab = shown("leak", 390)
    table = tab.get_by_role("table", name="Fields of dump/addressbook.csv")
    assert table.get_by_role("columnheader").count() == 7
    assert table.get_by_role("row").count() == 6
    assert table.get_by_role("cell").count() == 35
