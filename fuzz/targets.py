"""What is fuzzed: each reader and container is given bytes as a file of its kind, and must lose none of them unseen.

`check` is the entry point, for libFuzzer (`python fuzz`) and for Hypothesis (`tests/test_fuzz.py`). It reads a file the
whole way from its opening to the cells of its batches; only the search within the cells is left out.
"""

from __future__ import annotations

import signal
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from pathlib import Path

from scanner.config import ScanConfig
from scanner.containers import Limits, expand
from scanner.model import Batch, Issue
from scanner.pipeline import Engine
from scanner.plan import Split
from scanner.sources import find

ROOT = Path(__file__).parent
FIXTURES = ROOT.parent / "fixtures"
SECONDS = 30  # after which a file of some kilobytes counts as a hang
MARK = "010-0000-7391"
# In these what bytes mean depends on those before them, or on their place.
_STATEFUL = ("utf-16", "utf-32", "utf-7", "iso2022", "hz")
_VERBATIM = {"text", "delimited"}  # readers that give all letters and digits of a file as they stand in it
_LIMITS = Limits(members=100, depth=4, free=1 << 22)


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of file.

    `suffixes`: of its names; the first is given to what is fuzzed. `text`: a mark that is planted anywhere must be
    found.
    """

    name: str
    suffixes: tuple[str, ...]
    text: bool = False

    def seeds(self) -> list[bytes]:
        """Files of this kind among the fixtures, and what was once misread."""
        paths = [path for suffix in self.suffixes for path in sorted(FIXTURES.glob(f"*/input*{suffix}"))]
        return [path.read_bytes() for path in (*paths, *self.corpus())]

    def corpus(self) -> list[Path]:
        """Inputs that once found a fault."""
        return sorted((ROOT / "corpus" / self.name).glob("*"))


TARGETS = {
    target.name: target
    for target in (
        Target("text", (".txt", ".log"), text=True),
        Target("csv", (".csv",), text=True),
        Target("tsv", (".tsv",), text=True),
        Target("json", (".json", ".har"), text=True),
        Target("jsonl", (".jsonl", ".ndjson"), text=True),
        Target("sql", (".sql",), text=True),
        Target("html", (".html",), text=True),
        Target("ldif", (".ldif",), text=True),
        Target("vcard", (".vcf", ".ics"), text=True),
        Target("mail", (".eml", ".mbox"), text=True),
        Target("gzip", (".gz",)),
        Target("bzip2", (".bz2",)),
        Target("xz", (".xz",)),
        Target("zstd", (".zst",)),
        Target("zip", (".zip",)),
        Target("tar", (".tar", ".tar.gz")),
        Target("7z", (".7z",)),
        Target("office", (".docx",)),
        Target("pdf", (".pdf",)),
        Target("xlsx", (".xlsx",)),
        Target("xls", (".xls",)),
        Target("ods", (".ods",)),
        Target("sqlite", (".sqlite",)),
        Target("parquet", (".parquet",)),
        Target("arrow", (".arrow",)),
        Target("avro", (".avro",)),
    )
}


@dataclass(slots=True)
class Outcome:
    """What came out of a file: cells, names of fields, issues, and how it was read."""

    cells: list[str] = field(default_factory=list)
    tables: set[tuple[str, ...]] = field(default_factory=set)
    formats: set[str] = field(default_factory=set)
    issues: list[Issue] = field(default_factory=list)
    encodings: set[str] = field(default_factory=set)

    @property
    def failed(self) -> bool:
        """Whether an issue says that something was not read."""
        return any(issue.severity == "error" for issue in self.issues)

    @property
    def stateful(self) -> bool:
        """Whether what is planted may change its meaning."""
        return any(name.replace("_", "-").lower().startswith(_STATEFUL) for name in self.encodings)

    @property
    def fields(self) -> list[str]:
        """The names of all fields of all tables."""
        return [name for table in self.tables for name in table]

    def holds(self, text: str) -> bool:
        """Whether some cell, or name of a field, holds a text."""
        return any(text in cell for cell in self.cells) or any(text in name for name in self.fields)

    def take(self, batch: Batch) -> None:
        """Gather a batch."""
        self.issues += batch.issues
        self.tables.add(tuple(column.field for column in batch.columns if column.field is not None))
        for column in batch.columns:
            self.cells += column.values.drop_nulls().to_list()


class HangError(Exception):
    """Reading took too long."""


def check(target: Target, data: bytes) -> None:
    """Read a file; an AssertionError says which promise was broken."""
    plain = read(target, data)
    if target.text and plain.tables and plain.formats <= _VERBATIM and not plain.failed:
        assert not missing(data, plain), "letters of the file are in no cell"
    if not target.text or plain.stateful:
        return
    at = int.from_bytes(blake2b(data, digest_size=8).digest(), "big") % (len(data) + 1)
    planted = read(target, data[:at] + f"\n{MARK}\n".encode() + data[at:])
    assert planted.failed or planted.stateful or planted.holds(MARK), "what was planted is not found, and no issue"


def read(target: Target, data: bytes) -> Outcome:
    """All that comes out of a file. Raises `HangError`, and AssertionError for an error of ours."""
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as folder, _deadline():
        path = Path(folder) / f"input{target.suffixes[0]}"
        path.write_bytes(data)
        for item in expand(find([str(path)]), limits=_LIMITS):
            for split in [item] if isinstance(item, Issue) else _engine().planner().plan(item):
                if isinstance(split, Issue):
                    outcome.issues.append(split)
                else:
                    _read(split, outcome)
    internal = [issue.message for issue in outcome.issues if issue.kind == "internal"]
    assert not internal, internal
    return outcome


def missing(data: bytes, outcome: Outcome) -> Counter[str]:
    """Letters and digits of a text that are in no cell and no name of a field; none where it is no UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Counter()
    seen = Counter("".join([*outcome.cells, *outcome.fields]))
    return Counter({letter: count for letter, count in Counter(text).items() if letter.isalnum()}) - seen


@cache
def _engine() -> Engine:
    return Engine(ScanConfig(key=b"k"))


def _read(split: Split, outcome: Outcome) -> None:
    outcome.issues += split.issues
    outcome.formats.add(split.format.name)
    reading = _engine().read(split)
    try:
        for batch in reading.batches:
            outcome.take(batch)
    finally:
        reading.close()
    outcome.issues += reading.issues
    if reading.encoding is not None:
        outcome.encodings.add(reading.encoding.name)


@contextmanager
def _deadline() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
