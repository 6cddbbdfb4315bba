"""Finds the lines that are in another encoding than their file, as where dumps of two systems were put together.

Which encoding a line has depends only on its own bytes and on the file's `Encoding`, never on what stands around it.
A line ends with LF, which is part of no other character in the encodings that are mixed.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from scanner.decode.codec import is_utf8
from scanner.decode.plausible import CODECS, plausibility, reads_better, utf8_share

JUDGED = 1 << 20  # bytes at the start of a line that its encoding is judged by
_TELLING = 64 * 1024  # bytes of these, from the first that is not ASCII, whose frequency is looked at
_GROUP = 64 * 1024

_DAMAGED = 0.5  # as UTF-8: of four characters three are right
# How plausible an encoding must be that the file is known for, whatever else there is; and if it is better than UTF-8;
# and any other.
_CERTAIN, _EXPECTED, _UNEXPECTED = 0.9, 0.3, 0.6

_ONE_BYTE = frozenset({"cp1252", "cp1256", "cp1258", "iso8859_6"})
_HIGH = re.compile(rb"[\x80-\xff]")
# What lines of UTF-8 have after an ASCII character, and few lines of a legacy encoding: a character of two bytes; of
# three beside the encodings of East Asia, where two such bytes are frequent.
_TWO_BYTES = re.compile(rb"(?:^|[\x00-\x7f])[\xc2-\xf4][\x80-\xbf]")
_THREE_BYTES = re.compile(rb"(?:^|[\x00-\x7f])[\xe1-\xef][\x80-\xbf]{2}")
_MANY = re.compile(rb"(?:[^\xe1-\xef]*[\xe1-\xef][\x80-\xbf]{2}){6}")  # not there by chance in a line of valid UTF-8

Span = tuple[int, int]
Bytes = npt.NDArray[np.uint8]


def odd_lines(data: bytes, name: str, other: str, judged: int = JUDGED) -> Iterator[tuple[int, int, str]]:
    """Give the lines of `data`, whole lines, that are not in the file's encoding `name`: start, end, and a codec.

    `other`: the encoding expected in them, or `name` where nothing is known of it.
    """
    for start, end in _not_utf8(data) if name == "utf-8" else _like_utf8(data, name):
        codec = line_codec(data[start : min(end, start + judged)], name, other)
        if codec != name:
            yield start, end, codec


def line_codec(line: bytes, name: str, other: str) -> str:
    """Return the codec of a line, or of its first `JUDGED` bytes; see `odd_lines`."""
    if name == "utf-8":
        return name if _decodes(line, name) else _by_frequency(line, other)
    pattern = _TWO_BYTES if name in _ONE_BYTE else _THREE_BYTES
    possible = pattern.search(line) and _decodes(line, "utf-8")
    return "utf-8" if possible and (_MANY.match(line) or reads_better(_telling(line), name)) else name


def _by_frequency(line: bytes, other: str) -> str:
    """Return the codec of a line that is not valid UTF-8; a damaged line, and one that nothing explains, is UTF-8."""
    head = _telling(line)
    expected = plausibility(head, other) if other in CODECS and _decodes(line, other) else -1.0
    if expected >= _CERTAIN:
        return other
    own = utf8_share(head)
    if own >= _DAMAGED:
        return "utf-8"
    if expected > max(own, _EXPECTED):
        return other
    scores = {codec: plausibility(head, codec) for codec in CODECS if _decodes(line, codec)}
    best = max(scores, key=scores.__getitem__, default="utf-8")
    if scores.get(best, -1.0) > max(own, _UNEXPECTED):
        return best
    return other if own < 0 <= expected and other not in _ONE_BYTE else "utf-8"  # rare characters


def _telling(line: bytes) -> bytes:
    """Return the part of a line that tells its encoding, with the character before, which may tell a word."""
    high = _HIGH.search(line)
    start = max(high.start() - 1, 0) if high else 0
    return line[start : start + _TELLING]


def _decodes(data: bytes, codec: str) -> bool:
    """Whether it is valid but for a character that is cut at the end."""
    decode = codecs.utf_8_decode if codec == "utf-8" else codecs.getincrementaldecoder(codec)().decode
    try:
        decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _not_utf8(data: bytes) -> Iterator[Span]:
    """Spans of the lines that are not valid UTF-8."""
    at = 0
    while at < len(data):
        end = _after_newline(data, at + _GROUP)
        if not is_utf8(data[at:end]):
            for line in data[at:end].split(b"\n"):
                if not is_utf8(line):
                    yield at, min(at + len(line) + 1, end)
                at += len(line) + 1
        at = end


def _like_utf8(data: bytes, name: str) -> Iterator[Span]:
    """Spans of the lines that may be UTF-8, few of them wrong, in a legacy encoding."""
    hits, size = (_begins_two, 2) if name in _ONE_BYTE else (_begins_three, 3)
    starts = _continued(np.frombuffer(data, dtype=np.uint8), _hits(data, hits), size)
    end = 0
    for hit in starts.tolist():
        if hit >= end:
            start, end = data.rfind(b"\n", 0, hit) + 1, _after_newline(data, hit)
            yield start, end


def _after_newline(data: bytes, at: int) -> int:
    return data.find(b"\n", at) + 1 or len(data)


_CHUNK = 1 << 18  # bytes; what a pass makes of so many stays in the cache


def _hits(data: bytes, find: Callable[[Bytes], npt.NDArray[np.bool_]]) -> npt.NDArray[np.int64]:
    """Offsets at which a pass over `data` finds the first byte of a character; each is given the byte before too."""
    padded = np.frombuffer(data, dtype=np.uint8)
    found = [np.flatnonzero(find(padded[:_CHUNK]))]
    found += [np.flatnonzero(find(padded[at - 1 : at + _CHUNK])[1:]) + at for at in range(_CHUNK, len(data), _CHUNK)]
    return np.concatenate(found)


def _begins_three(data: Bytes) -> npt.NDArray[np.bool_]:
    """Whether each byte may begin three bytes of UTF-8, after an ASCII character or at the start."""
    lead = data - np.uint8(0xE1) < 15
    lead[1:] &= data[:-1] < 0x80
    return lead


def _begins_two(data: Bytes) -> npt.NDArray[np.bool_]:
    lead = data >= 0xC2
    lead[1:] &= data[:-1] < 0x80
    return lead


def _continued(data: Bytes, leads: npt.NDArray[np.int64], size: int) -> npt.NDArray[np.int64]:
    """Those of some lead bytes that `size` - 1 continuation bytes follow."""
    leads = leads[leads <= len(data) - size]
    for offset in range(1, size):
        leads = leads[data[leads + offset] & 0xC0 == 0x80]
    return leads
