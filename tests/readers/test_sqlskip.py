"""Dumps that are read in parts."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.test_sqldump import ROWS, Value, copied, inserts, mssql, mysql, sqlite

from scanner.model import Batch
from scanner.readers import sqldump
from scanner.readers.sqlcells import At
from scanner.readers.sqlrows import State

Rows = list[tuple[str, str | None]]


def cells(batches: Iterable[Batch]) -> list[Value]:
    """All cells in their order; that there are no issues."""
    found = []
    for batch in batches:
        assert not batch.issues
        for number, column in enumerate(batch.columns):
            rows = np.arange(len(column.values)) if column.rows is None else column.rows
            for cell, (value, row) in enumerate(zip(column.values.to_list(), rows.tolist(), strict=True)):
                if value:
                    line, place = batch.locator.locate(number, np.array([cell]), np.array([0]))
                    assert line is not None and place is not None
                    found.append(Value(int(line[0]), int(place[0]), column.field, int(batch.records[row]), value))
    return sorted(found, key=lambda cell: cell[:4])


def in_parts(data: bytes, size: int, backslash: bool) -> list[Batch]:
    """A dump that is cut after each `size` bytes, or where a row ends first, each part read alone."""
    state, rest, batches = State(At(1), backslash), b"", []
    for at in range(0, len(data), size):
        rest += data[at : at + size]
        end, begin = sqldump.skip(rest, state)
        alone = pickle.loads(pickle.dumps(begin))
        batches += sqldump.read([rest[:end]], backslash=backslash, state=alone, last=False)
        rest = rest[end:]
    return [*batches, *sqldump.read([rest], backslash=backslash, state=state)]


@pytest.mark.parametrize("write", [mysql, inserts, copied, sqlite, mssql])
@settings(max_examples=10, deadline=None)
@given(table=ROWS, more=ROWS, size=st.integers(20, 300))
def test_parts_are_read_as_the_whole_is(write: Callable[[Rows], str], table: Rows, more: Rows, size: int) -> None:
    """Values, fields, records, lines and columns do not depend on where a dump is cut."""
    text = write(table) + write(more)
    data, backslash = text.encode(), write is mysql
    assert cells(in_parts(data, size, backslash)) == cells(sqldump.read([data], backslash=backslash))


STATEMENTS = [
    "INSERT INTO t VALUES (1,'a'),(2,'b''c');\n", "INSERT INTO t (b, a) VALUES (3,'x');\n", "-- it's \"x\n",
    "CREATE TABLE t (a int, b text);\n", "CREATE TABLE t (k int, \"l'\" text);\n", "/* don't; */\n", "GO\n",
    "COPY t (a, b) FROM stdin;\n1\tit's\n2\tz(\n\\.\n", "COPY u FROM stdin;\n\\.\n", "$$ it's $$;\n",
    "UPDATE t SET a='x;y' WHERE b=(1);\n", "INSERT INTO \"o'c\" VALUES ('q');\n",
    "INSERT [dbo].[t] ([a]) VALUES (N'가')\nGO\n", "INSERT INTO u VALUES (1),(2,3),(4,5,6)\n;\n",
]  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=7).map("".join), st.integers(20, 100))
def test_parts_of_mixed_statements_are_read_as_the_whole_is(text: str, size: int) -> None:
    """Nor does it matter what the statements are: what tables they make, fill and copy, and what text is between."""
    data = text.encode()
    assert cells(in_parts(data, size, False)) == cells(sqldump.read([data], backslash=False))


def test_a_state_holds_only_the_tables_of_its_part() -> None:
    """What begins a part does not grow with the tables of the dump, but with those that the part names."""
    defined = "".join(f"CREATE TABLE t{n} (a int, b text);\n" for n in range(50))
    state = State(At(1), False)
    assert sqldump.skip(defined.encode(), state)[0] == len(defined) - 1
    _, begin = sqldump.skip(b"\nINSERT INTO t7 VALUES (1, 'x');\n", state)
    assert begin.tables == {"t7": ("a", "b")}
    assert state.rows == {"t7": 1} and not begin.rows


@pytest.mark.parametrize("data", [b"", b"\n", b"INSERT INTO t VALUES (1", b"COPY t FROM stdin;\n", b"-- it's"])
def test_what_is_not_whole_is_not_skipped(data: bytes) -> None:
    """A part never ends within a row; lines of COPY are whole from the first on."""
    state = State(At(1), False)
    size, _ = sqldump.skip(data, state)
    assert size == (len(data) if b"COPY" in data else 0)
    assert (state.copying is not None) == (b"COPY" in data)
