"""CSV for spreadsheets (RFC 4180): a row a finding, then rows for issues, and one for the counts.

It begins with a byte order mark, as Excel takes UTF-8 for its own code page without one. A cell that a spreadsheet
would calculate gets a `'` before it: https://owasp.org/www-community/attacks/CSV_Injection.
"""

from __future__ import annotations

import csv
import io
import re

import polars as pl

from scanner.model import FINDINGS, Issue, Summary
from scanner.sinks import text
from scanner.sinks.clean import STEERING, clean

COLUMNS = ("type", "path", *FINDINGS, "value", "explanation", "message")
HEAD = ("\ufeff" + ",".join(COLUMNS) + "\r\n").encode()
_CONTROL = f"[{STEERING}]"
_FORMULA = "^[ '\"]*[=+\\-@＝＋－＠|%]"


def findings(path: str, raw: bytes | None, frame: pl.DataFrame) -> bytes:
    """One row a finding; `frame` as in `model.FINDINGS`."""
    given = {name: pl.col(name) for name in frame.columns}
    if "explanation" in given:
        reason = pl.format("{} {}", pl.element().struct["score"], pl.element().struct["evidence"])
        given["explanation"] = pl.col("explanation").list.eval(reason).list.join("; ")
    given |= {"type": pl.lit("finding"), "path": pl.lit(path)}
    cells = [given.get(name, pl.lit(None, pl.String)).alias(name) for name in COLUMNS]
    table = frame.select(cells)
    table = table.with_columns(_harmless(pl.col(name)) for name in table.columns if table.schema[name] == pl.String)
    return table.write_csv(include_header=False, line_terminator="\r\n").encode()


def _harmless(cell: pl.Expr) -> pl.Expr:
    """Text that no spreadsheet runs, and no terminal."""
    cell = cell.str.replace_all(_CONTROL, " ")
    return pl.when(cell.str.contains(_FORMULA)).then("'" + cell).otherwise(cell).name.keep()


def issue(issue: Issue) -> bytes:
    """One row of type `error` or `warning`: path, line, the kind as `rule_id`, and what it says."""
    message = f"{issue.message} ({issue.count} times)" if issue.count > 1 else issue.message
    return _row(type=issue.severity, path=issue.path, line=issue.line, rule_id=issue.kind, message=message)


def summary(summary: Summary) -> bytes:
    """The last row: the counts in words."""
    return _row(type="summary", message=text.summary(summary).decode().strip())


def _row(**cells: str | int | None) -> bytes:
    texts = [clean(str(cells.get(name) or "")) for name in COLUMNS]
    out = io.StringIO()
    csv.writer(out).writerow(f"'{text}" if re.match(_FORMULA, text) else text for text in texts)
    return out.getvalue().encode(errors="replace")
