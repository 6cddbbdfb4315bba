"""Parquet, Arrow IPC (files, streams, Feather 2) and ORC: a record a row, fields as in `arrowcells`.

Read by row groups, record batches and stripes, in parts of those. Memory: of Parquet about a batch and the pages it
stands on; of the others a part, of 256 MiB at most, and what they are unpacked to in a process of its own, up to 4 GiB.
Texts of a dictionary are spread over batches of bounded size.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pyarrow as pa
from pyarrow import ipc, types
from pyarrow import parquet as pq

from scanner.model import Batch, Issue
from scanner.readers import arrowcells
from scanner.readers.arrowworker import CODE, CUT, LOST, MORE
from scanner.readers.celltexts import Losses, texts
from scanner.readers.files import File, IsHeader, unread
from scanner.readers.jsonkeys import Keys
from scanner.readers.nested import judge
from scanner.readers.shownnames import shown
from scanner.readers.tablebatch import BATCH, CELLS, FREE, RATIO, BombError, Field, Meter, bomb, rows_batch

_ROWS = 1 << 16
MEMORY = 4 << 30  # bytes, for ORC and Arrow
_WORKER = Path(__file__).with_name("arrowworker.py")
_REPEATS = 8  # bytes for each value
_ERRORS = (pa.ArrowException, OSError, ValueError, KeyError, IndexError, TypeError, MemoryError, RecursionError,
           NotImplementedError, AttributeError)  # fmt: skip

Piece: TypeAlias = "pa.RecordBatch | Issue"


def read(file: File) -> Iterator[Batch]:
    """Read all rows; what cannot be read is an issue: corrupt, encrypted, truncated, unsupported, bomb."""
    rows = _Rows(Meter.of(file.path), file.is_header, judge(file.is_header))
    try:
        for piece in _pieces(file.path):
            if isinstance(piece, Issue):
                yield unread(piece)
            else:
                yield from rows.batches(piece)
        yield from rows.hidden()
    except BombError:
        yield unread(bomb())
    yield from map(unread, rows.losses.issues())


@dataclass(slots=True)
class _Rows:
    """Makes batches of record batches; `first` numbers the next row."""

    meter: Meter
    is_header: IsHeader
    keys: Keys
    losses: Losses = field(default_factory=Losses)
    first: int = 1
    names: _Names | None = None

    def batches(self, piece: pa.RecordBatch) -> Iterator[Batch]:
        try:
            for part in _parts(piece):
                self.names = self.names or _Names.of(part.schema, self.is_header)
                fields = list(self._fields(part, self.names))
                self.meter.take(fields)
                yield rows_batch(fields, self.first, part.num_rows)
                self.first += part.num_rows
        except _ERRORS as error:
            yield unread(_failed(error, "rows"))

    def hidden(self) -> Iterator[Batch]:
        """Names of columns that may be data, as texts."""
        if self.names and (hidden := self.names.hidden):
            yield rows_batch([(None, texts(hidden, self.losses), None)], self.first, len(hidden))

    def _fields(self, part: pa.RecordBatch, names: _Names) -> Iterator[Field]:
        for name, judged, array in zip(names.shown, names.judged, part.columns, strict=True):
            yield from arrowcells.fields(name, array, self.losses, self.keys, judged=judged)


@dataclass(frozen=True, slots=True)
class _Names:
    """How the columns of a file are shown, which of their names are not, and which columns hold others such within."""

    shown: tuple[str, ...]
    hidden: list[str]
    judged: list[bool]

    @classmethod
    def of(cls, schema: pa.Schema, is_header: IsHeader) -> _Names:
        within = [tuple(dict.fromkeys(arrowcells.members(kind))) for kind in schema.types]
        return cls(*shown(schema.names, is_header), [bool(shown(names, is_header)[1]) for names in within])


def _failed(error: Exception, what: str) -> Issue:
    """An issue without the error's text, which may hold data."""
    if "crypt" in str(error).lower():
        return Issue("encrypted", "encrypted: it was not read")
    return Issue("corrupt", f"{what} cannot be read ({type(error).__name__})")


def _pieces(path: str) -> Iterator[Piece]:
    """The record batches of a file, told by its first bytes."""
    try:
        with Path(path).open("rb") as file:
            magic = file.read(8)
        if magic.startswith((b"PAR1", b"PARE")):
            yield from _parquet(path)
        elif magic.startswith(b"FEA1"):
            yield Issue("unsupported", "Feather version 1: it was not read")  # pyarrow crashes on damaged ones
        else:
            yield from _worked(path)
    except _ERRORS as error:
        yield _failed(error, "the file, or the rest of it,")


