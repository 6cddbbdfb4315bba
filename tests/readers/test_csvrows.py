"""Fields of delimited text."""

import csv
import io

from hypothesis import example, given
from hypothesis import strategies as st

from scanner.readers.csvrows import _one_by_one, fields

COMMA = ord(",")
CELL = st.text(alphabet='ab,"\n 가', max_size=6)


def rows_of(data: bytes, found) -> list[list[str]]:
    """The rows as lists of unquoted texts."""
    rows, row = [], []
    for start, end, quoted, last in zip(found.starts, found.ends, found.quoted, found.last, strict=True):
        text = data[start:end].decode()
        row.append(text[1:-1].replace('""', '"') if quoted else text)
        if last:
            rows.append(row)
            row = []
    return rows


def in_blocks(data: bytes, size: int) -> list[list[str]]:
    """The rows when the data comes in blocks of `size` bytes."""
    rows, carry = [], b""
    for at in range(0, len(data), size):
        carry += data[at : at + size]
        found = fields(carry, COMMA, final=False)
        rows += rows_of(carry, found)
        carry = carry[found.consumed :]
    return rows + rows_of(carry, fields(carry, COMMA, final=True))


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), max_size=5), st.sampled_from(["\n", "\r\n"]))
def test_reads_what_the_csv_module_wrote(rows, line_end):
    """Well-formed CSV is read back exactly."""
    out = io.StringIO()
    csv.writer(out, lineterminator=line_end).writerows(rows)
    data = out.getvalue().encode()
    assert rows_of(data, fields(data, COMMA, final=True)) == rows


@given(st.text(alphabet='ab,"\n\r ', max_size=40), st.integers(1, 7))
@example('""",\n""', 1)
@example('"a\n"b",c\n', 1)
def test_blocks_do_not_change_the_fields(text, size):
    """Where blocks end does not matter, however the quotes are spoiled."""
    data = text.encode()
    assert in_blocks(data, size) == rows_of(data, fields(data, COMMA, final=True))


@given(st.text(alphabet='ab,"\n\r ', max_size=40))
def test_the_quick_way_agrees_with_the_careful_one(text):
    """Parity of quotes gives the same fields as reading one after another."""
    data = text.encode()
    assert rows_of(data, fields(data, COMMA, final=True)) == rows_of(data, _one_by_one(data, COMMA, True))


def test_a_stray_quote_spoils_one_row():
    """A quote that is never closed is an ordinary character."""
    data = b'a,b\n"x,y\nc,d\n'
    assert rows_of(data, fields(data, COMMA, final=True)) == [["a", "b"], ['"x', "y"], ["c", "d"]]


def test_blanks_after_a_closing_quote_are_dropped():
    """A quoted field may be followed by blanks; those inside, and those of a field without quotes, stay."""
    data = b'"name" ,"phone"  \r\n"a "" b" , c \r\n"d" e,"f"\n'
    assert rows_of(data, fields(data, COMMA, final=True)) == [["name", "phone"], ['a " b', " c "], ['"d" e', "f"]]
