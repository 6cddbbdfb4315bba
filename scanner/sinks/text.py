"""Short lines for people."""

from __future__ import annotations

import polars as pl

from scanner.model import Issue, Summary
from scanner.sinks.clean import clean
from scanner.sinks.counted import counted


def findings(path: str, raw: bytes | None, frame: pl.DataFrame) -> bytes:
    """One line a finding: path:line:column, else path and record; field, entity type, masked value, rule and score."""
    place = (
        pl.when(pl.col("line").is_null())
        .then(pl.format("{}:record {}", pl.lit(path), "record"))
        .otherwise(pl.format("{}:{}:{}", pl.lit(path), "line", "column"))
    )
    field = pl.when(pl.col("field").is_null()).then(pl.lit("")).otherwise(pl.format(" [{}]", "field"))
    state = pl.when(pl.col("state") == "masked").then(pl.lit(", masked already")).otherwise(pl.lit(""))
    shown = pl.col("value") if "value" in frame.columns else pl.col("masked")
    shown = shown.str.replace_all("[\x00-\x1f\x7f-\x9f]", " ")
    lines = frame.select(
        line=pl.format("{}{}: {} {}  ({}, {}{})", place, field, "entity_type", shown, "rule_id", "score", state)
    )["line"]
    why = _explanations(frame) if "explanation" in frame.columns else [""] * len(lines)
    return "".join(f"{clean(line)}\n{reason}" for line, reason in zip(lines.to_list(), why, strict=True)).encode()


def _explanations(frame: pl.DataFrame) -> list[str]:
    """For each finding the lines that say what added to its score."""
    return [
        "".join(f"    {item['score']:+.2f}  {item['evidence']}\n" for item in reasons)
        for reasons in frame["explanation"].to_list()
    ]


def issue(issue: Issue) -> bytes:
    """One line an issue."""
    place = ":".join(str(part) for part in (issue.path, issue.line, "") if part is not None)
    times = f" ({issue.count} times)" if issue.count > 1 else ""
    label = "not read" if issue.severity == "error" else "note"
    return f"{clean(f'{place} {label}: {issue.message}{times}'.lstrip())}\n".encode()


def summary(summary: Summary) -> bytes:
    """The verdict, and the counts behind it."""
    scanned = f"{counted(summary.files, 'file')}, {counted(summary.records, 'record')}"
    counts = ", ".join(f"{count} {name}" for name, count in sorted(summary.entities.items()))
    if summary.findings:
        head = f"{counted(summary.findings, 'finding')} in {scanned}: {counts}"
    else:
        what = "nothing in the clear" if summary.masked else "nothing found"
        head = f"{what} in {'' if summary.complete else 'what could be read of '}{scanned}"
    masked = f"; {counted(summary.masked, 'value')} masked already" if summary.masked else ""
    allowed = f"; {counted(summary.allowed.total(), 'value')} allowed" if summary.allowed else ""
    known = f"; {summary.baselined} accepted by the baseline" if summary.baselined else ""
    stale = f"; {counted(summary.stale, 'stale entry', 'stale entries')} in the baseline" if summary.stale else ""
    tail = "" if summary.complete else f"; {counted(summary.issues, 'issue')}: not everything was read"
    return f"{head}{masked}{allowed}{known}{stale}{tail}\n".encode()
