"""The reader of SQL dumps."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model import Issue
from scanner.readers import sqldump, sqlrows

VALUE = st.text(alphabet="ab'\"\\(),;-`$/* \n\t가😀", max_size=8)
ROWS = st.lists(st.tuples(VALUE, st.none() | VALUE), min_size=1, max_size=5)


class Value(NamedTuple):
    """A cell: where it begins, and what it is."""

    line: int
    column: int
    field: str | None
    record: int
    text: str


def values(text: str, size: int = 1 << 20, *, backslash: bool | None = None) -> tuple[list[Value], list[Issue]]:
    """All cells of a dump that is read in blocks of `size` bytes, in their order, and the issues."""
    data, cells, issues = text.encode(), [], []
    escapes = sqldump.escapes_by_backslash(data) if backslash is None else backslash
    for batch in sqldump.read(_blocks(text, size), backslash=escapes):
        issues += batch.issues
        for number, column in enumerate(batch.columns):
            rows = np.arange(len(column.values)) if column.rows is None else column.rows
            for cell, (value, row) in enumerate(zip(column.values.to_list(), rows.tolist(), strict=True)):
                if value:
                    line, place = batch.locator.locate(number, np.array([cell]), np.array([0]))
                    assert line is not None and place is not None
                    cells.append(Value(int(line[0]), int(place[0]), column.field, int(batch.records[row]), value))
    return sorted(cells, key=lambda cell: cell[:2]), issues


def _blocks(text: str, size: int) -> Iterable[bytes]:
    """Whole characters, as the decoder gives them."""
    return [text[at : at + size].encode() for at in range(0, len(text), size)]


def rows(cells: Iterable[Value], table: str) -> dict[int, dict[str, str]]:
    """The rows of a table by number: the value of each column."""
    found: dict[int, dict[str, str]] = {}
    for cell in cells:
        if cell.field and cell.field.startswith(f"{table}."):
            found.setdefault(cell.record, {})[cell.field.removeprefix(f"{table}.")] = cell.text
    return found


def mysql(table: list[tuple[str, str | None]]) -> str:
    """As mysqldump writes it: many rows a statement, columns by the definition of the table."""
    escape = str.maketrans({"\\": "\\\\", "'": "\\'", "\n": "\\n", '"': '\\"'})
    cells = [[f"'{v.translate(escape)}'" if v is not None else "NULL" for v in row] for row in table]
    inserted = ",".join(f"({','.join(row)})" for row in cells)
    define = "CREATE TABLE `t` (\n  `a` text COMMENT 'it''s; (a)',\n  `b` text,\n  KEY `k` (`a`)\n) ENGINE=InnoDB;\n"
    return f"-- Host: x\n{define}LOCK TABLES `t` WRITE;\nINSERT INTO `t` VALUES {inserted};\nUNLOCK TABLES;\n"


def inserts(table: list[tuple[str, str | None]]) -> str:
    """As pg_dump --column-inserts writes it: one row a statement, quotes doubled."""
    cells = [["'" + v.replace("'", "''") + "'" if v is not None else "NULL" for v in row] for row in table]
    return "--\n-- Data; it's\n--\n" + "".join(f"INSERT INTO public.t (a, b) VALUES ({', '.join(r)});\n" for r in cells)


def copied(table: list[tuple[str, str | None]]) -> str:
    """As pg_dump writes it: lines of values between tabs."""
    escape = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})
    lines = ["\t".join("\\N" if v is None else v.translate(escape) for v in row) for row in table]
    return "SET standard_conforming_strings = on;\nCOPY public.t (a, b) FROM stdin;\n" + "\n".join(lines) + "\n\\.\n\n"


def sqlite(table: list[tuple[str, str | None]]) -> str:
    """As SQLite writes it."""
    with sqlite3.connect(":memory:") as database:
        database.execute("CREATE TABLE t (a text, b text)")
        database.executemany("INSERT INTO t VALUES (?, ?)", table)
        return "\n".join(database.iterdump()) + "\n"


def mssql(table: list[tuple[str, str | None]]) -> str:
    """As SQL Server Management Studio writes it."""
    cells = [["N'" + v.replace("'", "''") + "'" if v is not None else "NULL" for v in row] for row in table]
    return "USE [x]\nGO\n" + "".join(f"INSERT [dbo].[t] ([a], [b]) VALUES ({', '.join(r)})\nGO\n" for r in cells)


def quoted(table: list[tuple[str, str | None]]) -> str:
    """As people write it for MySQL or SQLite: strings in double quotes, which are doubled inside."""
    cells = [['"' + v.replace('"', '""') + '"' if v is not None else "null" for v in row] for row in table]
    return "".join(f'INSERT INTO "t" ("a", "b") VALUES ({",".join(r)});\n' for r in cells)


def extended(table: list[tuple[str, str | None]]) -> str:
    """As PostgreSQL reads it: strings with an E before them, and escapes for all that is no letter."""
    escape = (
        {ord(c): f"\\{c}" for c in "'\\"} | {ord(c): f"\\x{ord(c):02x}" for c in " \n\t"} | {ord("😀"): "\\U0001F600"}
    )
    cells = [[f"E'{v.translate(escape)}'" if v is not None else "NULL" for v in row] for row in table]
    return "".join(f"INSERT INTO t (a, b) VALUES ({', '.join(r)});\n" for r in cells)


@pytest.mark.parametrize("write", [mysql, inserts, copied, sqlite, mssql, quoted, extended])
@given(table=ROWS, size=st.integers(1, 60))
def test_each_value_comes_back_from_any_blocks(
    write: Callable[[list[tuple[str, str | None]]], str], table: list[tuple[str, str | None]], size: int
) -> None:
    """Values are what was written, under table, column and row, however the dump is cut into blocks."""
    text = write(table)
    cells, issues = values(text, size)
    expected = {n: {k: v for k, v in zip("ab", row, strict=True) if v} for n, row in enumerate(table, 1)}
    assert rows(cells, "t") == {n: row for n, row in expected.items() if row}
    assert not issues
    assert values(text)[0] == cells


@pytest.mark.parametrize("write", [mysql, inserts, copied, sqlite, mssql, quoted, extended])
@given(table=ROWS)
def test_places_are_those_of_the_file(
    write: Callable[[list[tuple[str, str | None]]], str], table: list[tuple[str, str | None]]
) -> None:
    """A value stands at its line and column, escapes before it or not."""
    text = write(table)
    lines = text.split("\n")
    for cell in values(text)[0]:
        if cell.text[0].isalpha():
            assert lines[cell.line - 1][cell.column - 1] == cell.text[0]


def test_statements_that_hold_no_rows_are_text() -> None:
    """Updates, comments and definitions are lines of text at their place; nothing goes unread."""
    text = (
        "-- for kim@mail.test.net\nUPDATE t SET a = 'x'\nWHERE b = 'y(';\nINSERT INTO t (a) VALUES ('z');\nGRANT ALL;\n"
    )
    cells, issues = values(text)
    assert [(cell.line, cell.field, cell.text) for cell in cells] == [
        (1, None, "-- for kim@mail.test.net"),
        (2, None, "UPDATE t SET a = 'x'"),
        (3, None, "WHERE b = 'y('"),
        (4, "t.a", "z"),
        (5, None, "GRANT ALL"),
    ]
    assert not issues


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        ("N'가나'", "가나"),
        ("_utf8mb4'x\\'y'", "x'y"),
        ("_binary 'ab'", "ab"),
        ("X'6B696D'", "kim"),
        ("0x6B696D", "kim"),
        ("0xFF00", "0xFF00"),
        ("-1.5e3", "-1.5e3"),
        ("CAST('a, b' AS char)", "CAST('a, b' AS char)"),
        ("'it''s'", "it's"),
        ("'a\\\\'", "a\\"),
        ("'50\\%'", "50\\%"),
        ("'010\\-0000\\-1234'", "010-0000-1234"),
        ('"it\'s (a), ""b"" \\"c\\""', 'it\'s (a), "b" "c"'),
        ('_utf8mb4"x\\\\"', "x\\"),
        ('N"x"', "x"),
    ],
)
def test_literals_are_what_they_stand_for(literal: str, value: str) -> None:
    """Prefixes, escapes and hexadecimal digits of MySQL and its kin; what is no literal stays as it is written."""
    cells, _ = values(f"INSERT INTO `t` VALUES ({literal}, NULL, 'end');")
    assert [(cell.field, cell.text) for cell in cells] == [("t.column 1", value), ("t.column 3", "end")]


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        ("E'\\uD64D\\uAE38\\uB3D9'", "홍길동"),
        ("e'010\\x2d0000\\0551234'", "010-0000-1234"),
        ("E'it\\'s (a), '", "it's (a), "),
        ("E'it''s \\\\'", "it's \\"),
        ("E'\\\\\\''", "\\'"),
        ("E'\\\"'", '"'),
        ("U&'\\D64D\\AE38'", "홍길"),
        ("'C:\\'", "C:\\"),
        ("'for E', 'C:\\'", "for E"),
        ('"a\\"', "a\\"),
        ('"a\n(b), ""c"""', 'a\n(b), "c"'),
        ("'홍길동'::text", "'홍길동'::text"),
    ],
)
@pytest.mark.parametrize("size", [7, 1 << 20])
def test_literals_of_other_dumps_are_what_they_stand_for(literal: str, value: str, size: int) -> None:
    """Strings of PostgreSQL with an E or U& before them, and those of SQLite in double quotes, on any lines."""
    cells, issues = values(f"INSERT INTO t VALUES ({literal}, 'end');\nINSERT INTO t VALUES ('next');\n", size)
    assert [cell.text for cell in cells if cell.field][:1] == [value]
    assert [cell.text for cell in cells if cell.field][-2:] == ["end", "next"]
    assert not issues


