"""Worker processes: how long they live, and what they do."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

from scanner.config import ScanConfig
from scanner.counts import Measuring
from scanner.forms.lines import Render
from scanner.pool import Runner
from scanner.sources import find
from scanner.workers import Task

SPLITS = 3


def large(folder: Path) -> str:
    """A CSV of several splits."""
    path, row = folder / "a.csv", "1,010-0000-1234," + "x" * 1000 + "\n"
    path.write_text("id,phone,memo\n" + row * (SPLITS * (8 << 20) // len(row)))
    return str(path)


def pids(runner: Runner, path: str, task: Task | None = None) -> tuple[set[int | None], int, bytes]:
    """The processes during a run with a task, how much was found, and the first that was made."""
    outputs = list(runner.run(find([path]), task=task))
    made = [bytes(piece) for output in outputs for piece in output.made]
    running = {process.pid for process in multiprocessing.active_children()}
    return running, sum(output.summary.findings for output in outputs), made[0][:8]


def test_workers_serve_all_runs_of_a_block_and_end_with_it(tmp_path: Path) -> None:
    """Two runs with different tasks have the same processes; after the block there are none."""
    path, before = large(tmp_path), {process.pid for process in multiprocessing.active_children()}
    with Runner(ScanConfig(only=("PHONE_NUMBER",), jobs=2), Render("jsonl")) as runner:
        first, count, made = pids(runner, path)
        second, again, other = pids(runner, path, Measuring())
    assert len(first - before) == 2
    assert first == second
    assert count == again > 1000
    assert made.startswith(b'{"type"')
    assert other != made
    assert {process.pid for process in multiprocessing.active_children()} == before


def test_workers_end_with_a_run_outside_of_a_block(tmp_path: Path) -> None:
    """A run that stands alone leaves no processes, also after another one."""
    path = large(tmp_path)
    runner = Runner(ScanConfig(only=("PHONE_NUMBER",), jobs=2), Render("text"))
    before = {process.pid for process in multiprocessing.active_children()}
    for _ in range(2):
        assert pids(runner, path)[0] == before
