"""The titles of tables in JSON, whose rows are arrays of scalars.

Titles are the first row, as in what spreadsheets give, or stand in a list beside the rows, as texts or as objects that
describe a column each, as in what data frames and query services give.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from scanner.readers.jsonfields import Field
from scanner.readers.jsonflat import is_row
from scanner.readers.jsonparse import exact

LONGEST = 1 << 16  # bytes that a list has at most that may hold titles
_TITLES = re.compile(rb'[ \t\r\n]*+\[[ \t\r\n]*+(?:["{]|null\b)')
_NAMING = ("name", "title", "label", "display_name", "headerName", "column_name", "field", "data")
# rows at the beginning of arrays
_FIRST_ROW = re.compile(rb"\[[ \t\r\n]*+(\[[^\[\]{}]{0,4096}+\])")
_AHEAD = 1 << 20  # bytes


def may_hold_titles(data: bytes | bytearray) -> bool:
    """Whether an array, of which this is the beginning, may hold titles."""
    return _TITLES.match(data) is not None


def table(place: Field, first: bytes, beside: Iterable[bytes], ahead: bytearray) -> tuple[Field, bool]:
    """The field of an array's elements, and whether the first one holds titles alone and is no record.

    `beside`: lists that stand beside the array; `ahead`: what comes, of which rows are judged together with the first.
    """
    row = exact(first) if len(first) <= LONGEST and first.lstrip()[:1] == b"[" else None
    if row is None or not is_row(row, place.widest):
        return place, False
    if place.unjudged(_texts(row)):
        rows = map(exact, _FIRST_ROW.findall(ahead, 0, _AHEAD))
        place.judge({text for each in (row, *rows) if type(each) is list for text in _texts(each)})
    own = place.titles(row)
    if own:
        return place.titled(own), all(own)
    for data in beside:
        titles = place.titles(_described(exact(data)))
        if titles and len(titles) == len(row):
            return place.titled(titles), False
    return place, False


def _texts(row: list[Any]) -> list[str]:
    return [cell for cell in row if type(cell) is str]


def _described(columns: Any) -> Any:
    """The names of columns that are described by an object each; anything else as it is."""
    if type(columns) is list and columns and all(type(column) is dict for column in columns):
        named = ([column.get(key) for column in columns] for key in _NAMING)
        return next((names for names in named if all(type(name) is str for name in names)), None)
    return columns
