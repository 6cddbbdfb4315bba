"""The fields of JSON records, a tree.

Field paths follow RFC 9535 (JSONPath): `$.receiver.phone`, `$.items[*].name`, `$['weird key']`; a scalar record is `$`.
A key that is data, see `jsonkeys`, is never part of a path: its values go to `<parent>.*` and the key itself is a cell
of `<parent>.*~`. So do all new keys once a reader has seen `MAX_FIELDS` of them, or `MAX_MEMBERS` in one place; below
such a `*` there may be as many.
An array of scalars that is a record, or in another array, is a row of a table: `$[0]` is its first cell, of a record
also `$.phone`, if titles say so. Once a reader has seen `MAX_FIELDS` of such cells, it is an array as others are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scanner.readers.jsonkeys import Keys, encodable, hold_records, titles

MAX_FIELDS, MAX_MEMBERS = 10_000, 2_000
MAX_ROW = 1_000  # cells of a row; a longer array is a list
_MAX_PATH = 4096  # characters; deep nesting would make each path longer than the last


class Field:
    """A place in the tree of all records that a reader has seen; grows as records need it."""

    __slots__ = (
        "_room",
        "_tables",
        "_titles",
        "_tree",
        "cells",
        "children",
        "depth",
        "elements",
        "key",
        "names",
        "number",
        "others",
        "parent",
        "path",
    )

    def __init__(
        self, path: str = "$", parent: Field | None = None, keys: Keys | None = None, room: _Room | None = None
    ) -> None:
        """Without `parent`, the root of a new tree; `keys` tells which keys are data; no `room` is that of `parent`."""
        self.path = path
        self.parent = parent
        self.depth: int = parent.depth + 1 if parent else 0
        self.key = ""  # of the members that are here, where they have one name
        self.number = -1  # of the cells of rows that are here
        self.children: dict[str, Field] = {}
        self.elements: Field | None = None  # what arrays hold
        self.cells: list[Field] = []  # of rows, by their number
        self.others: Field | None = None  # values of keys that are data
        self.names: Field | None = None  # those keys
        self._titles: tuple[str, ...] = ()  # of `cells`
        self._tables: dict[tuple[str, ...], Field] = {}  # this place once more, for rows with other titles
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

    @property
    def is_element(self) -> bool:
        """Whether it is the field of the elements of arrays."""
        return self.parent is not None and self.parent.elements is self

    @property
    def widest(self) -> int:
        """How many cells a row may have that is here."""
        return min(MAX_ROW, len(self.cells) + self._tree.tables.left)

    def cell(self, number: int) -> Field:
        """The field of the cells of rows with that number."""
        for at in range(len(self.cells), number + 1):
            self._tree.tables.left -= 1
            title = self._titles[at] if at < len(self._titles) else ""
            self.cells.append(Field(self.path + (component(title) if title else f"[{at}]"), self))
            self.cells[at].number = at
        return self.cells[number]

    def titles(self, row: Any) -> tuple[str, ...]:
        """See `jsonkeys.titles`."""
        return titles(self._tree.keys, row)

    def titled(self, titles: tuple[str, ...]) -> Field:
        """The same place for rows whose cells are called so; this one if there is no room for more tables."""
        table = self._tables.get(titles)
        if table is None and self._tree.tables.left > 0:
            self._tree.tables.left -= 1
            table = self._tables[titles] = Field(self.path, self.parent, room=self._room)
            table._tree, table._titles = self._tree, titles
        return table or self

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
    """What all fields of a tree share: the judge of keys, fields not judged yet, room for them, below `*`, in rows."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self.named, self.starred, self.tables = _Room(), _Room(), _Room()
        self.new: list[tuple[Field, str]] = []


def component(key: str) -> str:
    """What a path has for a member called `key`."""
    if key.isidentifier():
        return f".{key}"
    quoted = encodable(key).replace("\\", "\\\\").replace("'", "\\'")
    return f"['{quoted}']"
