"""Short lines for people who commit: what is found in the clear, what was not read, and how to allow a finding."""

from __future__ import annotations

import polars as pl

from scanner.model import Issue, Summary
from scanner.sinks.clean import clean

HINT = b"To allow a finding: # leakgauge: allow RULE reason   at the end of its line\n"


def findings(path: str, raw: bytes | None, frame: pl.DataFrame) -> bytes:
    """`path:line:column: TYPE masked (rule)`, or the record where there are no lines; only values in the clear."""
    place = (
        pl.when(pl.col("line").is_null())
        .then(pl.format("{}: record {}", pl.lit(path), "record"))
        .otherwise(pl.format("{}:{}:{}", pl.lit(path), "line", "column"))
    )
    line = pl.format("{}: {} {} ({})", place, "entity_type", "masked", "rule_id")
    lines = frame.filter(pl.col("state") == "clear").select(line=line)["line"]
    return "".join(f"{clean(line)}\n" for line in lines.to_list()).encode()


def issue(issue: Issue) -> bytes:
    """One line for what was not read; notes would only be in the way."""
    if issue.severity != "error":
        return b""
    place = ":".join(str(part) for part in (issue.path, issue.line) if part is not None)
    return f"{clean(f'{place}: not read: {issue.message}')}\n".encode()


def summary(summary: Summary) -> bytes:
    """How to allow what was found."""
    return HINT if summary.findings else b""
