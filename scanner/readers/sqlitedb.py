"""SQLite databases: a record a row, fields `table.column`; records are numbered within their table.

Tables are read in pieces by their keys, so that no lock is held while what was read is looked at; only a table
WITHOUT ROWID is read in one go. Rows that were deleted are not read. Memory: a batch, and one row of 64 MiB at most.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from scanner.model import Batch, Issue
from scanner.readers.celltexts import Losses, texts
from scanner.readers.files import File, unread
from scanner.readers.shownnames import Judge, shown
from scanner.readers.sqliteopen import MAX_ROW, TOLERANT, opened
from scanner.readers.sqlitetables import Table, described, listed, quoted
from scanner.readers.tablebatch import BATCH, CELLS, BombError, Meter, bomb, rows_batch

_TOGETHER = 64  # rows between two looks at how much they are
_SHORT = 1 << 20  # bytes of a row; longer ones are read one by one
_ROWS = 1 << 16
_FIRST, _LAST = -(1 << 63), (1 << 63) - 1
_GAPS = 1000  # in one table
_JUDGED = 10_000  # names that are remembered, as tables repeat them

Row = tuple[Any, ...]
_ERRORS = (sqlite3.Error, ValueError, OverflowError, MemoryError)


def read(file: File) -> Iterator[Batch]:
    """Read all tables of a database; what cannot be read is an issue: corrupt, unreadable, bomb."""
    losses, judge = Losses(), lru_cache(_JUDGED)(file.is_header)
    try:
        with opened(file.path) as connection:
            yield from _tables(connection, Meter(_size(file.path)), losses, judge)
            yield from _behind(connection, Path(file.path).stat().st_size)
    except OSError as error:
        yield unread(Issue("unreadable", error.strerror or type(error).__name__))
    except BombError:
        yield unread(bomb())
    except _ERRORS as error:
        yield unread(_failed(error))
    yield from map(unread, losses.issues())


def _size(path: str) -> int:
    """Bytes of a database and its log."""
    files = (Path(path), Path(f"{path}-wal"))
    return sum(file.stat().st_size for file in files if file.exists())


def _failed(error: Exception) -> Issue:
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    if name == "SQLITE_NOTADB":
        return Issue("corrupt", "no database that SQLite can read: damaged or encrypted")
    return Issue("unreadable", f"SQLite cannot read it: {name}")


def _behind(connection: sqlite3.Connection, size: int) -> Iterator[Batch]:
    """An issue for what stands behind the last page."""
    pages, each = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    if (more := size - pages * each) > 0:
        yield unread(Issue("trailing", "data after the last page was not read", bytes=more))


def _tables(connection: sqlite3.Connection, meter: Meter, losses: Losses, judge: Judge) -> Iterator[Batch]:
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _SHORT)
    names, sources, whole = listed(connection)
    if not whole:
        yield unread(Issue("corrupt", "the list of tables is damaged: some may be missing"))
    labels, hidden = shown(names, judge, "table")
    yield from _said(hidden, 1, losses)
    for label, name, source in zip(labels, names, sources, strict=True):
        try:
            table = described(connection, name, source)
        except _ERRORS as error:
            yield unread(_gap(error))
            continue
        yield from _Rows(connection, table, label, meter, losses).batches(judge)


def _said(hidden: Sequence[str], first: int, losses: Losses) -> Iterator[Batch]:
    """Names that may be data, as texts."""
    if hidden:
        yield rows_batch([(None, texts(hidden, losses), None)], first, len(hidden))


def _gap(error: Exception) -> Issue:
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    kind = "unreadable" if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) else "corrupt"
    return Issue(kind, f"rows of a table that cannot be read ({name})")


class AstrayError(sqlite3.DatabaseError):
    """The pages of a table lead to others than its next ones."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a table, and what kept SQLite from reading more."""

    rows: list[Row]
    error: Exception | None = None

    @property
    def is_text(self) -> bool:
        """The next row holds text that is not UTF-8; that is an error of Python's, not of SQLite's."""
        return type(self.error) is sqlite3.OperationalError and not hasattr(self.error, "sqlite_errorcode")

    @property
    def is_long(self) -> bool:
        """The next row is too long to be read with others."""
        return self._code == sqlite3.SQLITE_TOOBIG

    @property
    def is_final(self) -> bool:
        """There is no use in looking further on: pages lead astray, or a program that writes keeps others out."""
        return isinstance(self.error, AstrayError) or self._code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)

    @property
    def _code(self) -> int:
        return getattr(self.error, "sqlite_errorcode", 0) & 0xFF