@pytest.mark.parametrize("mark", ['"', ', "'])
def test_a_mark_that_opens_nothing_is_stepped_over(mark: str) -> None:
    """A double quote that no other follows where a string could end leaves the rows after it as they are."""
    text = f"SET x = 5{mark};\nINSERT INTO t (a) VALUES ('x'), ('y');\nINSERT INTO \"t\" (a) VALUES ('z');\n"
    assert [cell.text for cell in values(text)[0] if cell.field] == ["x", "y", "z"]


def test_names_in_double_quotes_stay_names() -> None:
    """Of tables, and in lists of columns."""
    cells, _ = values('INSERT INTO "a ""t""" ("x", "y") VALUES ("v", "w");')
    assert [(cell.field, cell.text) for cell in cells] == [('a "t".x', "v"), ('a "t".y', "w")]


@pytest.mark.parametrize("end", [2, 30, 60])
def test_a_dump_that_is_cut_off_is_read_to_the_cut(end: int) -> None:
    """Whole rows are rows, the rest of the last one is text, and an issue says so."""
    whole = "INSERT INTO `t` VALUES (1,'first'),(2,'a second one, long enough'),(3,'a third one, longer still, it is');"
    cells, issues = values(whole[:-end])
    assert [cell.text for cell in cells if cell.field == "t.column 2"][:1] == ["first"]
    assert "".join(cell.text for cell in cells).count("seco") == 1
    assert [issue.kind for issue in issues] == ["truncated"]


