"""One answer for each span: of overlapping candidates the best stays."""

from __future__ import annotations

import numpy as np
import polars as pl

from scanner.model import IntArray

_RANK = ["total", "length", "pattern"]
_PLACE = ["column", "cell", "start", "end"]


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
    kept = np.bincount(clusters)[clusters] == 1
    if not kept.all():
        crowd = scored[rows[~kept]].select(*_PLACE, "total", "pattern")
        kept[_best(crowd.with_columns(at=pl.Series(np.flatnonzero(~kept)), cluster=pl.Series(clusters[~kept])))] = True
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


def _best(crowd: pl.DataFrame) -> IntArray:
    """The numbers `at` of those that stay in each `cluster` of overlaps, of which there are some."""
    kept = []
    rest = crowd.with_columns(length=pl.col("end") - pl.col("start"))
    while rest.height:
        best, rest = _split_best(rest)
        kept.append(best["at"].to_numpy())
        rest = rest.sort("at")
        if rest.height:
            clusters = _clusters(*(rest[name].to_numpy().astype(np.int64) for name in _PLACE))
            rest = rest.with_columns(cluster=pl.Series(clusters))
    return np.concatenate(kept)


def _split_best(clustered: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The best of each cluster, and those that do not overlap it."""
    ranked = clustered.sort("cluster", *_RANK, descending=[False, True, True, False])
    best = ranked.unique("cluster", keep="first", maintain_order=True)
    spans = best.select("cluster", best_start="start", best_end="end")
    rest = ranked.join(spans, on="cluster").filter(
        (pl.col("end") <= pl.col("best_start")) | (pl.col("start") >= pl.col("best_end"))
    )
    return best, rest.drop("best_start", "best_end")


def _clusters(column: IntArray, cell: IntArray, start: IntArray, end: IntArray) -> IntArray:
    """Number the groups of chained overlaps of candidates that are sorted by column, cell and start."""
    new_cell = np.append(True, (column[1:] != column[:-1]) | (cell[1:] != cell[:-1]))
    # one long line of positions, on which cells do not touch
    offset = (np.cumsum(new_cell) - 1) * (int(end.max()) + 1)
    reach = np.maximum.accumulate(end + offset)
    apart = np.append(True, (start + offset)[1:] >= reach[:-1])
    return np.cumsum(apart).astype(np.int64)
