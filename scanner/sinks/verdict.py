"""What the columns of a file hold, as a table for people, and whether it is safe to share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scanner.model import Summary
from scanner.sinks.aligned import fit, table_of
from scanner.sinks.clean import clean
from scanner.sinks.counted import counted

_HEADS = ("column", "holds", "rows", "distinct", "first at", "such as")
_NUMBERS = (2, 3)
_ROWS = 200  # of a table
_NAMED = 5  # columns in a verdict
_NAME, _SAMPLE = 40, 24  # cells of a terminal


class Held(NamedTuple):
    """One type in one column: in what share of the rows, how many different values, where first, masked samples."""

    column: str
    entity_type: str
    role: str | None
    state: str
    share: float | None
    distinct: int
    first: str
    samples: Sequence[str]


def table(
    path: str,
    held: Sequence[Held],
    columns: int,
    *,
    complete: bool,
    doubts: Sequence[str] = (),
    width: int | None = None,
) -> str:
    """The table of a file of so many `columns`, and its verdict; nothing for one whose columns hold nothing.

    `doubts`: why it may hold more, see `scanner.doubts`.
    """
    if not held:
        return ""
    rows = [_row(each) for each in held[:_ROWS]]
    if len(held) > _ROWS:
        rows.append((f"{len(held) - _ROWS:,} more: see --format jsonl", *[""] * (len(_HEADS) - 1)))
    body = table_of(_HEADS, rows, _NUMBERS, width)
    return f"{clean(path)}\n{body}{_verdict(held, columns, doubts, complete=complete)}\n\n"


def _row(each: Held) -> tuple[str, ...]:
    holds = " ".join(filter(None, (each.role, each.entity_type)))
    state = ", masked already" if each.state == "masked" else ""
    samples = ", ".join(fit(clean(sample), _SAMPLE) for sample in each.samples)
    return fit(clean(each.column), _NAME), holds + state, _share(each.share), f"{each.distinct:,}", each.first, samples


def _share(share: float | None) -> str:
    """Never 0 % of what there is, nor 100 % of what is not all."""
    if share is None:
        return ""
    return "<1%" if share < 0.01 else f"{int(share * 100)}%"


def _verdict(held: Sequence[Held], columns: int, doubts: Sequence[str], *, complete: bool) -> str:
    unread = [] if complete else ["not all of the file could be read"]
    types: dict[str, dict[str, None]] = {}
    for each in held:
        if each.state == "clear":
            types.setdefault(each.column, {}).setdefault(each.entity_type)
    if not types:
        why = "; ".join(["only values that are masked already", *doubts, *unread])
        return f"{'not known whether safe' if doubts or unread else 'safe to share as far as the rules go'}: {why}"
    hold, columns_ = "holds" if len(types) == 1 else "hold", counted(max(columns, len(types)), "column")
    of = f"{len(types):,} of {columns_} {hold} personal data: {', '.join(_named(types))}"
    return "; ".join([f"not safe to share: {of}", *unread])


def _named(types: dict[str, dict[str, None]]) -> Iterator[str]:
    for column in list(types)[:_NAMED]:
        yield f"{fit(clean(column), _NAME)} ({', '.join(types[column])})"
    if len(types) > _NAMED:
        yield f"{len(types) - _NAMED:,} more"


def overall(summary: Summary, found: int, doubts: Sequence[str] = ()) -> str:
    """One line on all files, of which `found` hold something in the clear; `doubts`: why they may hold more."""
    unread = sum(not file.complete for file in summary.coverage)
    files = [] if summary.complete else [f"{counted(unread, 'file')} could not be read, or not all of it"]
    if summary.findings:
        of = f"{found:,} of {counted(max(found, summary.files), 'file')}"
        return "; ".join([f"not safe to share: personal data in {of}", *files]) + "\n"
    if doubts or files:
        return f"not known whether safe to share: {'; '.join([*doubts, *files])}\n"
    what = "only values that are masked already" if summary.masked else "nothing found"
    return f"safe to share as far as the rules go: {what}, all read\n"
