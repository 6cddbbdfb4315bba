"""Parses JSON records: quickly where nothing is lost by it, else exactly, and leniently with what programs write."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import orjson

from scanner.readers.jsonkeys import MANY

BLANK = b" \t\r\n\x1e"  # the last may stand before each value of a JSON text sequence, RFC 7464
BAD: Any = object()  # stands for a record that is not JSON
# What begins a value that only `exact` can read; most lines of a log begin with something else, and are told at once.
_LENIENT = b'{["-NI'


class Repeats(list[dict[str, Any]]):
    """An object that repeats a key, as several that do not, with the members in their order; none is long enough for a
    map.
    """


def parse(records: Sequence[bytes], longest: int) -> list[Any]:
    """The values of records; `BAD` for each that is not JSON or has more than `longest` bytes.

    Floats lose their text, and a repeated key all values but the last: `exact` keeps them.
    """
    try:
        if max(map(len, records), default=0) <= longest:
            return list(map(orjson.loads, records))
    except orjson.JSONDecodeError:
        pass
    return [BAD if len(record) > longest else _load(record) for record in records]


def is_json(record: bytes) -> bool:
    """Whether `parse` can read a record."""
    return _load(record) is not BAD


def _load(record: bytes) -> Any:
    try:
        return orjson.loads(record)
    except orjson.JSONDecodeError:
        return exact(record) if record.lstrip(BLANK)[:1] in _LENIENT else BAD


def exact(record: bytes) -> Any:
    """The value of a record with numbers as their text and `Repeats`; `BAD` if it is not JSON.

    Lenient with control characters, lone surrogates and NaN.
    """
    try:
        return _EXACT.decode(record.strip(BLANK).decode())
    except (ValueError, RecursionError):
        return BAD


def _object(members: list[tuple[str, Any]]) -> dict[str, Any] | Repeats:
    whole = dict(members)
    if len(whole) == len(members):
        return whole
    parts = Repeats([{}])
    for key, value in members:
        if key in parts[-1] or len(parts[-1]) + 1 >= MANY:
            parts.append({})
        parts[-1][key] = value
    return parts


_EXACT = json.JSONDecoder(
    parse_float=str, parse_int=str, parse_constant=lambda _: None, object_pairs_hook=_object, strict=False
)
