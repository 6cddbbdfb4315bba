"""Tables as data, so that one piece of the template draws them all; texts in them are as they came."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from scanner.report.texts import bounds, number
from scanner.report.words import type_name


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; numbers stand at its right."""

    text: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a text, a smaller note below it, a code beside it, or samples of masked values."""

    text: str = ""
    note: str = ""
    code: str = ""
    samples: tuple[str, ...] = ()


@dataclass(slots=True)
class Table:
    """Rows of cells below their heads; `more` says what was left out."""

    caption: str
    heads: tuple[Head, ...]
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    more: str = ""


def heads(*texts: str) -> tuple[Head, ...]:
    """Heads of columns, those that begin with `#` of numbers."""
    return tuple(Head(text.removeprefix("#"), text.startswith("#")) for text in texts)


def count(item: dict[str, Any], key: str) -> Cell:
    """A count with its 95 % bounds below, where it is not exact."""
    return Cell(number(item[key]), bounds(item, key))


def kind(entity_type: str) -> Cell:
    """An entity type in plain words, its code beside."""
    return Cell(type_name(entity_type), code=entity_type)
