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
}


def validate(
    candidates: pl.DataFrame,
    catalogue: pl.DataFrame,
    validators: Mapping[str, Validator],
    with_values: Callable[[pl.DataFrame], pl.DataFrame],
) -> pl.DataFrame:
    """Add `verdict` (Int8: 1 valid, 0 unknown, -1 invalid) and drop what is invalid; rows change places.

    `catalogue` names the validator of each `pattern`, if any; patterns of masked values are not checked.
    `with_values` adds `folded`, the matched value, to rows.
    """
    checked = catalogue.filter(pl.col("validator").is_not_null() & (pl.col("state") == "clear"))
    checked = checked.select("pattern", "validator")
    unknown = candidates.join(checked, on="pattern", how="anti")
    parts = [unknown.with_columns(verdict=pl.lit(0, pl.Int8))]
    for (name,), part in candidates.join(checked, on="pattern").group_by("validator", maintain_order=True):
        values = with_values(part.drop("validator"))
        verdict = validators[str(name)](values["folded"]).cast(pl.Int8)
        parts.append(values.drop("value", "folded").with_columns(verdict=verdict).filter(pl.col("verdict") >= 0))
    return pl.concat(parts)


def score(candidates: pl.DataFrame, catalogue: pl.DataFrame, fields: pl.DataFrame) -> pl.DataFrame:
    """Add `score` (Float64, 0 to 1, two decimals), and `header`, `majority`, `other` (Boolean): the field's evidence.

    `candidates` as in `model.CANDIDATES`, with `verdict`; `catalogue` gives the `entity_type` of each `pattern`;
    `fields` as in `FIELDS`.
    """
    entity_type = pl.col("entity_type")
    pairs = catalogue.select("pattern", "entity_type").join(fields, how="cross")
    pairs = pairs.with_columns(pl.col("header", "majority").list.contains(entity_type)).drop("entity_type")
    joined = candidates.join(pairs, on=["column", "pattern"], how="left", maintain_order="left")
    total = pl.col("base").cast(pl.Float64) + pl.sum_horizontal(_parts().values())
    return joined.with_columns(score=total.clip(0.0, 1.0).round(2))


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
