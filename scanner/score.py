"""Evidence adds up: what the pattern gives, context words, the field, the checksum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from scanner.model import HOME, NEIGHBOURS, WEIGHTS, IntArray

Flags = npt.NDArray[np.bool_]

_REASONS = {
    "context": "context word near",
    "header": "field name says so",
    "majority": "most cells of the field fit",
    "check": "checksum or structure valid",
    "neighbour": "an address in the record",
    "other": "field name says something else",
}

# One row for each column of a batch: what `columns` knows of its field.
FIELDS: dict[str, Any] = {
    "column": pl.UInt32,
    "header": pl.List(pl.String),
    "majority": pl.List(pl.String),
    "other": pl.Boolean,
}

# What added to a score.
EXPLANATION = pl.List(pl.Struct({"evidence": pl.String, "score": pl.Float64}))


def score(
    candidates: pl.DataFrame, catalogue: pl.DataFrame, fields: pl.DataFrame, rows: Sequence[IntArray | None] = ()
) -> pl.DataFrame:
    """Add the sum of all evidence within 0 and 1 as `score`, and as `total` what ranks: the sum, and `HOME` at home.

    Also adds `header`, `majority`, `other` (Boolean), the evidence of the field, and `neighbour`, that of the record.

    `candidates` as in `model.CANDIDATES`; `catalogue` gives `entity_type` and `home` of each `pattern`;
    `fields` as in `FIELDS`; `rows` the row of each cell of each column, None or nothing where cells are rows.
    """
    pair, pairs = _pairs(candidates)
    pairs = pairs.join(
        catalogue.select("pattern", "entity_type", "home"), on="pattern", how="left", maintain_order="left"
    )
    pairs = pairs.join(fields, on="column", how="left", maintain_order="left")
    known = pl.col("header", "majority").list.contains(pl.col("entity_type"))
    of_pair = {name: values.to_numpy() for name, values in pairs.select(known, "other", "home").to_dict().items()}
    holds = {name: of_pair[name][pair] for name in ("header", "majority", "other")}
    holds["neighbour"] = _beside_its_neighbour(candidates, pair, pairs["entity_type"], rows)
    holds |= {"context": candidates["context"].to_numpy(), "check": candidates["verdict"].to_numpy() == 1}
    total = candidates["base"].to_numpy().astype(np.float64)
    for name, weight in WEIGHTS.items():
        if holds[name].any():
            total += weight * holds[name]
    found = {name: holds[name] for name in ("header", "majority", "other", "neighbour")}
    found |= {
        "total": np.round(total + HOME * of_pair["home"][pair], 2),
        "score": np.clip(np.round(total, 2), 0.0, 1.0),
    }
    return candidates.with_columns(pl.Series(name, values) for name, values in found.items())


def _pairs(candidates: pl.DataFrame) -> tuple[IntArray, pl.DataFrame]:
    """The pairs of `column` and `pattern` that occur, and which of them each candidate is of: int64 (n,)."""
    column, pattern = (candidates[name].to_numpy().astype(np.int64) for name in ("column", "pattern"))
    width = int(pattern.max(initial=0)) + 1
    code = column * width + pattern
    number = np.zeros(int(code.max(initial=-1)) + 1, dtype=np.int64)
    number[code] = 1
    found = np.flatnonzero(number)
    number[found] = np.arange(len(found))
    schema = {"column": pl.UInt32, "pattern": pl.UInt32}
    return number[code], pl.DataFrame({"column": found // width, "pattern": found % width}, schema_overrides=schema)


def _beside_its_neighbour(
    candidates: pl.DataFrame, pair: IntArray, entity_type: pl.Series, rows: Sequence[IntArray | None]
) -> Flags:
    """Which candidates (n,), by `NEIGHBOURS`, have one of another type in their record.

    `entity_type` of each pair, which `pair` (n,) numbers.
    """
    beside = np.zeros(len(candidates), dtype=np.bool_)
    for entity, other in NEIGHBOURS.items():
        mine, theirs = ((entity_type == name).to_numpy() for name in (entity, other))
        if mine.any() and theirs.any():
            row = _rows(candidates, rows)
            with_other = np.zeros(int(row.max()) + 1, dtype=np.bool_)
            with_other[row[theirs[pair]]] = True
            beside |= mine[pair] & with_other[row]
    return beside


def _rows(candidates: pl.DataFrame, rows: Sequence[IntArray | None]) -> IntArray:
    """The row of each candidate, int64 (n,)."""
    found = candidates["cell"].to_numpy().astype(np.int64)
    column = candidates["column"].to_numpy()
    for number, of_cell in enumerate(rows):
        if of_cell is not None:
            mine = column == number
            found[mine] = of_cell[found[mine]]
    return found


def explained(scored: pl.DataFrame) -> pl.DataFrame:
    """Add `explanation`: a list of structs (evidence: String, score: Float64), what added to each score.

    Reads what `score` left and `evidence`, the name of the pattern or recognizer.
    """
    first = pl.struct(evidence=pl.col("evidence"), score=pl.col("base").cast(pl.Float64).round(2))
    others = [pl.struct(evidence=pl.lit(_REASONS[name]), score=part) for name, part in _parts().items()]
    listed = pl.concat_list(first, *others)
    return scored.with_columns(explanation=listed.list.filter(pl.element().struct.field("score") != 0))


def _parts() -> dict[str, pl.Expr]:
    """What each kind of evidence adds."""
    holds = {name: pl.col(name) for name in WEIGHTS if name != "check"} | {"check": pl.col("verdict") == 1}
    return {name: pl.when(holds[name]).then(weight).otherwise(0.0) for name, weight in WEIGHTS.items()}
