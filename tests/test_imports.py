"""What a command imports: heavy libraries wait until something needs them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from conftest import environment

SHOW = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "


def imported(*args: str) -> set[str]:
    """The top-level names of all modules that a command has imported when it ends; it must end with 0."""
    code = f"{SHOW} sys.argv[1:] = {list(args)!r}; from scanner.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment(), text=True)
    assert done.returncode == 0, done.stderr
    return {name.split(".")[0] for name in done.stderr.split()}


def test_help_imports_nothing_heavy() -> None:
    """`--help`, of the program and of a command, needs neither polars nor Presidio."""
    for args in (["--help"], ["scan", "--help"]):
        assert not imported(*args) & {"polars", "numpy", "pyarrow", "presidio_analyzer", "spacy"}


def test_a_clean_folder_is_scanned_without_presidio(tmp_path: Path) -> None:
    """Five small clean files of five kinds nominate nothing for a recognizer, so none is made."""
    (tmp_path / "tool.py").write_text('"""A tool."""\n\n\ndef add(a: int, b: int) -> int:\n    return a + b\n')
    (tmp_path / "config.json").write_text('{"retries": 3, "verbose": true, "mode": "fast"}\n')
    (tmp_path / "sizes.csv").write_text("size,count\nsmall,3\nlarge,4\n")
    (tmp_path / "notes.md").write_text("# Notes\n\n- read the output\n- see https://example.com/help\n")
    (tmp_path / "todo.txt").write_text("sort the list, then print it\n")
    modules = imported("scan", str(tmp_path))
    assert "polars" in modules
    assert not modules & {"presidio_analyzer", "spacy", "phonenumbers"}
