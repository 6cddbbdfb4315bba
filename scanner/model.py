"""The shapes that all stages share: columns in, frames through.

A reader yields `Batch`es. Matching turns a batch into a *candidates frame*, scoring and resolving
turn that into a *findings frame*, both polars frames with the columns listed in `CANDIDATES` and `FINDINGS`.
Offsets are code points, half-open, within the decoded value of the cell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

IntArray: TypeAlias = npt.NDArray[np.int64]

# One row a possible match; `cell` indexes the values of column number `column` of the batch.
CANDIDATES: dict[str, Any] = {
    "column": pl.UInt32,
    "cell": pl.UInt32,
    "start": pl.UInt32,
    "end": pl.UInt32,
    "value": pl.String,
    "pattern": pl.UInt32,  # index into RuleSet.patterns
    "base": pl.Float32,  # the score that the pattern or recognizer alone gives
    "context": pl.Boolean,  # a context word of the rule stands near, in the same cell
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


class Locator(Protocol):
    """Finds the physical place of a value; called only for the cells that hold findings."""

    def locate(self, column: int, cells: IntArray, starts: IntArray) -> tuple[IntArray | None, IntArray | None]:
        """Return physical lines and code-point columns (both from 1) of `starts` within `cells` of one column."""
        ...


@dataclass(slots=True)
class Batch:
    """Some records of one table, as columns.

    `records`: int64 record number (from 1) of each row. `locator` gives line and column.
    """

    columns: list[Column]
    records: IntArray
    locator: Locator
    issues: list[Issue] = field(default_factory=list)

    @property
    def height(self) -> int:
        """Rows in this batch; each is one record, or a piece of a very long one."""
        return len(self.records)


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


def candidates_frame(rows: Iterable[tuple[Any, ...]] = ()) -> pl.DataFrame:
    """Build a candidates frame from tuples in the order of `CANDIDATES`."""
    return pl.DataFrame(list(rows), schema=CANDIDATES, orient="row")
