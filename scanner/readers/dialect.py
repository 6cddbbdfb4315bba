"""What kind of delimited text a sample is: delimiter, width, header."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

from scanner.readers.csvrows import fields

DELIMITERS = b",\t;|^\x01"
_WORDS = 3
_PREAMBLE = 5  # rows that may stand before the header
_DECLARED = re.compile(rb'"?sep=([^"\w\s\x80-\xff]|\t)"?\r?(?:\n|\Z)', re.IGNORECASE)
_DATA = re.compile(r"@|[0-9](?:[^0-9]?[0-9]){4}|^[-+0-9.,:/ ]*[0-9][-+0-9.,:/ ]*$")
_TYPED = re.compile(r"@|[0-9](?:[^0-9]?[0-9]){3}|^[-+]?[0-9]")

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How to read delimited text: `delimiter` byte, field `names`, and which row (from 0) is the header, if any.

    `declared`: the first line is `sep=;` as Excel writes it, which names the delimiter.
    """

    delimiter: int
    names: tuple[str, ...]
    header_row: int | None
    declared: bool = False

    @property
    def no_records(self) -> tuple[int, ...]:
        """Numbers of the rows (from 0) at the top of a file that hold no data."""
        return (0,) * self.declared + ((self.header_row,) if self.header_row is not None else ())


def sniff(sample: bytes, *, complete: bool, named: bool, is_header: Callable[[Row], bool | None]) -> Dialect | None:
    """Find the dialect of `sample` (UTF-8); None when it is not delimited text.

    `complete`: the sample is the whole text. `named`: the file's name says that it is delimited, so one column or
    an odd row is fine. `is_header` tells whether a row holds field names or
    data; None where it cannot tell.
    """
    if said := _DECLARED.match(sample):
        delimiter = ord(said[1])
        rows = parse(sample[said.end() :], delimiter, complete)
        return _dialect(delimiter, max(_width(rows), 1), rows, is_header, declared=True)
    candidates = [(mark, parse(sample, mark, complete)) for mark in DELIMITERS if mark in sample]
    judged = [(_share(rows, named), _width(rows), -index, mark, rows) for index, (mark, rows) in enumerate(candidates)]
    judged = [item for item in judged if item[0] >= (0.5 if named else 0.95) and item[1] > 1]
    if judged:
        _, width, _, delimiter, rows = max(judged, key=lambda item: item[:3])
    elif named:
        delimiter, width, rows = DELIMITERS[0], 1, parse(sample, DELIMITERS[0], complete)
    else:
        return None
    found = _dialect(delimiter, width, rows, is_header)
    return None if found.header_row is None and not named and _is_prose(rows, delimiter) else found


def _is_prose(rows: Sequence[Row], delimiter: int) -> bool:
    """Whether commas part clauses rather than cells: a space follows each, and some words come before."""
    parted = [row for row in rows if len(row) > 1]
    spaced = all(cell.startswith(" ") for row in parted for cell in row[1:])
    return delimiter == ord(",") and spaced and fmean(len(row[0].split()) for row in parted) >= _WORDS


def _dialect(
    delimiter: int, width: int, rows: Sequence[Row], is_header: Callable[[Row], bool | None], *, declared: bool = False
) -> Dialect:
    """The dialect of `rows`, which come below a line that declares the delimiter if there is one."""
    header_row = _header_row(rows, width, is_header)
    if header_row is None:
        return Dialect(delimiter, field_names([""] * width), None, declared)
    return Dialect(delimiter, field_names(rows[header_row]), header_row + declared, declared)


def parse(sample: bytes, delimiter: int, complete: bool) -> list[list[str]]:
    """Rows of unquoted cells of a sample; an incomplete last row is left out."""
    found = fields(sample, delimiter, final=complete)
    rows: list[list[str]] = [[]]
    for start, end, quoted, last in zip(
        found.starts.tolist(), found.ends.tolist(), found.quoted.tolist(), found.last.tolist(), strict=True
    ):
        text = sample[start:end].decode()
        rows[-1].append(text[1:-1].replace('""', '"') if quoted else text)
        if last:
            rows.append([])
    return rows[:-1]


def field_names(cells: Row) -> tuple[str, ...]:
    """Unique names: empty ones become `column 3`, a second `phone` becomes `phone (2)`."""
    seen: Counter[str] = Counter()
    names = []
    for number, cell in enumerate(cells, 1):
        name = cell.strip() or f"column {number}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def _width(rows: Sequence[Row]) -> int:
    """The usual number of fields."""
    counts = Counter(len(row) for row in rows if row != [""])
    return counts.most_common(1)[0][0] if counts else 0


def _share(rows: Sequence[Row], named: bool) -> float:
    """Share of rows that have the usual number of fields; 0 when there are too few rows to tell."""
    filled = [row for row in rows if row != [""]]
    if len(filled) < (1 if named else 3):
        return 0.0
    width = _width(filled)
    return sum(len(row) == width for row in filled) / len(filled)


def _header_row(rows: Sequence[Row], width: int, is_header: Callable[[Row], bool | None]) -> int | None:
    """The first full row, but for a title and an empty one, when it names fields rather than holding data."""
    for index, row in enumerate(rows[:_PREAMBLE]):
        if len(row) == width and (width == 1 or sum(map(bool, row)) > 1):
            body = [other for other in rows[index + 1 : index + 201] if len(other) == width]
            return index if names_fields(row, body, is_header) else None
    return None


def names_fields(row: Row, body: Sequence[Row], is_header: Callable[[Row], bool | None]) -> bool:
    """Whether a row holds the names of the fields of `body`, the rows below it, rather than data."""
    if not any(cell.strip() for cell in row) or any(_DATA.search(cell) or len(cell) > 64 for cell in row):
        return False
    known = is_header(row)
    return any(_typed_below(row[j], [other[j] for other in body]) for j in range(len(row))) if known is None else known


def _typed_below(name: str, cells: Row) -> bool:
    """Whether a column holds numbers, dates or addresses under a first cell that is none."""
    filled = [cell for cell in cells if cell]
    typed = sum(bool(_TYPED.search(cell)) for cell in filled)
    return bool(name.strip()) and not _TYPED.search(name) and len(filled) >= 2 and typed >= 0.8 * len(filled)