def _parquet(path: str) -> Iterator[Piece]:
    """https://parquet.apache.org/docs/file-format/"""
    metadata = pq.read_metadata(path)
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    size = sum(group.total_byte_size for group in groups)
    if size > FREE and size > RATIO * Path(path).stat().st_size:
        raise BombError
    with pq.ParquetFile(path, pre_buffer=False) as plain:
        sound = [group for number, group in enumerate(groups) if _opens(plain, number)]
    with pq.ParquetFile(path, pre_buffer=False, read_dictionary=_repeating(metadata, sound)) as source:
        for number, group in enumerate(groups):
            each = max(1, group.total_byte_size // max(1, group.num_rows))
            rows = max(1, min(_ROWS, BATCH // each, CELLS // max(1, metadata.num_columns)))
            try:
                yield from source.iter_batches(rows, row_groups=[number])
            except _ERRORS as error:
                yield _failed(error, f"row group {number + 1}, or a part of it,")


def _opens(source: pq.ParquetFile, number: int) -> bool:
    """Whether a row group gives a row: where its columns are damaged, to ask for their sizes would end the process."""
    try:
        return next(source.iter_batches(1, row_groups=[number]), None) is not None
    except _ERRORS:
        return False


def _repeating(metadata: pq.FileMetaData, groups: list[pq.RowGroupMetaData]) -> list[str]:
    """The columns of texts that take few bytes a value: as dictionaries they stay as small as they are in the file."""
    found = []
    for number in range(metadata.num_columns):
        chunks = [group.column(number) for group in groups]
        size, values = sum(chunk.total_uncompressed_size for chunk in chunks), sum(chunk.num_values for chunk in chunks)
        if size <= _REPEATS * values and all(chunk.physical_type == "BYTE_ARRAY" for chunk in chunks):
            found.append(metadata.schema.column(number).path)
    return [path for path in found if "." not in path]


def _worked(path: str) -> Iterator[Piece]:
    """https://orc.apache.org/specification/, https://arrow.apache.org/docs/format/Columnar.html, in another process."""
    command = [sys.executable, "-P", str(_WORKER), str(Path(path).absolute()), str(MEMORY)]
    null = subprocess.DEVNULL  # what it says when it fails may hold data
    with subprocess.Popen(command, stdin=null, stdout=subprocess.PIPE, stderr=null) as worker:
        try:
            yield from ipc.open_stream(worker.stdout)
            yield from _said(worker.wait())
        finally:
            worker.kill()


def _said(code: int) -> Iterator[Issue]:
    """What the exit code of the worker says."""
    flags = code - CODE if code >= CODE else LOST
    if flags & LOST:
        yield Issue("corrupt", "batches that cannot be read, or take too much memory")
    if flags & CUT:
        yield Issue("truncated", "the index at the end is missing or damaged")
    if flags & MORE:
        yield Issue("trailing", "data after the end of the stream was not read")


def _parts(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """A record batch in parts that are not too large, also when their texts are spread."""
    step = max(1, min(_ROWS, CELLS // max(1, batch.num_columns)))
    for start in range(0, batch.num_rows, step):
        part = batch.slice(start, step)
        sizes = sum((_spread(array) for array in part.columns), np.zeros(part.num_rows, dtype=np.int64))
        ends = np.flatnonzero(np.diff(np.cumsum(sizes) // BATCH, append=-1)) + 1
        for low, high in zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True):
            yield part.slice(low, high - low)


def _spread(array: pa.Array) -> np.ndarray[tuple[int], np.dtype[np.int64]] | int:
    """Bytes of text of each row of a column that refers to a dictionary; 0 for others."""
    if not types.is_dictionary(array.type) or not _is_text(array.type.value_type):
        return 0
    lengths = pa.compute.binary_length(array.dictionary).fill_null(0).to_numpy(zero_copy_only=False)
    return lengths.astype(np.int64)[array.indices.fill_null(0).to_numpy(zero_copy_only=False)] if len(lengths) else 0


def _is_text(kind: pa.DataType) -> bool:
    return kind in (pa.string(), pa.large_string(), pa.binary(), pa.large_binary())
