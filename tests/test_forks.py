"""Where worker processes come from."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import COMMAND, environment

from scanner.forks import ENOUGH

SHOW = "import sys; from scanner.forks import expect; expect(sys.argv[1:], 2); print('multiprocessing' in sys.modules)"


def test_only_large_files_have_workers_expected(tmp_path: Path) -> None:
    """A small file, one that is not there and a folder cost nothing."""
    (tmp_path / "small.txt").write_text("words\n")
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(ENOUGH + 1)
    for name, expected in (("small.txt", "False"), ("gone.txt", "False"), (".", "False"), ("large.txt", "True")):
        done = subprocess.run([sys.executable, "-c", SHOW, str(tmp_path / name)], capture_output=True, text=True)
        expected = expected if sys.platform == "linux" else "False"
        assert (done.stdout.strip(), done.stderr) == (expected, "")


@pytest.mark.parametrize("folder", ["t", "t" * 150, "gone"], ids=["short", "too long for a socket", "not there"])
def test_workers_come_wherever_temporary_files_go(tmp_path: Path, folder: str) -> None:
    """The findings are the same, and nothing is told on stderr."""
    path, temporary = tmp_path / "large.txt", tmp_path / folder
    if folder != "gone":
        temporary.mkdir()
    path.write_text("mail kim@example.com\n" + f"{'words ' * 20}\n" * (ENOUGH // 100) + "mail lee@example.com\n")
    done = subprocess.run(
        [*COMMAND, "scan", "-j", "2", str(path)],
        capture_output=True,
        env=environment() | {"TMPDIR": str(temporary)},
        check=False,
    )
    *findings, _ = map(json.loads, done.stdout.splitlines())
    assert [finding["line"] for finding in findings] == [1, ENOUGH // 100 + 2]
    assert (done.returncode, done.stderr) == (1, b"")
