"""A program of its own that writes the cells of a workbook as JSON lines: `sheetworker.py PATH FIRST BYTES`.

The parser ends the process when memory does not suffice, and a sheet takes 32 bytes for each cell between its first and
its last, so two cells in its corners take 500 GB. Here this ends nothing else. It imports nothing of ours, to start
quickly. Lines, for the sheets from number FIRST (from 0), with at most BYTES of memory:
`["sheet", number, name]`, `["rows", [[cell, …], …]]`, `["failed", what, error]`, `["end"]`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import orjson
from python_calamine import CalamineSheet, CalamineWorkbook

_CELLS = 1 << 16  # of a line
_TEXT = 8 << 20  # code points of a line, and one row more
_ROW = 32 << 20  # code points of a row; of more, the rest of the sheet is not read
_SECONDS = 3600


def main() -> None:
    """Write all lines; dies of what is too much."""
    path, first, memory = sys.argv[1:]
    _limit(int(memory))
    try:
        workbook = CalamineWorkbook.from_path(path)
        names = workbook.sheet_names
    except BaseException as error:
        _say("failed", "the workbook", type(error).__name__)
        names = []
    for number in range(int(first), len(names)):
        _say("sheet", number, names[number])
        try:
            sheet = workbook.get_sheet_by_index(number)
            for rows in _rows(sheet):
                _say("rows", rows)
        except BaseException as error:
            _say("failed", f"sheet {number + 1}", type(error).__name__)
    _say("end")


def _limit(memory: int) -> None:
    """Where the system has such limits."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, _SECONDS), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most if hard < 0 else min(most, hard), hard))


def _say(*parts: Any) -> None:
    sys.stdout.buffer.write(orjson.dumps(parts, default=str) + b"\n")
    sys.stdout.buffer.flush()


def _rows(sheet: CalamineSheet) -> Iterator[list[list[Any]]]:
    """The rows that are not empty."""
    if sheet.start is None:
        return
    step = max(1, _CELLS // max(1, sheet.width))
    filled = (row for row in sheet.iter_rows() if any(row) or any(cell != "" for cell in row))
    some: list[list[Any]] = []
    size = 0
    for row in filled:
        if (length := sum(len(cell) for cell in row if isinstance(cell, str))) > _ROW:
            raise OverflowError
        some.append([_cell(cell) if isinstance(cell, _TIMES) else cell for cell in row])
        size += length
        if len(some) == step or size >= _TEXT:
            yield some
            some, size = [], 0
    if some:
        yield some


def _cell(value: date | time | timedelta) -> str | None:
    if isinstance(value, datetime):
        return str(value).removesuffix(" 00:00:00")
    return None if isinstance(value, timedelta) else str(value)


_TIMES = (date, time, timedelta)

if __name__ == "__main__":
    main()
