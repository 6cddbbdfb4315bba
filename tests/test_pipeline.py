"""The stages in their order."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import polars as pl

from scanner import Finding, scan
from scanner.config import ScanConfig
from scanner.match.windows import RecognizerRow, Windows
from scanner.pipeline import Engine
from scanner.plan import Split
from scanner.sources import Source, find


def split_of(engine: Engine, path: str) -> Split:
    """The only split of a small file."""
    (source,) = find([path])
    assert isinstance(source, Source)
    (split,) = engine.planner().plan(source)
    assert isinstance(split, Split)
    return split


def test_what_is_shown_comes_in_pieces_in_the_order_of_the_file(tmp_path) -> None:
    """Pieces are of a bounded size, their findings stand one after another, and the counts come with the first."""
    path = tmp_path / "contacts.csv"
    rows = (f"010-0000-{n % 10_000:04},user{n}@example.com\n" for n in range(40_000))
    path.write_text("phone,mail\n" + "".join(rows))
    engine = Engine(ScanConfig(only=("PHONE_NUMBER", "EMAIL_ADDRESS")))
    parts = list(engine.run(split_of(engine, str(path)), engine.shown))
    frames = [part.made for part in parts if part.made is not None]
    assert len(frames) > 1
    assert max(frame.height for frame in frames) < 40_000
    places = pl.concat(frames).select("line", "column")
    assert places.equals(places.sort("line", "column"))
    assert places.height == parts[0].summary.findings == sum(part.summary.findings for part in parts) == 80_000


def test_a_long_cell_before_others_moves_none_of_them(tmp_path) -> None:
    """What is found beside a cell that comes in pieces keeps its field, its value and its mask."""
    path = tmp_path / "users.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE u (id INTEGER, note TEXT, mail TEXT)")
        note = "call 010-0000-6789 " + "lorem " * 12_000 + "or 010-0000-1234"
        database.executemany(
            "INSERT INTO u VALUES (?, ?, ?)", [(1, note, "kim@example.com"), (2, "-", "lee@example.com")]
        )
        database.commit()
    found = [item for item in scan(str(path), ScanConfig(show_values=True)) if isinstance(item, Finding)]
    rows = sorted((item.field, item.record, item.value, item.masked) for item in found)
    assert rows == [
        ("u.mail", 1, "kim@example.com", "k***@example.com"),
        ("u.mail", 2, "lee@example.com", "l***@example.com"),
        ("u.note", 1, "010-0000-1234", "010-****-**34"),
        ("u.note", 1, "010-0000-6789", "010-****-**89"),
    ]


def test_a_header_that_comes_again_holds_nothing(tmp_path) -> None:
    """Files that were joined with their headers: a cell that repeats the name of its field is no value."""
    path = tmp_path / "joined.csv"
    part = "이름,연락처\n홍길동,010-0000-0001\n김영희,010-0000-0002\n"
    path.write_text(part * 3, encoding="utf-8")
    found = [item for item in scan(str(path), ScanConfig(show_values=True)) if isinstance(item, Finding)]
    assert [item.value for item in found] == ["홍길동", "010-0000-0001", "김영희", "010-0000-0002"] * 3


def test_a_row_of_the_catalogue_is_that_of_its_pattern(tmp_path: Path) -> None:
    """Also of what is chosen, and beside recognizers of one's own."""
    own = tmp_path / "own.yaml"
    own.write_text(
        "recognizers:\n  - {name: Own, supported_entity: OWN, supported_language: en,"
        " patterns: [{name: p, regex: 'EMP-[0-9]{6}', score: 0.8}]}\n"
    )
    for config in (ScanConfig(), ScanConfig(only=("PERSON",)), ScanConfig(regions=("KR",), recognizers=str(own))):
        catalogue = Engine(config).catalogue
        assert catalogue["pattern"].to_list() == list(range(catalogue.height))


def test_a_recognizer_may_name_a_type_twice() -> None:
    """It has one number, as any other."""
    row = RecognizerRow("own", [], ["A", "B", "A"], list)
    following = RecognizerRow("next", [], ["C"], list)
    assert [window.entities for window in Windows([row, following], 7).all] == [{"A": 7, "B": 8}, {"C": 9}]
