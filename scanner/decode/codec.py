"""Decodes pieces of a stream to valid UTF-8: what cannot be decoded becomes U+FFFD and is counted."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from scanner.decode.tones import Composer

# Two high bytes that stand for nothing in these are one unknown character, as a vendor's additions are. Taking only
# the first would pair the second with the next character, and all up to the next ASCII character would be lost.
_PAIRED = frozenset({"cp949", "johab", "gb18030", "big5hkscs", "cp932", "euc_jis_2004", "cp950"})
_BAD = re.compile("[\udc00-\udcff]")


def _mark(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: stand a lone surrogate in for each bad byte, which no decoder gives by itself."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data, start, end = error.object, error.start, error.end
    if error.encoding in _PAIRED and end == start + 1 and data[start] >= 0x80 and data[end : end + 1] >= b"\x80":
        end += 1
    return "".join(chr(0xDC00 + byte) for byte in data[start:end]), end


_HANDLER = "scanner.mark"
codecs.register_error(_HANDLER, _mark)


@dataclass(slots=True)
class Tally:
    """What decoding meets: line ends, bad bytes, and lines in another encoding than the rest by its name.

    `line_end`: the byte that ends lines. `bad_line`, `first`: the first physical line of each, from 1.
    """

    line_end: int = 10
    bad: int = 0
    bad_line: int = 0
    odd: Counter[str] = field(default_factory=Counter)
    first: dict[str, int] = field(default_factory=dict)
    _before: int = field(default=0, init=False)
    _last: bytes = field(default=b"", init=False)

    @property
    def lines(self) -> int:
        """Line ends so far."""
        self._settle()
        return self._before

    def start(self, lines: int) -> None:
        """So many line ends stand before."""
        self._before = lines

    def see(self, data: bytes) -> None:
        """Keep what was decoded: its lines are counted when they are asked for, or something follows; mostly never."""
        self._settle()
        self._last = data

    def _settle(self) -> None:
        self._before += _count(self._last, self.line_end)
        self._last = b""

    def count_odd(self, name: str, lines: int) -> None:
        """Count lines in the encoding `name`, the first of which comes next."""
        self.first.setdefault(name, self.lines + 1)
        self.odd[name] += lines


class Decoder:
    """Decodes one encoding, however its bytes are cut."""

    def __init__(self, name: str, tally: Tally) -> None:
        """`name`: a Python codec; what is decoded is counted in `tally`."""
        self._tally = tally
        self._rest = b""  # the start of a character whose end is in the next piece (UTF-8 only)
        self._won = name == "johab"  # whose backslash looks like a won sign, and Python gives that
        self._inner: codecs.IncrementalDecoder | None = None  # UTF-8 needs only to be checked
        if name != "utf-8":
            self._inner = codecs.getincrementaldecoder(name)(_HANDLER)
        if name == "cp1258" and self._inner is not None:
            self._inner = Composer(self._inner)

    def decode(self, data: bytes, final: bool) -> bytes:
        """The UTF-8 of a piece up to its last whole character; `final`: a text ends with it, the next is another."""
        if self._inner is not None:
            text = self._inner.decode(data, final)
            return self._encode(text.replace("₩", "\\") if self._won else text)
        if self._rest:
            data, self._rest = self._rest + data, b""
        if not final and not data.isascii() and (cut := _whole_characters(data)) < len(data):
            data, self._rest = data[:cut], data[cut:]
        return self.count(data) if is_utf8(data) else self._encode(data.decode("utf-8", _HANDLER))

    def _encode(self, text: str) -> bytes:
        try:
            data = text.encode()
        except UnicodeEncodeError as error:
            if not self._tally.bad:
                before = text.count(chr(self._tally.line_end), 0, error.start)
                self._tally.bad_line = self._tally.lines + before + 1
            text, bad = _BAD.subn("\ufffd", text)
            self._tally.bad += bad
            data = text.encode()
        return self.count(data)

    def count(self, data: bytes) -> bytes:
        """Count the lines of what is valid UTF-8 already."""
        self._tally.see(data)
        return data


_LARGE = 64 * 1024


def _count(data: bytes, byte: int) -> int:
    """How often `byte` occurs; numpy is quicker, once it has begun."""
    return int(np.count_nonzero(np.frombuffer(data, np.uint8) == byte)) if len(data) > _LARGE else data.count(byte)


def is_utf8(data: bytes) -> bool:
    """Whether all of it is valid UTF-8."""
    if data.isascii():
        return True
    try:
        if len(data) > _LARGE:  # ten times faster than `bytes.decode`
            pl.Series([data], dtype=pl.Binary).cast(pl.String)
        else:
            data.decode()
    except (UnicodeDecodeError, pl.exceptions.PolarsError):
        return False
    return True


def _whole_characters(data: bytes) -> int:
    """Return how much of `data` can be decoded as UTF-8 alone: all but a character that is cut at its end."""
    for back in range(1, min(3, len(data)) + 1):
        byte = data[-back]
        if byte >= 0xC2:
            needed = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4 if byte < 0xF5 else 1
            return len(data) - back if needed > back else len(data)
        if byte < 0x80:
            break
    return len(data)
