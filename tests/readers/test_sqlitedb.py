"""The reader of SQLite databases."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.tablecells import damaged, kinds, table, texts

from scanner.readers import sqlitedb, sqliteopen

VALUE = st.none() | st.text(max_size=5) | st.integers(-(2**63), 2**63 - 1) | st.just("x" * 70_000)


def make(path: Path, *statements: str, rows: int = 0) -> Path:
    """A database; with `rows` rows in a table `t`."""
    with sqlite3.connect(path) as database:
        for statement in statements:
            database.execute(statement)
        if rows:
            database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, phone, note)")
            values = [(f"010-0000-{n % 10_000:04}", "n" * 40) for n in range(rows)]
            database.executemany("INSERT INTO t (phone, note) VALUES (?, ?)", values)
    database.close()
    return path


def beside(path: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {file.name: file.read_bytes() for file in path.parent.iterdir()}


@settings(max_examples=30)
@given(rows=st.lists(st.tuples(VALUE, VALUE), max_size=8), keys=st.booleans())
def test_each_value_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[object, object]], keys: bool
) -> None:
    """Rows are records in their order, columns fields, whatever they hold and whether rows have keys."""
    path = tmp_path_factory.mktemp("db") / "x.db"
    with sqlite3.connect(path) as database:
        database.execute(f"CREATE TABLE t (n PRIMARY KEY, a, b) {'' if keys else 'WITHOUT ROWID'}")
        database.executemany("INSERT INTO t VALUES (?, ?, ?)", [(n, *row) for n, row in enumerate(rows)])
    database.close()
    found: dict[tuple[int, str | None], str] = {}
    for record, field, text in table(sqlitedb.read, path)[0]:
        found.setdefault((record, field), text)
    for number, row in enumerate(rows, 1):
        for name, value in zip("ab", row, strict=True):
            expected = "" if value is None else str(value)
            assert found.get((number, f"t.{name}"), "") == expected[: (1 << 16) + 4096]


def test_tables_that_hold_values_are_read_once(tmp_path: Path) -> None:
    """Tables of any kind and name are read; views, computed columns, indexes of words and empty tables are not."""
    path = make(
        tmp_path / "x.db",
        "CREATE TABLE a (name, n REAL, up AS (upper(name)))",
        "INSERT INTO a VALUES ('kim', 821000001234.0)",
        "CREATE VIEW v AS SELECT * FROM a",
        "CREATE TABLE w (k PRIMARY KEY, v) WITHOUT ROWID",
        "INSERT INTO w VALUES ('k', 1)",
        "CREATE VIRTUAL TABLE f5 USING fts5(title, body)",
        "INSERT INTO f5 VALUES ('t5', 'b5')",
        "CREATE VIRTUAL TABLE f4 USING fts4(title, body)",
        "INSERT INTO f4 VALUES ('t4', 'b4')",
        "CREATE VIRTUAL TABLE again USING fts5(name, content='a')",
        'CREATE TABLE "odd ""name" (rowid, _rowid_, oid, "", "a.b")',
        "INSERT INTO \"odd \"\"name\" VALUES ('r', 'x', 'o', 'e', 'd')",
        "CREATE TABLE bare (a)",
    )
    cells, issues = table(sqlitedb.read, path)
    assert set(cells) == {
        (1, "a.name", "kim"), (1, "a.n", "821000001234"), (1, "w.k", "k"), (1, "w.v", "1"),
        (1, "f5.id", "1"), (1, "f5.title", "t5"), (1, "f5.body", "b5"),
        (1, "f4.docid", "1"), (1, "f4.title", "t4"), (1, "f4.body", "b4"),
        (1, 'odd "name.rowid', "r"), (1, 'odd "name._rowid_', "x"), (1, 'odd "name.oid', "o"),
        (1, 'odd "name.column 4', "e"), (1, 'odd "name.a.b', "d"),
    }  # fmt: skip
    assert not issues


def test_text_in_another_encoding_and_blobs_are_read_as_far_as_they_are_text(tmp_path: Path) -> None:
    """The rows around them are read too, and issues count what is not."""
    rows = ("'first'", "CAST(x'b1e8203031' AS TEXT)", "x'6b696d'", "x'ffd8ffe000'", "'last'")
    path = make(tmp_path / "x.db", "CREATE TABLE t (a)", *(f"INSERT INTO t VALUES ({row})" for row in rows))
    assert texts(sqlitedb.read, path, "t.a") == ["first", "\ufffd\ufffd 01", "kim", "last"]
    assert kinds(sqlitedb.read, path) == {("undecodable", "error"), ("binary_cells", "warning")}


def test_databases_in_utf16_are_read(tmp_path: Path) -> None:
    """SQLite converts them."""
    path = make(tmp_path / "x.db", "PRAGMA encoding='UTF-16'", "CREATE TABLE t (a)", "INSERT INTO t VALUES ('홍길동')")
    assert texts(sqlitedb.read, path, "t.a") == ["홍길동"]


def _live(folder: Path) -> sqlite3.Connection:
    database = sqlite3.connect(folder / "x.db", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE t (a)")
    database.execute("INSERT INTO t VALUES ('in the log')")
    return database


def test_a_log_is_read_and_nothing_is_written(tmp_path: Path) -> None:
    """Of a live database, of a copy of one with and without the index of its log, in a folder that is read-only."""
    (tmp_path / "live").mkdir()
    database = _live(tmp_path / "live")
    for files in (("x.db", "x.db-wal", "x.db-shm"), ("x.db", "x.db-wal")):
        folder = tmp_path / str(len(files))
        folder.mkdir()
        for name in files:
            shutil.copy(tmp_path / "live" / name, folder)
        folder.chmod(0o555)
    for folder in (tmp_path / "live", tmp_path / "2", tmp_path / "3"):
        path = folder / "x.db"
        before = {name: data for name, data in beside(path).items() if not name.endswith("shm")}
        assert texts(sqlitedb.read, path, "t.a") == ["in the log"]
        assert {name: data for name, data in beside(path).items() if not name.endswith("shm")} == before
    database.close()
    (tmp_path / "2").chmod(0o755)
    (tmp_path / "3").chmod(0o755)


def test_a_database_of_the_kind_with_a_log_that_has_none_is_left_alone(tmp_path: Path) -> None:
    """No log is begun beside it."""
    _live(tmp_path).close()
    assert texts(sqlitedb.read, tmp_path / "x.db", "t.a") == ["in the log"]
    assert [file.name for file in tmp_path.iterdir()] == ["x.db"]


def test_what_was_not_finished_is_undone_in_a_copy(tmp_path: Path) -> None:
    """A program that died while it wrote left a journal; the file and the journal stay as they are."""
    path = make(tmp_path / "x.db", rows=2000)
    died = (
        f"import os, sqlite3; c = sqlite3.connect({str(path)!r}, isolation_level=None);"
        "c.execute('PRAGMA cache_size=2'); c.execute('BEGIN'); c.execute(\"UPDATE t SET phone = 'half'\"); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", died], check=True)
    before = beside(path)
    assert "x.db-journal" in before
    assert "half" not in texts(sqlitedb.read, path, "t.phone")
    assert beside(path) == before


def test_a_program_may_write_between_two_batches(tmp_path: Path) -> None:
    """No lock is held while a batch is looked at."""
    path = make(tmp_path / "x.db", rows=200_000)
    batches = sqlitedb.read(sqlitedb.File(str(path), "x.db", lambda _: None))
    next(batches)
    with sqlite3.connect(path, timeout=0) as database:
        database.execute("DELETE FROM t WHERE id > 190000")
    database.close()
    assert sum(batch.begun for batch in batches) < 200_000


def test_a_database_that_is_locked_is_an_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the start, and from where it is locked on."""
    monkeypatch.setattr(sqliteopen, "_WAIT", 0)
    path = make(tmp_path / "x.db", rows=200_000)
    batches = sqlitedb.read(sqlitedb.File(str(path), "x.db", lambda _: None))
    read = next(batches).begun
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("BEGIN EXCLUSIVE")
    assert {issue.kind for batch in batches for issue in batch.issues} == {"unreadable"}
    assert kinds(sqlitedb.read, path) == {("unreadable", "error")}
    database.close()
    assert 0 < read < 200_000


