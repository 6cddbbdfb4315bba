"""Overlaps: the best of them stays."""

from __future__ import annotations

import polars as pl

from scanner.resolve import resolve

SCHEMA = {
    **dict.fromkeys(["column", "cell", "start", "end", "pattern"], pl.UInt32),
    **dict.fromkeys(["total", "score"], pl.Float64),
}
Row = tuple[int, int, int, int, int, float, float]


def row(start: int, end: int, total: float, pattern: int = 0, cell: int = 0, column: int = 0) -> Row:
    """One candidate."""
    return column, cell, start, end, pattern, total, min(total, 1.0)


def kept(*rows: Row, min_score: float = 0.5) -> list[tuple[int, int, int]]:
    """Start, end and pattern of what stays."""
    frame = pl.DataFrame(list(rows), schema=SCHEMA, orient="row")
    return resolve(frame, min_score).select("start", "end", "pattern").rows()


def test_more_evidence_wins_even_beyond_the_cap() -> None:
    """Two candidates with a score of 1 are told apart by their totals."""
    assert kept(row(0, 9, 1.1, 0), row(2, 5, 1.4, 1)) == [(2, 5, 1)]


def test_of_equals_the_longer_and_then_the_earlier_pattern_wins() -> None:
    """Ties are broken the same way in every run."""
    assert kept(row(0, 4, 0.7, 0), row(0, 6, 0.7, 1)) == [(0, 6, 1)]
    assert kept(row(0, 4, 0.7, 3), row(0, 4, 0.7, 2)) == [(0, 4, 2)]


def test_neighbours_and_other_cells_are_no_overlap() -> None:
    """Spans that touch, and equal spans of other cells and columns, all stay."""
    rows = [row(0, 4, 0.7), row(4, 8, 0.7), row(0, 4, 0.7, cell=1), row(0, 4, 0.7, column=1)]
    assert len(kept(*rows)) == 4


def test_what_overlaps_only_a_loser_stays() -> None:
    """In a chain the best takes its own overlaps with it and no others."""
    assert kept(row(0, 5, 0.6), row(4, 10, 0.9), row(9, 14, 0.6), row(13, 20, 0.55)) == [(4, 10, 0), (13, 20, 0)]


def test_what_is_below_the_threshold_neither_stays_nor_counts() -> None:
    """The threshold itself is enough."""
    assert kept(row(0, 9, 0.49), row(2, 5, 0.5)) == [(2, 5, 0)]
    assert kept() == []
