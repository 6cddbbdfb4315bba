"""The reader of delimited text."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.readers import delimited
from scanner.readers.dialect import Dialect, sniff

CELL = st.text(alphabet='ab,"\n 가😀', min_size=1, max_size=6)


def never(row) -> None:
    """Nothing is known of any row."""


def records(blocks, dialect):
    """All rows as {record: {field: value}} and the located characters as (record, field, line, column, character)."""
    table, places = {}, []
    for batch in delimited.read(blocks, dialect):
        for number, column in enumerate(batch.columns):
            rows = column.rows if column.rows is not None else range(batch.height)
            for cell, row in enumerate(rows):
                value = column.values[cell]
                record = int(batch.records[row])
                table.setdefault(record, {})[column.field] = value
                for start, character in enumerate(value):
                    lines, columns = batch.locator.locate(number, *map(array, ([cell], [start])))
                    places.append((int(lines[0]), int(columns[0]), character))
    return table, places


def array(items):
    """An int64 array."""
    import numpy as np

    return np.array(items, dtype=np.int64)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=4), st.integers(1, 40))
def test_values_and_places_are_exact(rows, size):
    """Every cell comes back, and each of its characters stands where the locator says."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    text = out.getvalue()
    blocks = [text[at : at + size].encode() for at in range(0, len(text), size)]
    table, places = records(blocks, Dialect(ord(","), ("a", "b", "c"), None))
    assert table == {n: dict(zip("abc", row, strict=True)) for n, row in enumerate(rows, 1)}
    lines = text.split("\n")
    assert all(lines[line - 1][column - 1] == c for line, column, c in places if c != "\n")


@given(st.integers(1, 12), st.integers(1, 5), st.integers(1, 40))
def test_columns_that_are_cut_together_stay_apart(width, height, together):
    """However many columns are cut at once, each holds its own cells, and each character stands in its place."""
    rows = [[f'{row}"{number}' if row % 2 else f"{row}-{number}" for number in range(width)] for row in range(height)]
    text = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows)
    names = tuple(map(str, range(width)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "_TOGETHER", together)
        table, places = records([text.encode()], Dialect(ord(","), names, None))
    assert table == {n: dict(zip(names, row, strict=True)) for n, row in enumerate(rows, 1)}
    assert all(text.split("\n")[line - 1][column - 1] == character for line, column, character in places)


def test_ragged_rows_go_on_as_text():
    """A row with too few or too many fields is neither dropped nor does it shift the others."""
    table, _ = records([b"a,b\n1,2\n3\n4,5,6\n\n7,8\n"], Dialect(ord(","), ("a", "b"), 0))
    assert table == {1: {"a": "1", "b": "2"}, 2: {None: "3"}, 3: {None: "4,5,6"}, 4: {"a": "7", "b": "8"}}


def test_sniffs_delimiter_and_header():
    """A header over numbers is recognised without knowing its words."""
    dialect = sniff(b"kode;wert\na;1\nb;2\nc;3\n", complete=True, named=False, is_header=never)
    assert dialect == Dialect(ord(";"), ("kode", "wert"), 0)


def test_a_first_row_of_data_is_no_header():
    """Personal data in the first row never becomes a field name."""
    dialect = sniff(b"kim@example.com,a\nlee@example.com,b\n", complete=True, named=True, is_header=never)
    assert dialect == Dialect(ord(","), ("column 1", "column 2"), None)


def test_prose_is_not_delimited():
    """Sentences with commas are text."""
    assert sniff(b"Well, yes.\nNo, not, never.\nPerhaps.\n", complete=True, named=False, is_header=never) is None


def test_duplicate_and_empty_names_are_told_apart():
    """Fields with the same or no name keep names of their own."""
    dialect = sniff(b"tel,tel,\n1,2,3\n4,5,6\n", complete=True, named=True, is_header=never)
    assert dialect.names == ("tel", "tel (2)", "column 3")


def test_clauses_are_no_cells():
    """Lines of words with a comma and a space each are text, unless their file is called a table."""
    lines = "강민수님 주소: 경기도 성남시 판교로 123, 102동 385호 방문\n".encode() * 3
    assert sniff(lines, complete=True, named=False, is_header=never) is None
    assert sniff(lines, complete=True, named=True, is_header=never) is not None
    assert sniff(b"kim, 010-0000-0001, a\n" * 3, complete=True, named=False, is_header=never) is not None


def test_a_title_is_no_header():
    """The header is sought below a row with one cell that is filled and below an empty one."""
    dialect = sniff(b"orders,,\n,,\ntel,wert,zahl\n1,2,3\n4,5,6\n", complete=True, named=True, is_header=never)
    assert dialect == Dialect(ord(","), ("tel", "wert", "zahl"), 2)
