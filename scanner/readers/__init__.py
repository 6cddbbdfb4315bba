"""Readers: text or a whole file in, batches of columns out; one module a format, one row in `FORMATS` or `FILES`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

import orjson

from scanner.model import Batch
from scanner.readers import delimited, jsondoc, jsonlines, sqldump, text
from scanner.readers.dialect import Dialect, sniff
from scanner.readers.files import File, IsHeader
from scanner.readers.jsonkeys import Keys
from scanner.readers.jsonscan import Structure


@dataclass(frozen=True, slots=True)
class Text:
    """What a reader reads, see `Format.read`."""

    blocks: Iterable[bytes]
    line: int
    record: int
    top: bool
    keys: Keys


@dataclass(frozen=True, slots=True)
class Format:
    """How a file is read: the name of a row in `FORMATS`, the dialect of delimited text, and of SQL whether a backslash
    escapes quotes."""

    name: str
    dialect: Dialect | None = None
    backslash: bool = False

    @property
    def splits(self) -> bool:
        """Whether byte ranges that start at a record can be read alone."""
        return FORMATS[self.name].count is not None

    @property
    def has_tables(self) -> bool:
        """Whether there may be several tables, so that fields must be judged as they come."""
        return self.name == "sql" or self.name in FILES

    def count(self, block: bytes, *, top: bool) -> tuple[int, int]:
        """How many bytes of a block that begins with a record are whole records, and how many records those are.

        `top` says that the block is at the file's start. Only for a format that `splits`.
        """
        counted = FORMATS[self.name].count
        assert counted is not None
        return counted(self, block, top)

    def read(
        self, blocks: Iterable[bytes], *, line: int, record: int, top: bool, keys: Keys | None = None
    ) -> Iterator[Batch]:
        """Read valid UTF-8 blocks.

        `line` and `record` number what comes first, `top` says it is the file's start; `keys` tells field names
        from data.
        """
        return FORMATS[self.name].read(self, Text(blocks, line, record, top, keys or Keys()))


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


def _read_lines(_: Format, given: Text) -> Iterator[Batch]:
    return jsonlines.read(given.blocks, line=given.line, record=given.record, keys=given.keys)


def _read_document(_: Format, given: Text) -> Iterator[Batch]:
    return jsondoc.read(given.blocks, line=given.line, record=given.record, keys=given.keys)


def _read_sql(kind: Format, given: Text) -> Iterator[Batch]:
    return sqldump.read(given.blocks, line=given.line, backslash=kind.backslash)


FORMATS: dict[str, Row] = {
    "delimited": Row((".csv", ".tsv", ".tab", ".psv"), _read_delimited, _count_rows),
    "jsonl": Row((".jsonl", ".ndjson"), _read_lines, _count_lines),
    "json": Row((".json", ".geojson"), _read_document, None),
    "sql": Row((".sql",), _read_sql, None),
    "text": Row((".txt", ".log", ".md"), _read_text, _count_lines),
}
# Formats that are not read as text: kinds of `Source`, and what reads a whole file.
FILES: dict[str, Callable[[File], Iterator[Batch]]] = {}
_PACKED = (".gz", ".bz2", ".xz", ".zst")
_PROSE = (".md", ".rst", ".py", ".js", ".ts", ".java", ".c", ".h", ".cpp", ".go", ".rs", ".rb", ".php", ".sh",
          ".html", ".xml", ".css", ".yaml", ".yml", ".toml", ".ini", ".cfg", ".eml")  # fmt: skip
# From these shares on the lines of a text are read as JSON where they are JSON: most lines, or enough for the names of
# fields in them to matter. The other lines are read as text in any case.
_MOSTLY, _PARTLY = 0.5, 0.1


def detect_format(path: str, sample: bytes, *, complete: bool, is_header: IsHeader) -> Format:
    """Tell the format by a sample of the file's text (UTF-8, from its start), and by its name where that says more.

    Prose and programs are text by their names. What is called JSON is text to no reader of ours but those of JSON,
    which say so.
    """
    suffix = _suffix(path)
    if suffix in _PROSE:
        return Format("text")
    named = next((name for name, row in FORMATS.items() if suffix in row.suffixes), None)
    if named == "sql" or (named in (None, "text") and sqldump.is_dump(sample)):
        return Format("sql", backslash=sqldump.escapes_by_backslash(sample))
    json = _json(sample, complete, named)
    if json is not None:
        return Format(json)
    known = (lambda row: is_header(row) is True) if suffix == ".log" else is_header
    dialect = sniff(sample, complete=complete, named=named == "delimited", is_header=known)
    if dialect is not None and (suffix != ".log" or dialect.header_row is not None):
        return Format("delimited", dialect)
    return Format("json" if named == "json" else "text")


def _json(sample: bytes, complete: bool, named: str | None) -> str | None:
    """Which reader of JSON a text is for, if any."""
    number, share = _json_lines(sample, complete)
    if named == "jsonl":
        cut = b"\n" in sample.strip() and not number
        return "json" if cut and _is_json(sample, sure=False) and _is_one_value(sample) else "jsonl"
    if number > 1 and share >= _MOSTLY:
        return "jsonl"
    if named == "delimited":
        return "json" if _is_json(sample, sure=False) and _is_one_value(sample) else None
    if _is_json(sample, sure=named == "json"):
        return "json"
    return "jsonl" if number > 1 and share >= _PARTLY else None


def _suffix(path: str) -> str:
    name = PurePath(path)
    return PurePath(name.stem).suffix.lower() if name.suffix.lower() in _PACKED else name.suffix.lower()


def _json_lines(sample: bytes, complete: bool) -> tuple[int, float]:
    """How many lines are a JSON object or array, and their share of those that are not blank."""
    lines = sample.split(b"\n")
    filled = [line for line in map(bytes.strip, lines if complete else lines[:-1]) if line]
    found = sum(line[:1] in b"{[" and _parses(line) for line in filled)
    return found, found / max(len(filled), 1)


def _parses(line: bytes) -> bool:
    try:
        orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    return True


def _is_json(sample: bytes, *, sure: bool) -> bool:
    """Starts like a JSON document; a log line such as `[2024-01-01]` does not, unless its name makes that `sure`."""
    head = sample.lstrip()
    first, second = head[:1], head[1:].lstrip()[:1]
    if first == b"{":
        return second in (b'"', b"}") or sure
    return first == b"[" and (second in (b"{", b"[", b'"', b"]") or sure)


def _is_one_value(sample: bytes) -> bool:
    """Whether the first object or array goes on to the end of the sample, as no cell of a table does."""
    positions, _, depths = Structure().scan(sample)
    closed = positions[depths <= 0][:1].tolist()
    return not closed or not sample[closed[0] + 1 :].strip()
