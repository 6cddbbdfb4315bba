"""A report for people who were not there: one HTML file that needs no network and no script.

It shows what the object of `size --format json` holds and nothing else, so no raw value can be in it. Charts are drawn
by Vega (vl-convert-python), the page by Jinja2; both come with the extra `leakgauge[report]`.
"""

from __future__ import annotations

import importlib.util
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scanner.errors import UsageError
from scanner.private import write_private

_NEEDED = ("jinja2", "vl_convert")


def check(path: str) -> None:
    """Raise `UsageError` when a report could not be written to `path`; to be asked before hours of work."""
    if any(importlib.util.find_spec(name) is None for name in _NEEDED):
        raise UsageError("reports are drawn by an extra: pip install 'leakgauge[report]'")
    problem = _problem(Path(path))
    if problem:
        raise UsageError(f"cannot write the report {path}: {problem}")


def _problem(path: Path) -> str:
    """Why a file of this name cannot be written; nothing where it can."""
    try:
        if path.is_dir():
            return "it is a folder"
    except OSError as error:
        return error.strerror or type(error).__name__
    writable = os.access(path.absolute().parent, os.W_OK | os.X_OK)
    return "" if writable else "its folder is missing or not writable"


def write(result: dict[str, Any], path: str) -> None:
    """Write the report of `result`, the object that `size --format json` prints, to `path`: all of it or nothing.

    A file that was there is replaced once the new one is complete. Raises `UsageError` when it cannot be written.
    """
    check(path)
    from scanner.report.page import page

    html = page(result, datetime.now(UTC))
    try:
        write_private(path, html.encode())
    except OSError as error:
        raise UsageError(f"cannot write the report {path}: {error.strerror}") from error
