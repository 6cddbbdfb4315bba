"""Aligned columns for terminals, in which Hangul and Han take two cells."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.cells import cell_len, chop_cells


def table_of(
    heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: Collection[int] = (), width: int | None = None
) -> str:
    """A line of heads and one a row; columns of `numbers` stand to the right, lines are cut at `width`."""
    table = [heads, *rows]
    widths = [max(map(cell_len, cells)) for cells in zip(*table, strict=True)]
    lines = (_line(row, widths, numbers) for row in table)
    return "".join(f"{line if width is None else fit(line, width)}\n" for line in lines)


def _line(row: Sequence[str], widths: Sequence[int], numbers: Collection[int]) -> str:
    cells = []
    for number, (cell, width) in enumerate(zip(row, widths, strict=True)):
        blank = " " * (width - cell_len(cell))
        cells.append(f"{blank}{cell}" if number in numbers else f"{cell}{blank}")
    return "  ".join(cells).rstrip()


def fit(text: str, width: int) -> str:
    """A text of at most so many cells."""
    if cell_len(text) <= width:
        return text
    return chop_cells(text, max(1, width - 1))[0] + "…"
