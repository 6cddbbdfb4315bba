"""JSON records to columns: flattening by path.

Field paths follow RFC 9535 (JSONPath): `$.receiver.phone`, `$.items[*].name`, `$['weird key']`; a scalar record is `$`.
A key that is data, see `jsonkeys`, is never part of a path: its values go to `<parent>.*` and the key itself is a cell
of `<parent>.*~`. So do all new keys once a reader has seen `MAX_FIELDS` of them, or `MAX_MEMBERS` in one place; below
such a `*` there may be as many.
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
from scanner.readers.jsonkeys import Keys, encodable, hold_records, is_map
from scanner.readers.jsonparse import Repeats

MAX_FIELDS, MAX_MEMBERS = 10_000, 2_000
_MAX_PATH = 4096  # characters; deep nesting would make each path longer than the last
_SCALARS = {str, int, float}


class Field:
    """A place in the tree of all records that a reader has seen; grows as records need it."""

    __slots__ = ("_room", "_tree", "children", "elements", "key", "names", "others", "parent", "path")

    def __init__(
        self, path: str = "$", parent: Field | None = None, keys: Keys | None = None, room: _Room | None = None
    ) -> None:
        """Without `parent`, the root of a new tree; `keys` tells which keys are data; no `room` is that of `parent`."""
        self.path = path
        self.parent = parent
        self.key = ""  # of the members that are here, where they have one name
        self.children: dict[str, Field] = {}
        self.elements: Field | None = None  # what arrays hold
        self.others: Field | None = None  # values of keys that are data
        self.names: Field | None = None  # those keys
        self._tree: _Tree = parent._tree if parent else _Tree(keys or Keys())
        self._room: _Room = room or (parent._room if parent else self._tree.named)

    def child(self, key: str, in_map: bool = False) -> Field:
        """The field of a member called `key`; `in_map`: of an object whose keys are mostly data."""
        tree = self._tree
        if in_map and not tree.keys.names(key):
            return self.members()
        found = self.children.get(key)
        if found is None:
            hidden = tree.keys.hides(key)  # asked of every key, so that all are judged together
            full = self._room.left <= 0 or len(self.children) >= MAX_MEMBERS or len(self.path) > _MAX_PATH
            found = self.members() if hidden or full else self._named(key)
        return found

    def items(self) -> Field:
        """The field of the elements of arrays."""
        if self.elements is None:
            self.elements = Field(f"{self.path}[*]", self)
        return self.elements

    def holds_records(self, first: Any) -> bool:
        """Whether the members of an object that is here are records, by its `first` ones."""
        return hold_records(self._tree.keys, first)

    def find(self, key: str, in_map: bool = False) -> Field | None:
        """The field that `child` gave; adds none."""
        if in_map and not self._tree.keys.names(key):
            return self.others
        return self.children.get(key, self.others)

    def judge(self, more: Iterable[str] = ()) -> bool:
        """Have the keys judged that came since the last time, and `more`; True when records must be flattened again."""
        tree = self._tree
        changed = tree.keys.judge(more)
        for parent, key in tree.new:
            if tree.keys.hides(key):
                del parent.children[key]
                parent._room.left += 1
        tree.new.clear()
        return changed

    def forget(self) -> None:
        """Make room for the keys of more records; see `Keys.forget`."""
        self._tree.keys.forget()

    def unjudged(self, keys: Iterable[str]) -> bool:
        """Whether some of the keys were not judged yet."""
        return self._tree.keys.unjudged(keys)

    def _named(self, key: str) -> Field:
        self._room.left -= 1
        self._tree.new.append((self, key))
        named = self.children[key] = Field(self.path + component(key), self)
        named.key = key
        return named

    def members(self) -> Field:
        """The field of members whose keys are data; its `parent.names` is that of these keys."""
        if self.others is None:
            self.others = Field(f"{self.path}.*", self, room=self._tree.starred)
            self.names = Field(f"{self.path}.*~", self)
        return self.others


class _Room:
    """How many fields there may still be."""

    def __init__(self) -> None:
        self.left = MAX_FIELDS


class _Tree:
    """What all fields of a tree share: the judge of keys, fields not judged yet, room for fields and below a `*`."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self.named, self.starred = _Room(), _Room()
        self.new: list[tuple[Field, str]] = []


def component(key: str) -> str:
    """What a path has for a member called `key`."""
    if key.isidentifier():
        return f".{key}"
    quoted = encodable(key).replace("\\", "\\\\").replace("'", "\\'")
    return f"['{quoted}']"


# Values of one field: items, and the int64 row of each, ascending; in document order within a row.
Cells = tuple[Field, list[Any], IntArray]


class Flat(NamedTuple):
    """Records as cells of fields; the rows that hold floats, whose text is lost; how many keys each row has (int64)."""

    cells: list[Cells]
    floats: set[int]
    keys: IntArray


def flatten(root: Field, values: list[Any]) -> Flat:
    """Spread parsed records, a row each, over the fields below `root`, first seen first.

    Works a field at a time, not a record at a time.
    """
    flat = Flat([], set(), np.zeros(len(values), dtype=np.int64))
    stack: list[Cells] = [(root, values, np.arange(len(values)))]
    while stack:
        where, values, rows = stack.pop()
        kinds = set(map(type, values))
        if Repeats in kinds:
            values, rows = _spread(values, rows)
            kinds = set(map(type, values))
        if kinds & _SCALARS:
            flat.cells.append((where, *_scalars(values, rows, kinds)))
        if float in kinds:
            flat.floats.update(_only({float}, values, rows, kinds)[1].tolist())
        below = []
        if dict in kinds:
            objects, at = _only({dict}, values, rows, kinds)
            np.add.at(flat.keys, at, np.fromiter(map(len, objects), dtype=np.int64, count=len(objects)))
            below = _members(where, objects, at)
        if list in kinds:
            below.append(_elements(where, *_only({list}, values, rows, kinds)))
        stack += reversed(below)
    return flat


def _spread(values: list[Any], rows: IntArray) -> tuple[list[Any], IntArray]:
    """Each object that repeats a key as several that do not."""
    parts = [value if type(value) is Repeats else (value,) for value in values]
    return list(chain.from_iterable(parts)), np.repeat(rows, list(map(len, parts)))


def _only(wanted: set[type], values: list[Any], rows: IntArray, kinds: set[type]) -> tuple[list[Any], IntArray]:
    if kinds <= wanted:
        return values, rows
    picked = [index for index, value in enumerate(values) if type(value) in wanted]
    return [values[index] for index in picked], rows[picked]


def _scalars(values: list[Any], rows: IntArray, kinds: set[type]) -> tuple[list[Any], IntArray]:
    values, rows = _only(_SCALARS, values, rows, kinds)
    return (values if kinds & _SCALARS == {str} else list(map(str, values))), rows


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
