"""SQL dumps, streamed: a record a tuple of INSERT or a line of COPY; all other statements as lines of text.

Fields are `table.column`, named by the list of columns in the statement, else by the table's definition, else by
number; a record's number counts the rows of its table, that of a line of text is the line.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from scanner.model import Batch, Issue
from scanner.readers import text
from scanner.readers.sqlbatch import batch
from scanner.readers.sqlcells import At
from scanner.readers.sqlrows import Parts, State, parts
from scanner.readers.sqlscan import scan

MAX_STATEMENT = 64 << 20  # bytes without the end of a tuple or a statement, after which the rest is read as text
_FIRST = re.compile(
    rb"(?i)(?:\s++|--[^\n]*+\n|#[^\n]*+\n|/\*(?>.*?\*/);?)*+"
    rb"(?:insert|replace|create|copy|drop|set|pragma|begin|use|lock|alter|select|start|declare|rem|prompt|truncate)\b",
    re.S,
)
_FILLS = re.compile(
    rb"(?im)^[^\S\n]*+(?:(?:insert|replace)\s++(?:ignore\s++)?into\s++\S|create\s++table\s++\S"
    rb"|copy\s++\S[^\n]{0,4000}?\sfrom\s++stdin|insert\s++\[)"
)
_MYSQL = re.compile(rb"(?im)^(?:(?:insert|replace)\s+(?:ignore\s+)?into\s+`|lock\s+tables\s+`|/\*!\d)|^\) engine ?=")


def is_dump(sample: bytes) -> bool:
    """Whether a text begins as SQL does, and defines or fills a table."""
    return _FIRST.match(sample) is not None and _FILLS.search(sample) is not None


def escapes_by_backslash(sample: bytes) -> bool:
    """Whether a backslash escapes quotes in a dump, as in those of MySQL."""
    return _MYSQL.search(sample) is not None


def read(
    blocks: Iterable[bytes], *, line: int = 1, backslash: bool, state: State | None = None, last: bool = True
) -> Iterator[Batch]:
    """Read a dump from valid UTF-8 blocks; `line` numbers the first line. `backslash`: it escapes quotes.

    To read what begins within a dump, as `skip` cuts it, give the `state` from there, which is used up; `last`: the
    blocks end where the dump does.
    """
    state, blocks, carry = state or State(At(line), backslash), iter(blocks), b""
    for block in blocks:
        carry = yield from _take(carry + block, state)
        if len(carry) > MAX_STATEMENT:
            issue = _issue("no end of a statement within 64 MiB, the rest was read as plain text", state.at.line)
            yield from _as_text(chain([carry], blocks), state.at, issue)
            return
    if carry.strip():
        carry = yield from _take(carry + b"\n", state)
    cut = last and (state.copying is not None or scan(carry, backslash=state.backslash).cut)
    if carry.strip() or cut:
        message = "cut off within a statement, the last piece was read as plain text"
        yield from _as_text([carry], state.at, _issue(message, state.at.line) if cut else None)


def skip(data: bytes, state: State) -> tuple[int, State]:
    """Step over the whole rows and statements of a block: how many bytes those are, and the state to read them from.

    `state` is brought up to their end, as `read` does it.
    """
    before = replace(state, rows=state.rows.copy(), tables=state.tables.copy())
    size, named = 0, {table.name for table in (state.table, state.copying) if table}
    for found in _parts(data, state):
        size, named = size + found.consumed, named | found.named
    return size, before.about(named)


def _take(data: bytes, state: State) -> Generator[Batch, None, bytes]:
    """Read the whole rows and statements of a block; returns what is left of it."""
    size = 0
    for found in _parts(data, state):
        size += found.consumed
        if (read := batch(found)) is not None:
            yield read
    return data[size:]


def _parts(data: bytes, state: State) -> Iterator[Parts]:
    """What a block holds, as long as there are whole rows and statements."""
    consumed = -1
    while data and consumed:
        found = parts(data, state)
        yield found
        consumed, data = found.consumed, data[found.consumed :]


def _as_text(blocks: Iterable[bytes], at: At, issue: Issue | None) -> Iterator[Batch]:
    """Blocks that begin within a line, line by line: blanks stand for what comes before in it, so places are right.

    Lines after the last row, without an issue, count as no records, as those between rows do.
    """
    issues = [issue] if issue is not None else []
    for found in text.read(chain([b" " * at.before], blocks, [b"\n"]), line=at.line, record=at.line):
        found.begun = found.begun if issue is not None else 0
        found.issues += issues
        issues = []
        yield found


def _issue(message: str, line: int) -> Issue:
    return Issue("truncated", message, line=line)
