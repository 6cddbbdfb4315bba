"""SQL dumps, streamed: a record a tuple of INSERT or a line of COPY; all other statements as lines of text.

Fields are `table.column`, named by the list of columns in the statement, else by the table's definition, else by
number; a record's number counts the rows of its table, that of a line of text is the line.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from scanner.model import Batch, Issue
from scanner.readers import sqlcopy, sqlrows, text
from scanner.readers.sqlcells import At
from scanner.readers.sqlheads import Table, copied
from scanner.readers.sqlrows import State
from scanner.readers.sqlscan import scan

MAX_STATEMENT = 64 << 20  # bytes without the end of a tuple or a statement, after which the rest is read as text
_COPY = re.compile(rb"(?i)\bfrom\s+stdin\b[^;\n]*;[^\S\n]*\n")
_STDIN = re.compile(rb"(?i)stdin")
_FIRST = re.compile(
    rb"(?i)(?:\s|--[^\n]*\n|#[^\n]*\n|/\*.*?\*/;?)*"
    rb"(?:insert|replace|create|copy|drop|set|pragma|begin|use|lock|alter|select|start|declare|rem|prompt|truncate)\b",
    re.S,
)
_FILLS = re.compile(
    rb"(?im)^\s*(?:(?:insert|replace)\s+(?:ignore\s+)?into\s+\S+|create\s+table\s+\S+|copy\s+\S+.*\sfrom\s+stdin|insert\s+\[)"
)
_MYSQL = re.compile(rb"(?im)^(?:(?:insert|replace)\s+(?:ignore\s+)?into\s+`|lock\s+tables\s+`|/\*!\d)|^\) engine ?=")


def is_dump(sample: bytes) -> bool:
    """Whether a text begins as SQL does, and defines or fills a table."""
    return _FIRST.match(sample) is not None and _FILLS.search(sample) is not None


def escapes_by_backslash(sample: bytes) -> bool:
    """Whether a backslash escapes quotes in a dump, as in those of MySQL."""
    return _MYSQL.search(sample) is not None


def read(blocks: Iterable[bytes], *, line: int = 1, backslash: bool) -> Iterator[Batch]:
    """Read a dump from valid UTF-8 blocks; `line` numbers the first line. `backslash`: it escapes quotes."""
    state, blocks = State(At(line), backslash), iter(blocks)
    reader = _Reader(state)
    carry = b""
    for block in blocks:
        carry = yield from reader.take(carry + block)
        if len(carry) > MAX_STATEMENT:
            issue = _issue("no end of a statement within 64 MiB, the rest was read as plain text", state.at.line)
            yield from _as_text(chain([carry], blocks), state.at, issue)
            return
    if carry.strip():
        carry = yield from reader.take(carry + b"\n")
    if carry.strip() or reader.copying:
        cut = reader.copying is not None or scan(carry, backslash=backslash).cut
        message = "cut off within a statement, the last piece was read as plain text"
        if cut or carry.strip():
            yield from _as_text([carry], state.at, _issue(message, state.at.line) if cut else None)


@dataclass(slots=True)
class _Reader:
    """Takes blocks apart; `copying`: the table whose lines come next."""

    state: State
    copying: Table | None = None

    def take(self, data: bytes) -> Generator[Batch, None, bytes]:
        """Read the whole rows and statements of a block; returns what is left of it."""
        while True:
            if self.copying is not None:
                size, batch, ended = sqlcopy.read(data, self.copying, self.state)
                if batch is not None:
                    yield batch
                data = data[size:]
                if not ended:
                    return data
                self.copying = None
            start, end = self._copy(data)
            size, batch = sqlrows.read(data[:start], self.state)
            if batch is not None:
                yield batch
            if end is None:
                return data[size:]
            between, table = data[size:end], self.state.table
            self.copying = table or copied(data[size:start], self.state.tables)
            if table is None and (batch := sqlrows.lines(between, self.state)) is not None:
                yield batch
            elif table is not None:
                self.state.at = self.state.at.after(between)
            self.state.table = None
            data = data[end:]

    def _copy(self, data: bytes) -> tuple[int, int | None]:
        """Where the end of the first COPY statement stands: a half-open range; of none, the end of the data."""
        stops: set[int] | None = None
        for match in _COPY.finditer(data) if _STDIN.search(data) else ():
            if stops is None and not scan(data[: match.start()], backslash=self.state.backslash).cut:
                return match.span()
            if stops is None:  # within a string: what follows is looked over once, and holds up to the first true one
                stops = set(scan(data, backslash=self.state.backslash).stops.tolist())
            if data.index(b";", match.start()) in stops:
                return match.span()
        return len(data), None


def _as_text(blocks: Iterable[bytes], at: At, issue: Issue | None) -> Iterator[Batch]:
    """Blocks that begin within a line, line by line: blanks stand for what comes before in it, so places are right."""
    for batch in text.read(chain([b" " * at.before], blocks, [b"\n"]), line=at.line, record=at.line):
        if issue is not None:
            batch.issues.append(issue)
            issue = None
        yield batch


def _issue(message: str, line: int) -> Issue:
    return Issue("truncated", message, line=line)
