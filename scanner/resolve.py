"""One answer for each span: of overlapping candidates the best stays."""

from __future__ import annotations

import numpy as np
import polars as pl

from scanner.model import IntArray

_RANK = ["total", "length", "pattern"]


def resolve(scored: pl.DataFrame, min_score: float) -> pl.DataFrame:
    """Keep candidates of at least `min_score` that no better one in the same cell overlaps.

    Better is: more evidence (`total`), then a longer span, then the earlier pattern. Reads `column`, `cell`, `start`,
    `end`, `score`, `total`, `pattern`; the result is sorted by column, cell and start. Resolving twice changes nothing.
    """
    rest = scored.filter(pl.col("score") >= min_score)
    kept = []
    while rest.height:
        rest = _ordered(rest)
        clusters = _clusters(rest)
        alone = np.bincount(clusters)[clusters] == 1
        kept.append(rest.filter(pl.Series(alone)))
        crowd = rest.filter(pl.Series(~alone)).with_columns(cluster=pl.Series(clusters[~alone]))
        best, rest = _split_best(crowd)
        kept.append(best)
    return _ordered(pl.concat(kept)) if len(kept) > 1 else kept[0] if kept else scored.clear()


def _ordered(rows: pl.DataFrame) -> pl.DataFrame:
    """Sorted by column, cell, start and end; candidates come nearly sorted, which numpy's stable sort makes use of."""
    names = ["column", "cell", "start", "end"]
    columns = [rows[name].to_numpy() for name in names]
    bits = [int(values.max()).bit_length() for values in columns]
    if sum(bits) > 63:
        return rows.sort(*names)
    key = np.zeros(len(rows), dtype=np.int64)
    for values, size in zip(columns, bits, strict=True):
        key = (key << size) | values
    return rows if (key[1:] >= key[:-1]).all() else rows[np.argsort(key, kind="stable")]


def _split_best(clustered: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The best of each cluster, and those that do not overlap it."""
    clustered = clustered.with_columns(length=pl.col("end") - pl.col("start"))
    ranked = clustered.sort("cluster", *_RANK, descending=[False, True, True, False])
    best = ranked.unique("cluster", keep="first", maintain_order=True)
    spans = best.select("cluster", best_start="start", best_end="end")
    rest = ranked.join(spans, on="cluster").filter(
        (pl.col("end") <= pl.col("best_start")) | (pl.col("start") >= pl.col("best_end"))
    )
    extra = ["cluster", "length"]
    return best.drop(extra), rest.drop(*extra, "best_start", "best_end")


def _clusters(rows: pl.DataFrame) -> IntArray:
    """Number the groups of chained overlaps in rows that are sorted by column, cell and start."""
    column, cell = rows["column"].to_numpy(), rows["cell"].to_numpy()
    start, end = rows["start"].to_numpy().astype(np.int64), rows["end"].to_numpy().astype(np.int64)
    new_cell = np.append(True, (column[1:] != column[:-1]) | (cell[1:] != cell[:-1]))
    # one long line of positions, on which cells do not touch
    offset = (np.cumsum(new_cell) - 1) * (int(end.max()) + 1)
    reach = np.maximum.accumulate(end + offset)
    apart = np.append(True, (start + offset)[1:] >= reach[:-1])
    return np.cumsum(apart).astype(np.int64)
