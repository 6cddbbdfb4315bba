"""What a wheel holds."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from scanner import __version__

pytest.importorskip("hatchling")
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The files in a wheel built from this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_the_package_and_its_rules(names: set[str]) -> None:
    """Every module, template, rule and word list is there, the rules beside the modules."""
    modules = {
        path.relative_to(ROOT).as_posix()
        for ending in ("*.py", "*.html", "*.css")
        for path in (ROOT / "scanner").rglob(ending)
    }
    rules = [
        path
        for ending in ("*.toml", "*.txt", "SOURCES.md")
        for path in (ROOT / "rules").rglob(ending)
        if path.parent.name != "build"
    ]
    assert modules | {f"scanner/_rules/{path.relative_to(ROOT / 'rules').as_posix()}" for path in rules} <= names


def test_the_wheel_holds_nothing_else(names: set[str]) -> None:
    """Neither tests nor the script that writes the word lists are installed."""
    assert {name.split("/")[0] for name in names} == {"scanner", f"leakgauge-{__version__}.dist-info"}
    assert not [name for name in names if name.startswith("scanner/_rules/") and name.endswith(".py")]
