"""Cuts the work: each file becomes one split, or several byte ranges that can be read alone, anywhere."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from scanner.columns import FieldProfile
from scanner.decode import (
    Encoding,
    TextBlocks,
    cr_to_lf,
    detect,
    encoding_named,
    has_lone_cr,
    peek,
    resolve_encoding,
    skipped,
)
from scanner.errors import LeakgaugeError
from scanner.languages import languages
from scanner.model import Batch, Issue, internal
from scanner.readers import Format, detect_format
from scanner.readers.files import IsHeader
from scanner.readers.jsonkeys import Keys
from scanner.readers.jsonscan import closed
from scanner.sources import Source, Stream, open_source

SAMPLE = 256 << 10  # bytes that format and profile are judged by
SPLIT = 8 << 20  # bytes
_UNCUT = 64 << 20  # bytes without the end of a record, after which the rest stays one split
_SECOND = 0x40  # from here on a byte may be the second one of a character, in encodings of East Asia
_WIDE = ("utf-16", "utf-32", "iso2022", "hz", "utf-7")  # encodings in which a newline byte may be part of a character

Fields = dict[str | None, FieldProfile]


@dataclass(frozen=True, slots=True)
class Split:
    """A part of a file: a pure function of it, the rules and the profile gives its findings.

    `start`, `end`: byte range, `end` None for wherever the data ends; `line`, `record`: numbers of the first line and
    record; `top`: it is the start of the file; `last`: it is the end. `stream`: what to read for stdin, which cannot
    be opened twice; such a split stays in its process.
    """

    source: Source
    encoding: Encoding
    format: Format
    fields: Fields
    languages: frozenset[str] = frozenset()
    start: int = 0
    end: int | None = None
    line: int = 1
    record: int = 1
    top: bool = True
    last: bool = True
    stream: Stream | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans files. `profile` judges the fields of a file's first records, `is_header` a row of cells,
    `keys` the keys of JSON objects."""

    profile: Callable[[Batch], Fields]
    is_header: IsHeader
    encoding: str | None = None
    split_bytes: int = SPLIT
    keys: Keys = field(default_factory=Keys)

    def plan(self, source: Source) -> Iterator[Split | Issue]:
        """The splits of one file in order, or the issue that it cannot be read."""
        try:
            yield from self._plan(source)
        except LeakgaugeError:
            raise
        except Exception as error:
            yield internal(error, source.path)

    def _plan(self, source: Source) -> Iterator[Split | Issue]:
        size = _size(source)
        stream = open_source(source)
        sample, replay = peek(stream, SAMPLE)
        complete = len(sample) < SAMPLE
        encoding = encoding_named(self.encoding, sample) if self.encoding else detect(sample, complete)
        if encoding.kind == "binary":
            stream.close()
            yield from stream.issues
            yield skipped(encoding, source.path, size)
            return
        text = _text(sample, encoding, complete)
        if has_lone_cr(text):
            encoding = replace(encoding, cr=True)
            text = _text(sample, encoding, complete)
        kind = detect_format(source.path, text, complete=complete, is_header=self.is_header)
        profile, written = self._profile(kind, text, complete), languages(text.decode(errors="ignore"))
        if source.location is None:
            yield Split(source, encoding, kind, profile, written, stream=replay)
            return
        stream.close()
        whole = Split(source, encoding, kind, profile, written, end=_end(source, size, len(sample)))
        if not _can_be_cut(whole, self.split_bytes):
            yield whole
            return
        if encoding.provisional:
            with closing(open_source(source)) as again:
                whole = replace(whole, encoding=replace(resolve_encoding(again), cr=encoding.cr))
        yield from _cut(whole, self.split_bytes)

    def _profile(self, kind: Format, text: bytes, complete: bool) -> Fields:
        if kind.name in ("text", "sql"):  # the tables of a dump are profiled as they come
            return {}
        text = text if complete else _closed(kind, text)
        batch = next(iter(kind.read([text], line=1, record=1, top=True, keys=self.keys)), None)
        return self.profile(batch) if batch is not None else {}


def _size(source: Source) -> int | None:
    """Bytes of a file; None for stdin, and for one that has gone since it was found: opening it gives the issue."""
    try:
        return Path(source.location).stat().st_size if source.location is not None else None
    except OSError:
        return None


def _end(source: Source, size: int | None, sampled: int) -> int | None:
    """Where to stop in a file, so that what is planned is read or missed, and nothing that is written meanwhile.

    None for packed data, which has an end of its own, and where no size is told, as in /proc.
    """
    return max(size, sampled) if size and not source.compression else None


class _Sample(io.BytesIO):
    """A sample as a stream."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.issues: list[Issue] = []


def _text(sample: bytes, encoding: Encoding, complete: bool) -> bytes:
    """The sample's whole lines as UTF-8."""
    text = b"".join(TextBlocks(_Sample(sample), encoding))
    return text if complete or b"\n" not in text else text[: text.rfind(b"\n") + 1]


def _closed(kind: Format, text: bytes) -> bytes:
    """The sample without what the end of a JSON record is missing from, which would be no JSON."""
    breaks_off = kind.name == "json" or (kind.name == "jsonl" and b"\n" not in text)
    return closed(text) if breaks_off else text


def _can_be_cut(whole: Split, split_bytes: int) -> bool:
    """Whether a file is large, and can be read from the middle."""
    wide = whole.encoding.name.replace("_", "-").lower().startswith(_WIDE)
    return whole.end is not None and whole.end > split_bytes and not wide and whole.format.splits


def _cut(whole: Split, split_bytes: int) -> Iterator[Split]:
    """Splits at ends of records."""
    start, line, record, top = 0, 1, 1, True
    with closing(open_source(whole.source, 0, whole.end)) as stream:
        mark = len(stream.read(whole.encoding.bom)) if whole.encoding.bom else 0
        block = b""
        while len(block) <= _UNCUT and (more := stream.read(split_bytes)):
            block = cr_to_lf(block + more) if whole.encoding.cr else block + more
            consumed, records = _count(whole, block, top)
            if len(block) < split_bytes or not consumed:
                continue
            end = start + mark + consumed
            yield replace(whole, start=start, end=end, line=line, record=record, top=top, last=False)
            line, record = line + block.count(b"\n", 0, consumed), record + records
            start, mark, top, block = end, 0, False, block[consumed:]
    yield replace(whole, start=start, line=line, record=record, top=top)


def _count(whole: Split, block: bytes, top: bool) -> tuple[int, int]:
    """See `Format.count`; where half a character may look like a delimiter, the block's text is counted instead."""
    dialect = whole.format.dialect
    plain = dialect is None or dialect.delimiter < _SECOND or whole.encoding.name == "utf-8"
    if plain or b'"' not in block:
        return whole.format.count(block, top=top)
    text = b"".join(TextBlocks(_Sample(block), whole.encoding, at_start=False))
    consumed, records = whole.format.count(text, top=top)
    lines = text.count(b"\n", 0, consumed)  # its line ends are those of the block
    ends = np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == 10)
    return (int(ends[lines - 1]) + 1 if lines else 0), records
