"""The object of the counts of a sample, with estimates of the whole in place of what was seen."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date
from typing import Any

from scanner.gauge.distinct import Estimate
from scanner.gauge.gauge import Field
from scanner.gauge.sampled import Sampled

_EPOCH = date(1970, 1, 1)
_FIELD = ("path", "field", "entity_type", "role")


def extrapolated(found: dict[str, Any], sampled: Sampled) -> dict[str, Any]:
    """`found`, as `result` gives it, with each count `n` estimated, and `n_low`, `n_high` beside it."""
    total = sampled.total
    _put(found, "records", total("records"))
    _put(found, "records_with_findings", total("with findings"))
    for kind, counts in found["entities"].items():
        for name, key in (("items", "items"), ("records", "holding"), ("masked", "masked")):
            _put(counts, name, total(key, kind))
        _put(counts, "distinct", sampled.distinct(kind))
    for role, of_role in found["roles"].items():
        of_role.update({kind: total("role", role, kind).value for kind in of_role})
    for row, counted in _rows(found):
        _put(row, "records", total(*counted))
    shown = {_field(row): row for row in found["fields"]}
    for field, row in shown.items():
        # one without a path stands for all that are not shown; of their distinct values only those seen are known
        each = [field] if field.path else [key for key in sampled.fields(*field[2:]) if key not in shown]
        for name in ("items", "records", "masked"):
            _put(row, name, _sum(total("field", key, name) for key in each))
        _put(row, "distinct", sampled.distinct_of(field))
    people, subjects = sampled.people(), found["subjects"]
    subjects.update(zip(("estimate", "low", "high"), people, strict=True))
    subjects["reason"] = f"in the sample {subjects['reason']}"
    return found


def _rows(found: dict[str, Any]) -> list[tuple[dict[str, Any], tuple[Hashable, ...]]]:
    """Rows that count records, and by what their counts are known."""
    return [
        *((row, ("combination", tuple(row["entities"]))) for row in found["combinations"]),
        *((row, ("dimensions", row["dimensions"])) for row in found["waybills"]),
        *((row, ("days", (date.fromisoformat(row["date"]) - _EPOCH).days)) for row in found["dates"]),
        *((row, ("countries", row["country"])) for row in found["countries"]),
        *((row, ("provinces", (row["country"], row["province"]))) for row in found["provinces"]),
    ]


def _field(row: dict[str, Any]) -> Field:
    return Field(*(row[name] for name in _FIELD))


def _sum(estimates: Iterable[Estimate]) -> Estimate:
    """The sum, with the sums of the bounds."""
    return Estimate(*map(sum, zip((0, 0, 0), *estimates, strict=True)))


def _put(row: dict[str, Any], name: str, estimate: Estimate) -> None:
    row[name], row[f"{name}_low"], row[f"{name}_high"] = estimate
