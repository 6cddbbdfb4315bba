"""The bytes of a split as they stand in its file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from scanner.containers.spool import Spool
from scanner.decode import read_full
from scanner.errors import UsageError
from scanner.plan import Split
from scanner.sources import open_source

BLOCK = 8 << 20  # bytes that are looked at at once
_HELD = 64 << 20  # bytes; what is longer stays in its file


class Raw(Protocol):
    """Bytes that can be read at any place."""

    @property
    def size(self) -> int:
        """How many there are."""
        ...

    def read(self, start: int, end: int) -> bytes:
        """The bytes [start, end)."""
        ...


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes in memory."""

    data: bytes

    @property
    def size(self) -> int:
        """See `Raw`."""
        return len(self.data)

    def read(self, start: int, end: int) -> bytes:
        """See `Raw`."""
        return self.data[start:end]


class InFile:
    """A range of a file. Raises `UsageError` when the file has become shorter."""

    def __init__(self, path: str, start: int, end: int | None) -> None:
        """From byte `start` up to `end`, None for all that follows."""
        self._file, self._start = Path(path).open("rb", buffering=0), start  # noqa: SIM115 - see `close`
        self.size = (os.fstat(self._file.fileno()).st_size if end is None else end) - start

    def read(self, start: int, end: int) -> bytes:
        """See `Raw`."""
        self._file.seek(self._start + start)
        pieces, left = [], end - start
        while left and (piece := self._file.read(left)):
            pieces.append(piece)
            left -= len(piece)
        if left:
            raise UsageError("the file has changed while it was read: try again")
        return b"".join(pieces)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


@contextmanager
def raw_of(split: Split) -> Iterator[tuple[Split, Raw]]:
    """The bytes of a split, and the split that reads just these.

    What is longer than 64 MiB is read from its file, and from a temporary one where it comes as a stream.
    """
    if split.data is not None:
        yield split, Held(split.data)
    elif split.stream is not None:
        with Spool() as spool, spool.file(split.stream, split.source.path) as path:
            if not isinstance(path, str):
                raise UsageError(path.message)
            source = replace(split.source, location=path, compression=None, stream=None)
            issues = (*split.issues, *split.stream.issues)
            with _in_file(replace(split, source=source, stream=None, start=0, end=None, issues=issues)) as found:
                yield found
    elif (split.end or split.source.size or 0) - split.start > _HELD:
        with _in_file(split) as found:
            yield found
    else:
        stream = open_source(split.source, split.start, split.end)
        data = read_full(stream, _HELD + 1 if split.end is None else split.end - split.start)
        stream.close()
        yield replace(split, data=data, issues=(*split.issues, *stream.issues)), Held(data)


@contextmanager
def _in_file(split: Split) -> Iterator[tuple[Split, Raw]]:
    raw = InFile(split.source.location or "", split.start, split.end)
    try:
        yield replace(split, end=split.start + raw.size), raw
    finally:
        raw.close()
