"""The table of formats: what reads each, and how it is told by the name of a file."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from scanner.model import Batch, Issue
from scanner.readers import delimited, html, jsondoc, jsonlines, ldif, sqldump, text, vcard
from scanner.readers.dialect import Dialect
from scanner.readers.files import File, unread
from scanner.readers.jsonkeys import Keys
from scanner.readers.sqlrows import State


@dataclass(frozen=True, slots=True)
class Text:
    """What a reader reads, see `Format.read`."""

    blocks: Iterable[bytes]
    line: int
    record: int
    top: bool
    keys: Keys
    state: State | None = None
    last: bool = True


@dataclass(frozen=True, slots=True)
class Format:
    """How a file is read: the name of a row in `FORMATS`, the dialect of delimited text, and of SQL whether a backslash
    escapes quotes."""

    name: str
    dialect: Dialect | None = None
    backslash: bool = False

    @property
    def splits(self) -> bool:
        """Whether byte ranges that start at a record can be read alone; of SQL with the state that is reached there."""
        return self.name == "sql" or FORMATS[self.name].count is not None

    @property
    def has_tables(self) -> bool:
        """Whether there may be several tables, so that fields must be judged as they come."""
        return self.name in ("sql", "html") or self.name in FILES

    def count(self, block: bytes, *, top: bool) -> tuple[int, int]:
        """How many bytes of a block that begins with a record are whole records, and how many records those are.

        `top` says that the block is at the file's start. Only for a format that `splits`.
        """
        counted = FORMATS[self.name].count
        assert counted is not None
        return counted(self, block, top)

    def read(
        self,
        blocks: Iterable[bytes],
        *,
        line: int,
        record: int,
        top: bool,
        keys: Keys | None = None,
        state: State | None = None,
        last: bool = True,
    ) -> Iterator[Batch]:
        """Read valid UTF-8 blocks.

        `line` and `record` number what comes first, `top` says it is the file's start, `last` that they go to its end;
        `keys` tells field names from data; `state`: what comes before within a dump, which is used up.
        """
        return FORMATS[self.name].read(self, Text(blocks, line, record, top, keys or Keys(), state, last))


@dataclass(frozen=True, slots=True)
class Row:
    """One supported format.

    `suffixes`: endings of file names. `count`: see `Format.count`; None where no byte range can be read alone.
    """

    suffixes: tuple[str, ...]
    read: Callable[[Format, Text], Iterator[Batch]]
    count: Callable[[Format, bytes, bool], tuple[int, int]] | None


def _read_text(_: Format, given: Text) -> Iterator[Batch]:
    return text.read(given.blocks, line=given.line, record=given.record)


def _read_delimited(kind: Format, given: Text) -> Iterator[Batch]:
    assert kind.dialect is not None
    return delimited.read(given.blocks, kind.dialect, line=given.line, record=given.record, top=given.top)


def _count_rows(kind: Format, block: bytes, top: bool) -> tuple[int, int]:
    assert kind.dialect is not None
    return delimited.count(block, kind.dialect, top=top)


def _count_lines(_kind: Format, block: bytes, _top: bool) -> tuple[int, int]:
    return text.count(block)


def _with_keys(read: Callable[..., Iterator[Batch]]) -> Callable[[Format, Text], Iterator[Batch]]:
    """A reader that tells names of fields from data."""
    return lambda _, given: read(given.blocks, line=given.line, record=given.record, keys=given.keys)


def _read_sql(kind: Format, given: Text) -> Iterator[Batch]:
    return sqldump.read(given.blocks, line=given.line, backslash=kind.backslash, state=given.state, last=given.last)


FORMATS: dict[str, Row] = {
    "delimited": Row((".csv", ".tsv", ".tab", ".psv"), _read_delimited, _count_rows),
    "jsonl": Row((".jsonl", ".ndjson"), _with_keys(jsonlines.read), _count_lines),
    "json": Row((".json", ".geojson", ".har"), _with_keys(jsondoc.read), None),
    "sql": Row((".sql",), _read_sql, None),
    "html": Row((".html", ".htm", ".xhtml"), _with_keys(html.read), None),
    "ldif": Row((".ldif", ".ldf"), _with_keys(ldif.read), None),
    "vcard": Row((".vcf", ".vcard", ".ics"), _with_keys(vcard.read), None),
    "text": Row((".txt", ".log", ".md"), _read_text, _count_lines),
}
# Formats that are not read as text: kinds of `Source`, and the module that reads a whole file, loaded when needed.
FILES = {
    "sqlite": "sqlitedb",
    "arrow": "arrowfiles",
    "avro": "avro",
    "excel": "spreadsheet",
    "mail": "mail",
    "office": "office",
    "pdf": "pdf",
}


def read_file(kind: str, file: File) -> Iterator[Batch]:
    """Read a file of a kind in `FILES`; what cannot be read, even all of it, is an issue of a batch."""
    try:
        yield from importlib.import_module(f"scanner.readers.{FILES[kind]}").read(file)
    except OSError as error:
        yield unread(Issue("unreadable", f"{error.strerror or type(error).__name__}; the rest was not read"))
