"""The words, costs and connections of a compiled MeCab dictionary (`sys.dic`, `matrix.bin`), read without MeCab.

The layout is that of MeCab 0.996: a header of ten 32-bit numbers and the name of the encoding, a double array
(Darts: base and check) of the words' bytes, tokens of 16 bytes, features that end with a zero byte.
"""

from __future__ import annotations

import struct
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_HEADER = 72


class Entry(NamedTuple):
    """A word, the numbers of its left and right contexts, its cost (the lower the more usual), its features."""

    word: str
    left: int
    right: int
    cost: int
    features: list[str]


def entries(folder: Path) -> Iterator[Entry]:
    """Yield all entries of the dictionary in `folder`."""
    data = (folder / "sys.dic").read_bytes()
    tree, tokens, _ = struct.unpack_from("<3I", data, 24)
    texts = _HEADER + tree + tokens
    for word, value in _words(array("i", data[_HEADER : _HEADER + tree])):
        for index in range(value >> 8, (value >> 8) + (value & 0xFF)):
            token = struct.unpack_from("<HHHhI", data, _HEADER + tree + index * 16)
            begin = texts + token[4]
            features = data[begin : data.index(b"\0", begin)].decode().split(",")
            yield Entry(word.decode(), token[0], token[1], token[3], features)


def _words(tree: array[int]) -> Iterator[tuple[bytes, int]]:
    """Yield the words of a double array, and the value of each."""
    bases, children = tree[0::2], defaultdict(list)
    for node, check in enumerate(tree[1::2]):
        children[check & 0xFFFFFFFF].append(node)
    todo = [(bases[0], b"")]
    while todo:
        base, word = todo.pop()
        for node in children.get(base, ()):
            letter = node - base
            if letter == 0 and bases[node] < 0:
                yield word, -bases[node] - 1
            elif 1 <= letter <= 256:
                todo.append((bases[node], word + bytes([letter - 1])))


class Connections:
    """What it costs that a word follows another."""

    def __init__(self, folder: Path) -> None:
        """Read `matrix.bin`: two 16-bit sizes, then a 16-bit cost for each left and right context."""
        data = (folder / "matrix.bin").read_bytes()
        (self._rights,) = struct.unpack_from("<H", data)
        self._costs: array[int] = array("h", data[4:])

    def mean(self, rights: Counter[int], lefts: Counter[int]) -> float:
        """The mean over words with the contexts `rights`, which are counted, before words with those of `lefts`."""
        costs = (
            self._costs[right + self._rights * left] * before * after
            for right, before in rights.items()
            for left, after in lefts.items()
        )
        total: int = sum(costs)
        return total / (rights.total() * lefts.total())
