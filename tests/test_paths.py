"""Paths as they are seen from a folder, and what is in archives."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.allow.entries import Entries
from scanner.allowlist import Allow
from scanner.baseline import Baseline, Hashing
from scanner.paths import containers, seen
from scanner.sources import Exclude

NAMES = st.text("a./!", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("./a//b/../c.csv", "a/c.csv"),
        ("./x.zip!a/../tests/p.txt", "x.zip!a/../tests/p.txt"),
        ("in/../x.zip!../in.tar!./p.txt", "x.zip!../in.tar!./p.txt"),
        ("./!x/../p.txt", "p.txt"),
        ("!", "!"),
        ("!!../p.txt", "!!../p.txt"),
        ("a/!/../p.txt", "a/p.txt"),
    ],
)
def test_only_the_outermost_file_is_looked_for(path: str, named: str) -> None:
    """What comes behind the `!` of an archive is as it names itself, while a `!` that begins a name is part of it."""
    assert seen(path) == named
    assert seen(path, "..") == f"{Path.cwd().name}/{named}"


@given(NAMES)
def test_a_member_stays_in_its_archive(name: str) -> None:
    """Whatever it is called, no glob for files beside the archive fits it, and no place in a baseline is theirs."""
    path = f"data/x.zip!{name}"
    assert seen(path) == path
    assert Baseline("data/b.json", Hashing(b"", None)).seen(path) == f"x.zip!{name}"
    root = str(Path("data").absolute())
    for glob in ("tests/*", "/a", "/a/**", "a/a"):
        assert not Exclude([glob], root).hits_any_part(path, False)
        assert not Entries([Allow(path=(glob,), root=root)], path, b"")
    assert containers(path)[0] == "data/x.zip"


def test_a_member_cannot_be_left_out_by_a_way_around(tmp_path: Path) -> None:
    """Globs are asked about the name of a member without `.`, but with `..`."""
    globs = Exclude(["tests/*.txt"])
    assert globs.hits_member("./tests//p.txt")
    assert not globs.hits_member("a/../tests/p.txt")


def test_the_file_of_an_entry_is_the_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry of a member leads to its archive, whatever the member is called; one of stdin or of nothing to none."""
    monkeypatch.chdir(tmp_path)
    for name in ("x.zip", "we!rd.txt", "p.txt"):
        (tmp_path / name).touch()
    known = Baseline(os.fspath(tmp_path / "b.json"), Hashing(b"", None))
    asked = ("x.zip!a/../../p.txt", "we!rd.txt", "p.txt", "x.zip", "-", "gone.zip!../p.txt")
    assert [known.file(path) for path in asked] == ["x.zip", "we!rd.txt", "p.txt", "x.zip", None, None]
