"""Where worker processes come from."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import COMMAND, environment

from scanner import forks
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


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds threads by /proc")
def test_what_workers_are_forked_from_has_no_threads_at_work(tmp_path: Path) -> None:
    """What is imported starts only threads of allocators, and the one with which polars cleans up what it spilled."""
    names = "print(*{task.joinpath('comm').read_text().strip() for task in Path('/proc/self/task').iterdir()})"
    code = f"from pathlib import Path; import {', '.join(forks.SHARED)}; {names}"
    with forks.environment():
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, env=environment(), text=True, check=True
        )
    assert not set(done.stdout.split()) - {"jemalloc_bg_thd", "polars-ooc-clea", *main_thread()}


def main_thread() -> set[str]:
    """What the first thread is called: the program."""
    return {Path(sys.executable).resolve().name[:15], Path(sys.executable).name[:15]}


def test_nothing_in_the_current_folder_is_imported(tmp_path: Path) -> None:
    """A module that lies beside the data, called as one of ours or theirs, is not run by workers."""
    folder = tmp_path / "leak"
    folder.mkdir()
    for name in ("regex", "scanner", "polars", "multiprocessing"):
        (folder / f"{name}.py").write_text("raise SystemExit('run')\n")
    (tmp_path / "large.txt").write_text("mail kim@example.com\n" + f"{'words ' * 20}\n" * (ENOUGH // 100))
    command = [str(Path(sys.executable).with_name("leakgauge")), "scan", "-j", "2", "../large.txt"]
    done = subprocess.run(command, capture_output=True, cwd=folder, env=environment(), check=False)
    assert (done.returncode, done.stderr, len(done.stdout.splitlines())) == (1, b"", 2)
