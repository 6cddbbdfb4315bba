"""Evidence adds up: what the pattern gives, context words, the field, the checksum."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

Validator = Callable[[pl.Series], pl.Series]

# What each kind of evidence adds, in the order in which `--explain` lists it; `check` when the checksum is valid.
WEIGHTS: dict[str, float] = {"context": 0.35, "header": 0.4, "majority": 0.35, "check": 0.3, "other": -0.3}
_REASONS = {
    "context": "context word near",
    "header": "field name says so",
    "majority": "most cells of the field fit",
    "check": "checksum or structure valid",
    "other": "field name says something else",
}

# One row for each column of a batch: what `columns` knows of its field.
FIELDS = {
    "column": pl.UInt32,
    "header": pl.List(pl.String),
    "majority": pl.List(pl.String),
    "other": pl.Boolean,
    "role": pl.String,
}


def validate(candidates: pl.DataFrame, validators: Mapping[str, Validator]) -> pl.DataFrame:
    """Add `verdict` (Int8: 1 valid, 0 unknown, -1 invalid) from the validator that the column `validator` names.

    Reads `folded` (String), the matched value with look-alikes folded to ASCII. Masked values are not checked.
    """
    parts = [candidates.filter(pl.col("validator").is_null()).with_columns(verdict=pl.lit(0, pl.Int8))]
    for (name,), part in candidates.drop_nulls("validator").group_by("validator", maintain_order=True):
        verdict = validators[str(name)](part["folded"]).cast(pl.Int8)
        unmasked = pl.when(part["state"] == "clear").then(verdict).otherwise(pl.lit(0, pl.Int8))
        parts.append(part.with_columns(verdict=unmasked))
    return pl.concat(parts)


def score(candidates: pl.DataFrame, fields: pl.DataFrame, *, explain: bool = False) -> pl.DataFrame:
    """Drop invalid candidates, add `score` (Float64, 0 to 1, two decimals) and `role`; with `explain` also `explanation`.

    `candidates` as in `model.CANDIDATES`, with `entity_type`, `evidence` and `verdict`; `fields` as in `FIELDS`.
    `explanation` is a list of structs (evidence: String, score: Float64).
    """
    holds = {
        "context": pl.col("context"),
        "header": pl.col("header").list.contains(pl.col("entity_type")),
        "majority": pl.col("majority").list.contains(pl.col("entity_type")),
        "check": pl.col("verdict") == 1,
        "other": pl.col("other"),
    }
    parts = {name: pl.when(test).then(WEIGHTS[name]).otherwise(0.0) for name, test in holds.items()}
    total = pl.col("base").cast(pl.Float64) + pl.sum_horizontal(parts.values())
    scored = (
        candidates.filter(pl.col("verdict") >= 0)
        .join(fields, on="column", how="left")
        .with_columns(score=total.clip(0.0, 1.0).round(2))
    )
    if explain:
        first = pl.struct(evidence=pl.col("evidence"), score=pl.col("base").cast(pl.Float64).round(2))
        others = [pl.struct(evidence=pl.lit(_REASONS[name]), score=part) for name, part in parts.items()]
        listed = pl.concat_list(first, *others).list.filter(pl.element().struct.field("score") != 0)
        scored = scored.with_columns(explanation=listed)
    return scored.drop("header", "majority", "other")
