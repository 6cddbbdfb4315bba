"""What counting needs to know of each pattern, as arrays by its number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import polars as pl

from scanner.gauge.people import NONE, RULES, TIERS
from scanner.match.cells import Mask
from scanner.model import IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """`kinds`: entity types, sorted. By the number of a pattern (n,): its `kind` in `kinds`, whether it finds values
    in the `clear`, the `tier` of what it finds among the identifiers of people, its `rule` and `calling_code`."""

    kinds: list[str]
    kind: IntArray
    clear: Mask
    tier: IntArray
    rule: list[str]
    calling_code: pl.Series

    @classmethod
    def of(cls, catalogue: pl.DataFrame) -> Self:
        """Those of a catalogue, see `match.matcher.Matcher.catalogue`."""
        every = pl.DataFrame({"pattern": np.arange(max(catalogue["pattern"].to_list()) + 1, dtype=np.uint32)})
        rows = every.join(catalogue, on="pattern", how="left", maintain_order="left")
        names = rows["entity_type"].fill_null("").to_list()
        rules = rows["rule_id"].fill_null("").to_list()
        kinds = sorted(set(names))
        return cls(
            kinds,
            np.array([kinds.index(name) for name in names], dtype=np.int64),
            (rows["state"] == "clear").fill_null(False).to_numpy(),
            np.array([RULES.get(rule, TIERS.get(name, NONE)) for rule, name in zip(rules, names, strict=True)]),
            rules,
            rows["calling_code"],
        )
