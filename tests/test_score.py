"""Scores: evidence adds up, stays within 0 and 1, and can be explained."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from scanner.model import CANDIDATES, HOME, WEIGHTS
from scanner.score import FIELDS, explained, score

CATALOGUE = pl.DataFrame(
    {
        "pattern": [0, 1],
        "entity_type": ["PHONE_NUMBER", "PERSON"],
        "evidence": ["pattern bare", "recognizer person"],
        "home": [False, True],
    },
    schema_overrides={"pattern": pl.UInt32},
)


def scored(base: float, *, context: bool = False, verdict: int = 0, pattern: int = 0, **field: Any) -> pl.DataFrame:
    """The score of one candidate in a field that holds `header`, `majority` and `other`."""
    row = dict.fromkeys(CANDIDATES, 0) | {"pattern": pattern, "base": base, "context": context, "verdict": verdict}
    known = {"column": 0, "header": [], "majority": [], "other": False} | field
    return score(pl.DataFrame([row], schema=CANDIDATES), CATALOGUE, pl.DataFrame([known], schema=FIELDS))


@pytest.mark.parametrize(
    ("evidence", "adds"),
    [
        ({}, 0.0),
        ({"context": True}, WEIGHTS["context"]),
        ({"header": ["PHONE_NUMBER"]}, WEIGHTS["header"]),
        ({"header": ["PERSON"]}, 0.0),
        ({"majority": ["PHONE_NUMBER"]}, WEIGHTS["majority"]),
        ({"verdict": 1}, WEIGHTS["check"]),
        ({"other": True}, WEIGHTS["other"]),
        ({"header": ["PHONE_NUMBER"], "other": True}, WEIGHTS["header"] + WEIGHTS["other"]),
    ],
)
def test_each_kind_of_evidence_adds_its_weight(evidence: dict[str, Any], adds: float) -> None:
    """What holds for the entity type of the candidate counts, what holds for another does not."""
    assert scored(0.4, **evidence)["total"].item() == pytest.approx(0.4 + adds)


def test_a_score_stays_within_0_and_1_and_the_total_does_not() -> None:
    """The total tells apart what the capped scores no longer do."""
    high = scored(0.9, context=True, verdict=1, header=["PHONE_NUMBER"])
    low = scored(0.1, other=True)
    assert (high["score"].item(), low["score"].item()) == (1.0, 0.0)
    assert high["total"].item() > 1
    assert low["total"].item() < 0


def test_an_explanation_lists_what_added_and_nothing_else() -> None:
    """The base comes first, under the pattern's name; the parts add up to the total."""
    frame = scored(0.4, context=True, other=True).join(CATALOGUE.select("pattern", "evidence"), on="pattern")
    reasons = explained(frame)["explanation"].item().to_list()
    assert [r["evidence"] for r in reasons] == [
        "pattern bare",
        "context word near",
        "field name says something else",
    ]
    assert sum(r["score"] for r in reasons) == pytest.approx(frame["total"].item())


def test_no_candidates_give_no_scores() -> None:
    """An empty frame passes, with the columns that later stages read."""
    empty = score(pl.DataFrame(schema=CANDIDATES), CATALOGUE, pl.DataFrame(schema=FIELDS))
    assert empty.is_empty()
    assert {"score", "total"} <= set(empty.columns)


def test_a_rule_at_home_ranks_higher_with_the_same_score() -> None:
    """The language of the file decides between countries; it proves nothing."""
    (away,), (home,) = (scored(0.6, pattern=pattern).rows(named=True) for pattern in (0, 1))
    assert away["score"] == home["score"] == 0.6
    assert home["total"] == pytest.approx(away["total"] + HOME)


def test_a_door_code_weighs_more_beside_an_address() -> None:
    """Only in a record that also holds an address candidate does the code gain, and only the code."""
    catalogue = pl.DataFrame(
        {"pattern": [0, 1], "entity_type": ["DOOR_CODE", "ADDRESS"], "home": [False, False]},
        schema_overrides={"pattern": pl.UInt32},
    )
    places = [(1, 0, 0), (1, 1, 0), (0, 0, 1)]  # column, cell, pattern
    rows = [dict.fromkeys(CANDIDATES, 0) | {"column": c, "cell": n, "pattern": p, "base": 0.5} for c, n, p in places]
    known = [{"column": c, "header": [], "majority": [], "other": False} for c in (0, 1)]
    result = score(pl.DataFrame(rows, schema=CANDIDATES), catalogue, pl.DataFrame(known, schema=FIELDS))
    assert result["total"].to_list() == pytest.approx([0.5 + WEIGHTS["neighbour"], 0.5, 0.5])
