"""What stands in a page of HTML, as records of cells; `html` reads pages, `markup` cuts them into tags and text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from scanner.model import Issue
from scanner.readers.fieldnames import Names
from scanner.readers.gathered import Run
from scanner.readers.htmltables import Cell, Table
from scanner.readers.htmltext import spelled
from scanner.readers.markup import Tag

MAX_RECORD = 1 << 20  # code points; a longer cell or row is cut
MAX_DEPTH = 100  # of tables within tables
# fmt: off
_INLINE = frozenset([
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "img", "ins",
    "del", "kbd", "mark", "nobr", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr", "o:p",
])
# Attributes that hold looks and behaviour: they are read only where they hold what those never do.
_SKIPPED = frozenset([
    "class", "style", "type", "rel", "width", "height", "colspan", "rowspan", "align", "valign", "bgcolor", "border",
    "cellpadding", "cellspacing", "lang", "dir", "target", "role", "tabindex", "media", "size", "face", "color",
    "charset", "http-equiv", "method", "enctype", "for", "maxlength", "nowrap",
])
# fmt: on
_BREAKS = frozenset(["br", "rt", "rp", "dd", "dt"])  # end a cell, not a record
_LITERAL = frozenset(["pre", "textarea", "listing"])
_PLAIN = frozenset(["href", "src", "title", "alt", "value", "content", "id", "name", "placeholder", "label", "summary"])
_NAMED_BY = ("name", "property", "itemprop")  # say what `value` and `content` hold
_DATA = re.compile(r"@|\d[\d .-]{6,}\d")  # in an attribute: an address, a long number
_DECLARATION = re.compile(  # of a document's type, as `<!DOCTYPE html>`: what else stands in one may be data
    r"""<!doctype\s+[a-z]+(?:\s+(?:public|system)(?:\s+["'](?:-//|https?:)[^"'\n]{,80}["'])*)?\s*>"""
    r"""|<\?xml(?:\s+[a-z]+\s*=\s*["'][\w.-]{,16}["'])*\s*\??>""",
    re.IGNORECASE,
)


class Sink(Protocol):
    """Takes cells, as `Gathered` does."""

    issues: list[Issue]

    def add(self, name: str | None, text: str, runs: Sequence[Run] = ()) -> None:
        """A cell of the record."""

    def end(self) -> None:
        """The record has ended."""


@dataclass(slots=True)
class Page:
    """Makes records of tokens; `oldest`: the first code point of what no record has yet."""

    gathered: Sink
    names: Names
    oldest: int | None = None
    _parts: list[tuple[str, int]] = field(default_factory=list)  # of the cell
    _size: int = 0
    _tables: list[Table] = field(default_factory=list)
    _deeper: int = 0  # open tables within the last of these, which stands for them too
    _literal: int = 0  # open elements in which lines count
    _terms: int = 0  # open lists of terms
    _term: str = ""  # the element of such a list that is open
    _label: str | None = None  # the term

    def finish(self) -> None:
        """The page has ended."""
        self._end_record()

    def text(self, text: str, source: int) -> None:
        """See `markup.Page`."""
        if not self._literal or "\n" not in text:
            self._part(text, source)
            return
        for line in text.splitlines(keepends=True):
            self._part(line, source)
            source += len(line)
            if line.endswith("\n"):
                self._end_cell()

    def _part(self, text: str, source: int) -> None:
        if not self._parts and text.isspace():
            return
        if self.oldest is None:
            self.oldest = source
        self._parts.append((text, source))
        self._size += len(text)
        if self._size > MAX_RECORD:
            self._end_cell()

    def raw(self, text: str, source: int) -> None:
        """See `markup.Page`."""
        line = text.strip()
        if not line or _DECLARATION.fullmatch(line):
            return
        source += text.index(line)
        self._add(Cell(None, line, (Run(0, source),)), source)
        if not self._parts and not self._row:
            self.gathered.end()

    @property
    def _row(self) -> bool:
        return bool(self._tables) and self._tables[-1].open

    def _end_cell(self) -> None:
        if not self._parts:
            return
        parts, self._parts, self._size = self._parts, [], 0
        text, runs = spelled(parts)
        label = None
        if self._term == "dt":
            self._label = self.names.label(text)
        elif self._term == "dd":
            label = self._label
        self._add(Cell(label, text, runs), parts[0][1])

    def _add(self, cell: Cell, source: int) -> None:
        if not cell.text:
            return
        if not self._row:
            self.gathered.add(*cell)
            self.oldest = self._parts[0][1] if self._parts else None
            return
        self._tables[-1].add(cell)
        self.oldest = source if self.oldest is None else self.oldest
        if self._tables[-1].size > MAX_RECORD:
            self._end_row()

    def _end_row(self) -> None:
        if self._row:
            for cell in self._tables[-1].end():
                self.gathered.add(*cell)
            self.gathered.end()
            self.oldest = None

    def _end_record(self) -> None:
        self._end_cell()
        self._end_row()
        self.gathered.end()
        self.oldest = None

    def tag(self, tag: Tag) -> None:
        """See `markup.Page`."""
        if tag.name not in _INLINE:
            self._end_cell()
            self._between(tag)
        if tag.inside and not tag.inside.isspace():
            self._attributes(tag)

    def _between(self, tag: Tag) -> None:
        """A tag that ends a cell, and perhaps a record."""
        if tag.name in ("table", "tr"):
            self._end_record()
            self._table(tag)
        elif tag.name in ("td", "th"):
            if not tag.closes and self._tables:
                self._begin_cell(tag)
        elif tag.name == "dl":
            self._end_record()
            self._terms = max(0, self._terms + (-1 if tag.closes else 1))
            self._term, self._label = "", None
        elif tag.name not in _BREAKS and not self._row and not self._terms:
            self.gathered.end()
        if tag.name in ("dt", "dd"):
            self._term = "" if tag.closes else tag.name
        if tag.name in _LITERAL:
            self._literal = max(0, self._literal + (-1 if tag.closes else 1))

    def _table(self, tag: Tag) -> None:
        if tag.name == "tr":
            return
        if tag.closes:
            if self._deeper:
                self._deeper -= 1
            elif self._tables:
                self._tables.pop()
        elif len(self._tables) < MAX_DEPTH:
            self._tables.append(Table(self.names))
        else:
            self._deeper += 1

    def _begin_cell(self, tag: Tag) -> None:
        columns = rows = 1
        if tag.inside:
            spans = {n: int(v) for n, v, _ in tag.attributes() if v.isdecimal() and len(v) < 5}
            columns, rows = (max(1, spans.get(name, 1)) for name in ("colspan", "rowspan"))
        self._tables[-1].begin(heading=tag.name == "th", columns=columns, rows=rows)

    def _attributes(self, tag: Tag) -> None:
        found = list(tag.attributes())
        said = next((value for wanted in _NAMED_BY for name, value, _ in found if name == wanted), None)
        for name, value, source in found:
            if value.isspace() or (name in _SKIPPED and not _DATA.search(value)):
                continue
            if value.startswith("data:image/"):
                self._images()
                continue
            text, runs = spelled([(value, source)])
            called = said if said and name in ("value", "content") else name
            self._add(Cell(called if called in _PLAIN else self.names.field(called), text, runs), source)

    def _images(self) -> None:
        self.gathered.issues.append(Issue("image", "images within the page were not read", severity="warning"))