def test_rows_of_another_width_are_text() -> None:
    """A row with more or fewer values than its table has columns is no row of it."""
    cells, issues = values("INSERT INTO t (a, b) VALUES (1, 2), (3), (4, 5);")
    assert [cell.field for cell in cells] == ["t.a", "t.b", None, "t.a", "t.b"]
    assert [(issue.kind, issue.count) for issue in issues] == [("ragged_rows", 1)]


def test_values_that_a_definition_does_not_name_are_numbered() -> None:
    """Without a list of columns a row may leave some out, and computed ones may be missing from the definition."""
    cells, issues = values("CREATE TABLE t (a int, b int);\nINSERT INTO t VALUES (1, 2), (3), (4, 5, 6);")
    assert rows(cells, "t") == {1: {"a": "1", "b": "2"}, 2: {"a": "3"}, 3: {"a": "4", "b": "5", "column 3": "6"}}
    assert not issues


def test_rows_are_those_of_the_definition_before_them() -> None:
    """Two databases in one dump may have a table of the same name; rows are numbered on, whatever they list."""
    text = "CREATE TABLE t (a int);\nINSERT INTO t VALUES (1);\nINSERT INTO t (c) VALUES (2);\n" * 2
    cells, _ = values(text.replace("(a int)", "(b int)", 1))
    assert [(cell.field, cell.record) for cell in cells if cell.field] == [
        ("t.b", 1),
        ("t.c", 2),
        ("t.a", 3),
        ("t.c", 4),
    ]


@pytest.mark.parametrize(
    "end", ["", "UNLOCK TABLES;\n\n-- Dump completed\n", "\n--\n-- done\n--\n\n", "/*!40101 SET X=1 */;"]
)
def test_records_are_rows_alone(end: str) -> None:
    """Statements, comments and blank lines are no records, wherever they stand."""
    text = "-- of t\nCREATE TABLE t (a int);\n\nINSERT INTO t VALUES (1),(2);\nSET x = 1;\nINSERT INTO t VALUES (3);\n"
    text += end
    for size in (1 << 20, 7):
        blocks = [text.encode()[n : n + size] for n in range(0, len(text), size)]
        assert sum(batch.begun for batch in sqldump.read(blocks, backslash=True)) == 3


