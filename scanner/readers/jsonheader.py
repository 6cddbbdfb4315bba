"""The way through the objects of a JSON document to its arrays and maps of records."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable
from typing import Any

import numpy as np

from scanner.readers.jsonfields import Field
from scanner.readers.jsonkeys import MANY, MANY_VALUES, is_map_of_maps, may_hold_records
from scanner.readers.jsonparse import BAD, exact
from scanner.readers.jsonrows import LONGEST, may_hold_titles
from scanner.readers.jsonscan import BEGIN_ARRAY, BEGIN_OBJECT, COMMA, trailing
from scanner.readers.jsonwindow import Window

# the first element of an array but for `null`, which lists of Firebase begin with
_FIRST = re.compile(rb"[ \t\r\n]*+(?:null[ \t\r\n]*+,[ \t\r\n]*+)*+(?!n(?:u(?:l(?:l[ \t\r\n]*+)?)?)?\Z)([^ \t\r\n])")
_KEY = re.compile(rb'("(?:[^"\\]|\\.){1,384}+")[ \t\r\n]*+:')
_KEY_REACH = 1024  # bytes before a value in which its key is looked for
_UNKNOWN = "@"
# bytes that the first members of a map of records have at most; brackets and commas that are looked at first
_FIRST_MEMBERS, _EVENTS = 1 << 20, 64
_BESIDE = 4  # arrays that are kept at each depth
_DEEPEST = 16  # objects within one another; further down none is a map


class Header:
    """Walks through objects to the next array or map of records, keeping the keys of the objects that are open."""

    def __init__(self, window: Window, root: Field) -> None:
        """Begins with the window; `root` is the field of the object there."""
        self._window, self._root = window, root
        self._keys: list[str] = []
        self._are_data: list[bool] = []  # of each of these objects, whether its members are maps, and their keys data
        self._lists: dict[int, deque[bytes]] = {}  # short arrays that were passed, by the depth they stand at
        self._depth = 0  # of what was found
        self.in_map = False  # it is a map
        self.done = False  # the outermost object has ended

    def read(self) -> int:
        """How many bytes lead to the next array or map of records or the object's end, bracket included.

        0 if neither comes before the input's end or within the window's limit.
        """
        window, seen, skip, start, self.in_map = self._window, 0, 0, 0, False
        count = _EVENTS  # a record may be near: then the rest of the window is not looked at
        while True:
            marks = window.structure(seen, seen + count)
            brackets = np.flatnonzero(marks[1] != COMMA)
            seen, count = seen + len(marks[1]), 8 * count
            for position, char, depth in zip(*(of[brackets].tolist() for of in marks), strict=True):
                if position >= window.limit:
                    return 0
                if skip and depth < skip:
                    skip = 0
                    self._see(start, position + 1, depth)
                elif skip:
                    continue
                elif char == BEGIN_ARRAY and not self._holds_records(position):
                    skip, start = depth, position
                elif self._found(position, char, depth):
                    return int(position) + 1
            if seen == window.marks and (window.full or not window.fill()):
                return 0

    def _found(self, position: int, char: int, depth: int) -> bool:
        """Take note of a bracket; whether it is what `read` looks for."""
        if char == BEGIN_ARRAY:
            self._depth = depth
            self._see(position, self._end(position, depth), depth - 1)
        if char in (BEGIN_ARRAY, BEGIN_OBJECT):
            self._keys.append(_key_before(self._window.data, position))
            self._are_data.append(False)
        else:
            del self._keys[max(0, depth) :], self._are_data[max(0, depth) :]
            self._lists = {at: lists for at, lists in self._lists.items() if at <= depth}
            self.done = depth <= 0
        self.in_map = char == BEGIN_OBJECT and self._is_map(position, depth)
        return char == BEGIN_ARRAY or self.in_map or self.done

    def _holds_records(self, position: int) -> bool:
        window = self._window
        while not (found := _FIRST.match(window.data, position + 1)):
            if len(window.data) > position + _FIRST_MEMBERS or window.full or not window.fill():
                return False
        return found[1] in (b"{", b"[")

    def _is_map(self, position: int, depth: int) -> bool:
        """Whether the members of the object that begins at `position` are records, by the first of them."""
        first = self._first_members(position, depth) if depth <= _DEEPEST else None
        self._depth, self._are_data[-1] = depth, is_map_of_maps(first)
        if first is None or not may_hold_records(first):
            return False
        self._judge(first)
        return self._place().holds_records(first)

    def _first_members(self, position: int, depth: int) -> Any:
        """The first members of an object, or all; None where they are too long or cut off."""
        window, limit, count = self._window, position + _FIRST_MEMBERS, _EVENTS
        while True:
            first = window.after(position)
            if first + count >= window.marks and len(window.data) < limit and window.fill():
                continue
            ends, closed = window.first_elements(depth, first, first + count)
            short = ends[ends <= limit]
            if closed or len(short) >= MANY_VALUES or first + count >= window.marks:
                break
            count *= 8
        if len(short) < (1 if closed and len(short) == len(ends) else MANY):
            return None
        parts = (bytes(window.data[position : short[:some][-1]]) + b"}" for some in (MANY_VALUES, MANY))
        return next((value for value in map(exact, parts) if value is not BAD), None)

    def _place(self) -> Field:
        """The field of the array or object that was met last."""
        root, below = self._root, list(zip(self._keys[1:], self._are_data, strict=False))
        names = [key for key, is_data in below if not is_data]
        self._judge(names)
        for key, is_data in below:
            root = root.members() if is_data else root.child(key)
        return root

    def _judge(self, keys: Iterable[str]) -> None:
        """Have keys judged if some are new, and those to come with them: few at once cost as much as many."""
        if self._root.unjudged(keys):
            self._root.judge([*keys, *_keys(self._window.data)])

    def records(self) -> tuple[int, Field]:
        """Depth of the array or map that was found, and the field of its elements or members."""
        place = self._place()
        return self._depth, place.members() if self.in_map else place.items()

    @property
    def beside(self) -> list[bytes]:
        """The last short arrays that stand beside the one that was found, before it."""
        return list(self._lists.get(self._depth - 1, ()))

    def _see(self, start: int, end: int, depth: int) -> None:
        """Keep an array if it may hold the titles of one that comes."""
        data = self._window.data
        if end - start <= LONGEST and may_hold_titles(data[start : start + 64]):
            self._lists.setdefault(depth, deque(maxlen=_BESIDE)).append(bytes(data[start:end]))

    def _end(self, start: int, depth: int) -> int:
        """Where a short array ends; anywhere far away if it is not short."""
        window, count = self._window, _EVENTS
        while True:
            first = window.after(start)
            ends, closed = window.first_elements(depth, first, first + count)
            if closed:
                return int(ends[-1]) + 1
            if first + count < window.marks and count < LONGEST:
                count *= 8
            elif len(window.data) > start + LONGEST or not window.fill():
                return start + LONGEST + 1

    def closing(self, *, within: bool) -> bytes:
        """The brackets that are missing; `within`: also that of the array or map of records."""
        array = b"]" * (within and not self.in_map)
        return array + b"}" * (len(self._keys) - len(array))


def _keys(data: bytearray) -> list[str]:
    """What looks like a key in the first bytes of some text."""
    found = (exact(key) for key in dict.fromkeys(_KEY.findall(data, 0, _FIRST_MEMBERS)))
    return [key for key in found if type(key) is str]


def _key_before(data: bytearray, position: int) -> str:
    """The key of the member whose value stands at `position`; one that looks like data if it cannot be told."""
    head = bytes(data[max(0, position - _KEY_REACH) : position]).rstrip().removesuffix(b":").rstrip()
    start = head.rfind(b'"', 0, -1)
    while start > 0 and trailing(head[:start], b"\\") & 1:
        start = head.rfind(b'"', 0, start)
    try:
        return str(json.loads(head[start:])) if start >= 0 else _UNKNOWN
    except ValueError:
        return _UNKNOWN
