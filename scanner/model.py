"""The shapes that all stages share: columns in, frames through.

A reader yields `Batch`es. Matching turns a batch into a *candidates frame*, scoring and resolving
turn that into a *findings frame*, both polars frames with the columns listed in `CANDIDATES` and `FINDINGS`.
Offsets are code points, half-open, within the decoded value of the cell.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from scanner.fold import fold

IntArray: TypeAlias = npt.NDArray[np.int64]

# One row a possible match; `cell` indexes the values of column number `column` of the batch.
CANDIDATES: dict[str, Any] = {
    "column": pl.UInt32,
    "cell": pl.UInt32,
    "start": pl.UInt32,
    "end": pl.UInt32,
    "pattern": pl.UInt32,  # a row of the catalogue: a pattern of a rule, or a recognizer
    "base": pl.Float32,  # the score that the pattern or recognizer alone gives
    "context": pl.Boolean,  # a context word of the rule stands near, in the same cell
    "verdict": pl.Int8,  # of the rule's validator: 1 valid, 0 unknown or none; what is invalid is no candidate
}

# Findings of at least this score are reported unless told otherwise.
DEFAULT_MIN_SCORE = 0.5

# What each kind of evidence adds to a score, in the order in which `--explain` lists it: a context word near, the
# field's header, most cells of the field, a valid checksum, a neighbour in the record that makes it worse, a header
# that says something else.
WEIGHTS: dict[str, float] = {
    "context": 0.35, "header": 0.4, "majority": 0.35, "check": 0.3, "neighbour": 0.1, "other": -0.3
}  # fmt: skip

# Of each entity type: the type that in the same record makes it worse. A code opens the door that an address names.
NEIGHBOURS = {"DOOR_CODE": "ADDRESS"}

# What ranks the rule of a country higher, among answers of the same score, in a file written in its language.
HOME = 0.04

# One row a finding, in the order of the output; `value` (String) and `explanation` (a list of structs) only on request.
FINDINGS: dict[str, Any] = {
    "line": pl.Int64,
    "column": pl.Int64,
    "record": pl.Int64,
    "field": pl.String,
    "start": pl.Int64,
    "end": pl.Int64,
    "entity_type": pl.String,
    "score": pl.Float64,
    "rule_id": pl.String,
    "state": pl.String,
    "role": pl.String,
    "masked": pl.String,
    "fingerprint": pl.String,
}

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that could not be read (severity error: exit code 3) or was read differently (warning).

    `message` never holds a raw value; `line` is the (first) physical line from 1, `bytes` how many bytes were not
    read, `count` how many such cases of one file this stands for.
    """

    kind: str
    message: str
    path: str | None = None
    severity: Severity = "error"
    line: int | None = None
    bytes: int | None = None
    count: int = 1


@dataclass(slots=True)
class Column:
    """The cells of one field in a batch.

    `values`: String series, one item a cell; null where a row has no such field.
    `rows`: int64 row index of each cell, or None when cell i belongs to row i.
    `origin`: int64 code-point offset of each cell's text within its field value, or None when all are 0
    (only a very long line is cut into overlapping pieces). `keep`: for such pieces, the half-open range of
    starts, relative to the piece, that belong to it.
    """

    field: str | None
    values: pl.Series
    rows: IntArray | None = None
    origin: IntArray | None = None
    keep: tuple[IntArray, IntArray] | None = None
    _folded: pl.Series | None = dataclasses.field(default=None, init=False, repr=False, compare=False)

    @property
    def folded(self) -> pl.Series:
        """`values` with look-alikes as ASCII, see `fold`; nulls stay."""
        if self._folded is None:
            self._folded = fold(self.values)
        return self._folded

    @property
    def moved(self) -> IntArray:
        """The cells (n,) of which `folded` has another number of code points."""
        if self.folded is self.values:
            return np.zeros(0, dtype=np.int64)
        moved = self.folded.str.len_chars() != self.values.str.len_chars()
        return moved.arg_true().to_numpy().astype(np.int64)


@dataclass(frozen=True, slots=True)
class Hint:
    """The entity types that a column is expected to hold, what that adds to the score of each; the file's languages."""

    entities: frozenset[str] = frozenset()
    weight: float = 0.0
    languages: frozenset[str] = frozenset()


class Locator(Protocol):
    """Finds the physical place of a value; called only for the cells that hold findings."""

    def locate(self, column: int, cells: IntArray, starts: IntArray) -> tuple[IntArray | None, IntArray | None]:
        """Return physical lines and code-point columns (both from 1) of `starts` within `cells` of one column."""
        ...


class NoPlace:
    """Locates nothing: for texts that stand in no file."""

    def locate(self, column: int, cells: IntArray, starts: IntArray) -> tuple[None, None]:
        """See `Locator`."""
        return None, None


@dataclass(slots=True)
class Batch:
    """Some records of one table, as columns.

    `records`: int64 record number (from 1) of each row; `begun`: how many records begin here, as a long one may come
    in several batches. `locator` gives line and column.
    """

    columns: list[Column]
    records: IntArray
    locator: Locator
    issues: list[Issue] = field(default_factory=list)
    begun: int = 0

    @property
    def height(self) -> int:
        """Rows in this batch; each is one record, or a piece of a very long one."""
        return len(self.records)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was read of one file: `bytes` decompressed, `records`, and whether that is all.

    `format`: of a reader, None where none could read it. `encoding`: a Python codec, None for what is no text;
    `confidence`: 0 to 1, that it is the right one. `issues`: how many there are of each kind, warnings too.
    """

    path: str
    format: str | None = None
    encoding: str | None = None
    confidence: float | None = None
    bytes: int = 0
    records: int = 0
    complete: bool = True
    issues: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Summary:
    """Counts of a run: clear findings by entity type, masked ones, what was read, and whether all of it was.

    `coverage`: the same of each file, at the end of a run. `allowed`: how many values were not reported, by what
    allowed them: the number of an entry of the allowlist, or `pragma`. `baselined`: findings that a baseline accepts,
    in no other count; `stale`: its entries that were not found as often as they say; None without a baseline.
    """

    files: int = 0
    records: int = 0
    bytes: int = 0
    findings: int = 0
    masked: int = 0
    entities: Counter[str] = field(default_factory=Counter)
    issues: int = 0
    complete: bool = True
    coverage: list[Coverage] = field(default_factory=list)
    allowed: Counter[str] = field(default_factory=Counter)
    baselined: int | None = None
    stale: int | None = None

    def __add__(self, other: Summary) -> Summary:
        """The counts of two parts of a run."""
        return Summary(
            self.files + other.files,
            self.records + other.records,
            self.bytes + other.bytes,
            self.findings + other.findings,
            self.masked + other.masked,
            self.entities + other.entities,
            self.issues + other.issues,
            self.complete and other.complete,
            self.coverage + other.coverage,
            self.allowed + other.allowed,
            _sum(self.baselined, other.baselined),
            _sum(self.stale, other.stale),
        )


def _sum(one: int | None, other: int | None) -> int | None:
    return one if other is None else other if one is None else one + other


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a score and what it added."""

    evidence: str
    score: float


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of personal data, as the contract's JSON line has it; `value` only when asked for."""

    path: str
    line: int | None
    column: int | None
    record: int
    field: str | None
    start: int
    end: int
    entity_type: str
    score: float
    rule_id: str
    state: str
    role: str | None
    masked: str
    fingerprint: str
    value: str | None = None
    explanation: tuple[Evidence, ...] = ()
