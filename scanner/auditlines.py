"""Lines of files with all that was found in them masked, for people who review a baseline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from scanner.baseline import Entry, Place
from scanner.decode import Encoding
from scanner.redact import masked
from scanner.sources import Source

_AROUND = 60  # characters shown before and after a value
_LARGEST = 64 << 20  # bytes of a file whose lines are shown, as it is read again

Wanted = set[tuple[Place, str]]


class Lines:
    """What is found of some entries in the file at hand; memory is bounded by the entries."""

    def __init__(self) -> None:
        """Nothing is found yet."""
        self._first: dict[tuple[Place, str], tuple[Entry, dict[str, Any]]] = {}
        self._values: dict[int, dict[str, str]] = defaultdict(dict)

    def add(self, findings: pl.DataFrame, known: Sequence[Entry | None], wanted: Wanted) -> None:
        """Take up findings with their values, as they follow in the file, the entry of each, and which are wanted."""
        rows = findings.rows(named=True)
        for row, entry in zip(rows, known, strict=True):
            if entry is not None and entry.key in wanted and entry.key not in self._first:
                self._first[entry.key] = entry, row
        shown = {row["line"] for _, row in self._first.values()}
        # a line may go on in the next frame, so the last line is remembered too
        shown |= {row["line"] for row in rows[-1:]}
        for row in rows:
            for line, text, mask in _pieces(row):
                if line in shown:
                    self._values[line][text] = mask

    def of(self, source: Source, encoding: Encoding | None) -> Iterator[tuple[Entry, str, str | None]]:
        """Each entry that was found in the file, its place, and its line where it can be shown; then forget them."""
        texts = _read(source, encoding, {row["line"] for _, row in self._first.values()} - {None})
        for entry, row in self._first.values():
            line = row["line"]
            place = f"{source.path}:{line}:{row['column']}" if line else f"{source.path}:record {row['record']}"
            field = f" [{row['field']}]" if row["field"] is not None else ""
            what = f"{row['entity_type']} {row['masked']}  ({row['rule_id']})"
            text = _shown(texts[line], row, self._values[line]) if line in texts else None
            yield entry, f"{place}{field}: {what}", text
        self._first.clear()
        self._values.clear()


def _pieces(row: dict[str, Any]) -> Iterator[tuple[int, str, str]]:
    """The lines that a value stands on, what is on each, and that masked."""
    if row["line"] is None:
        return
    lines = row["value"].splitlines()
    if len(lines) == 1:
        yield row["line"], row["value"], row["masked"]
        return
    masks = masked(pl.Series(lines, dtype=pl.String), "DOOR_CODE").to_list()  # nothing of it is shown
    for number, (text, mask) in enumerate(zip(lines, masks, strict=True)):
        yield row["line"] + number, text, mask


def _read(source: Source, encoding: Encoding | None, numbers: set[int]) -> dict[int, str]:
    """Lines of a plain text file by their numbers, from 1; none of what cannot be read so."""
    path = source.location
    if not numbers or encoding is None or path is None or source.compression or source.kind or source.transient:
        return {}
    end = "\r" if encoding.cr else "\n"
    try:
        if Path(path).stat().st_size > _LARGEST:
            return {}
        with Path(path).open(encoding=encoding.name, errors="replace", newline=end) as file:
            texts = islice(file, max(numbers))
            return {number: text for number, text in enumerate(texts, 1) if number in numbers}
    except (OSError, LookupError, ValueError):
        return {}


def _shown(text: str, row: dict[str, Any], values: dict[str, str]) -> str | None:
    """The part of a line around a value, with all values in it masked; None where one is written otherwise there."""
    text = text.removeprefix("\ufeff").rstrip("\r\n")
    start, value = row["column"] - 1, row["value"]
    if not text.startswith(value, start) or not all(each in text for each in values):
        return None
    before, after = _masked(text[:start], values), _masked(text[start + len(value) :], values)
    left, right = ("…" if len(part) > _AROUND else "" for part in (before, after))
    return f"{left}{before[-_AROUND:]}{row['masked']}{after[:_AROUND]}{right}"


def _masked(text: str, values: dict[str, str]) -> str:
    for value in sorted(values, key=len, reverse=True):
        text = text.replace(value, values[value])
    return text
