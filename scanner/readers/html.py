"""HTML, streamed: a record a row of a table, a list of terms, or a block of text; attributes and comments are read too.

Text between tags of inline markup is one cell. Cells of a table have the field that its header names, attributes that
of their name, the rest none. White space is one blank, so a cell is what a browser shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from scanner.model import Batch, Issue
from scanner.readers.fieldnames import Names, judge_by
from scanner.readers.gathered import Gathered, Lines, Run
from scanner.readers.htmlpage import Page
from scanner.readers.htmltables import Cell
from scanner.readers.jsonkeys import Keys
from scanner.readers.jsonlines import regroup
from scanner.readers.markup import Tokens

_HEAD = 64 << 10  # bytes
_XHTML = re.compile(rb"(?i)<(?:!doctype\s+html|html)[\s>]")
_HTML = re.compile(rb"(?i)<(?:!doctype\s+html|html|head|body|table)[\s>]")


def read(
    blocks: Iterable[bytes],
    *,
    line: int = 1,
    record: int = 1,
    batch_bytes: int = 1 << 20,
    keys: Keys | None = None,
    names: Names | None = None,
) -> Iterator[Batch]:
    """Read valid UTF-8 blocks, `batch_bytes` at a time; `line` and `record` number what comes first.

    `keys` or `names` tell names of fields from data. Memory stays below some ten times `markup.MAX_TAG`, as long as no
    cell, row or list has more than `htmlpage.MAX_RECORD` code points.
    """
    gathered = Gathered(record)
    page = Page(gathered, names or Names(judge_by(keys or Keys())))
    tokens, lines = Tokens(page), Lines(line)
    for chunk in regroup(blocks, batch_bytes):
        lines.feed(chunk)
        tokens.feed(chunk.decode())
        if (batch := gathered.batch(lines)) is not None:
            yield batch
        lines.forget(page.oldest if page.oldest is not None else tokens.at)
    tokens.feed("", last=True)
    page.finish()
    if (batch := gathered.batch(lines)) is not None:
        yield batch


def cells(text: str, names: Names, issues: list[Issue]) -> list[Cell]:
    """The cells of a page that is part of something else, in order, without their places; adds to `issues`."""
    found = _Cells(issues)
    page = Page(found, names)
    Tokens(page).feed(text, last=True)
    page.finish()
    return found.cells


def is_page(sample: bytes) -> bool:
    """Whether a text begins as HTML does, or is a table in it, as what is called `.xls` often is."""
    head = sample[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head[:1] == b"<" and (_XHTML if head[:5] == b"<?xml" else _HTML).search(head) is not None


class _Cells:
    """Takes cells as they come."""

    def __init__(self, issues: list[Issue]) -> None:
        self.cells: list[Cell] = []
        self.issues = issues

    def add(self, name: str | None, text: str, runs: Sequence[Run] = ()) -> None:
        self.cells.append(Cell(name, text))

    def end(self) -> None:
        pass
