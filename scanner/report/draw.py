"""Charts: Vega specifications (vega.github.io/vega/docs) become SVG for a page, offline and without a script.

Texts stay texts and colours are variables of the page's style sheet, so that a chart follows light, dark and print.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterable
from itertools import accumulate
from typing import Any

from markupsafe import Markup

from scanner.report.texts import clean

INK, FAINT, LINE = "var(--ink)", "var(--faint)", "var(--line)"
FIRST, SECOND, RISK = "var(--first)", "var(--second)", "var(--risk)"
FONT = 13  # pixels

_WIDE, _BROAD, _NARROW = "mwMW@%&…\ufffd", "<>#+=", " .,:;!il|'jftrI()-/"

_OPENING = re.compile(r'<svg[^>]*? viewBox="0 0 ([0-9.]+) ([0-9.]+)"[^>]*>')


def mark(kind: str, data: str, **channels: Any) -> dict[str, Any]:
    """A Vega mark for each row of `data`; a channel is a constant, or a dict as Vega has it."""
    enter = {name: value if isinstance(value, dict) else {"value": value} for name, value in channels.items()}
    return {"type": kind, "from": {"data": data}, "aria": False, "encode": {"enter": enter}}


def text(data: str, field: str, **channels: Any) -> dict[str, Any]:
    """A mark that writes a field, in the middle of its line."""
    style = {"baseline": "middle", "fontSize": FONT, "fill": INK} | channels
    return mark("text", data, text={"field": field}, limit=0, **style)


def svg(spec: dict[str, Any], name: str, title: str, description: str) -> Markup:
    """Draw a Vega specification with its size in pixels; `name` is unique in the page.

    Who does not see it is told the title and the description. Texts are cleaned: over a character that XML does not
    know the library ends the process.
    """
    import vl_convert

    drawn = vl_convert.vega_to_svg(_cleaned({"padding": 0, "background": None, "autosize": "none"} | spec))
    opening = _OPENING.match(drawn)
    assert opening is not None, "Vega begins with the box of the picture"
    head = Markup(
        '<svg class="chart" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" '
        'aria-labelledby="{2}-title {2}-text"><title id="{2}-title">{3}</title><desc id="{2}-text">{4}</desc>'
    ).format(*opening.groups(), name, clean(title), clean(description))
    return head + Markup(drawn[opening.end() :])


def _cleaned(item: Any) -> Any:
    """A specification with all its texts clean."""
    match item:
        case str():
            return clean(item)
        case list():
            return [_cleaned(part) for part in item]
        case dict():
            return {key: _cleaned(part) for key, part in item.items()}
        case _:
            return item


def fit(label: str, room: float, size: float = FONT) -> str:
    """As much of a label as is surely not wider than `room` pixels at a font size; what is cut ends with "…"."""
    if width(label, size) <= room:
        return label
    used = list(accumulate(map(_em, label), initial=_em("…")))
    return f"{label[: bisect(used, room / size) - 1].rstrip()}…"


def width(label: str, size: float = FONT) -> float:
    """Pixels that a label surely fits in."""
    return size * sum(map(_em, label))


def longest(rows: Iterable[tuple[float, str]], room: float) -> float:
    """Pixels that a bar of length 1 may have, so that each row's bar and the text behind it fit into `room`."""
    return min(((room - 6 - width(text)) / value for value, text in rows if value), default=room)


def _em(char: str) -> float:
    """The width of a character as a part of the font size, in DejaVu Sans, the widest of the fonts in common use."""
    if char in _WIDE or unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if char in _NARROW:
        return 0.4
    return 0.8 if char in _BROAD or char.isupper() else 0.64


def legend(*entries: tuple[str, str]) -> Markup:
    """Pairs of a colour and what it means."""
    items = [
        Markup(
            '<li><svg width="12" height="12" aria-hidden="true"><rect width="12" height="12" fill="{}"/></svg> {}</li>'
        ).format(colour, meaning)
        for colour, meaning in entries
    ]
    return Markup('<ul class="legend">{}</ul>').format(Markup("").join(items))
