"""Opens SQLite databases so that nothing is altered or made beside them, and nothing in them is run.

What has not been moved into the file yet is read with it: a write-ahead log (`-wal`), and a journal (`-journal`) that
undoes what was not finished. Where SQLite would have to write for that, it does so in a private copy.
https://sqlite.org/wal.html#read_only_databases, https://sqlite.org/uri.html
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from os import fsencode
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

MAX_ROW = 64 << 20  # bytes
# Reads text; bytes that are not UTF-8 as surrogates (PEP 383).
TOLERANT = partial(str, encoding="utf-8", errors="surrogateescape")
_WAIT = 5.0  # seconds for the lock of a program that is writing
_PRAGMAS = ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON", "mmap_size=0")
_SIDES = ("-wal", "-journal")


@contextmanager
def opened(path: str) -> Iterator[sqlite3.Connection]:
    """A connection that only reads, with `TOLERANT` for text.

    Raises `sqlite3.Error` and `OSError`. Disk: a copy of the database where it was left in the middle of writing.
    """
    database = Path(path).resolve()
    connection = None if _needs_writing(database) else _try(database, _options(database))
    if connection is not None:
        with closing(connection):
            yield connection
        return
    with TemporaryDirectory(prefix="leakgauge-") as folder, closing(_connect(_copy(database, folder), "rw")) as own:
        own.execute("SELECT 1 FROM sqlite_master").fetchone()
        own.execute("PRAGMA query_only=ON")
        yield own


def _needs_writing(database: Path) -> bool:
    """A log without its index, which a reader would have to make."""
    return _size(database, "-wal") > 0 and not Path(f"{database}-shm").exists()


def _options(database: Path) -> str:
    """A file of the log's kind without a log is taken as it is: else SQLite would begin one."""
    if _size(database, "-wal"):
        return "ro&readonly_shm=1"
    with database.open("rb") as file:
        versions = file.read(20)[18:]  # https://sqlite.org/fileformat.html#file_format_version_numbers
    return "ro&immutable=1" if 2 in versions else "ro"


def _try(database: Path, options: str) -> sqlite3.Connection | None:
    """A connection; None where SQLite has to clean up first."""
    connection = _connect(database, options)
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        code = error.sqlite_errorcode & 0xFF
        if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN) and any(_size(database, s) for s in _SIDES):
            connection.close()
            return None
        if code not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR):
            connection.close()
            raise
    return connection


def _connect(database: Path, options: str) -> sqlite3.Connection:
    uri = f"file:{quote(fsencode(database))}?mode={options}"
    connection = sqlite3.connect(uri, uri=True, timeout=_WAIT, isolation_level=None)
    connection.text_factory = TOLERANT
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_ROW)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    for pragma in _PRAGMAS:
        if options != "rw" or not pragma.startswith("query_only"):
            connection.execute(f"PRAGMA {pragma}")
    return connection


def _copy(database: Path, folder: str) -> Path:
    target = Path(folder, "copy")
    shutil.copyfile(database, target)
    for side in _SIDES:
        if _size(database, side):
            shutil.copyfile(f"{database}{side}", f"{target}{side}")
    return target


def _size(database: Path, side: str) -> int:
    beside = Path(f"{database}{side}")
    return beside.stat().st_size if beside.is_file() else 0