@pytest.mark.parametrize("size", [1 << 20, 30])
def test_small_tables_of_copy_come_together(size: int) -> None:
    """Many tables, with a list of columns or a definition, empty or not: each row under its own table."""
    tables = "".join(
        f"CREATE TABLE s.t{n} (a int, b text);\nCOPY s.t{n}{' (b, a)' * (n % 2)} FROM stdin;\n{row}\\.\n\n"
        for n, row in enumerate(["", "1\tit's\n", "1\t\\N\n2\tx\\ty\n", "1\n", "(1\t2\n"])
    )
    cells, issues = values(tables, size)
    assert [(cell.field, cell.record, cell.text) for cell in cells if cell.field] == [
        ("t1.b", 1, "1"), ("t1.a", 1, "it's"), ("t2.a", 1, "1"), ("t2.a", 2, "2"), ("t2.b", 2, "x\ty"),
        ("t4.a", 1, "(1"), ("t4.b", 1, "2"),
    ]  # fmt: skip
    assert [(cell.line, cell.text) for cell in cells if not cell.field and cell.text == "1"] == [(18, "1")]
    assert [issue.kind for issue in issues] == ["ragged_rows"]


def test_very_many_tables_come_in_several_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of columns in a batch is bounded, and what is read does not depend on it."""
    text = "".join(f"INSERT INTO t{n} VALUES ({n}, '가');\nCOPY u{n} FROM stdin;\n{n}\n\\.\n" for n in range(9))
    whole = values(text)
    monkeypatch.setattr(sqlrows, "MAX_TOGETHER", 7)
    assert values(text) == whole
    assert max(len(batch.columns) for batch in sqldump.read([text.encode()], backslash=False)) <= 8  # one of text


def test_without_an_end_of_a_statement_the_rest_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """What never ends within the bound is read all the same."""
    monkeypatch.setattr(sqldump, "MAX_STATEMENT", 100)
    cells, issues = values("INSERT INTO t VALUES ('" + "a\n" * 200 + "kim", 40)
    assert "".join(cell.text for cell in cells).endswith("kim")
    assert [issue.kind for issue in issues] == ["truncated"]


@pytest.mark.parametrize(
    ("text", "dump"),
    [
        ("-- x\n/* y */ SET a = 1;\nINSERT INTO t VALUES (1);", True),
        ("CREATE TABLE t (a int);", True),
        ("BEGIN;\nCOPY t (a) FROM stdin;\n1\n\\.\n", True),
        ("Begin here.\nThen insert a coin into it.", False),
        ("name,phone\ninsert into,1", False),
        ("2024-01-01 INSERT INTO t VALUES (1)\n", False),
    ],
)
def test_dumps_are_told_by_their_statements(text: str, dump: bool) -> None:
    """A text is a dump when it begins with a statement and one makes or fills a table."""
    assert sqldump.is_dump(text.encode()) is dump


def test_lines_of_copy_that_are_cut_off_are_an_issue() -> None:
    """A table whose last line is missing was not read to its end, even where no line is cut."""
    cells, issues = values("COPY t (a) FROM stdin;\nx\n")
    assert ("t.a", "x") in [(cell.field, cell.text) for cell in cells]
    assert [issue.kind for issue in issues] == ["truncated"]


def test_a_row_of_a_million_values_is_text() -> None:
    """No table has so many columns; each would cost more than the row."""
    for text in (f"INSERT INTO t VALUES ({'1,' * 5000}1);\n", "COPY t FROM stdin;\n" + "1\t" * 5000 + "1\n\\.\n"):
        assert {cell.field for cell in values(text)[0]} == {None}


def test_comments_with_apostrophes_open_no_string() -> None:
    """Neither do words with one in dollar-quoted bodies, names and conditional comments."""
    text = (
        "-- it's a dump\n/*!50001 it's */;\nCREATE FUNCTION f() RETURNS void AS $body$ it's (here $body$;\n"
        "# don't\nINSERT INTO `a (b)` VALUES (1, 'a');\n"
        'CREATE TABLE "x(" (b text);\nINSERT INTO "x(" VALUES (\'c\');\n'
    )
    fields = [(cell.field, cell.text) for cell in values(text)[0] if cell.field]
    assert fields == [("a (b).column 1", "1"), ("a (b).column 2", "a"), ("x(.b", "c")]


@pytest.mark.parametrize("size", [16, 1 << 20])
@pytest.mark.parametrize(
    "dump",
    [
        'INSERT INTO "010-0000-1234" ("010-0000-5678", note) VALUES (1, 2);\n',
        'CREATE TABLE "010-0000-1234" ("010-0000-5678" int, note int);\nINSERT INTO "010-0000-1234" VALUES (1, 2);\n',
        'COPY "010-0000-1234" ("010-0000-5678", note) FROM stdin;\n1\t2\n\\.\n',
    ],
)
def test_names_that_are_data_are_texts_and_not_shown(dump: str, size: int) -> None:
    """Of columns and of tables: what is printed is a number, what is read the statement."""
    cells, _ = values(dump, size)
    assert [(cell.field, cell.text) for cell in cells if cell.field] == [("table.column 1", "1"), ("table.note", "2")]
    texts = "".join(cell.text for cell in cells if not cell.field)
    assert "010-0000-1234" in texts
    assert "010-0000-5678" in texts
