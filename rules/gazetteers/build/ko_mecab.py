"""Reads a compiled MeCab dictionary: which words a morphological analyser of Korean knows, and how usual each is.

The format is that of MeCab 0.996 (`dictionary.cpp`, `darts.h`): a header of ten uint32 and the name of the charset, a
double array whose keys are UTF-8 and whose values are a token's index (times 256) and the number of tokens, tokens of
16 bytes, and feature strings that end in a zero byte; all little-endian.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

_HEADER = struct.Struct("<10I32s")
_TOKEN = struct.Struct("<HHHhII")


class Entry(NamedTuple):
    """A word, its cost (the lower the more usual, in 1/800 nat) and its feature fields: part of speech, sort, …"""

    word: str
    cost: int
    features: list[str]


def entries(path: Path) -> Iterator[Entry]:
    """Yield the entries of the compiled dictionary `path`, a `sys.dic`, in no order."""
    data = path.read_bytes()
    _, _, _, _, _, _, trie, tokens, _, _, _ = _HEADER.unpack_from(data)
    first_token = _HEADER.size + trie
    features = first_token + tokens
    for key, value in _keys(data[_HEADER.size : first_token]):
        for number in range(value >> 8, (value >> 8) + (value & 255)):
            _, _, _, cost, offset, _ = _TOKEN.unpack_from(data, first_token + number * _TOKEN.size)
            end = data.index(b"\0", features + offset)
            yield Entry(key.decode(), cost, data[features + offset : end].decode().split(","))


def _keys(trie: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield the keys of a double array and their values. A unit belongs to the state that its check names."""
    units = array("i", trie)
    bases, checks = units[0::2], units[1::2]
    order = sorted(range(1, len(checks)), key=checks.__getitem__)
    bounds = [0, *(i for i, (a, b) in enumerate(pairwise(order), 1) if checks[a] != checks[b]), len(order)]
    children = {checks[order[low]]: order[low:high] for low, high in pairwise(bounds)}
    todo = [(b"", bases[0])]
    while todo:
        key, base = todo.pop()
        for unit in children.get(base, ()):
            if unit == base:
                yield key, -bases[unit] - 1
            elif 0 < unit - base <= 256:
                todo.append((key + bytes([unit - base - 1]), bases[unit]))
