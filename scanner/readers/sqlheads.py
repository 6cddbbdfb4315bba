"""What the text before a group in brackets says of it: a row of a table, names of columns, or neither."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from scanner.readers.shownnames import personal

_KEPT = 1 << 12  # heads that are remembered
_LONGEST = 1 << 12  # bytes before a group that are looked at
_PART = r'(?:"(?:[^"]|"")+"|`(?:[^`]|``)+`|\[(?:[^\]]|\]\])+\]|[^\s"`\[\](),;.\']+)'
_NAME = rf"(?P<name>{_PART}(?:\s*\.\s*{_PART})*)"
_INSERT = (
    r"(?:insert|replace)\s+(?:(?:low_priority|high_priority|delayed|ignore|all|or\s+[a-z]+)\s+)*"
    rf"(?:into\s+)?{_NAME}(?:\s+as\s+\w+)?"
)
_VALUES = r"(?:overriding\s+(?:system|user)\s+value\s*)?values?"
_TABLE = (
    r"create\s+(?:(?:global|local|temp|temporary|unlogged|foreign|virtual)\s+)*table\s+(?:if\s+not\s+exists\s+)?"
    + _NAME
)
_COMMENT = re.compile(rb"--[^\n]*|/\*.*?\*/|^#[^\n]*", re.S | re.M)
_BATCHES = re.compile(rb"\A(?:\s|(?:go|/)[^\S\n]*\n)+", re.I)  # words that end batches, of SQL Server and Oracle
_COPIED = re.compile(rf"copy\s+{_NAME}\Z", re.I)
_UNIT = re.compile(_PART)


class Kind(Enum):
    """What a group is."""

    ROW = 0
    NAMES = 1  # of the columns of what follows
    TABLE = 2  # its columns
    OTHER = 3


class Table(NamedTuple):
    """The table that rows belong to, and the names of its columns as far as they are known.

    `listed`: the statement lists them, so each row has as many values. Else some may be left out, or be computed.
    """

    name: str
    columns: tuple[str, ...]
    listed: bool = False

    def column(self, number: int) -> str:
        """The name of a column by its number from 0."""
        return self.columns[number] if number < len(self.columns) else f"column {number + 1}"


class Head(NamedTuple):
    """What a group is, and the table that is named; None where that of the group before goes on."""

    kind: Kind
    table: str | None = None


OTHER = Head(Kind.OTHER)
_FORMS = (
    (re.compile(rf"{_INSERT}\s*{_VALUES}", re.I), Kind.ROW),
    (re.compile(_INSERT, re.I), Kind.NAMES),
    (re.compile(rf"copy\s+{_NAME}", re.I), Kind.NAMES),
    (re.compile(_TABLE, re.I), Kind.TABLE),
    (re.compile(rf"{_VALUES}|,", re.I), Kind.ROW),
)


@lru_cache(_KEPT)
def head(before: bytes) -> Head:
    """Judge a group by what stands between it and the group or the semicolon before."""
    statement = _COMMENT.sub(b" ", before[-_LONGEST:]).decode(errors="replace").strip()
    for line in (statement, statement.rpartition("\n")[2].strip()):  # GO and other words end a line
        for form, kind in _FORMS:
            match = form.fullmatch(line)
            if match:
                return Head(kind, _plain(match.groupdict().get("name")))
    return OTHER


@lru_cache(_KEPT)
def is_frame(before: bytes) -> bool:
    """Whether what stands before a group is but the frame of rows: no comment, no other statement, no name as data."""
    if b"--" in before or b"/*" in before or len(before) > _LONGEST or personal(before.decode(errors="replace")):
        return False
    statement = _BATCHES.sub(b"", before).decode(errors="replace").strip()
    return not statement or any(form.fullmatch(statement) for form, kind in _FORMS if kind in (Kind.ROW, Kind.NAMES))


def _plain(name: str | None) -> str | None:
    """The name of a table without quotes and the schema before it."""
    return unquoted(_UNIT.findall(name)[-1]) if name else None


def unquoted(name: str) -> str:
    """A name of a table or column without its quotes."""
    first, last = name[:1], name[-1:]
    if len(name) > 1 and ((first == last and first in ('"', "`", "'")) or (first, last) == ("[", "]")):
        return name[1:-1].replace(last * 2, last)
    return name


_NO_COLUMN = re.compile(
    r"(?:primary|foreign|unique|constraint|key|index|check|fulltext|spatial|exclude|like|period|partition)\b(?!\s*,)",
    re.I,
)
_COLUMN = re.compile(rf"\s*(?P<name>{_PART})(?:\s+(?P<type>.+))?\s*", re.S)


def copied(before: bytes) -> str:
    """The name of the table of a COPY statement that lists no columns, by what stands before `FROM stdin`."""
    statement = _COMMENT.sub(b" ", before[-_LONGEST:]).decode(errors="replace").strip()
    match = _COPIED.search(statement)
    return (_plain(match["name"]) if match else None) or "copy"


@lru_cache(_KEPT)
def columns(definitions: tuple[bytes, ...]) -> tuple[str, ...]:
    """The names of the columns that a table's definition, or a list of columns, is about; keys of it are left out."""
    names = (_column(_COMMENT.sub(b" ", definition).decode(errors="replace")) for definition in definitions)
    return tuple(name for name in names if name is not None)


def _column(definition: str) -> str | None:
    match = _COLUMN.fullmatch(definition)
    if match is None or (match["type"] and _NO_COLUMN.match(match["name"])):
        return None
    return unquoted(match["name"])
