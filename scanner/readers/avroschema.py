"""Schemas of Avro with which reading would have no bound, and schemas without times.

https://avro.apache.org/docs/1.12.0/specification/#schema-declaration
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def unsafe(schema: Any) -> str | None:
    """Why records of a parsed schema cannot be read within bounds, if so.

    fastavro goes down into a record that holds itself until its stack ends, which ends the process; and an array whose
    items take no bytes may have any number of them.
    """
    return _unsafe(schema, (), {})


def _unsafe(schema: Any, around: tuple[str, ...], empty: dict[str, bool]) -> str | None:
    if isinstance(schema, str) and schema.rpartition(".")[2] in around:
        return "holds itself"
    if isinstance(schema, dict) and isinstance(name := schema.get("name"), str):
        around = (*around, name.rpartition(".")[2])
        empty[around[-1]] = False
    for member in _members(schema):
        if (reason := _unsafe(member, around, empty)) is not None:
            return reason
    if isinstance(schema, dict) and isinstance(schema.get("name"), str):
        empty[around[-1]] = _takes_nothing(schema, empty)
    if isinstance(schema, dict) and schema.get("type") == "array" and _takes_nothing(schema.get("items"), empty):
        return "has arrays of nothing"
    return None


def _members(schema: Any) -> Iterator[Any]:
    """The schemas within one."""
    if isinstance(schema, list):
        yield from schema
    elif isinstance(schema, dict):
        for key in ("type", "items", "values"):
            yield schema.get(key)
        yield from (field.get("type") for field in _fields(schema))


def _fields(schema: dict[str, Any]) -> list[dict[str, Any]]:
    fields = schema.get("fields")
    return [field for field in fields if isinstance(field, dict)] if isinstance(fields, list) else []


def _takes_nothing(schema: Any, empty: dict[str, bool]) -> bool:
    """Whether values of a schema take no bytes; `empty`: which named schemas do."""
    if isinstance(schema, str):
        return schema == "null" or empty.get(schema.rpartition(".")[2], False)
    if not isinstance(schema, dict):
        return False
    kind = schema.get("type")
    if kind in ("record", "error"):
        return all(_takes_nothing(field.get("type"), empty) for field in _fields(schema))
    return schema.get("size") == 0 if kind == "fixed" else _takes_nothing(kind, empty)


def without_times(schema: Any) -> Any:
    """A schema with plain numbers for dates and times."""
    if isinstance(schema, list):
        return [without_times(member) for member in schema]
    if not isinstance(schema, dict):
        return schema
    timed = str(schema.get("logicalType", "")).startswith(("date", "time", "local-time"))
    return {key: without_times(value) for key, value in schema.items() if key != "logicalType" or not timed}
