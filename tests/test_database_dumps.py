"""Dumps that real servers write of invented rows; skipped where the servers are not installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import scanner
from scanner.config import ScanConfig

NOTES = ["it's", 'a "b"', "c\\d", "e;f", "g,(h)", "i\nj", "k\tl", "-- m", "/* n", "$$o$$", "`p`", "\\N", "가나", None]
ROWS = [
    (
        number,
        f"Jane O'Tester{number}",
        f"jane{number}@mail.test.net",
        f"010-0000-{number:04}",
        NOTES[number % len(NOTES)],
    )
    for number in range(1, 61)
]
DEFINITION = (
    "CREATE TABLE members (id int PRIMARY KEY, name varchar(60), mail varchar(60), phone varchar(20), note text)"
)
PLANTED = {
    ("members.mail", "EMAIL_ADDRESS"): {number: mail for number, _, mail, _, _ in ROWS},
    ("members.phone", "PHONE_NUMBER"): {number: phone for number, _, _, phone, _ in ROWS},
}
MYSQL = [
    (),
    ("--skip-extended-insert",),
    ("--complete-insert",),
    ("--hex-blob", "--skip-opt"),
    ("--no-create-info", "--complete-insert"),
    ("--compatible=postgresql", "--skip-quote-names"),
    ("--default-character-set=utf8mb3", "--single-transaction"),
]
POSTGRES = [
    (),
    ("--inserts",),
    ("--column-inserts",),
    ("--inserts", "--rows-per-insert=7"),
    ("--quote-all-identifiers",),
    ("--data-only", "--column-inserts"),
    ("--encoding=EUC_KR",),
    ("--encoding=UHC", "--inserts"),
]


def found(dump: bytes, folder: Path) -> dict[tuple[str, str], dict[int, str]]:
    """What a scan finds in a dump of the members' mails and phones: the value of each record."""
    path = folder / "dump.sql"
    path.write_bytes(dump)
    result: dict[tuple[str, str], dict[int, str]] = {}
    for finding in scanner.scan(str(path), config=ScanConfig(show_values=True)):
        key = (finding.field or "", finding.entity_type)
        if key in PLANTED:
            result.setdefault(key, {})[finding.record] = finding.value or ""
    return result


def sql(value: object) -> str:
    """A value as a literal of standard SQL."""
    return (
        "NULL" if value is None else str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"
    )


def filled() -> str:
    """The statements that make and fill the table."""
    rows = (f"INSERT INTO members VALUES ({', '.join(map(sql, row))});" for row in ROWS)
    return "\n".join([f"{DEFINITION};", *rows])


def run(command: Sequence[str | Path], text: str = "") -> bytes:
    """What a command prints."""
    done = subprocess.run(list(map(str, command)), input=text.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout


def wait(ready: Sequence[str | Path]) -> None:
    """Wait until a server answers."""
    for _ in range(300):
        if subprocess.run(list(map(str, ready)), capture_output=True, check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise AssertionError(f"no answer: {ready[0]}")


@pytest.fixture(scope="module")
def mariadb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """A MariaDB server with the table; how to dump it."""
    if not shutil.which("mariadbd") or not shutil.which("mariadb-dump"):
        pytest.skip("MariaDB is not installed: apt-get install mariadb-server")
    folder = tmp_path_factory.mktemp("mariadb")
    data, socket, user = folder / "data", folder / "s", f"--user={_user()}"
    install = ["mariadb-install-db", "--no-defaults", f"--datadir={data}", "--skip-test-db", user]
    run([*install, "--auth-root-authentication-method=normal"])
    server = subprocess.Popen(
        ["mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={socket}", "--skip-networking", user],
        stderr=subprocess.DEVNULL,
    )
    client = ["--no-defaults", f"--socket={socket}", "--user=root"]
    try:
        wait(["mariadb-admin", *client, "ping"])
        start = "CREATE DATABASE shop CHARACTER SET utf8mb4; USE shop; SET NAMES utf8mb4;\n"
        run(["mariadb", *client], f"{start}SET sql_mode='NO_BACKSLASH_ESCAPES';\n{filled()}")
        yield ["mariadb-dump", *client, "shop"]
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """A PostgreSQL server with the table; how to dump it."""
    tools = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    tool = tools[-1] if tools else Path(shutil.which("postgres") or "").parent
    if not (tool / "initdb").exists():
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    folder = Path("/tmp") / f"leakgauge-postgres-{os.getpid()}"  # its server may not enter the folders of root
    folder.mkdir(mode=0o700)
    other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if other:
        shutil.chown(folder, "postgres")
    where = ["-h", str(folder), "-U", "tester", "shop"]
    try:
        run([*other, tool / "initdb", "-D", folder / "data", "-U", "tester", "-E", "UTF8", "--locale=C", "-A", "trust"])
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        run([*other, tool / "pg_ctl", "-D", folder / "data", "-o", options, "-l", folder / "log", "-w", "start"])
        run([tool / "createdb", *where])
        run([tool / "psql", "-q", "-v", "ON_ERROR_STOP=1", *where], filled())
        yield [str(tool / "pg_dump"), *where]
    finally:
        subprocess.run([*other, tool / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> str:
    """Who the server runs as: it will not as root unless told."""
    return "root" if os.geteuid() == 0 else os.environ.get("USER", "")


@pytest.mark.parametrize("options", MYSQL, ids=" ".join)
def test_all_planted_values_of_a_dump_of_mariadb_are_found(
    mariadb: list[str], options: tuple[str, ...], tmp_path: Path
) -> None:
    """In every form that the server's own tool writes, each value has its table, column and record."""
    assert found(run([mariadb[0], *mariadb[1:-1], *options, mariadb[-1]]), tmp_path) == PLANTED


@pytest.mark.parametrize("options", POSTGRES, ids=" ".join)
def test_all_planted_values_of_a_dump_of_postgresql_are_found(
    postgres: list[str], options: tuple[str, ...], tmp_path: Path
) -> None:
    """In every form and encoding that the server's own tool writes, each value has its table, column and record."""
    assert found(run([*postgres, *options]), tmp_path) == PLANTED
