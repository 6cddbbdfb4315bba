"""Writing a report: all of it or nothing, and reasons before the work begins."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import environment
from report import samples

from scanner import report
from scanner.errors import UsageError


def test_a_report_is_written(tmp_path: Path) -> None:
    """The file is a page in UTF-8 that only its owner may read, and nothing else is left beside it."""
    path = tmp_path / "보고서.html"
    report.write(samples.leak(), str(path))
    text = path.read_text(encoding="utf-8")
    assert text.lstrip().startswith("<!DOCTYPE html>")
    assert text.rstrip().endswith("</html>")
    assert "서울특별시" in text
    assert list(tmp_path.iterdir()) == [path]
    assert path.stat().st_mode & 0o077 == 0


def test_a_report_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    """What stood there is gone, whether it was longer or not."""
    path = tmp_path / "out.html"
    path.write_text("old" * 1_000_000)
    report.write(samples.empty(), str(path))
    assert "oldold" not in path.read_text()


def test_the_name_alone_is_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report can be written to the working folder."""
    monkeypatch.chdir(tmp_path)
    report.write(samples.empty(), "out.html")
    assert [path.name for path in tmp_path.iterdir()] == ["out.html"]


@pytest.mark.parametrize("name", ["", "missing/out.html", "file/out.html", "n" * 300])
def test_what_cannot_be_written_is_an_error_of_usage(tmp_path: Path, name: str) -> None:
    """A folder, a missing one, a file in its place and too long a name are refused before anything is drawn."""
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot write the report"):
        report.check(str(tmp_path / name))
    with pytest.raises(UsageError, match="cannot write the report"):
        report.write(samples.empty(), str(tmp_path / name))


def test_a_failure_while_writing_leaves_nothing_behind(tmp_path: Path) -> None:
    """Where the disk is full, the piece that was written is removed, and the older report stays."""
    path = tmp_path / "out.html"
    path.write_text("old")
    code = f"""
import resource
from report import samples
from scanner import report
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
report.write(samples.empty(), {str(path)!r})
"""
    found = environment(PYTHONPATH=os.pathsep.join([str(Path(__file__).parents[1]), *sys.path]))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=found, text=True)
    assert "UsageError: cannot write the report" in done.stderr
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_text() == "old"


@pytest.mark.parametrize("missing", ["jinja2", "vl_convert"])
def test_without_the_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    """A missing library is an error of usage that names the command for it."""
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(UsageError, match=r"pip install 'leakgauge\[report\]'"):
        report.check("out.html")


def test_asking_whether_it_could_be_written_imports_nothing_heavy() -> None:
    """The libraries of the extra are imported when a report is written, not before."""
    code = "import sys; from scanner import report; report.check('out.html'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment(), text=True, check=True)
    assert not {"jinja2", "vl_convert", "markupsafe", "polars"} & set(done.stdout.split())
