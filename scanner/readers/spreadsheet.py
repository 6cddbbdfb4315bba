"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS): all sheets, also hidden ones; fields `Sheet.header`.

A record is a row that is not empty, and no header; each sheet numbers its own. Rows above the header are texts.
Comments and drawings are not read. Memory: a batch and a row of 32 Mi code points here, and a sheet in a process of its
own, up to 4 GiB.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import polars as pl

from scanner.model import Batch, Issue
from scanner.readers.celltexts import Losses, texts
from scanner.readers.files import File, unread
from scanner.readers.sheetbounds import encrypted, refusal
from scanner.readers.sheetheader import Header, find
from scanner.readers.tablebatch import BATCH, CELLS, BombError, Field, Meter, bomb, rows_batch

MEMORY = 4 << 30  # bytes
_HEAD = 200  # rows that a header is looked for in
_ROWS = 1 << 16
_WORKER = Path(__file__).with_name("sheetworker.py")

Row = Sequence[Any]


def read(file: File) -> Iterator[Batch]:
    """Read all sheets; what cannot be read is an issue: corrupt, encrypted, bomb, unreadable."""
    try:
        refused = refusal(file.path)
        if refused is None:
            yield from _sheets(file)
        else:
            yield unread(refused)
    except BombError:
        yield unread(bomb())
    except OSError as error:
        yield unread(Issue("unreadable", error.strerror or type(error).__name__))


def _sheets(file: File) -> Iterator[Batch]:
    losses, meter = Losses(), Meter.of(file.path)
    sheet: _Sheet | None = None
    for kind, *said in _events(file.path):
        if kind == "rows" and sheet is not None:
            yield from sheet.take(said[0])
            continue
        if sheet is not None:
            yield from sheet.end()
        sheet = _Sheet(said[0], said[1], file, losses, meter) if kind == "sheet" else None
        if kind == "failed":
            yield unread(_failed(*said))
    if sheet is not None:
        yield from sheet.end()
    yield from map(unread, losses.issues())


def _failed(what: str, error: str) -> Issue:
    return encrypted() if error == "PasswordError" else Issue("corrupt", f"{what} cannot be read ({error})")


def _events(path: str) -> Iterator[list[Any]]:
    """What the worker says of all sheets; where it dies of one, another one goes on with the next."""
    first, ended = 0, False
    while not ended:
        begun = first
        for said in _lines(path, first):
            ended = said[0] == "end"
            first = said[1] + 1 if said[0] == "sheet" else first
            if not ended:
                yield said
        if not ended:
            what = f"sheet {first}" if first > begun else "the workbook"
            yield ["failed", f"{what}, which is damaged or takes too much memory,", "the parser ended"]
        ended = ended or first == begun


def _lines(path: str, first: int) -> Iterator[list[Any]]:
    command = [sys.executable, "-P", str(_WORKER), str(Path(path).absolute()), str(first), str(MEMORY)]
    # what the parser says when it fails may hold data
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as worker:
        assert worker.stdout is not None
        try:
            for line in worker.stdout:
                yield orjson.loads(line)
        except orjson.JSONDecodeError:  # cut off
            return
        finally:
            worker.kill()


class _Sheet:
    """Takes the rows of one sheet. A name that may be data is a text after them, and not shown in names of fields."""

    def __init__(self, number: int, name: str, file: File, losses: Losses, meter: Meter) -> None:
        personal = file.is_header([name]) is False
        self._name, self._hidden = (f"sheet {number + 1}", [name]) if personal else (name, [])
        self._losses, self._meter, self._is_header = losses, meter, file.is_header
        self._header: Header | None = None
        self._titles: list[str] = []
        self._waiting: list[Row] = []
        self._done = self._size = 0

    def take(self, rows: Sequence[Row]) -> Iterator[Batch]:
        """Batches, when there are enough rows for one."""
        self._waiting += rows
        size = sum(len(cell) for row in rows for cell in row if isinstance(cell, str))
        self._meter.add(size)
        self._size += size
        if self._size >= BATCH or len(self._waiting) >= max(1, min(_ROWS, CELLS // max(1, len(self._waiting[0])))):
            yield from self._rest()

    def end(self) -> Iterator[Batch]:
        """What was not given yet."""
        yield from self._rest()
        self._titles += self._hidden
        if self._titles:
            yield self._batch([])

    def _rest(self) -> Iterator[Batch]:
        data, self._waiting, self._size = self._waiting, [], 0
        if self._header is None:
            data = self._below_header(data)
        if data or self._titles:
            yield self._batch(data)

    def _below_header(self, rows: list[Row]) -> list[Row]:
        head = self._texts(rows[:_HEAD])
        header = self._header = find(head, self._is_header)
        self._titles += filter(None, map(_joined, head[: header.above]))
        return [row for index, row in enumerate(rows) if index >= header.above and index not in header.rows]

    def _texts(self, rows: Sequence[Row]) -> list[list[str]]:
        return [[text or "" for text in texts(row, self._losses).to_list()] for row in rows]

    def _batch(self, data: Sequence[Row]) -> Batch:
        assert self._header is not None
        titles, self._titles = self._titles, []
        above = len(titles)
        rows = np.arange(above, above + len(data), dtype=np.int64) if above else None
        fields: list[Field] = []
        if titles:
            fields.append((None, pl.Series(titles, dtype=pl.String), np.arange(above, dtype=np.int64)))
        for name, values in zip(self._header.names, zip(*data, strict=True), strict=False):
            column = texts(values, self._losses)
            if column.str.len_bytes().max():
                fields.append((f"{self._name}.{name}", column, rows))
        first, self._done = self._done + 1, self._done + above + len(data)
        return rows_batch(fields, first, above + len(data))


def _joined(cells: Sequence[str]) -> str:
    return "\t".join(cell for cell in cells if cell.strip())