def test_nothing_of_the_schema_is_run(tmp_path: Path) -> None:
    """Triggers, functions of views and of computed columns have no effect, nor do names that are SQL."""
    path = make(
        tmp_path / "x.db",
        "CREATE TABLE t (a, b AS (hex(zeroblob(1000000))))",
        "INSERT INTO t VALUES ('x')",
        'CREATE TABLE "t; DROP TABLE t" ("a, (SELECT 1)")',
        "INSERT INTO \"t; DROP TABLE t\" VALUES ('y')",
    )
    assert [text for _, _, text in table(sqlitedb.read, path)[0]] == ["x", "y"]


def test_rows_around_damage_are_read(tmp_path: Path) -> None:
    """Of a table with a page of zeros in its middle all rows of other pages are read, and an issue says so."""
    path = make(tmp_path / "x.db", rows=20_000)
    data = bytearray(path.read_bytes())
    for page in (60, 61, 150):
        data[page * 4096 : (page + 1) * 4096] = bytes(4096)
    path.write_bytes(data)
    cells, issues = table(sqlitedb.read, path)
    assert 19_780 < sum(field == "t.phone" for _, field, _ in cells) < 20_000
    assert {(issue.kind, issue.severity) for issue in issues} == {("corrupt", "error")}


def test_a_row_that_is_too_long_is_left_out_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows before and after it are read; long ones below the limit too."""
    monkeypatch.setattr(sqlitedb, "MAX_ROW", 3 << 20)
    path = make(tmp_path / "x.db", "CREATE TABLE t (a)")
    with sqlite3.connect(path) as database:
        values = [("a",), ("b" * (2 << 20),), ("c" * (4 << 20),), ("d",)]
        database.executemany("INSERT INTO t VALUES (?)", values)
    database.close()
    cells, issues = table(sqlitedb.read, path)
    assert sorted({(record, text[0]) for record, _, text in cells}) == [(1, "a"), (2, "b"), (3, "d")]
    assert [issue.kind for issue in issues] == ["corrupt"]


def test_damaged_databases_are_issues_and_never_errors(tmp_path: Path) -> None:
    """Cut, with zeros, with wrong bytes: what can be read is read; of what is cut off an issue tells."""
    data = make(tmp_path / "whole.db", "CREATE TABLE w (k PRIMARY KEY, v) WITHOUT ROWID", rows=3000).read_bytes()
    for number, spoilt in enumerate(damaged(data)):
        path = tmp_path / f"{number}.db"
        path.write_bytes(spoilt)
        cells, issues = table(sqlitedb.read, path)
        assert cells or issues or not spoilt
        if 0 < len(spoilt) < len(data):
            assert "error" in {issue.severity for issue in issues}


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + os.urandom(5000)])
def test_what_is_no_database_is_an_issue(tmp_path: Path, content: bytes) -> None:
    """Encrypted ones among them; an empty file holds nothing."""
    path = tmp_path / "x.db"
    path.write_bytes(content)
    assert table(sqlitedb.read, path)[0] == []
    assert {severity for _, severity in kinds(sqlitedb.read, path)} == ({"error"} if content else set())


def test_data_behind_the_last_page_are_reported(tmp_path: Path) -> None:
    """They are read by nobody."""
    path = make(tmp_path / "x.db", rows=3)
    path.write_bytes(path.read_bytes() + b"010-0000-1234" * 1000)
    assert kinds(sqlitedb.read, path) == {("trailing", "error")}


def test_wide_tables_are_read(tmp_path: Path) -> None:
    """With as many columns as SQLite allows."""
    names = [f"c{number}" for number in range(2000)]
    values = ", ".join(f"'{name}'" for name in names)
    path = make(tmp_path / "x.db", f"CREATE TABLE t ({', '.join(names)})", f"INSERT INTO t VALUES ({values})")
    assert [text for _, _, text in table(sqlitedb.read, path)[0]] == names


def test_a_file_that_is_gone_is_an_issue(tmp_path: Path) -> None:
    """And not an error."""
    assert kinds(sqlitedb.read, tmp_path / "gone.db") == {("unreadable", "error")}


def test_connections_cannot_write(tmp_path: Path) -> None:
    """Neither where they are made for a copy."""
    path = make(tmp_path / "x.db", rows=1)
    with sqliteopen.opened(str(path)) as connection, pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM t")


def test_names_that_are_data_are_texts_and_not_shown(tmp_path: Path) -> None:
    """Of columns, of tables, also of such that cannot be read: by number, and found by what they are."""
    path = make(
        tmp_path / "x.db",
        'CREATE TABLE "kim@example.com" (phone, "lee@example.com")',
        "INSERT INTO \"kim@example.com\" VALUES ('a', 'b')",
    )
    cells, issues = table(sqlitedb.read, path)
    assert cells == [
        (1, None, "kim@example.com"), (1, "table 1.phone", "a"), (1, "table 1.column 2", "b"),
        (2, None, "lee@example.com"),
    ]  # fmt: skip
    assert not issues
    data = bytearray(path.read_bytes())
    data[4096:] = bytes(len(data) - 4096)
    path.write_bytes(data)
    assert not any("@" in issue.message for issue in table(sqlitedb.read, path)[1])
    assert kinds(sqlitedb.read, path) == {("corrupt", "error")}


def test_long_rows_without_keys_come_in_small_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more of them are held than are a batch, and one."""
    monkeypatch.setattr(sqlitedb, "BATCH", 100_000)
    path = make(tmp_path / "x.db", "CREATE TABLE t (k PRIMARY KEY, v) WITHOUT ROWID")
    with sqlite3.connect(path) as database:
        database.executemany("INSERT INTO t VALUES (?, ?)", [(n, "x" * 60_000) for n in range(9)])
    database.close()
    batches = sqlitedb.read(sqlitedb.File(str(path), "x.db", lambda _: None))
    assert [batch.begun for batch in batches if batch.begun] == [2, 2, 2, 2, 1]
