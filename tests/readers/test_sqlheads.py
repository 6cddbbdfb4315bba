"""What stands before a tuple of SQL."""

from __future__ import annotations

import pytest

from scanner.readers.sqlheads import Kind, Table, columns, copied, head, is_frame, unquoted


@pytest.mark.parametrize(
    ("before", "kind", "table"),
    [
        ("INSERT INTO `a b` VALUES ", Kind.ROW, "a b"),
        ("replace into public.t values", Kind.ROW, "t"),
        ("INSERT IGNORE INTO [dbo].[t] ", Kind.NAMES, "t"),
        ("INSERT OR REPLACE INTO t AS x ", Kind.NAMES, "t"),
        (" OVERRIDING SYSTEM VALUE VALUES", Kind.ROW, None),
        (",\n", Kind.ROW, None),
        ('COPY public."it""s" ', Kind.NAMES, 'it"s'),
        ("CREATE UNLOGGED TABLE IF NOT EXISTS s.t ", Kind.TABLE, "t"),
        ("-- it's\nINSERT INTO t VALUES /* now */ ", Kind.ROW, "t"),
        ("GO\nINSERT t ", Kind.NAMES, "t"),
        ("INSERT [dbo].[a ]]b] ", Kind.NAMES, "a ]b"),
        ("UPDATE t SET a = f", Kind.OTHER, None),
        (" ON DUPLICATE KEY UPDATE a=VALUES", Kind.OTHER, None),
        ("", Kind.OTHER, None),
    ],
)
def test_heads(before: str, kind: Kind, table: str | None) -> None:
    """The statement that a group belongs to says what it is, and names the table, without schema and quotes."""
    assert head(before.encode()) == (kind, table)


def test_a_frame_holds_nothing_to_read() -> None:
    """Statements that fill a table are no text of their own; comments and others are."""
    assert all(map(is_frame, (b" ", b"INSERT INTO t VALUES ", b",", b"\nGO\nINSERT [t] ")))
    assert not any(
        map(
            is_frame,
            (
                b"-- kim\nINSERT INTO t VALUES ",
                b"\n010-0000-1234\nINSERT INTO t VALUES ",
                b"UPDATE t SET a = ",
                b"CREATE TABLE t ",
            ),
        )
    )


def test_columns_are_named_by_their_definitions() -> None:
    """Keys of a table are no columns; a column that is called like one is."""
    definitions = (
        b"\n  `id` int NOT NULL",
        b" [key] int",
        b"name",
        b" PRIMARY KEY (`id`)",
        b"-- x\n mail text",
        b"key",
    )
    assert columns(definitions) == ("id", "key", "name", "mail", "key")


def test_columns_beyond_the_names_are_numbered() -> None:
    """A table has a name for each column, known or not."""
    table = Table("t", ("a", "b"))
    assert [table.column(number) for number in range(3)] == ["a", "b", "column 3"]


def test_copy_without_columns_names_its_table() -> None:
    """Of what cannot be told the rows are those of `copy`."""
    assert copied(b"-- x\nCOPY s.t") == "t"
    assert copied(b"COPY (select") == "copy"


@pytest.mark.parametrize(("name", "plain"), [('"a""b"', 'a"b'), ("`a`", "a"), ("[a]", "a"), ("a", "a"), ('"', '"')])
def test_quotes_of_names_are_dropped(name: str, plain: str) -> None:
    """Names stand bare, in double quotes, backticks or square brackets."""
    assert unquoted(name) == plain
