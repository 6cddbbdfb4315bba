"""Decodes a stream line by line, as far as its lines may be in several encodings."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.decode.codec import Decoder, Tally, is_utf8
from scanner.decode.detect import Encoding
from scanner.decode.mixed import JUDGED, line_codec, odd_lines


class Lines:
    """Turns blocks of bytes, cut anywhere, into blocks of valid UTF-8.

    Where the encoding has an `other`, whole lines are given and each is decoded in its own encoding; of a line of more
    than `judged` bytes the first `judged` decide, and no more is held back. Else blocks are decoded as they come.
    """

    def __init__(self, encoding: Encoding, judged: int = JUDGED) -> None:
        """Decode a stream in `encoding`, which may be set again while all was ASCII."""
        self.tally = Tally(line_end=13 if encoding.cr and not encoding.mixed else 10)
        self._judged = judged
        self._held = b""  # the start of a line
        self._long: Decoder | None = None  # of the line that the next block goes on with
        self.set(encoding)

    def set(self, encoding: Encoding) -> None:
        """Decode what follows, from the start of the line that is held back, in `encoding`."""
        self._encoding = encoding
        self._decoders: dict[str, Decoder] = {}
        self._whole = None if encoding.mixed else self._decoder(encoding.name)
        if self._long is not None:  # so far ASCII
            self._long = self._decoder(encoding.name)

    def pending(self) -> bytes:
        """The start of a line that is held back."""
        return self._held

    def take(self, block: bytes) -> Iterator[bytes]:
        """Decode a block, together with what was held back."""
        if self._whole is not None:
            data, self._held = self._held + block, b""
            yield self._whole.decode(data, False)
            return
        if self._long is not None:
            end = block.find(b"\n") + 1
            yield self._long.decode(block[:end] if end else block, bool(end))
            if not end:
                return
            self._long, block = None, block[end:]
        data = self._held + block
        cut = data.rfind(b"\n") + 1
        self._held = data[cut:]
        if cut:
            yield self._lines(data[:cut])
        if len(self._held) > self._judged:
            yield self._begin_long()

    def finish(self) -> Iterator[bytes]:
        """Decode what is left at the end."""
        if self._whole is not None:
            yield self._whole.decode(self._held, True)
        elif self._long is not None:
            yield self._long.decode(b"", True)
        elif self._held:
            yield self._lines(self._held)

    def _decoder(self, name: str) -> Decoder:
        if name not in self._decoders:
            self._decoders[name] = Decoder(name, self.tally)
        return self._decoders[name]

    def _begin_long(self) -> bytes:
        name = line_codec(self._held[: self._judged], self._encoding.name, self._encoding.other)
        if name != self._encoding.name:
            self.tally.count_odd(name, 1)
        self._long = self._decoder(name)
        data, self._held = self._held, b""
        return self._long.decode(data, False)

    def _lines(self, data: bytes) -> bytes:
        """Decode whole lines, neighbours in one encoding at once."""
        name = self._encoding.name
        if data.isascii() or (name == "utf-8" and is_utf8(data)):
            return self._decoder("utf-8").count(data)
        pieces, at = [], 0
        for start, end, codec, count in _together(odd_lines(data, name, self._encoding.other, self._judged)):
            pieces.append(self._decoder(name).decode(data[at:start], True))
            self.tally.count_odd(codec, count)
            pieces.append(self._decoder(codec).decode(data[start:end], True))
            at = end
        pieces.append(self._decoder(name).decode(data[at:], True))
        return b"".join(pieces)


def _together(lines: Iterator[tuple[int, int, str]]) -> Iterator[tuple[int, int, str, int]]:
    """Join lines that follow one another in one encoding; the last value is how many."""
    first = next(lines, None)
    if first is None:
        return
    (start, end, codec), count = first, 1
    for following in lines:
        if following[0] == end and following[2] == codec:
            end, count = following[1], count + 1
        else:
            yield start, end, codec, count
            (start, end, codec), count = following, 1
    yield start, end, codec, count
