"""What may be the name of a field, and so be printed, and what may be data: headers of tables, names of attributes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from scanner.readers.files import IsHeader
from scanner.readers.jsonkeys import Keys

_LONGEST = 60  # code points of the name of a field
_DATA = re.compile("@|[0-9](?:[^0-9]?[0-9]){4}")
_KEPT = 10_000  # rows that were judged


class Names:
    """Tells names of fields from data; remembers what was judged, as tables and tags repeat themselves."""

    def __init__(self, is_header: IsHeader) -> None:
        """`is_header` judges a row of cells."""
        self._is_header = is_header
        self._known: dict[tuple[str, ...], bool | None] = {}

    def judge(self, cells: Sequence[str]) -> bool | None:
        """Whether cells are names of fields (True) or data (False); None where nothing tells."""
        row = tuple(cells)
        if row not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            data = not row or any(len(cell) > _LONGEST or _DATA.search(cell) for cell in row)
            self._known[row] = False if data else self._is_header(row)
        return self._known[row]

    def label(self, text: str) -> str | None:
        """The name of a field that a text before a value gives, such as `Phone:`."""
        name = text.rstrip(" :：")
        return name if self.judge((name,)) else None

    def field(self, name: str) -> str | None:
        """The name of an attribute as that of a field, None where it may be data itself."""
        return name if name and self.judge((name,)) is not False else None


def judge_by(keys: Keys) -> IsHeader:
    """A judge of rows of cells that asks a judge of keys: more must name fields than may be data."""

    def is_header(row: Iterable[str]) -> bool | None:
        filled = [cell for cell in row if cell]
        keys.judge(filled)
        names, hidden = sum(map(keys.names, filled)), sum(map(keys.hides, filled))
        return True if names > hidden else False if hidden else None

    return is_header
