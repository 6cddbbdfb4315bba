"""One answer for each span: of overlapping candidates the best stays."""

from __future__ import annotations

import numpy as np
import polars as pl

from scanner.model import IntArray

_PLACE = ["column", "cell", "start", "end"]
_HUNDREDTHS, _LOWEST = 100, 10  # totals have two digits after the point, and are above -10
_LENGTH, _PATTERN = 1 << 32, 1 << 16


def resolve(scored: pl.DataFrame, min_score: float) -> pl.DataFrame:
    """Keep candidates of at least `min_score` that no better one in the same cell overlaps.

    Better is: more evidence (`total`), then a longer span, then the earlier pattern. Reads `column`, `cell`, `start`,
    `end`, `score`, `total`, `pattern`; the result is sorted by column, cell and start. Resolving twice changes nothing.
    """
    rows = np.flatnonzero((scored["score"] >= min_score).to_numpy())
    if not len(rows):
        return scored.clear()
    places = [scored[name].to_numpy()[rows].astype(np.int64) for name in _PLACE]
    order = _order(places)
    if order is not None:
        rows, places = rows[order], [values[order] for values in places]
    clusters = _clusters(*places)
    kept = np.append(clusters[1:] != clusters[:-1], True) & np.append(True, clusters[1:] != clusters[:-1])
    crowd = np.flatnonzero(~kept)
    if len(crowd):
        there = [values[crowd] for values in places]
        kept[crowd[_best(there, clusters[crowd], _rank(scored, rows[crowd], there[3] - there[2]))]] = True
    return scored if order is None and len(rows) == len(scored) and kept.all() else scored[rows[kept]]


def _order(places: list[IntArray]) -> IntArray | None:
    """What sorts candidates by their places; None if they are sorted. They come nearly so, of which numpy makes use."""
    bits = [int(values.max()).bit_length() for values in places]
    if sum(bits) > 63:
        return np.lexsort(places[::-1])
    key = np.zeros(len(places[0]), dtype=np.int64)
    for values, size in zip(places, bits, strict=True):
        key = (key << size) | values
    return None if (key[1:] >= key[:-1]).all() else np.argsort(key, kind="stable")


def _rank(scored: pl.DataFrame, rows: IntArray, length: IntArray) -> IntArray:
    """A number for each of some rows, int64 (n,): the greater the better."""
    total, pattern = (scored[name].to_numpy()[rows] for name in ("total", "pattern"))
    evidence = np.rint((total + _LOWEST) * _HUNDREDTHS).astype(np.int64)
    rank: IntArray = (evidence * _LENGTH + length) * _PATTERN + (_PATTERN - 1 - pattern.astype(np.int64))
    return rank


def _best(places: list[IntArray], cluster: IntArray, rank: IntArray) -> IntArray:
    """The numbers of those that stay of sorted candidates: the best of each cluster, and so on with what is left."""
    at, kept = np.arange(len(rank)), []
    while len(at):
        first = np.append(True, cluster[1:] != cluster[:-1])
        number = np.cumsum(first) - 1
        best = np.flatnonzero(rank == np.maximum.reduceat(rank, np.flatnonzero(first))[number])
        best = best[np.append(True, np.diff(number[best]) > 0)]  # of equals the first
        kept.append(at[best])
        _, _, start, end = places
        apart = (end <= start[best][number]) | (start >= end[best][number])
        at, rank, places = at[apart], rank[apart], [values[apart] for values in places]
        cluster = _clusters(*places) if len(at) else cluster[:0]
    return np.concatenate(kept)


def _clusters(column: IntArray, cell: IntArray, start: IntArray, end: IntArray) -> IntArray:
    """Number the groups of chained overlaps of candidates that are sorted by column, cell and start."""
    new_cell = np.append(True, (column[1:] != column[:-1]) | (cell[1:] != cell[:-1]))
    # one long line of positions, on which cells do not touch
    offset = (np.cumsum(new_cell) - 1) * (int(end.max()) + 1)
    reach = np.maximum.accumulate(end + offset)
    apart = np.append(True, (start + offset)[1:] >= reach[:-1])
    return np.cumsum(apart).astype(np.int64)
