"""Readers: text in, batches of columns out; one module a format, one row in `FORMATS`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import orjson

from scanner.model import Batch
from scanner.readers import delimited, jsondoc, jsonlines, text
from scanner.readers.dialect import Dialect, sniff
from scanner.readers.jsonkeys import Keys

IsHeader = Callable[[Sequence[str]], bool | None]
_TRIED = 20  # lines that are looked at to tell JSON lines from text


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
    """How a file is read: the name of a row in `FORMATS`, and the dialect of delimited text."""

    name: str
    dialect: Dialect | None = None

    @property
    def splits(self) -> bool:
        """Whether byte ranges that start at a record can be read alone."""
        return FORMATS[self.name].splits

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

    `suffixes`: endings of file names. `splits`: byte ranges that start at a record can be read alone.
    """

    suffixes: tuple[str, ...]
    read: Callable[[Format, Text], Iterator[Batch]]
    splits: bool


def _read_text(_: Format, given: Text) -> Iterator[Batch]:
    return text.read(given.blocks, line=given.line, record=given.record)


def _read_delimited(kind: Format, given: Text) -> Iterator[Batch]:
    assert kind.dialect is not None
    return delimited.read(given.blocks, kind.dialect, line=given.line, record=given.record, top=given.top)


def _read_lines(_: Format, given: Text) -> Iterator[Batch]:
    return jsonlines.read(given.blocks, line=given.line, record=given.record, keys=given.keys)


def _read_document(_: Format, given: Text) -> Iterator[Batch]:
    return jsondoc.read(given.blocks, line=given.line, record=given.record, keys=given.keys)


FORMATS: dict[str, Row] = {
    "delimited": Row((".csv", ".tsv", ".tab", ".psv"), _read_delimited, splits=True),
    "jsonl": Row((".jsonl", ".ndjson"), _read_lines, splits=True),
    "json": Row((".json", ".geojson"), _read_document, splits=False),
    "text": Row((".txt", ".log", ".md"), _read_text, splits=True),
}
_PACKED = (".gz", ".bz2", ".xz", ".zst")
_PROSE = (".log", ".md", ".rst", ".py", ".js", ".ts", ".java", ".c", ".h", ".cpp", ".go", ".rs", ".rb", ".php", ".sh",
          ".html", ".xml", ".css", ".yaml", ".yml", ".toml", ".ini", ".cfg", ".sql", ".eml")  # fmt: skip


def detect_format(path: str, sample: bytes, *, complete: bool, is_header: IsHeader) -> Format:
    """Tell the format by the file's name and a sample of its text (UTF-8, from its start)."""
    suffix = _suffix(path)
    named = next((name for name, row in FORMATS.items() if suffix in row.suffixes), None)
    if named not in (None, "delimited", "jsonl", "json", "text"):
        return Format(named)
    if named == "jsonl" or (named in ("json", None) and suffix not in _PROSE and _is_jsonl(sample, complete)):
        return Format("jsonl")
    if _is_json(sample, sure=named == "json") and suffix not in _PROSE and named != "delimited":
        return Format("json")
    if suffix not in _PROSE:
        dialect = sniff(sample, complete=complete, named=named == "delimited", is_header=is_header)
        if dialect is not None:
            return Format("delimited", dialect)
    return Format("text")


def _suffix(path: str) -> str:
    name = PurePath(path)
    return PurePath(name.stem).suffix.lower() if name.suffix.lower() in _PACKED else name.suffix.lower()


def _is_jsonl(sample: bytes, complete: bool) -> bool:
    """At least two lines, each a JSON object or array."""
    lines = [line.strip() for line in sample.split(b"\n")[: _TRIED + 1]]
    lines = [line for line in (lines if complete or len(lines) > _TRIED else lines[:-1]) if line]
    return len(lines) > 1 and all(line[:1] in b"{[" and _parses(line) for line in lines[:_TRIED])


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
        return second in (b'"', b"}")
    return first == b"[" and (second in (b"{", b"[", b'"', b"]") or sure)
