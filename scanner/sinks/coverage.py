"""How each file was read, as a table for people."""

from __future__ import annotations

from collections.abc import Sequence

from scanner.model import Coverage
from scanner.sinks.clean import clean

_HEADS = ("file", "format", "encoding", "bytes", "records", "read")


def table(files: Sequence[Coverage]) -> str:
    """A line a file, below a line of heads; for a file that was not read to its end, or in an odd way, why."""
    rows = [_HEADS, *map(_row, files)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS) - 1)]
    return "".join(f"{_line(row, widths)}\n" for row in rows)


def _row(file: Coverage) -> tuple[str, ...]:
    sure = f" ({file.confidence:.0%} sure)" if file.confidence is not None and file.confidence < 1 else ""
    encoding = f"{file.encoding}{sure}" if file.encoding else "-"
    read = "all" if file.complete else "not all"
    why = ", ".join(kind if count == 1 else f"{kind} ({count:,})" for kind, count in file.issues.items())
    read = f"{read}: {why}" if why else read
    return (clean(file.path), file.format or "-", encoding, f"{file.bytes:,}", f"{file.records:,}", read)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    *cells, last = row
    left = [cell.ljust(width) for cell, width in zip(cells[:3], widths[:3], strict=True)]
    right = [cell.rjust(width) for cell, width in zip(cells[3:], widths[3:], strict=True)]
    return "  ".join([*left, *right, last])
