"""Cuts a text into splits that end with records; what was read once is not read again."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace

import numpy as np

from scanner.allow.pragmas import LONG, around
from scanner.decode import Encoding, Replay, TextBlocks, cr_to_lf, read_full, settled
from scanner.decode.peek import SAMPLE
from scanner.model import Batch
from scanner.plan.split import SECOND, Data, Fields, Split
from scanner.readers.sqlcells import At
from scanner.readers.sqldump import skip
from scanner.readers.sqlrows import State
from scanner.sources import Stream
from scanner.views import line_feeds

_UNCUT = 64 << 20  # bytes without the end of a record, after which the rest stays one split
_WIDE = ("utf-16", "utf-32", "iso2022", "hz", "utf-7")  # encodings in which a newline byte may be part of a character

Profiler = Callable[[Batch], Fields]


def can_be_cut(whole: Split) -> bool:
    """Whether a text can be read from the middle."""
    wide = whole.encoding.name.replace("_", "-").lower().startswith(_WIDE)
    return not wide and whole.format.splits


def cut(
    whole: Split, stream: Stream, split_bytes: int, profile: Profiler, *, with_data: bool = True
) -> Iterator[Split]:
    """Cut what `stream` holds into splits of some `split_bytes` that end with records, each `with_data` or without.

    `profile` judges the fields of a batch. After 64 MiB without the end of a record the rest is one split.
    """
    steps = _SqlSteps(whole, profile) if whole.format.name == "sql" else _Steps(whole)
    encoding, start, block, before = whole.encoding, 0, b"", b""
    mark = read_full(stream, encoding.bom)
    while len(block) <= _UNCUT and (more := read_full(stream, split_bytes)):
        if encoding.provisional and not (block.isascii() and more.isascii()):
            more += read_full(stream, SAMPLE)
            encoding = settled(encoding, block + more, len(more) < split_bytes + SAMPLE)
        block += more
        steps.next(encoding)
        if len(block) < split_bytes:
            continue
        consumed, part = steps.step(cr_to_lf(block) if encoding.cr else block)
        if consumed:
            end = start + len(mark) + consumed
            after, following = around(block, consumed)
            data = mark + block[:consumed] if with_data else None
            yield replace(part, start=start, end=end, data=data, before=before, after=after)
            start, mark, block, before = end, b"", block[consumed:], following
    rest = replace(steps.next(encoding), start=start, end=whole.end, last=True, before=before)
    if not with_data:
        yield rest
    elif len(block) > _UNCUT:
        yield replace(rest, stream=Replay(mark + block, stream))
    else:
        yield replace(rest, data=mark + block, issues=tuple(stream.issues))


class _Steps:
    """Steps over the whole records of the blocks of a file, one after another."""

    def __init__(self, whole: Split) -> None:
        """Begin at the start of the file."""
        self._next = replace(whole, last=False)

    def next(self, encoding: Encoding) -> Split:
        """The part that begins here, in the encoding that has shown by now."""
        self._next = replace(self._next, encoding=encoding)
        return self._next

    def step(self, block: bytes) -> tuple[int, Split]:
        """How many bytes of a block are whole records, and the part that is to read them."""
        part = self._next
        consumed, records = _count(part, block)
        lines = records if part.format.name == "text" else line_feeds(block, consumed)
        self._next = replace(part, line=part.line + lines, record=part.record + records, top=False)
        return consumed, part


class _SqlSteps(_Steps):
    """Steps over a dump, as long as its blocks are UTF-8; each part comes with what the dump has said before."""

    def __init__(self, whole: Split, profile: Profiler) -> None:
        """`profile` judges the fields of a batch."""
        super().__init__(whole)
        self._state = State(At(1), whole.format.backslash)
        self._profile = profile

    def next(self, encoding: Encoding) -> Split:
        """See `_Steps`."""
        return replace(super().next(encoding), state=self._state)

    def step(self, block: bytes) -> tuple[int, Split]:
        """See `_Steps`; the tables of which a block shows the first rows are profiled for all parts."""
        block = _valid(block)
        block = block[: block.rfind(b"\n", max(0, len(block) - LONG - 1)) + 1] or block
        known = set(self._state.rows)
        consumed, before = skip(block, self._state)
        part = replace(self._next, state=before)
        if set(self._state.rows) - known:
            part = replace(part, fields=part.fields | self._profiled(part, block[:consumed]))
        self._next = replace(part, top=False)
        return consumed, part

    def _profiled(self, part: Split, data: bytes) -> Fields:
        fields: Fields = {}
        for batch in part.format.read([data], line=1, record=1, top=False, state=deepcopy(part.state), last=False):
            new = [column for column in batch.columns if column.field not in fields | part.fields]
            fields |= self._profile(replace(batch, columns=new))
        return fields


def _count(part: Split, block: bytes) -> tuple[int, int]:
    """See `Format.count`; where half a character may look like a delimiter, the block's text is counted instead."""
    dialect = part.format.dialect
    plain = dialect is None or dialect.delimiter < SECOND or part.encoding.name == "utf-8"
    if plain or b'"' not in block:
        return part.format.count(block, top=part.top)
    text = b"".join(TextBlocks(Data(block), part.encoding, at_start=False))
    consumed, records = part.format.count(text, top=part.top)
    lines = text.count(b"\n", 0, consumed)  # its line ends are those of the block
    ends = np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == 10)
    return (int(ends[lines - 1]) + 1 if lines else 0), records


def _valid(block: bytes) -> bytes:
    """A block up to its last whole character; nothing of one that is not UTF-8."""
    try:
        return block[: codecs.utf_8_decode(block, "strict", False)[1]]
    except UnicodeDecodeError:
        return b""
