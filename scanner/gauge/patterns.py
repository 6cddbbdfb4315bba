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
        names, rules = catalogue["entity_type"].to_list(), catalogue["rule_id"].to_list()
        kinds = sorted(set(names))
        return cls(
            kinds,
            np.array([kinds.index(name) for name in names], dtype=np.int64),
            (catalogue["state"] == "clear").to_numpy(),
            np.array([RULES.get(rule, TIERS.get(name, NONE)) for rule, name in zip(rules, names, strict=True)]),
            rules,
            catalogue["calling_code"],
        )
