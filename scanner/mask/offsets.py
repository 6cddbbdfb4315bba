"""From points of the text, lines and code-point columns, back to the bytes of the file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from scanner.decode import Encoding
from scanner.decode.codec import Decoder, Tally
from scanner.decode.mixed import JUDGED, line_codec
from scanner.mask.raw import BLOCK, Raw
from scanner.model import IntArray

_LF, _CR = 10, 13
_LOW = (1 << 32) - 1
_WIDE = {"utf-16-le": "<u2", "utf-16-be": ">u2", "utf-32-le": "<u4", "utf-32-be": ">u4"}
_TONES = b"\xcc\xd2\xde\xec\xf2"  # of code page 1258, which follow their letter

Bytes = npt.NDArray[np.uint8]


class MisplacedError(Exception):
    """A point lies outside of the text that the bytes stand for."""


def offsets(raw: Raw, encoding: Encoding, at: tuple[int, int], points: IntArray, *, plain: bool) -> IntArray:
    """The byte offsets of points, int64 (n,), ascending but not all different, see `edits.point`.

    `at`: where the text begins in `raw`, and the number of its first line. `plain`: all of it is valid UTF-8, so that
    blocks are looked at as arrays; else each line that has a point is decoded. Raises `MisplacedError`.
    """
    return _plain(raw, encoding.cr, at, points) if plain else _by_line(raw, encoding, at, points)


def _plain(raw: Raw, cr: bool, at: tuple[int, int], points: IntArray) -> IntArray:
    found, done = np.full(len(points), raw.size, dtype=np.int64), 0
    start, line = at
    before = 0  # code points of the line that come before the block
    lines, columns = points >> 32, (points & _LOW) - 1
    while start < raw.size and done < len(points):
        end = min(start + BLOCK, raw.size)
        data = np.frombuffer(raw.read(start, min(end + 1, raw.size)), dtype=np.uint8)
        breaks, data = _breaks(data, cr, end - start), data[: end - start]
        leads = np.flatnonzero((data & 0xC0) != 0x80)
        firsts = np.concatenate(([-before], np.searchsorted(leads, breaks) + 1))
        last = done + int(np.searchsorted(lines[done:], line + len(breaks), side="right"))
        index = firsts[lines[done:last] - line] + columns[done:last]
        here = int(np.searchsorted(index, len(leads)))
        found[done : done + here] = start + leads[index[:here]]
        done += here
        start, line, before = end, line + len(breaks), len(leads) - int(firsts[-1])
    if done < len(points) and (points[done:] != (line << 32) + before + 1).any():
        raise MisplacedError
    return found


def _breaks(data: Bytes, cr: bool, size: int) -> IntArray:
    """Where lines end among the first `size` bytes; `data` holds one more, unless they are the last."""
    ends = data == _LF
    if cr:
        alone = data == _CR
        alone[:-1] &= data[1:] != _LF
        ends |= alone
    return np.flatnonzero(ends[:size])


def _by_line(raw: Raw, encoding: Encoding, at: tuple[int, int], points: IntArray) -> IntArray:
    numbers, firsts = np.unique(points >> 32, return_index=True)
    spans = _spans(raw, encoding, at, numbers)
    found = []
    for (start, end), (low, high) in zip(spans, pairwise([*firsts.tolist(), len(points)]), strict=True):
        columns = ((points[low:high] & _LOW) - 1).tolist()
        found += [start + offset for offset in _in_line(raw.read(start, end), encoding, columns)]
    return np.array(found, dtype=np.int64)


def _spans(raw: Raw, encoding: Encoding, at: tuple[int, int], numbers: IntArray) -> Iterator[tuple[int, int]]:
    """Byte spans of the lines `numbers`, with their ends."""
    wanted = np.unique(np.concatenate((numbers, numbers + 1))) - at[1]  # line n begins after line end n
    begins = dict.fromkeys(wanted.tolist(), raw.size)
    begins[0], count = at[0], 0
    for block in _line_ends(raw, encoding, at[0]):
        low, high = np.searchsorted(wanted, [count + 1, count + len(block) + 1])
        begins.update(zip(wanted[low:high].tolist(), block[wanted[low:high] - count - 1].tolist(), strict=True))
        count += len(block)
    for number in (numbers - at[1]).tolist():
        yield begins[number], begins[number + 1]


def _line_ends(raw: Raw, encoding: Encoding, start: int) -> Iterator[IntArray]:
    """Byte offsets after each line end, block by block."""
    unit = np.dtype(_WIDE.get(encoding.name, "u1"))
    while start < raw.size:
        end = min(start + BLOCK, raw.size)
        data = raw.read(start, min(end + unit.itemsize, raw.size))
        units = np.frombuffer(data, dtype=unit, count=len(data) // unit.itemsize)
        yield start + (_breaks(units, encoding.cr, (end - start) // unit.itemsize) + 1) * unit.itemsize
        start = end


def _in_line(line: bytes, encoding: Encoding, columns: list[int]) -> list[int]:
    """Byte offsets of some code points, ascending, of a line."""
    name = line_codec(line[:JUDGED], encoding.name, encoding.other) if encoding.mixed else encoding.name
    if name != "cp1258":  # which has letters and tones apart
        try:
            text = line.decode(name)
            pieces = [text[low:high].encode(name) for low, high in pairwise([0, *columns, len(text)])]
        except UnicodeError:
            pieces = []
        if pieces and columns[-1] <= len(text) and b"".join(pieces) == line:
            return list(accumulate(map(len, pieces[:-1])))
    return _stepwise(line, name, columns)


def _stepwise(line: bytes, name: str, columns: list[int]) -> list[int]:
    """The same for a line that is not written as its text would be, as where it is damaged."""
    if name == "cp1258":
        begins = [at for at, byte in enumerate(line) if byte not in _TONES]
    else:
        decoder, begins, begun = Decoder(name, Tally()), [], 0
        for at in range(len(line)):
            count = len(decoder.decode(line[at : at + 1], at == len(line) - 1).decode())
            begins += [begun] * min(count, 1) + list(range(at, at + count))[1:]
            begun = at + 1 if count else begun
    text = Decoder(name, Tally()).decode(line, True).decode()
    if len(text) != len(begins) or columns[-1] > len(text):
        raise MisplacedError
    begins.append(len(line))
    return [begins[column] for column in columns]