@dataclass(slots=True)
class _Rows:
    """Reads the rows of one table, shown as `label`; `done` of them so far."""

    connection: sqlite3.Connection
    table: Table
    label: str
    meter: Meter
    losses: Losses
    done: int = 0

    def batches(self, judge: Judge) -> Iterator[Batch]:
        if not self.table.columns:
            return
        columns, hidden = shown(self.table.known, judge)
        names = [f"{self.label}.{name}" for name in columns]
        for piece in self._by_key() if self.table.rowid else self._in_one_go():
            if piece.rows:
                yield self._batch(piece.rows, names)
            if piece.error:
                yield unread(_gap(piece.error))
        yield from _said(hidden, self.done + 1, self.losses)

    def _batch(self, rows: list[Row], names: Sequence[str]) -> Batch:
        columns = list(zip(*rows, strict=True))[-len(self.table.columns) :]
        fields = [(name, texts(values, self.losses), None) for name, values in zip(names, columns, strict=True)]
        self.meter.take(fields)
        first, self.done = self.done + 1, self.done + len(rows)
        return rows_batch(fields, first, len(rows))

    def _in_one_go(self) -> Iterator[Piece]:
        self.connection.text_factory = TOLERANT
        with self._any_row():
            try:
                cursor = self.connection.execute(f"SELECT {self._columns} FROM {quoted(self.table.source)}")
            except _ERRORS as error:
                yield Piece([], error)
                return
            while True:
                piece = self._some(cursor, 1)  # any may be long
                yield piece
                if piece.error or not piece.rows:
                    return

    def _by_key(self) -> Iterator[Piece]:
        low, gaps, piece = _FIRST, 0, Piece([()])
        self.connection.text_factory = str  # twice as fast
        while piece.rows or piece.error:
            piece = self._from(low, self._step)
            low = piece.rows[-1][0] + 1 if piece.rows else low
            if piece.is_text and self.connection.text_factory is str:
                self.connection.text_factory = TOLERANT
                yield Piece(piece.rows)
                continue
            with self._any_row():
                if piece.is_long:
                    yield Piece(piece.rows)
                    piece = self._from(low, 1)
                    low = piece.rows[-1][0] + 1 if piece.rows else low
                yield piece
                if piece.error:
                    gaps += 1
                    beyond = None if piece.is_final or gaps == _GAPS else self._beyond(low)
                    if beyond is None:
                        return
                    low = beyond

    def _from(self, low: int, count: int) -> Piece:
        """Rows with keys from `low`, up to `count` of them."""
        if low > _LAST:
            return Piece([])
        key, table = self.table.rowid, quoted(self.table.source)
        query = f"SELECT {key}, {self._columns} FROM {table} WHERE {key} >= ? ORDER BY {key} LIMIT ?"
        try:
            with closing(self.connection.execute(query, (low, count))) as cursor:
                piece = self._some(cursor)
        except _ERRORS as error:
            return Piece([], error)
        ordered = not piece.rows or piece.rows[-1][0] >= low
        return piece if ordered else Piece([], AstrayError())

    def _some(self, cursor: sqlite3.Cursor, together: int = _TOGETHER) -> Piece:
        """The next rows, about as many as make a batch, of which so many are read between two looks at their size."""
        rows: list[Row] = []
        size = seen = 0
        try:
            while size < BATCH and len(rows) < self._step:
                rows.extend(islice(cursor, together))  # keeps those before an error, as `fetchmany` does not
                if len(rows) == seen:
                    break
                size += _bytes(rows[seen:])
                seen = len(rows)
                if self.done + len(rows) > self.meter.size:  # a row takes bytes: the file's pages go round in circles
                    raise AstrayError
        except _ERRORS as error:
            return Piece(rows, error)
        return Piece(rows)

    def _beyond(self, low: int) -> int | None:
        """The first key from `low` at which rows can be read again, as far as it can be found; None for no such key."""
        bad, step = low, 1
        while self._from(low + step, 1).error:
            bad, step = low + step, 2 * step
            if low + step > _LAST:
                return None
        good = low + step
        while good - bad > 1:
            middle = (bad + good) // 2
            bad, good = (middle, good) if self._from(middle, 1).error else (bad, middle)
        return good

    @contextmanager
    def _any_row(self) -> Iterator[None]:
        """Lets rows be long, while few are read at once."""
        self.connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_ROW)
        try:
            yield
        finally:
            self.connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _SHORT)

    @property
    def _columns(self) -> str:
        return ", ".join(map(quoted, self.table.columns))

    @property
    def _step(self) -> int:
        return max(1, min(_ROWS, CELLS // (len(self.table.columns) + 1)))


def _bytes(rows: list[Row]) -> int:
    """About how many bytes of text and blobs some rows hold."""
    size = 0
    for cells in zip(*rows, strict=True):
        kinds = set(map(type, cells))
        if kinds == {str}:
            size += sum(map(len, cells))
        elif kinds & {str, bytes}:
            size += sum(len(cell) for cell in cells if isinstance(cell, str | bytes))
    return size
