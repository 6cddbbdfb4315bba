"""A part of a file: what is scanned at once, here or in a worker process."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from scanner.columns import FieldProfile
from scanner.decode import Encoding
from scanner.model import Issue
from scanner.readers import Format
from scanner.readers.sqlrows import State
from scanner.sources import Source, Stream

Fields = dict[str | None, FieldProfile]

SECOND = 0x40  # from here on a byte may be the second one of a character, in encodings of East Asia
NO_TEXT = Encoding("binary", kind="binary")  # of files that are not read as text


@dataclass(frozen=True, slots=True)
class Split:
    """A part of a file: a pure function of it, the rules and the profile gives its findings.

    `start`, `end`: byte range, `end` None for wherever the data ends; `line`, `record`: numbers of the first line and
    record; `top`: it is the start of the file; `last`: it is the end. What can be read only once comes as `data`, or
    as a `stream`: such a split is run here, before the next one is asked for. `issues`: what went wrong in reading it.
    `state`: what a dump has said before. `blocks`: of a block of a sample how many the file has, and how many are read.
    `before`, `after`: the bytes around it that its pragmas need.
    """

    source: Source
    encoding: Encoding
    format: Format
    fields: Fields
    languages: frozenset[str] = frozenset()
    start: int = 0
    end: int | None = None
    line: int = 1
    record: int = 1
    top: bool = True
    last: bool = True
    data: bytes | None = None
    stream: Stream | None = field(default=None, compare=False)
    issues: tuple[Issue, ...] = ()
    state: State | None = None
    blocks: tuple[int, int] | None = None
    before: bytes = b""
    after: bytes = b""

    @property
    def stays(self) -> bool:
        """Whether it must be run in this process, before the next one is asked for."""
        return self.stream is not None or self.source.transient


class Data(io.BytesIO):
    """Bytes as a stream."""

    def __init__(self, data: bytes) -> None:
        """Give `data`."""
        super().__init__(data)
        self.issues: list[Issue] = []
