"""JSON records to columns: flattening by path.

Strings are cells, numbers are cells with their JSON text; booleans and nulls are not. A key that an object repeats
gives a cell for each of its values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from scanner.model import IntArray
from scanner.readers.jsonfields import Field
from scanner.readers.jsonkeys import SCALARS, is_map
from scanner.readers.jsonparse import Repeats

_WRITTEN = {str, int, float}


# Values of one field: items, and the int64 row of each, ascending; in document order within a row.
Cells = tuple[Field, list[Any], IntArray]


class Flat(NamedTuple):
    """Records as cells of fields; the rows that hold floats, whose text is lost; how many keys each row has (int64)."""

    cells: list[Cells]
    floats: set[int]
    keys: IntArray


def flatten(records: Iterable[Cells], height: int) -> Flat:
    """Spread parsed records over the fields below theirs, first seen first; `height` is the number of all rows.

    Works a field at a time, not a record at a time.
    """
    flat = Flat([], set(), np.zeros(height, dtype=np.int64))
    for start in records:
        stack = [start]
        while stack:
            stack += reversed(_taken(flat, *stack.pop()))
    return flat


def _taken(flat: Flat, where: Field, values: list[Any], rows: IntArray) -> list[Cells]:
    """Put the scalars of a field into `flat`; what its objects and arrays hold."""
    kinds = set(map(type, values))
    if Repeats in kinds:
        values, rows = _repeated(values, rows)
        kinds = set(map(type, values))
    if kinds & _WRITTEN:
        flat.cells.append((where, *_scalars(values, rows, kinds)))
    if float in kinds:
        flat.floats.update(_only({float}, values, rows, kinds)[1].tolist())
    below = []
    if dict in kinds:
        objects, at = _only({dict}, values, rows, kinds)
        np.add.at(flat.keys, at, np.fromiter(map(len, objects), dtype=np.int64, count=len(objects)))
        below = _members(where, objects, at)
    if list in kinds:
        lists, at = _only({list}, values, rows, kinds)
        *cells, others = spread(where, lists, at) if where.is_element else [(where, lists, at)]
        below += cells
        if others[1]:
            below.append(_elements(*others))
    return below


def spread(where: Field, values: list[Any], rows: IntArray) -> list[Cells]:
    """What is in one place, of which the rows of a table are taken apart: their cells, and last what is no row."""
    if list not in set(map(type, values)):
        return [(where, values, rows)]
    widest = where.widest
    sizes = np.array([len(value) if is_row(value, widest) else -1 for value in values], dtype=np.int64)
    others = np.flatnonzero(sizes < 0)
    found = []
    for number in range(sizes.max()):
        has = np.flatnonzero(sizes > number)
        found.append((where.cell(number), [values[index][number] for index in has.tolist()], rows[has]))
    return [*found, (where, [values[index] for index in others.tolist()], rows[others])]


def is_row(value: Any, widest: int) -> bool:
    """Whether a value is an array of at most so many scalars."""
    return type(value) is list and len(value) <= widest and SCALARS.issuperset(map(type, value))


def _repeated(values: list[Any], rows: IntArray) -> tuple[list[Any], IntArray]:
    """Each object that repeats a key as several that do not."""
    parts = [value if type(value) is Repeats else (value,) for value in values]
    return list(chain.from_iterable(parts)), np.repeat(rows, list(map(len, parts)))


def _only(wanted: set[type], values: list[Any], rows: IntArray, kinds: set[type]) -> tuple[list[Any], IntArray]:
    if kinds <= wanted:
        return values, rows
    picked = [index for index, value in enumerate(values) if type(value) in wanted]
    return [values[index] for index in picked], rows[picked]


def _scalars(values: list[Any], rows: IntArray, kinds: set[type]) -> tuple[list[Any], IntArray]:
    values, rows = _only(_WRITTEN, values, rows, kinds)
    return (values if kinds & _WRITTEN == {str} else list(map(str, values))), rows


def _elements(where: Field, lists: list[list[Any]], rows: IntArray) -> Cells:
    sizes = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
    return where.items(), list(chain.from_iterable(lists)), np.repeat(rows, sizes)


def _members(where: Field, objects: list[dict[str, Any]], rows: IntArray) -> list[Cells]:
    """The values of each key; objects with the same keys are turned into columns together."""
    parts: defaultdict[Field, list[tuple[Iterable[Any], IntArray]]] = defaultdict(list)
    for shape, in_map, picked in _shapes(objects):
        same = objects if len(picked) == len(objects) else [objects[index] for index in picked]
        at = np.array(picked, dtype=np.int64)
        for key, column in zip(shape, zip(*map(dict.values, same), strict=True), strict=True):
            member = where.child(key, in_map)
            if member is where.others and where.names:
                parts[where.names].append(([key] * len(same), at))
            parts[member].append((column, at))
    return [(member, *_join(chunks, rows)) for member, chunks in parts.items()]


def _shapes(objects: list[dict[str, Any]]) -> Iterable[tuple[tuple[str, ...], bool, list[int]]]:
    """Which objects have the same keys, and whether these are a map's."""
    first, maps = tuple(objects[0]), list(map(is_map, objects))
    if not any(maps) and set(map(tuple, objects)) == {first}:
        return [(first, False, list(range(len(objects))))]
    shapes: defaultdict[tuple[tuple[str, ...], bool], list[int]] = defaultdict(list)
    for index, shape in enumerate(zip(map(tuple, objects), maps, strict=True)):
        shapes[shape].append(index)
    return [(*shape, picked) for shape, picked in shapes.items()]


def _join(chunks: list[tuple[Iterable[Any], IntArray]], rows: IntArray) -> tuple[list[Any], IntArray]:
    values = list(chain.from_iterable(values for values, _ in chunks))
    at = chunks[0][1] if len(chunks) == 1 else np.concatenate([at for _, at in chunks])
    if len(chunks) > 1:
        order = np.argsort(at, kind="stable")
        values, at = [values[index] for index in order.tolist()], at[order]
    return values, rows[at]
