"""Tells the format of a text by its first 256 KiB, and by its name."""

from __future__ import annotations

from pathlib import PurePath

import orjson

from scanner.readers import html, ldif, sqldump, vcard
from scanner.readers.dialect import sniff
from scanner.readers.files import IsHeader
from scanner.readers.formats import FORMATS, Format
from scanner.readers.jsonscan import Structure

PACKED = (".gz", ".bz2", ".xz", ".zst")
PROSE = (".md", ".rst", ".py", ".js", ".ts", ".java", ".c", ".h", ".cpp", ".go", ".rs", ".rb", ".php", ".sh",
          ".xml", ".css", ".yaml", ".yml", ".toml", ".ini", ".cfg")  # fmt: skip
# From these shares on the lines of a text are read as JSON where they are JSON: most lines, or enough for the names of
# fields in them to matter. The other lines are read as text in any case.
_MOSTLY, _PARTLY = 0.5, 0.1


def detect_format(path: str, sample: bytes, *, complete: bool, is_header: IsHeader) -> Format:
    """Tell the format by a sample of the file's text (UTF-8, from its start), and by its name where that says more.

    Prose and programs are text by their names. What is called JSON is text to no reader of ours but those of JSON,
    which say so.
    """
    suffix = _suffix(path)
    if suffix in PROSE:
        return Format("text")
    named = next((name for name, row in FORMATS.items() if suffix in row.suffixes), None)
    if (told := _by_content(sample, named)) is not None:
        return Format(told)
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


def _by_content(sample: bytes, named: str | None) -> str | None:
    """What a text begins as that is no table, no JSON and no SQL: by its name or its first lines."""
    for name, begins in (("html", html.is_page), ("ldif", ldif.is_ldif), ("vcard", vcard.is_cards)):
        if named == name or (named in (None, "text") and begins(sample)):
            return name
    return None


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
    return PurePath(name.stem).suffix.lower() if name.suffix.lower() in PACKED else name.suffix.lower()


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
