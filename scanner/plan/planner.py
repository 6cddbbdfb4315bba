"""Plans files: which encoding, format and fields they have, and in which parts they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace

from scanner.decode import Encoding, TextBlocks, detect, encoding_named, has_lone_cr, peek, skipped
from scanner.errors import LeakgaugeError
from scanner.forks import ENOUGH
from scanner.issues import internal
from scanner.languages import languages
from scanner.model import Batch, Issue
from scanner.plan.cut import can_be_cut, cut
from scanner.plan.sample import Sample
from scanner.plan.split import NO_TEXT, Data, Fields, Split
from scanner.readers import FILES, Format, detect_format
from scanner.readers.files import IsHeader
from scanner.readers.jsonkeys import Keys
from scanner.readers.jsonscan import closed
from scanner.sources import Source, Stream, open_source

SAMPLE = 256 << 10  # bytes that format and profile are judged by
SPLIT = 8 << 20  # bytes
# A file for several processes has splits of a quarter of that, or as many as this: the processes should end together.
_SPLITS = 16
PIECES = SPLIT, _SPLITS  # what cuts a file in other places when it changes


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans files. `profile` judges the fields of a file's first records, `is_header` a row of cells,
    `keys` the keys of JSON objects; with a `sample` only blocks of large files are read."""

    profile: Callable[[Batch], Fields]
    is_header: IsHeader
    encoding: str | None = None
    split_bytes: int = SPLIT
    keys: Keys = field(default_factory=Keys)
    sample: Sample | None = None

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
            yield skipped(encoding, source.path, source.size)
            return
        text = _text(sample, encoding, complete)
        if has_lone_cr(text):
            encoding = replace(encoding, cr=True)
            text = _text(sample, encoding, complete)
        kind = detect_format(source.path, text, complete=complete, is_header=self.is_header)
        profile, written = self._profile(kind, text, complete), languages(text.decode(errors="ignore"))
        whole = Split(source, encoding, kind, profile, written)
        if source.location is None or source.compression:
            yield from self._streamed(whole, replay)
        else:
            stream.close()
            yield from self._ranges(replace(whole, end=_end(source, len(sample))))

    def _ranges(self, whole: Split) -> Iterator[Split]:
        """The parts of a file that can be opened anywhere, or a sample of them."""
        if self.sample is not None and can_be_cut(whole) and whole.format.name != "sql":
            blocks = list(self.sample.splits(whole))
            if blocks:
                yield from blocks
                return
        if whole.end is None or whole.end <= self.split_bytes or not can_be_cut(whole):
            yield whole
            return
        with closing(open_source(whole.source, 0, whole.end)) as stream:
            yield from cut(whole, stream, self._even(whole.end), self.profile, with_data=False)

    def _even(self, size: int) -> int:
        """Bytes of the splits of a file of `size` bytes; for a single process more would only cost."""
        return min(self.split_bytes, max(self.split_bytes // 4, size // _SPLITS)) if size > ENOUGH else self.split_bytes

    def _streamed(self, whole: Split, stream: Stream) -> Iterator[Split]:
        """The parts of what can be read only once."""
        head, stream = peek(stream, self.split_bytes)
        whole = replace(whole, source=replace(whole.source, stream=None))
        if len(head) < self.split_bytes:
            yield replace(whole, data=head, issues=tuple(stream.issues))
            stream.close()
        elif can_be_cut(whole):
            with closing(stream):
                yield from cut(whole, stream, self.split_bytes, self.profile)
        else:
            yield replace(whole, stream=stream)

    def _profile(self, kind: Format, text: bytes, complete: bool) -> Fields:
        if kind.name == "text" or kind.has_tables:  # tables are profiled as they come
            return {}
        text = text if complete else _closed(kind, text)
        fields: Fields = {}
        for batch in kind.read([text], line=1, record=1, top=True, keys=self.keys):
            new = [column for column in batch.columns if column.field not in fields]
            fields |= self.profile(replace(batch, columns=new)) if new else {}
        return fields


def _end(source: Source, sampled: int) -> int | None:
    """Where to stop in a file, so that what is planned is read or missed, and nothing that is written meanwhile.

    None where no size is told, as in /proc.
    """
    size = source.size
    return max(size, sampled) if size else None


def _text(sample: bytes, encoding: Encoding, complete: bool) -> bytes:
    """The sample's whole lines as UTF-8."""
    text = b"".join(TextBlocks(Data(sample), encoding))
    return text if complete or b"\n" not in text else text[: text.rfind(b"\n") + 1]


def _closed(kind: Format, text: bytes) -> bytes:
    """The sample without what the end of a JSON record is missing from, which would be no JSON."""
    breaks_off = kind.name == "json" or (kind.name == "jsonl" and b"\n" not in text)
    return closed(text) if breaks_off else text
