"""Which tables of a SQLite database are read, and what they are known as.

Views repeat what tables hold, and so do the indexes of full-text search. The texts of full-text search stand in an
ordinary table beside it, from which they are read; no module of SQLite has to be run for that.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

_VIRTUAL = re.compile(r"(?is)\s*create\s+virtual\s+table\b")
_FULL_TEXT = re.compile(r"(?i)\busing\s+fts[345]\b")
_ELSEWHERE = re.compile(r"""(?i)\bcontent\s*=\s*["'`\[]?[^\s"'`\],)]""")
_INDEXES = ("data", "idx", "docsize", "config", "segments", "segdir", "stat")  # https://sqlite.org/fts5.html
_STORED = (0, 3)  # neither hidden nor computed when it is asked for; https://sqlite.org/pragma.html#pragma_table_xinfo
_NAMES_OF_ROWS = ("rowid", "_rowid_", "oid")


@dataclass(frozen=True, slots=True)
class Table:
    """A table called `source`, known as `name`, with the `columns` that it stores and the names they are known by.

    `rowid`: how its key is called; None where it has none but its own columns.
    """

    name: str
    source: str
    columns: tuple[str, ...]
    known: tuple[str, ...]
    rowid: str | None


def listed(connection: sqlite3.Connection) -> tuple[list[str], list[str], bool]:
    """The tables of a database: what they are known as, what they are called; and whether these are all.

    A schema that makes no sense in part is read as far as it does.
    """
    definitions, whole = _definitions(connection)
    if not whole and not definitions:
        connection.execute("PRAGMA writable_schema=ON")  # to go on after an error; nothing can be written
        definitions = _definitions(connection)[0]
    virtual = {name: sql for name, sql in definitions.items() if _VIRTUAL.match(sql)}
    texts = {f"{name}_content": name for name, sql in virtual.items() if _FULL_TEXT.search(sql)}
    held = [name for name, sql in virtual.items() if _FULL_TEXT.search(sql) and _ELSEWHERE.search(sql)]
    held += [name for content, name in texts.items() if content in definitions]
    left = {*virtual, *(f"{name}_{index}" for name in held for index in _INDEXES)}
    sources = [name for name in definitions if name not in left and not name.startswith("sqlite_")]
    return [texts.get(name, name) for name in sources], sources, whole


def described(connection: sqlite3.Connection, name: str, source: str) -> Table:
    """What is read of a table. Raises `sqlite3.Error`."""
    columns = _columns(connection, source)
    known = columns
    if name != source:
        try:
            known = (*columns[:1], *_columns(connection, name))
        except sqlite3.Error:
            known = columns
        known = known if len(known) == len(columns) else columns
    full = len(columns) >= connection.getlimit(sqlite3.SQLITE_LIMIT_COLUMN)  # a query cannot have the key besides
    keys = [key for key in _NAMES_OF_ROWS if key not in {column.lower() for column in columns}]
    rowid = next((key for key in keys if _answers(connection, source, key)), None)
    return Table(name, source, columns, known, None if full else rowid)


def quoted(name: str) -> str:
    """A name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def _definitions(connection: sqlite3.Connection) -> tuple[dict[str, str], bool]:
    found: dict[str, str] = {}
    try:
        for name, sql in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
            if isinstance(name, str):
                found[name] = sql if isinstance(sql, str) else ""
    except sqlite3.Error:
        return found, False
    return found, True


def _columns(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    rows = connection.execute(f"PRAGMA table_xinfo({quoted(table)})")
    return tuple(row[1] for row in rows if row[6] in _STORED)


def _answers(connection: sqlite3.Connection, table: str, key: str) -> bool:
    try:
        connection.execute(f"SELECT {key} FROM {quoted(table)} LIMIT 0")
    except sqlite3.OperationalError:
        return False
    return True
