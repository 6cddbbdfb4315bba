"""Keys of JSON objects that are values: what was different stays so, or who reads the file would lose members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import polars as pl

from scanner.mask.edits import COLUMNS, point
from scanner.model import Batch, IntArray
from scanner.readers.jsonfields import Field
from scanner.readers.jsonplaces import JsonLocator

_SCHEMA = {"record": pl.Int64, "key": pl.String, "new": pl.String, "end": pl.Int64}


class Keys:
    """The keys of a split that are data, as they were and as they become; memory is bounded by them."""

    def __init__(self) -> None:
        """None yet."""
        self._frames: list[pl.DataFrame] = []
        self._objects: set[Field] = set()

    def see(self, batch: Batch, rows: pl.DataFrame) -> None:
        """Take up the keys of a batch; `rows`: what stands where in its cells, as of `edits.replaced`."""
        if not isinstance(batch.locator, JsonLocator):
            return
        for number, where in enumerate(batch.locator.fields):
            if where is not None and where.parent is not None and where is where.parent.names:
                self._objects.add(where.parent)
                some = rows.filter(pl.col("column") == number)
                self._frames.append(_keys(batch, number, some, of_one=batch.locator.begins_records(where)))

    def edits(self) -> pl.DataFrame:
        """A number in brackets after each key that would be as another one of its record: see `edits.placed`."""
        every = pl.concat([pl.DataFrame(schema=_SCHEMA), *self._frames])
        fixed = [key for each in self._objects for key in each.children]
        several = (pl.col("key").n_unique().over("record", "new") > 1) | pl.col("new").is_in(fixed)
        alike = every.filter(several)
        numbered = list(_numbered(alike, every, set(fixed))) if alike["end"].count() else []
        ends, texts = zip(*numbered, strict=True) if numbered else ((), ())
        return pl.DataFrame({"start": ends, "end": ends, "text": texts}, schema=COLUMNS)


def _keys(batch: Batch, number: int, rows: pl.DataFrame, *, of_one: bool) -> pl.DataFrame:
    """The keys in one column, `of_one` object for all records; `end` is where one ends that becomes another."""
    column = batch.columns[number]
    values = column.values
    made: dict[int, str] = {}
    for cell, start, end, text in rows.select("cell", "start", "end", "text").reverse().iter_rows():
        old = made[cell] if cell in made else str(values[cell])
        made[cell] = f"{old[:start]}{text}{old[end:]}"
    cells = np.array(list(made), dtype=np.int64)
    new, ends = values.clone(), pl.Series([None], dtype=pl.Int64).new_from_index(0, len(values))
    if made:
        new, ends = new.scatter(cells, list(made.values())), ends.scatter(cells, _ends(batch, number, cells))
    records = batch.records if column.rows is None else batch.records[column.rows]
    if of_one:
        records = records * 0
    return pl.DataFrame({"record": records, "key": values, "new": new, "end": ends}, schema=_SCHEMA)


def _ends(batch: Batch, number: int, cells: IntArray) -> IntArray:
    sizes = batch.columns[number].values.gather(cells).str.len_chars().to_numpy().astype(np.int64)
    line, column = batch.locator.locate(number, cells, sizes)
    assert line is not None and column is not None
    return point(line, column)


def _numbered(alike: pl.DataFrame, every: pl.DataFrame, fixed: set[str]) -> Iterator[tuple[int, str]]:
    """Where a number is to stand, and the number; the same for a key that comes again in its record."""
    kept = alike.filter(pl.col("end").is_null()).select("record", "new").iter_rows()
    last = Counter(dict.fromkeys(kept, 1))
    taken = set(every.filter(pl.col("new").str.ends_with("]")).select("record", "new").iter_rows())
    known: dict[tuple[int, str], int] = {}
    for record, key, new, end in alike.filter(pl.col("end").is_not_null()).iter_rows():
        number = known.get((record, key))
        if number is None:
            number = max(last[record, new], new in fixed) + 1
            while number > 1 and ((record, name := f"{new}[{number}]") in taken or name in fixed):
                number += 1
            known[record, key] = last[record, new] = number
        if number > 1:
            yield end, f"[{number}]"
