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
    Replay,
    TextBlocks,
    cr_to_lf,
    detect,
    encoding_named,
    has_lone_cr,
    peek,
    read_full,
    settled,
    skipped,
)
from scanner.errors import LeakgaugeError
from scanner.languages import languages
from scanner.model import Batch, Issue, internal
from scanner.readers import FILES, Format, detect_format
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

NO_TEXT = Encoding("binary", kind="binary")  # of files that are not read as text


@dataclass(frozen=True, slots=True)
class Split:
    """A part of a file: a pure function of it, the rules and the profile gives its findings.

    `start`, `end`: byte range, `end` None for wherever the data ends; `line`, `record`: numbers of the first line and
    record; `top`: it is the start of the file; `last`: it is the end. What can be read only once comes as `data`, or
    as a `stream`: such a split is run here, before the next one is asked for. `issues`: what went wrong in reading it.
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
    data: bytes | None = None
    stream: Stream | None = field(default=None, compare=False)
    issues: tuple[Issue, ...] = ()

    @property
    def stays(self) -> bool:
        """Whether it must be run in this process, before the next one is asked for."""
        return self.stream is not None or self.source.transient


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
        if source.kind in FILES:
            yield Split(source, NO_TEXT, Format(source.kind), {})
            return
        stream = open_source(source)
        sample, replay = peek(stream, SAMPLE)
        complete = len(sample) < SAMPLE
        encoding = encoding_named(self.encoding, sample) if self.encoding else detect(sample, complete)
        if encoding.kind == "binary":
            stream.close()
            yield from stream.issues
            yield skipped(encoding, source.path, _size(source))
            return
        text = _text(sample, encoding, complete)
        if has_lone_cr(text):
            encoding = replace(encoding, cr=True)
            text = _text(sample, encoding, complete)
        kind = detect_format(source.path, text, complete=complete, is_header=self.is_header)
        profile, written = self._profile(kind, text, complete), languages(text.decode(errors="ignore"))
        whole = Split(source, encoding, kind, profile, written)
        if source.location is None or source.compression:
            yield from _streamed(whole, replay, self.split_bytes)
        else:
            stream.close()
            yield from self._ranges(replace(whole, end=_end(source, len(sample))))

    def _ranges(self, whole: Split) -> Iterator[Split]:
        """The parts of a file that can be opened anywhere."""
        if whole.end is None or whole.end <= self.split_bytes or not _can_be_cut(whole):
            yield whole
            return
        with closing(open_source(whole.source, 0, whole.end)) as stream:
            for part in _cut(whole, stream, self.split_bytes):
                yield replace(part, data=None, stream=None, issues=())

    def _profile(self, kind: Format, text: bytes, complete: bool) -> Fields:
        if kind.name == "text" or kind.has_tables:  # tables are profiled as they come
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


def _end(source: Source, sampled: int) -> int | None:
    """Where to stop in a file, so that what is planned is read or missed, and nothing that is written meanwhile.

    None where no size is told, as in /proc.
    """
    size = _size(source)
    return max(size, sampled) if size else None


class Data(io.BytesIO):
    """Bytes as a stream."""

    def __init__(self, data: bytes) -> None:
        """Give `data`."""
        super().__init__(data)
        self.issues: list[Issue] = []


def _text(sample: bytes, encoding: Encoding, complete: bool) -> bytes:
    """The sample's whole lines as UTF-8."""
    text = b"".join(TextBlocks(Data(sample), encoding))
    return text if complete or b"\n" not in text else text[: text.rfind(b"\n") + 1]


def _closed(kind: Format, text: bytes) -> bytes:
    """The sample without what the end of a JSON record is missing from, which would be no JSON."""
    breaks_off = kind.name == "json" or (kind.name == "jsonl" and b"\n" not in text)
    return closed(text) if breaks_off else text


def _can_be_cut(whole: Split) -> bool:
    """Whether a text can be read from the middle."""
    wide = whole.encoding.name.replace("_", "-").lower().startswith(_WIDE)
    return not wide and whole.format.splits


def _streamed(whole: Split, stream: Stream, split_bytes: int) -> Iterator[Split]:
    """The parts of what can be read only once."""
    head, stream = peek(stream, split_bytes)
    if len(head) < split_bytes:
        yield replace(whole, source=_without_stream(whole.source), data=head, issues=tuple(stream.issues))
        stream.close()
    elif _can_be_cut(whole):
        with closing(stream):
            yield from _cut(replace(whole, source=_without_stream(whole.source)), stream, split_bytes)
    else:
        yield replace(whole, stream=stream)


def _without_stream(source: Source) -> Source:
    return replace(source, stream=None)


def _cut(whole: Split, stream: Stream, split_bytes: int) -> Iterator[Split]:
    """Splits at ends of records, with their data."""
    part, block = replace(whole, last=False), b""
    mark = read_full(stream, whole.encoding.bom)
    while len(block) <= _UNCUT and (more := read_full(stream, split_bytes)):
        if part.encoding.provisional and not more.isascii():
            more += read_full(stream, SAMPLE)
            part = replace(part, encoding=settled(part.encoding, block + more, len(more) < split_bytes + SAMPLE))
        block = cr_to_lf(block + more) if whole.encoding.cr else block + more
        consumed, records = _count(part, block)
        if len(block) < split_bytes or not consumed:
            continue
        end = part.start + len(mark) + consumed
        yield replace(part, end=end, data=mark + block[:consumed])
        line = part.line + block.count(b"\n", 0, consumed)
        part = replace(part, start=end, line=line, record=part.record + records, top=False)
        mark, block = b"", block[consumed:]
    part = replace(part, end=whole.end, last=True)
    if len(block) > _UNCUT:
        yield replace(part, stream=Replay(mark + block, stream))
    else:
        yield replace(part, data=mark + block, issues=tuple(stream.issues))


def _count(part: Split, block: bytes) -> tuple[int, int]:
    """See `Format.count`; where half a character may look like a delimiter, the block's text is counted instead."""
    dialect = part.format.dialect
    plain = dialect is None or dialect.delimiter < _SECOND or part.encoding.name == "utf-8"
    if plain or b'"' not in block:
        return part.format.count(block, top=part.top)
    text = b"".join(TextBlocks(Data(block), part.encoding, at_start=False))
    consumed, records = part.format.count(text, top=part.top)
    lines = text.count(b"\n", 0, consumed)  # its line ends are those of the block
    ends = np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == 10)
    return (int(ends[lines - 1]) + 1 if lines else 0), records
