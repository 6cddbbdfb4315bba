"""The text of an XML part of an office document: paragraphs, tables, notes, text boxes, deletions that are tracked.

One table of element names serves Office Open XML (ECMA-376), OpenDocument (ISO 26300) and HWPX (KS X 6101): `p`, `tbl`,
`tr`, `tc` and `t` mean the same in most of them. A DTD is refused, so there are no entities to expand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from scanner.model import Batch
from scanner.readers.fieldnames import Names
from scanner.readers.gathered import Gathered
from scanner.readers.htmltables import Cell, Table

MAX_CELL = 1 << 20  # code points; a longer paragraph or row is cut
MAX_DEPTH = 10_000  # of elements
_TEXT = frozenset(["t", "delText", "instrText", "delInstrText", "v"])
_KINDS = {"delText": "del", "instrText": "code", "delInstrText": "code"}
_PARAGRAPH = frozenset(["p", "h", "creator"])
_TABLE, _ROW = frozenset(["tbl", "table"]), frozenset(["tr", "table-row"])
_CELL = frozenset(["tc", "table-cell", "covered-table-cell"])
_BLANKS = {"tab": " ", "s": " ", "br": "\n", "cr": "\n", "line-break": "\n", "lineBreak": "\n", "noBreakHyphen": "-"}
# Attributes that hold people or what they wrote, and what to call them: authors of changes and notes, texts beside
# pictures, links.
_SPOKEN = {"author": "author.name", "userId": "user id", "descr": None, "title": None, "alt": None, "tooltip": None,
           "Target": "link", "href": "link"}  # fmt: skip
_PEOPLE = frozenset(["creator", "lastModifiedBy", "Manager", "initial-creator"])  # elements of properties
_BLANK = re.compile(r"\s+")


class RefusedError(Exception):
    """The part is no XML that we read: it is broken, or has a DTD."""


@dataclass(slots=True)
class Part:
    """Makes records of the elements of one part: a paragraph or a row of a table each.

    `texts`: all character data counts, as in OpenDocument, else only that of `t` and its kin. `named`: elements are
    fields, as in the properties of a document.
    """

    gathered: Gathered
    names: Names
    texts: bool = False
    named: bool = False
    _paragraphs: list[list[tuple[str, str]]] = field(default_factory=list)  # kinds of text, see `_readings`
    _inserted: int = 0  # open elements of tracked insertions
    _tables: list[Table] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _skipped: int = 0  # depth within what is there twice
    _size: int = 0  # code points of the paragraphs that are open
    _authors: set[str] = field(default_factory=set)

    def read(self, blocks: Iterable[bytes]) -> Iterator[Batch]:
        """Read a part's bytes. Raises `RefusedError`; what came before is in `gathered`."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        parser.CharacterDataHandler = self._say
        parser.StartDoctypeDeclHandler = _refuse
        try:
            for block in blocks:
                parser.Parse(block, False)
                if (batch := self.gathered.batch()) is not None:
                    yield batch
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise RefusedError from error
        finally:
            self._finish()

    def _finish(self) -> None:
        while self._paragraphs:
            self._paragraph()
        for table in reversed(self._tables):
            self._row(table)
        self.gathered.end()

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        self._open.append(name)
        self._inserted += name == "ins"
        if len(self._open) > MAX_DEPTH:
            raise RefusedError
        if self._skipped or name == "Fallback":  # what old programs show, again
            self._skipped += 1
            return
        if name in _PARAGRAPH or self.named:
            self._paragraphs.append([])
        elif name in _TABLE:
            self._tables.append(Table(self.names))
        elif name in _CELL and self._tables:
            self._tables[-1].begin(columns=_count(attributes, "number-columns-repeated"))
        elif name in _BLANKS and self._paragraphs:
            self._write(_BLANKS[name])
        if attributes:
            self._attributes(attributes)

    def _attributes(self, attributes: dict[str, str]) -> None:
        for tag, value in attributes.items():
            name = tag.rpartition("}")[2]
            if name not in _SPOKEN or (name in ("Target", "href") and ":" not in value):
                continue
            if name == "author":
                if value in self._authors:
                    continue
                self._authors.add(value)
            self._add(Cell(_SPOKEN[name], value))

    def _say(self, text: str) -> None:
        if self._skipped or not (self.named or self.texts or self._open[-1] in _TEXT):
            return
        if self._paragraphs:
            self._write(text)
        elif not text.isspace():
            self._add(Cell(None, _BLANK.sub(" ", text).strip()))

    def _write(self, text: str) -> None:
        kind = "ins" if self._inserted else _KINDS.get(self._open[-1], "")
        self._paragraphs[-1].append((kind, text))
        self._size += len(text)
        if self._size > MAX_CELL:
            self._flush()

    def _end(self, tag: str) -> None:
        name = self._open.pop()
        self._inserted -= name == "ins"
        if self._skipped:
            self._skipped -= 1
        elif name in _PARAGRAPH or self.named:
            self._paragraph(self._called(name) if self.named else None)
        elif name in _ROW and self._tables:
            self._row(self._tables[-1])
        elif name in _TABLE and self._tables:
            self._row(self._tables.pop())

    def _called(self, name: str) -> str | None:
        """What a property is called as a field."""
        return f"{name}.name" if name in _PEOPLE else self.names.field(name)

    def _flush(self, called: str | None = None) -> None:
        pieces = self._paragraphs[-1]
        self._size -= sum(len(text) for _, text in pieces)
        for text in _readings(pieces):
            for line in text.split("\n"):
                self._add(Cell(called, _BLANK.sub(" ", line).strip()))
        pieces.clear()

    def _paragraph(self, called: str | None = None) -> None:
        self._flush(called)
        self._paragraphs.pop()
        if not self._in_row and not self.named:
            self.gathered.end()

    @property
    def _in_row(self) -> bool:
        return bool(self._tables) and self._tables[-1].open

    def _add(self, cell: Cell) -> None:
        if not cell.text:
            return
        if self._in_row:
            self._tables[-1].add(cell)
            if self._tables[-1].size > MAX_CELL:
                self._row(self._tables[-1])
        else:
            self.gathered.add(*cell)

    def _row(self, table: Table) -> None:
        for cell in table.end():
            self.gathered.add(*cell)
        self.gathered.end()


def _readings(pieces: Sequence[tuple[str, str]]) -> Iterator[str]:
    """A paragraph as it stands, as it was before tracked changes, and the codes of its fields."""
    yield "".join(text for kind, text in pieces if kind in ("", "ins"))
    kinds = {kind for kind, _ in pieces}
    if "del" in kinds:
        yield "".join(text for kind, text in pieces if kind in ("", "del"))
    if "code" in kinds:
        yield " ".join(text for kind, text in pieces if kind == "code")


def _count(attributes: dict[str, str], wanted: str) -> int:
    """A number among attributes, 1 if there is none."""
    value = next((value for name, value in attributes.items() if name.endswith(wanted)), "1")
    return min(int(value), 1000) if value.isdecimal() and len(value) < 6 else 1


def _refuse(*_: object) -> None:
    raise RefusedError
