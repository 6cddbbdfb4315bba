"""Avro object container files: a record an object, fields as JSON paths; of a field that holds no others its name.

Read block by block. Memory: a block, which is not read beyond 256 MiB, and its records.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import Any

import fastavro

from scanner.model import Batch, Issue
from scanner.readers.avroblocks import Block, BlockError, Head, blocks, head
from scanner.readers.avroschema import unsafe, without_times
from scanner.readers.celltexts import Losses, texts
from scanner.readers.files import File, unread
from scanner.readers.nested import columns, flat, judge
from scanner.readers.shownnames import shown
from scanner.readers.tablebatch import BATCH, BombError, Meter, bomb, rows_batch

_ROWS = 1 << 13  # of a batch
_ERRORS = (ValueError, EOFError, KeyError, IndexError, TypeError, AttributeError, OverflowError, MemoryError,
           RecursionError, StopIteration, ArithmeticError, struct.error, BlockError, OSError,
           fastavro.schema.SchemaParseException, fastavro.schema.UnknownType)  # fmt: skip


def read(file: File) -> Iterator[Batch]:
    """Read all records; what cannot be read is an issue: corrupt, truncated, codec, unsupported, bomb, unreadable."""
    try:
        with Path(file.path).open("rb") as stream:
            about = head(stream)
            schema = json.loads(about.schema)
            reason = unsafe(schema)
            if reason is not None:
                yield unread(Issue("unsupported", f"its schema {reason}: it was not read"))
                return
            yield from _Records(file, about, schema).batches(blocks(stream, about))
    except BombError:
        yield unread(bomb())
    except OSError as error:
        yield unread(Issue("unreadable", error.strerror or type(error).__name__))
    except _ERRORS as error:
        yield unread(Issue("corrupt", f"the file cannot be read ({type(error).__name__})"))


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some records, and about how many bytes they are."""

    records: list[Any]
    size: int


class _Records:
    """Reads the records of blocks; `_first` is the number of the next one."""

    def __init__(self, file: File, about: Head, schema: Any) -> None:
        self._about, self._plain = about, json.dumps(without_times(schema)).encode()
        members = schema.get("fields", ()) if isinstance(schema, dict) else ()
        names = [member["name"] for member in members]
        labels, self._hidden = shown(names, file.is_header)
        self._names = dict(zip(names, labels, strict=True))
        self._losses, self._keys = Losses(), judge(file.is_header)
        self._meter, self._first = Meter.of(file.path), 1

    def batches(self, found: Iterator[Block | Issue]) -> Iterator[Batch]:
        """The records of blocks, of small ones several together."""
        waiting: list[Any] = []
        size = 0
        for piece in chain.from_iterable(map(self._read, found)):
            if isinstance(piece, Issue):
                yield unread(piece)
                continue
            waiting += piece.records
            size += piece.size
            if len(waiting) >= _ROWS or size >= BATCH:
                yield self._batch(waiting)
                waiting, size = [], 0
        if waiting:
            yield self._batch(waiting)
        if self._hidden:
            yield rows_batch([(None, texts(self._hidden, self._losses), None)], self._first, len(self._hidden))
        yield from map(unread, self._losses.issues())

    def _read(self, block: Block | Issue) -> Iterator[_Piece | Issue]:
        """The records of a block; those with times that no calendar has come with numbers instead of times."""
        if isinstance(block, Issue):
            yield block
            return
        self._meter.add(len(block.data))
        each, done = len(block.data) // max(1, block.count), 0
        for schema in (self._about.schema, self._plain) if block.count <= len(block.data) else ():
            try:
                records = islice(_reader(self._about.alone(block, schema)), done, block.count)
                while some := _several(records, max(1, min(_ROWS, BATCH // max(1, each)))):
                    done += len(some)
                    yield _Piece(some, each * len(some))
            except _ERRORS:
                continue
        if done < block.count:
            yield Issue("corrupt", "records cannot be read", count=block.count - done)

    def _batch(self, records: list[Any]) -> Batch:
        if self._names:
            fields = list(columns(self._names, records, self._losses, self._keys))
        else:
            fields = list(flat(records, self._losses, self._keys))
        self._meter.take(fields)
        first, self._first = self._first, self._first + len(records)
        return rows_batch(fields, first, len(records))


def _reader(data: bytes) -> Iterator[Any]:
    return iter(fastavro.reader(BytesIO(data), handle_unicode_errors="surrogateescape"))


def _several(records: Iterator[Any], count: int) -> list[Any]:
    """The next records; the error that keeps from reading more comes after them."""
    found: list[Any] = []
    try:
        found.extend(islice(records, count))
    except _ERRORS:
        if not found:
            raise
    return found
