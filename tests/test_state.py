"""A run that was killed goes on where it was, and ends with the same counts."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from conftest import COMMAND, Run, environment

Leakgauge = Callable[..., Run]


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """A folder with many files, some of them packed, one that cannot be read to its end."""
    folder = tmp_path / "dump"
    folder.mkdir()
    for number in range(40):
        rows = (f"a{row % 999}@example.com,010-0000-{row % 9999:04},{row}\n" for row in range(number, number + 1500))
        text = "mail,phone,id\n" + "".join(rows)
        if number % 10:
            (folder / f"{number:02}.csv").write_text(text)
        else:
            (folder / f"{number:02}.csv.gz").write_bytes(gzip.compress(text.encode())[: -4 if number == 20 else None])
    (tmp_path / "key").write_text("a key")
    return folder


ARGUMENTS = ["size", "--format", "json", "--only", "EMAIL_ADDRESS", "--key-file", "key", "-j", "1", "dump"]


def workers(process: int) -> list[int]:
    """The processes that scan for another one: those that its child forks, as soon as there are any."""
    return [worker for child in children(process) for worker in children(child)]


def children(process: int) -> list[int]:
    """The children of a process."""
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def works(process: int) -> bool:
    """Whether this is a process that scans, and has not ended."""
    try:
        return b"forkserver" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


def killed(folder: Path, arguments: Sequence[str], moment: float) -> int:
    """Run until the state is written anew, and `moment` seconds more; kill it, wait for its workers. Its exit code."""
    state = folder / "state"
    before = state.stat().st_mtime_ns if state.exists() else 0
    process = subprocess.Popen(
        [*COMMAND, *arguments, "--state", "state"], cwd=folder, env=environment(), stdout=subprocess.DEVNULL
    )
    while process.poll() is None and (not state.exists() or state.stat().st_mtime_ns == before):
        time.sleep(0.001)
    time.sleep(moment)
    alive = process.poll() is None and Path("/proc/self/task").exists()
    left = [*children(process.pid), *workers(process.pid)] if alive else []
    process.kill()
    code = process.wait()
    deadline = time.monotonic() + 60
    while any(map(works, left)):
        assert time.monotonic() < deadline, "workers outlive their parent"
        time.sleep(0.01)
    return code


def test_a_run_that_is_killed_ends_with_the_same_counts(dump: Path, tmp_path: Path, leakgauge: Leakgauge) -> None:
    """Killed twenty times at random moments, it prints in the end what a run that was let alone prints."""
    rng, kills = random.Random(1), 0
    expected = leakgauge(*ARGUMENTS)
    while kills < 20:
        if killed(tmp_path, ARGUMENTS, rng.random() / 20) != -signal.SIGKILL:
            (tmp_path / "state").unlink()  # it was done before; begin anew
            continue
        kills += 1
        done = json.loads((tmp_path / "state").read_bytes())["done"]
        if kills % 10 == 0:
            found = leakgauge(*ARGUMENTS, "--state", "state")
            assert (found.code, json.loads(found.out)) == (expected.code, json.loads(expected.out)), done
            (tmp_path / "state").unlink()


@pytest.fixture
def big(tmp_path: Path) -> list[str]:
    """A file that is worth two processes, and what sizes it."""
    rows = (f"a{row}@example.com,{'x' * 90},{row}\n" for row in range(400_000))
    (tmp_path / "big.csv").write_text("mail,memo,id\n" + "".join(rows))
    (tmp_path / "key").write_text("a key")
    return ["size", "--format", "json", "--only", "EMAIL_ADDRESS", "--key-file", "key", "-j", "2", "big.csv"]


def test_a_killed_run_of_two_processes(big: list[str], tmp_path: Path, leakgauge: Leakgauge) -> None:
    """Killed at random moments while others read for it, it leaves none of them, and ends with the same counts."""
    rng, expected = random.Random(1), leakgauge(*big)
    kills = sum(killed(tmp_path, big, rng.random() / 2) == -signal.SIGKILL for _ in range(4))
    found = leakgauge(*big, "--state", "state")
    assert kills
    assert (found.code, json.loads(found.out)) == (expected.code, json.loads(expected.out))


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds processes by /proc")
def test_what_a_dead_worker_had_is_read_again(big: list[str], tmp_path: Path, leakgauge: Leakgauge) -> None:
    """When a worker is killed the run says so, and the next one with its state reads what is missing."""
    command = [*COMMAND, *big, "--state", "state"]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE)
    while process.poll() is None and not (tmp_path / "state").exists():
        time.sleep(0.01)
    os.kill(workers(process.pid)[0], signal.SIGKILL)
    broken = json.loads(process.communicate()[0])
    assert broken["records"] < 400_000
    assert [issue["kind"] for issue in broken["coverage"]["issues"]] == ["worker"]
    found, expected = leakgauge(*big, "--state", "state"), leakgauge(*big)
    assert found.code == 1, found.err
    assert json.loads(found.out) == json.loads(expected.out)
    assert json.loads(found.out)["records"] == 400_000


def test_what_is_done_is_not_read_again(dump: Path, tmp_path: Path, leakgauge: Leakgauge) -> None:
    """With the state of a whole run the same counts are printed at once; only its owner can read that file."""
    first = leakgauge(*ARGUMENTS, "--state", "state")
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o600
    assert not re.search(rb"[0-9]@", (tmp_path / "state").read_bytes())
    again = leakgauge(*ARGUMENTS, "--state", "state")
    assert again.out == first.out
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["size", "--state", "state", "dump"], "--key-file"),
        (["size", "--key-file", "key", "--state", "state", "dump"], "another key"),
        (["size", "--key-file", "key", "--state", "key", "dump"], "no state"),
        (["size", "--key-file", "key", "--state", "none/state", "dump"], "cannot write"),
        (["size", "--key-file", "key", "--state", "state2", "-"], "pipe"),
    ],
)
def test_a_state_that_does_not_fit(
    dump: Path, tmp_path: Path, leakgauge: Leakgauge, arguments: list[str], message: str
) -> None:
    """Without a key, of another run, damaged, in no folder, or of a pipe: exit code 2 and a message."""
    leakgauge(*ARGUMENTS, "--state", "state")
    run = leakgauge(*arguments, stdin=b"x")
    assert run.code == 2
    assert message in run.err


def test_a_file_that_has_changed(dump: Path, tmp_path: Path, leakgauge: Leakgauge) -> None:
    """When a file is no longer the same the run does not go on, says which it is, and spares its last result."""
    leakgauge(*ARGUMENTS, "--state", "state", "-o", "out.json")
    before = (tmp_path / "out.json").read_bytes()
    again = leakgauge(*ARGUMENTS, "--state", "state", "-o", "out.json")
    assert (again.code, (tmp_path / "out.json").read_bytes()) == (1, before)
    (dump / "01.csv").write_text("changed")
    run = leakgauge(*ARGUMENTS, "--state", "state", "-o", "out.json")
    assert run.code == 2
    assert "01.csv has changed" in run.err
    assert (tmp_path / "out.json").read_bytes() == before
