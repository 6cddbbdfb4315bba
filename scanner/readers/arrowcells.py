"""Arrow arrays as fields of texts.

A column is a field of its own name. What is nested in it goes to JSON paths as in `jsonflat`: `$.user.phone`,
`$.items[*].name`; a map is an object. https://arrow.apache.org/docs/format/Columnar.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import types

from scanner.model import IntArray
from scanner.readers.celltexts import Losses, binary_texts, float_texts, without_midnight
from scanner.readers.jsonfields import component
from scanner.readers.jsonkeys import Keys
from scanner.readers.nested import flat, mapping
from scanner.readers.tablebatch import Field

_TEXT = (pa.string(), pa.large_string(), pa.string_view())
_BINARY = (pa.binary(), pa.large_binary(), pa.binary_view())


def fields(name: str, array: pa.Array, losses: Losses, keys: Keys, *, judged: bool) -> Iterator[Field]:
    """The fields of one column of a record batch, those of nested values below `$`.

    `keys` judges the keys of maps, and, if `judged`, the names of members as well.
    """
    array = _plain(array)
    if not types.is_nested(array.type):
        texts = _texts(array, losses)
        if texts is not None:
            yield name, texts, None
    elif judged or _has_map(array.type):
        values = [{name: _value(value, array.type)} for value in array.to_pylist()]
        yield from flat(values, losses, keys)
    else:
        yield from _leaves(f"${component(name)}", array, np.arange(len(array)), losses)


def members(kind: pa.DataType) -> Iterator[str]:
    """The names of all that is nested in a type."""
    if types.is_struct(kind):
        for member in kind:
            yield member.name
            yield from members(member.type)
    elif (inner := getattr(kind, "storage_type", None) or getattr(kind, "value_type", None)) is not None:
        yield from members(inner)


def _leaves(path: str, array: pa.Array, rows: IntArray, losses: Losses) -> Iterator[Field]:
    """The fields below `path`; `rows`: of which row each value is."""
    array = _plain(array)
    if types.is_struct(array.type):
        for member, values in zip(array.type, array.flatten(), strict=True):
            yield from _leaves(path + component(member.name), values, rows, losses)
    elif types.is_nested(array.type):
        parents = pc.list_parent_indices(array).to_numpy(zero_copy_only=False)
        yield from _leaves(f"{path}[*]", pc.list_flatten(array), rows[parents], losses)
    elif (texts := _texts(array, losses)) is not None:
        filled = texts.is_not_null().to_numpy()
        yield path, texts.filter(filled), rows[filled]


def _plain(array: pa.Array) -> pa.Array:
    """An array without what only stores it in another way."""
    while True:
        if isinstance(array, pa.ExtensionArray):
            array = array.storage
        elif types.is_dictionary(array.type):
            array = array.dictionary_decode()
        elif types.is_run_end_encoded(array.type):
            array = pc.run_end_decode(array)
        else:
            return array


def _has_map(kind: pa.DataType) -> bool:
    if types.is_map(kind) or types.is_union(kind):
        return True
    inner = getattr(kind, "storage_type", None) or getattr(kind, "value_type", None)
    if inner is not None:
        return _has_map(inner)
    return types.is_struct(kind) and any(_has_map(member.type) for member in kind)


def _value(value: Any, kind: pa.DataType) -> Any:
    """A Python value with its maps as objects."""
    if value is None:
        return None
    if types.is_map(kind):
        return mapping([(key, _value(item, kind.item_type)) for key, item in value])
    if types.is_struct(kind):
        return {member.name: _value(value.get(member.name), member.type) for member in kind}
    if isinstance(value, list) and getattr(kind, "value_type", None) is not None:
        return [_value(item, kind.value_type) for item in value]
    return value


def _texts(array: pa.Array, losses: Losses) -> pl.Series | None:
    """The texts of an array that is not nested; None for values that are no cells."""
    kind = array.type
    if kind in _TEXT:
        return binary_texts(_series(array.cast(_BINARY[_TEXT.index(kind)])), losses, only=True)
    if kind in _BINARY or types.is_fixed_size_binary(kind):
        return binary_texts(_series(array.cast(pa.large_binary())), losses, only=False)
    if types.is_integer(kind):
        return _series(array).cast(pl.String)
    if types.is_floating(kind):
        return float_texts(_series(array.cast(pa.float64())))
    if types.is_decimal(kind):
        return _series(array.cast(pa.string())).str.replace(r"\.0+$", "")
    if types.is_date(kind) or types.is_timestamp(kind) or types.is_time(kind):
        return _moments(array)
    return None


def _moments(array: pa.Array) -> pl.Series:
    """Dates and times, these in UTC; null for those that no calendar has."""
    if types.is_timestamp(array.type):
        array = array.cast(pa.timestamp(array.type.unit))
    written = _series(array.cast(pa.string()))
    written = pl.select(pl.when(~written.str.starts_with("<")).then(written)).to_series()
    return without_midnight(written).str.replace(r"(:\d\d)\.0+$", "$1")


def _series(array: pa.Array) -> pl.Series:
    found = pl.from_arrow(array)
    assert isinstance(found, pl.Series)
    return found
