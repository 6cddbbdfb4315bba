"""The batches of one split, and what is known when they have been read."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Self

from scanner.allow.pragmas import Pragmas
from scanner.decode import Encoding, Readable, TextBlocks
from scanner.model import Batch, Issue
from scanner.plan import Data, Split
from scanner.readers.jsonkeys import Keys
from scanner.sources import open_source

BLOCK = 9 << 20  # bytes of text that are scanned at once: a split of 8 MiB and what its last record is longer by


@dataclass(slots=True)
class Reading:
    """`batches`, to be read first; then `issues`, `bytes` and `encoding` are complete. `pragmas` are those so far."""

    batches: Iterator[Batch]
    _stream: Readable | None
    _blocks: TextBlocks | None
    _size: int = 0
    pragmas: Pragmas | None = None

    @classmethod
    def of_text(cls, split: Split, keys: Keys, pragmas: Pragmas | None = None) -> Self:
        """A text: the data or the stream that the split brings, or its range of a file; `pragmas` watches it."""
        stream: Readable = split.stream or (
            Data(split.data) if split.data is not None else open_source(split.source, split.start, split.end)
        )
        blocks = TextBlocks(stream, split.encoding, BLOCK, at_start=split.top, path=split.source.path, line=split.line)
        read = split.format.read(
            blocks if pragmas is None else pragmas.watch(blocks),
            line=split.line,
            record=split.record,
            top=split.top,
            keys=keys,
            state=deepcopy(split.state),
            last=split.last,
        )
        return cls(read, stream, blocks, pragmas=pragmas)

    @classmethod
    def of_file(cls, batches: Iterator[Batch], path: str) -> Self:
        """A whole file that is no text."""
        try:
            size = os.stat(path).st_size  # noqa: PTH116 - the path is no Path anywhere
        except OSError:  # to read it gives the issue
            size = 0
        return cls(batches, None, None, size)

    @property
    def issues(self) -> list[Issue]:
        """What went wrong in reading and decoding."""
        sources = (self._stream, self._blocks, self.pragmas)
        return [issue for source in sources if source is not None for issue in source.issues]

    @property
    def bytes(self) -> int:
        """How many bytes were read, decompressed."""
        return self._blocks.bytes_read if self._blocks else self._size

    @property
    def encoding(self) -> Encoding | None:
        """How a text was encoded."""
        return self._blocks.encoding if self._blocks else None

    def close(self) -> None:
        """Close what was opened."""
        if self._stream is not None:
            self._stream.close()


def pragmas(split: Split, others: Sequence[str], known: Collection[str]) -> Pragmas:
    """What watches the text of a split for pragmas, from where it begins; see `Pragmas`."""
    line = split.state.at.line if split.state is not None else split.line
    before, after = (
        b"".join(TextBlocks(Data(data), split.encoding, at_start=False)) for data in (split.before, split.after)
    )
    return Pragmas(others, known, line, before, after)
