"""Where the header of a sheet stands, and what stands above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scanner.readers.dialect import Row, field_names, names_fields
from scanner.readers.files import IsHeader

_PREAMBLE = 10  # rows with something in them that may stand above a header


@dataclass(frozen=True, slots=True)
class Header:
    """The names of the fields; which rows (from 0) hold them, and how many rows stand above the table."""

    names: tuple[str, ...]
    rows: tuple[int, ...] = ()
    above: int = 0


def find(rows: Sequence[Row], is_header: IsHeader) -> Header:
    """Find the header among the first rows of a sheet, whose cells are texts, all rows as wide as the sheet.

    It is the first row that is about as full as most, if it names fields; a title above it is not. Of a header in two
    rows, as under merged cells, the names are joined.
    """
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    counts = Counter(count for count in filled if count > 1) or Counter(count for count in filled if count)
    usual = counts.most_common(1)[0][0] if counts else 0
    first = 0
    for first in [index for index, count in enumerate(filled) if count and 2 * count >= usual][:_PREAMBLE]:
        names = [cell.strip() for cell in rows[first]]
        below = [row for row, count in zip(rows[first + 1 :], filled[first + 1 :], strict=True) if count]
        if names_fields(list(filter(None, names)), _filled(below, names), is_header):
            return _header(names, first, rows[first + 1 : first + 2], is_header)
        if 2 * filled[first] > usual:
            break
    return Header(field_names([""] * len(rows[0]) if rows else []), above=first)


def _header(names: Row, first: int, below: Sequence[Row], is_header: IsHeader) -> Header:
    """The header that begins with row `first`; `below`: the next row, if there is one."""
    if below and _continues(names, below[0], is_header):
        return Header(field_names(_joined(names, below[0])), (first, first + 1), first)
    return Header(field_names(names), (first,), first)


def _filled(rows: Sequence[Row], names: Row) -> list[Row]:
    """The cells of rows that stand below names."""
    wanted = [number for number, name in enumerate(names) if name]
    return [[row[number] for number in wanted] for row in rows]


def _continues(names: Row, below: Row, is_header: IsHeader) -> bool:
    """Whether the row below a header that is not full names the fields that it leaves out."""
    new = [cell.strip() for name, cell in zip(names, below, strict=False) if cell.strip() and not name]
    return (
        bool(new) and is_header(new) is True and names_fields([cell for cell in below if cell.strip()], [], is_header)
    )


def _joined(names: Row, below: Row) -> list[str]:
    """Each name of the second row after that which stands above it, or to the left of there."""
    found, last = [], ""
    for name, cell in zip(names, below, strict=True):
        last = name or last
        found.append(f"{last} {cell.strip()}".strip() if cell.strip() else name)
    return found
