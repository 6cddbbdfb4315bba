"""JSON lines, one object each, in the order of keys that users rely on."""

from __future__ import annotations

import base64
import io
from dataclasses import asdict

import orjson
import polars as pl

from scanner.model import Issue, Summary
from scanner.sinks.clean import clean_json

VERSION = 1


def findings(path: str, raw: bytes | None, frame: pl.DataFrame) -> bytes:
    """One line a finding; `frame` as in `model.FINDINGS`."""
    name = pl.lit(path).alias("path") if raw is None else pl.lit(base64.b64encode(raw).decode()).alias("path_base64")
    out = io.BytesIO()
    frame.select(pl.lit("finding").alias("type"), pl.lit(VERSION).alias("v"), name, pl.all()).write_ndjson(out)
    return clean_json(out.getvalue())


def issue(issue: Issue) -> bytes:
    """One line an issue; keys without a value are left out."""
    known = {
        "path": issue.path,
        "kind": issue.kind,
        "severity": issue.severity,
        "message": issue.message,
        "line": issue.line,
        "bytes": issue.bytes,
        "count": issue.count if issue.count > 1 else None,
    }
    return _line({"type": "issue", "v": VERSION} | {key: value for key, value in known.items() if value is not None})


def summary(summary: Summary) -> bytes:
    """The last line."""
    accepted = {"baselined": summary.baselined, "stale": summary.stale}
    return _line(
        {
            "type": "summary",
            "v": VERSION,
            "files": summary.files,
            "records": summary.records,
            "bytes": summary.bytes,
            "findings": summary.findings,
            "masked": summary.masked,
            **{key: count for key, count in accepted.items() if count is not None},
            "allowed": summary.allowed.total(),
            "entities": dict(sorted(summary.entities.items())),
            "issues": summary.issues,
            "complete": summary.complete,
            "coverage": [asdict(file) for file in summary.coverage],
        }
    )


def _line(data: dict[str, object]) -> bytes:
    return clean_json(orjson.dumps(data, option=orjson.OPT_APPEND_NEWLINE))
