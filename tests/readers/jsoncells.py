"""What the tests of the JSON readers share: documents to read, cells and places as plain definitions have them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import strategies as st

from scanner.model import Batch
from scanner.readers.jsonkeys import encodable

Cell = tuple[int, str | None, str]

KEYS = st.sampled_from(["name", "phone", "收件人", "a b", "x'y", "", "kim@example.com", "010-5550-1234", "é\\"])
TEXTS = st.text(st.sampled_from('aZ9 "\\/\n\t한글é😀{}[],:'), max_size=8)
SCALARS = TEXTS | st.integers(-(10**30), 10**30) | st.floats(allow_nan=False, allow_infinity=False) | st.booleans()
VALUES = st.recursive(
    SCALARS | st.none(),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(KEYS, below, max_size=4),
    max_leaves=12,
)


class Repeating(dict[str, Any]):
    """An object of which the same key may be a member more than once; `json` reads and writes them all."""

    def __init__(self, members: list[tuple[str, Any]]) -> None:
        """Holds `members` in their order."""
        super().__init__(members)
        self._members = members

    def items(self) -> list[tuple[str, Any]]:  # type: ignore[override]
        """All members."""
        return self._members


REPEATING = st.recursive(
    SCALARS,
    lambda below: st.lists(below, max_size=3) | st.lists(st.tuples(KEYS, below), max_size=5).map(Repeating),
    max_leaves=12,
)


def cut(data: bytes, places: list[int]) -> list[bytes]:
    """Blocks cut near some places, never within a character."""
    text = data.decode()
    bounds = sorted({0, len(text), *(place % (len(text) + 1) for place in places)})
    return [text[start:end].encode() for start, end in pairwise(bounds)]


def cells_of(batches: Iterator[Batch]) -> list[Cell]:
    """(record, field, value) of every cell, sorted by record and field, in order within them."""
    found: list[Cell] = []
    for batch in batches:
        for column in batch.columns:
            rows = np.arange(batch.height) if column.rows is None else column.rows
            records = batch.records[rows].tolist()
            found += zip(records, [column.field] * len(rows), column.values.to_list(), strict=True)
    return sorted(found, key=lambda cell: (cell[0], cell[1] or ""))


def expected(record: Any, path: str = "$") -> Iterator[tuple[str, str]]:
    """(field, value) pairs of one parsed record, the slow way; numbers must have been parsed as text."""
    if isinstance(record, list) and not any(isinstance(item, list | dict) for item in record):
        for number, item in enumerate(record):
            yield from _below(item, f"{path}[{number}]")
    else:
        yield from _below(record, path)


def _below(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for item in value:
            yield from expected(item, f"{path}[*]")
    elif isinstance(value, dict):
        for key, item in value.items():
            if "@" in key or sum(map(str.isdigit, key)) >= 6 or len(key) > 64:
                yield f"{path}.*~", key
                yield from _below(item, f"{path}.*")
            elif key.isidentifier():
                yield from _below(item, f"{path}.{key}")
            else:
                quoted = key.replace("\\", "\\\\").replace("'", "\\'")
                yield from _below(item, f"{path}['{quoted}']")


def places_of(batches: Iterator[Batch], data: bytes) -> Iterator[tuple[str, str]]:
    """For each character of each cell: the character, and the raw text from where it is said to stand."""
    lines = [f"{line}\n" for line in data.decode().split("\n")]
    for batch in batches:
        for number, column in enumerate(batch.columns):
            pairs = [(cell, at) for cell, value in enumerate(column.values) for at in range(len(value))]
            if not pairs:
                continue
            cells, starts = np.array(pairs, dtype=np.int64).T
            found_lines, columns = batch.locator.locate(number, cells, starts)
            assert found_lines is not None and columns is not None
            values = column.values.to_list()
            for cell, at, line, place in zip(cells, starts, found_lines, columns, strict=True):
                yield values[cell][at], lines[line - 1][place - 1 :]


def spans_of(batches: Iterator[Batch], data: bytes) -> Iterator[tuple[str, str]]:
    """For each cell: its value, and the raw text from where it is said to begin to where it is said to end."""
    lines = [f"{line}\n" for line in data.decode().split("\n")]
    for batch in batches:
        for number, column in enumerate(batch.columns):
            cells = np.arange(len(column.values))
            begin = batch.locator.locate(number, cells, cells * 0)
            end = batch.locator.locate(number, cells, column.values.str.len_chars().to_numpy().astype(np.int64))
            for value, *places in zip(column.values, *begin, *end, strict=True):
                assert places[0] == places[2]
                yield value, lines[places[0] - 1][places[1] - 1 : places[3] - 1]


def decodes_to(raw: str, character: str) -> bool:
    """Whether the raw text begins with a character, literally or as an escape; U+FFFD stands for half an escape."""
    return raw.startswith(character) or any(_decoded(raw[:size]) == character for size in (2, 6, 12))


def _decoded(raw: str) -> str:
    try:
        return encodable(json.loads(f'"{raw}"')) if raw.startswith("\\") else ""
    except ValueError:
        return ""
