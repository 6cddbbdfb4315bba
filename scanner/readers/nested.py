"""Python values that hold others, as records of Avro and maps of Arrow do, as fields of texts below `$`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from scanner.readers.celltexts import Losses, text, texts
from scanner.readers.files import IsHeader
from scanner.readers.jsonfields import Field as Place
from scanner.readers.jsonflat import flatten
from scanner.readers.jsonkeys import Keys
from scanner.readers.jsonparse import Repeats
from scanner.readers.tablebatch import Field


def judge(is_header: IsHeader) -> Keys:
    """Judges the keys of maps one by one."""
    return Keys(lambda keys: [is_header([key]) for key in keys])


def mapping(members: Sequence[tuple[Any, Any]]) -> dict[str, Any] | Repeats:
    """An object of the members of a map, whose keys may be anything and repeat."""
    named = [(key if isinstance(key, str) else str(key), value) for key, value in members]
    whole = dict(named)
    return whole if len(whole) == len(named) else Repeats([{key: value} for key, value in named])


def columns(names: Mapping[str, str], records: Sequence[dict[str, Any]], losses: Losses, keys: Keys) -> Iterator[Field]:
    """The fields of records that have all `names`: each a field, called as it says, but for values that hold others."""
    deep = []
    for name, label in names.items():
        values = [record[name] for record in records]
        if _WALKS.keys().isdisjoint(map(type, values)):
            yield label, texts(values, losses), None
        else:
            deep.append(name)
    if deep:
        yield from flat([{names[name]: record[name] for name in deep} for record in records], losses, keys)


def flat(values: Sequence[Any], losses: Losses, keys: Keys) -> Iterator[Field]:
    """The fields of records (n,), a row each: dictionaries, lists, and values as in `celltexts`."""
    records = [_json(value, losses) for value in values]
    keys.forget()
    root = Place(keys=keys)
    every = [(root, records, np.arange(len(records)))]
    cells = flatten(every, len(records)).cells
    while root.judge():
        cells = flatten(every, len(records)).cells
    for where, found, rows in cells:
        yield where.path, texts(found, losses), rows.astype(np.int64)


def _json(value: Any, losses: Losses) -> Any:
    """A value as JSON has it, with texts for what JSON does not have."""
    if type(value) is str:
        return value
    walk = _WALKS.get(type(value))
    return walk(value, losses) if walk else text(value, losses)


_WALKS: dict[type, Callable[[Any, Losses], Any]] = {
    dict: lambda value, losses: {key: _json(item, losses) for key, item in value.items()},
    list: lambda value, losses: [_json(item, losses) for item in value],
    Repeats: lambda value, losses: Repeats([_json(item, losses) for item in value]),
    tuple: lambda value, losses: [_json(item, losses) for item in value],
}
