"""Which file the settings are from, and where in it a key stands."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scanner.errors import ConfigError
from scanner.settings.files import File, find, read


def write(path: Path, text: str) -> str:
    """A file, in folders that are made for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def found(*paths: Path) -> str | None:
    """The name of what is found, from the folder that a test has made."""
    file = find([str(path) for path in paths])
    return None if file is None else os.path.realpath(file.path)


def test_the_nearest_file_upwards_is_taken(tmp_path: Path) -> None:
    """Of a path its own folder counts first, then those above; of several paths the folder that holds them all."""
    (tmp_path / ".git").mkdir()
    top, low = write(tmp_path / "leakgauge.toml", ""), write(tmp_path / "a" / "b" / "leakgauge.toml", "")
    data = Path(write(tmp_path / "a" / "b" / "c" / "x.csv", "x\n"))
    assert found(data) == found(data.parent) == found(data.parent / "gone") == low
    assert found(tmp_path / "a") == found(data, tmp_path / "other.csv") == top


def test_the_search_ends_with_the_checkout(tmp_path: Path) -> None:
    """What lies above the folder that has .git is another's, and is not looked at."""
    write(tmp_path / "leakgauge.toml", "")
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    assert found(tmp_path / "repo") is None


def test_stdin_stands_in_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe has the settings of the folder in which the command runs."""
    own = write(tmp_path / "leakgauge.toml", "")
    monkeypatch.chdir(tmp_path)
    assert found(Path("-")) == found() == own


def test_a_project_file_counts_only_with_our_table(tmp_path: Path) -> None:
    """pyproject.toml is passed over without [tool.leakgauge], broken or not; leakgauge.toml goes first."""
    (tmp_path / ".git").mkdir()
    for text in ("[project]\n", "[tool]\nx = 1\n", "broken [\n", "tool = 1\n"):
        write(tmp_path / "pyproject.toml", text)
        assert found(tmp_path) is None
    (tmp_path / "pyproject.toml").write_bytes(b"name = '\xff'")
    assert found(tmp_path) is None
    own = write(tmp_path / "pyproject.toml", "[tool.leakgauge]\nner = true\n")
    assert found(tmp_path) == own
    assert found(tmp_path) != write(tmp_path / "leakgauge.toml", "") == found(tmp_path)


def test_what_is_no_file_is_passed_over(tmp_path: Path) -> None:
    """A folder or a pipe of that name is no file of settings, and nothing waits for it."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "leakgauge.toml").mkdir()
    os.mkfifo(tmp_path / "pyproject.toml")
    assert found(tmp_path) is None


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"x = [", "not valid TOML: "),
        (b"x = " + b"[" * 100_000, "not valid TOML"),
        (b"\xff", "not valid TOML: not UTF-8"),
        (b"#" * (2 << 20), "larger than 1 MiB"),
    ],
)
def test_a_broken_file_is_an_error(tmp_path: Path, data: bytes, says: str) -> None:
    """It is told with its name, whether it was found or named."""
    (tmp_path / "leakgauge.toml").write_bytes(data)
    for look in (lambda: find([str(tmp_path)]), lambda: read(str(tmp_path / "leakgauge.toml"))):
        with pytest.raises(ConfigError, match=f"leakgauge.toml: {says}"):
            look()


def test_a_named_file_must_be_there_and_ours(tmp_path: Path) -> None:
    """A file that is named is never passed over."""
    with pytest.raises(ConfigError, match="cannot be read"):
        read(str(tmp_path / "gone.toml"))
    with pytest.raises(ConfigError, match=r"has no \[tool.leakgauge\]"):
        read(write(tmp_path / "pyproject.toml", "[project]\n"))


def test_keys_are_told_with_their_lines(tmp_path: Path) -> None:
    """Keys, tables and entries of lists have the line where they stand; what has none is told with its table."""
    text = 'ner = true\nscan.explain = true\n\n[size]\n"seed" = 1\n\n[[allow]]\nrule = "email"\n[[allow]]\npath = "x"\n'
    file = read(write(tmp_path / "leakgauge.toml", text))
    assert file is not None
    keys = [("ner",), ("scan", "explain"), ("size",), ("size", "seed"), ("allow", 0), ("allow", 1, "path")]
    assert [file.lines[key] for key in keys] == [1, 2, 4, 5, 7, 10]
    assert file.place("allow", 1, "gone").endswith("leakgauge.toml:9")
    assert File("a.toml", {}, True).place("x") == "a.toml"
    text = f"[project]\nname = 'x'\n[tool.leakgauge]\nner = true\n[[tool.leakgauge.allow]]\n{''}"
    file = read(write(tmp_path / "pyproject.toml", text))
    assert file is not None
    assert (file.lines["ner",], file.lines["allow", 0]) == (4, 5)
