"""The way through the objects of a JSON document to its arrays of records."""

from __future__ import annotations

import json
import re

import numpy as np

from scanner.readers.jsonflat import Field
from scanner.readers.jsonscan import BEGIN_ARRAY, BEGIN_OBJECT, COMMA, trailing
from scanner.readers.jsonwindow import Window

_NOT_SPACE = re.compile(rb"[^ \t\r\n]")
_OPENING = re.compile(rb'"([^"\\]{1,64})"[ \t\r\n]*:[ \t\r\n]*[\[{]')
_KEY_REACH = 1024  # bytes before a value in which its key is looked for
_UNKNOWN = "@"


class Header:
    """Walks through objects to the next array of records, keeping the keys of the objects that are open."""

    def __init__(self, window: Window) -> None:
        """Begins with the window."""
        self._window = window
        self._keys: list[str] = []
        self._depth = 0  # of the array that was found
        self.done = False  # the outermost object has ended

    def read(self) -> int:
        """How many bytes lead to the next record array or the object's end, bracket included.

        0 if neither comes before the input's end or within the window's limit.
        """
        window, seen, skip = self._window, 0, 0
        while True:
            fresh = seen + np.flatnonzero(window.chars[seen:] != COMMA)
            seen = len(window.chars)
            events = (window.positions[fresh], window.chars[fresh], window.depths[fresh])
            for position, char, depth in zip(*(event.tolist() for event in events), strict=True):
                if position >= window.limit:
                    return 0
                if skip:
                    skip = 0 if depth < skip else skip
                elif char == BEGIN_ARRAY and not self._holds_records(position):
                    skip = depth
                elif self._found(position, char, depth):
                    return int(position) + 1
            unseen = seen < len(window.chars)  # read by _holds_records
            if not unseen and (window.full or not window.fill()):
                return 0

    def _found(self, position: int, char: int, depth: int) -> bool:
        """Take note of a bracket; whether it is what `read` looks for."""
        if char == BEGIN_ARRAY:
            self._depth = depth
        if char in (BEGIN_ARRAY, BEGIN_OBJECT):
            self._keys.append(_key_before(self._window.data, position))
        else:
            del self._keys[max(0, depth) :]
            self.done = depth <= 0
        return char == BEGIN_ARRAY or self.done

    def _holds_records(self, position: int) -> bool:
        window = self._window
        while not (found := _NOT_SPACE.search(window.data, position + 1)):
            if window.full or not window.fill():
                return False
        return found[0] in (b"{", b"[")

    def array(self, root: Field) -> tuple[int, Field]:
        """Depth of the array that was found, and the field of its elements."""
        keys = self._keys[1:]
        if root.unjudged(keys):
            root.judge([*keys, *_openings(self._window.data)])
        for key in keys:
            root = root.child(key)
        return self._depth, root.items()

    def closing(self, array: bytes = b"") -> bytes:
        """The brackets that are missing; `array` is that of the record array if it is open."""
        return array + b"}" * (len(self._keys) - len(array))


def _openings(data: bytearray) -> list[str]:
    """Keys of arrays and objects to come, so that not each is judged alone; those with escapes are left out."""
    return [key.decode() for key in _OPENING.findall(data)]


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
