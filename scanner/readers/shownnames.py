"""How columns and tables are shown whose names may be data themselves, as in a table with a column for each person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from scanner.readers.dialect import field_names

_PLAIN = re.compile("[a-z_]*[0-9]{0,4}")  # as programs name columns
_PERSONAL = re.compile("@|[0-9](?:[^0-9]?[0-9]){6}")  # more digits than a month has, by which tables are named
_ALONE = 256  # names that are judged one by one; of more, some together

# Whether names are those of fields, or data; None where nothing tells.
Judge: TypeAlias = Callable[[tuple[str, ...]], bool | None]


def shown(names: Sequence[str], is_header: Judge, what: str = "column") -> tuple[tuple[str, ...], list[str]]:
    """Unique names to print, and those that may be data, to be read as texts: for the third `column 3` is printed.

    `what`: that which the names are of.
    """
    asked = tuple(name for name in names if name.strip() and not _PLAIN.fullmatch(name))
    step = 1 + len(asked) // _ALONE
    hidden = [name for at in range(0, len(asked), step) for name in _hidden(asked[at : at + step], is_header)]
    unsaid = set(hidden)
    return field_names([f"{what} {n}" if name in unsaid else name for n, name in enumerate(names, 1)]), hidden


def personal(name: str) -> bool:
    """Whether a name may be data, by its looks alone."""
    return _PERSONAL.search(name) is not None


def _hidden(names: tuple[str, ...], is_header: Judge) -> Iterator[str]:
    """Those of some names that are data."""
    if is_header(names) is not False:
        return
    if len(names) == 1:
        yield names[0]
        return
    half = len(names) // 2
    yield from _hidden(names[:half], is_header)
    yield from _hidden(names[half:], is_header)
