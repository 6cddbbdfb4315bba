"""The tables of a report: files and their fields, roles, and what was not read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from scanner.report.tables import Cell, Table, count, heads, kind
from scanner.report.texts import number, path_of, plural, share, short, size
from scanner.report.words import role_name

_FIELDS = 2000  # rows in all, so that a browser opens the page
_FILES = 500
_ISSUES = 500
_FIELD_HEADS = heads("Field", "Type", "Whose", "#Rows", "#Values", "#Different", "Samples, masked")
_ROLES = ("sender", "recipient")


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file that holds something: its path, how it was read, its fields."""

    path: str
    facts: str
    table: Table


def files(result: dict[str, Any]) -> list[FilePart]:
    """A table of its fields for each file that has any, at most `_FIELDS` rows in all."""
    known = {path_of(item): item for item in result["files"]}
    groups = groupby(sorted(islice(result["fields"], _FIELDS), key=path_of), key=path_of)
    return [_part(path, known.get(path), list(fields)) for path, fields in groups]


def left_out(result: dict[str, Any]) -> str:
    """What the tables of fields do not show."""
    return _more(len(result["fields"]) - _FIELDS, "field")


def _more(count: int, noun: str) -> str:
    """Where to find what a table has no room for."""
    verb = "is" if count == 1 else "are"
    return f"{plural(count, f'more {noun}')} {verb} in the output of --format json." if count > 0 else ""


def _part(path: str, file: dict[str, Any] | None, fields: list[dict[str, Any]]) -> FilePart:
    table = Table(f"Fields of {short(path)}", _FIELD_HEADS)
    table.rows += [_field(item) for item in fields]
    return FilePart(short(path), _facts(file) if file else "", table)


def _field(item: dict[str, Any]) -> tuple[Cell, ...]:
    name = item.get("field")
    return (
        Cell(short(name, 80) if name is not None else "running text"),
        kind(item["entity_type"]),
        Cell(role_name(item.get("role"))),
        Cell(
            share(item["share"], 1) if item.get("share") is not None else "unknown",
            note=plural(item["records"], "record"),
        ),
        count(item, "items"),
        count(item, "distinct"),
        Cell(samples=tuple(short(sample, 60) for sample in item["samples"])),
    )


def _facts(file: dict[str, Any]) -> str:
    """How a file was read, in a line."""
    facts = [
        file.get("format") or "unknown format",
        file.get("encoding") or "",
        plural(file["records"], "record"),
        size(file["bytes"]),
        "read completely" if file["complete"] else "not read completely",
    ]
    return ", ".join(fact for fact in facts if fact)


def listed(result: dict[str, Any]) -> Table:
    """All files, how each was read, and whether that was all of it."""
    table = Table("Files", heads("File", "Format", "Encoding", "#Records", "#Size", "Read"))
    table.rows += [_file(item) for item in islice(result["files"], _FILES)]
    table.more = _more(len(result["files"]) - _FILES, "file")
    return table


def _file(item: dict[str, Any]) -> tuple[Cell, ...]:
    return (
        Cell(short(path_of(item))),
        Cell(item.get("format") or "none"),
        Cell(item.get("encoding") or "none"),
        Cell(number(item["records"])),
        Cell(size(item["bytes"])),
        Cell("all" if item["complete"] else "not all"),
    )


def roles(result: dict[str, Any]) -> Table | None:
    """Values by whose they are; None where no field tells."""
    found = result.get("roles") or {}
    names = sorted({name for items in found.values() for name in items})
    if not names:
        return None
    table = Table("Values by role", heads("Type", *(f"#Of the {role}" for role in _ROLES)))
    table.rows += [(kind(name), *(Cell(number(found.get(role, {}).get(name, 0))) for role in _ROLES)) for name in names]
    return table


def issues(result: dict[str, Any]) -> Table:
    """What was not read, errors first, and what was read in another way."""
    found = sorted(result["coverage"]["issues"], key=lambda item: item["severity"] != "error")
    table = Table("Issues", heads("Kind", "Where", "What happened", "#Times", "#Not read"))
    table.rows += [_issue(item) for item in found[:_ISSUES]]
    table.more = _more(len(found) - _ISSUES, "issue")
    return table


def _issue(item: dict[str, Any]) -> tuple[Cell, ...]:
    line, lost = item.get("line"), item.get("bytes")
    return (
        Cell("not read" if item["severity"] == "error" else "warning", code=item["kind"]),
        Cell(short(path_of(item)), note=f"line {number(line)}" if line else ""),
        Cell(short(item["message"], 400)),
        Cell(number(item.get("count") or 1)),
        Cell(size(lost) if lost else ""),
    )
