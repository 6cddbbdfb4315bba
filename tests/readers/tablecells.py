"""What the tests of the readers of whole files share: their cells in order, and ways to damage a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from scanner.model import Batch, Issue
from scanner.readers.files import File

Cell = tuple[int, str | None, str]
Read = Callable[[File], Iterator[Batch]]

HEADERS = {"name", "phone", "이름", "연락처", "주소", "주문번호", "받는분"}


def is_header(cells: Sequence[str]) -> bool | None:
    """Knows a few words; what looks like a mail address is data."""
    if any("@" in cell for cell in cells):
        return False
    return True if HEADERS & set(cells) else None


def table(read: Read, path: Path) -> tuple[list[Cell], list[Issue]]:
    """(record, field, text) of every cell that is not empty, by record and in the order of the fields; the issues."""
    cells: list[Cell] = []
    issues: list[Issue] = []
    for batch in read(File(str(path), path.name, is_header)):
        issues += batch.issues
        for column in batch.columns:
            rows = range(batch.height) if column.rows is None else column.rows.tolist()
            records = [int(batch.records[row]) for row in rows]
            texts = column.values.to_list()
            cells += ((r, column.field, text) for r, text in zip(records, texts, strict=True) if text)
    return cells, issues


def texts(read: Read, path: Path, field: str) -> list[str]:
    """The texts of one field."""
    return [text for _, name, text in table(read, path)[0] if name == field]


def kinds(read: Read, path: Path) -> set[tuple[str, str]]:
    """Kind and severity of the issues."""
    return {(issue.kind, issue.severity) for issue in table(read, path)[1]}


def damaged(data: bytes, seed: int = 7) -> Iterator[bytes]:
    """A file cut, with zeros in it, with wrong bytes in it."""
    rng = Random(seed)
    for share in (0.0, 0.1, 0.5, 0.9, 0.99):
        yield data[: int(share * len(data))]
    for _ in range(8):
        start = rng.randrange(len(data))
        yield data[:start] + bytes(512) + data[start + 512 :]
        spoilt = bytearray(data)
        for _ in range(10):
            spoilt[rng.randrange(len(data))] = rng.randrange(256)
        yield bytes(spoilt)
