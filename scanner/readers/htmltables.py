"""Tables of HTML and of documents: which row names the columns, and which heading a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from scanner.readers.dialect import field_names
from scanner.readers.fieldnames import Names
from scanner.readers.gathered import Run

_WIDEST = 1000  # columns


class Cell(NamedTuple):
    """A cell of a record; `field` is its name if it has one of its own, as attributes have."""

    field: str | None
    text: str
    runs: Sequence[Run] = ()


@dataclass(slots=True)
class _Place:
    number: int  # of the column, from 0
    heading: bool
    cells: list[Cell] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(cell.text for cell in self.cells if cell.field is None)


@dataclass(slots=True)
class Table:
    """A table whose cells come one by one. `open`: a row has begun."""

    names: Names
    open: bool = False
    size: int = 0  # code points of the row
    _columns: Sequence[str] = ()
    _fresh: bool = True  # no row of data came yet
    _row: list[_Place] = field(default_factory=list)
    _next: int = 0
    _spans: dict[int, int] = field(default_factory=dict)  # rows to come that cells of rows before reach into

    def begin(self, *, heading: bool = False, columns: int = 1, rows: int = 1) -> None:
        """A cell of the row begins that takes so many columns and rows."""
        while self._spans.get(self._next, 0) > 0:
            self._spans[self._next] -= 1
            self._next += 1
        self.open = True
        if self._next < _WIDEST:
            self._row.append(_Place(self._next, heading))
        for number in range(self._next, min(self._next + columns, _WIDEST)):
            self._spans[number] = rows - 1
        self._next += columns

    def add(self, cell: Cell) -> None:
        """Text in the row."""
        if not self._row:
            self._row.append(_Place(self._next, False))
        self._row[-1].cells.append(cell)
        self.size += len(cell.text)

    def end(self) -> Iterator[Cell]:
        """The row ends: its cells with their fields, or nothing if it names the columns."""
        row, width = self._row, self._next
        self._row, self._next, self.open, self.size = [], 0, False, 0
        filled = [place for place in row if place.cells]
        if not filled:
            return
        if self._fresh and self._names_columns(filled):
            texts = {place.number: place.text for place in filled}
            self._columns = field_names([texts.get(number, "") for number in range(min(width, _WIDEST))])
            filled = [_Place(place.number, False, [c for c in place.cells if c.field is not None]) for place in filled]
        else:
            self._fresh = False
        label: str | None = None
        for place in filled:
            if place.heading:
                label = self.names.label(place.text)
            for cell in place.cells:
                own = cell.field is not None
                yield cell if own else Cell(self._field(place, label, width), cell.text, cell.runs)

    def _names_columns(self, row: Sequence[_Place]) -> bool:
        if len(row) < 2 and not row[0].heading:
            return False
        verdict = self.names.judge([place.text for place in row])
        return bool(verdict) or (verdict is None and all(place.heading for place in row))

    def _field(self, place: _Place, label: str | None, width: int) -> str | None:
        """The name of a place's column, or of the heading before it; the number in a row of several."""
        if place.number < len(self._columns):
            return self._columns[place.number]
        if label is not None and not place.heading:
            return label
        return f"column {place.number + 1}" if width > 1 and not place.heading else None
