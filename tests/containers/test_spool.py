"""The private temporary folder: what is in it, and that nothing is left of it, however a run ends."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import COMMAND, Run, environment
from unpacked import tarred, zipped

from scanner.containers import expand
from scanner.containers.spool import Spool
from scanner.model import Issue
from scanner.plan import Data
from scanner.sources import find

Leakgauge = Callable[..., Run]
ROWS = "phone,memo\n" + "".join(f"010-0000-{n:04d},memo {n}\n" for n in range(3000))
NESTED = tarred({"inner.zip": zipped({"a.csv": ROWS.encode()})})


@pytest.fixture
def places(tmp_path: Path) -> dict[str, str]:
    """The environment of a child whose home and temporary folder are empty and its own."""
    for name in ("home", "tmp", "work"):
        (tmp_path / name).mkdir()
    return environment(HOME=str(tmp_path / "home"), TMPDIR=str(tmp_path / "tmp"))


def listing(folder: Path) -> set[str]:
    """All that is below a folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_the_folder_is_private_and_goes() -> None:
    """Its mode is 0700; a file goes with its block, the folder with that of the spool."""
    with Spool() as spool:
        with spool.file(Data(b"abc"), "a.zip!b.zip") as path:
            assert isinstance(path, str)
            file = Path(path)
            assert file.read_bytes() == b"abc"
            assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        assert not file.exists()
        with pytest.raises(ZeroDivisionError), spool.file(Data(b"abc"), "x") as path:
            raise ZeroDivisionError
        assert file.parent.exists()
        assert list(file.parent.iterdir()) == []
    assert not file.parent.exists()


def test_nothing_is_made_before_it_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What can be streamed is."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "a.tar").write_bytes(tarred({"a": b"1"}))
    for _ in expand(find([str(tmp_path / "a.tar")])):
        assert listing(tmp_path) == {"a.tar"}


def test_a_full_disk_is_an_issue_that_names_tmpdir(tmp_path: Path) -> None:
    """And nothing is left."""
    with Spool() as spool:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
        try:
            with spool.file(Data(bytes(3_000_000)), "a.tar!b.zip") as issue:
                assert isinstance(issue, Issue)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (issue.kind, issue.severity, issue.path) == ("unreadable", "error", "a.tar!b.zip")
    assert "TMPDIR" in issue.message


def test_a_temporary_folder_that_is_not_there_is_an_issue(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """On the command line, too: what needs no folder is scanned."""
    (tmp_path / "a.tar").write_bytes(tarred({"x.zip": zipped({"a.csv": b"1"}), "b.txt": b"tel 010-1234-5678"}))
    run = leakgauge("scan", "a.tar", prefix=["sh", "-c", 'ulimit -f 0; exec "$@" | cat', "sh"])
    assert run.kinds == ["unreadable"]
    assert "TMPDIR" in run.issues[0]["message"]
    assert len(run.findings) == 1


def test_an_exception_of_the_consumer_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does one who stops asking."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "a.tar").write_bytes(NESTED)

    def consume() -> None:
        for _ in expand(find([str(tmp_path / "a.tar")])):
            assert len(listing(tmp_path)) == 3
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        consume()
    assert listing(tmp_path) == {"a.tar"}


def test_a_run_writes_nowhere_else_and_leaves_nothing(places: dict[str, str], tmp_path: Path) -> None:
    """Not beside the archive, not in the home folder, whatever the names of members say."""
    names = ["../out.csv", "/abs.csv", "a/../../up.csv", "C:\\x.csv", "inner/../../i.zip"]
    members = dict.fromkeys(names, b"010-1234-5678") | {"n.tar": NESTED}
    (tmp_path / "work" / "a.zip").write_bytes(zipped({"b.zip": zipped(members)}))
    (tmp_path / "work" / "b.tar").write_bytes(tarred(members))
    before = listing(tmp_path), set(os.listdir("/"))  # noqa: PTH208
    done = subprocess.run([*COMMAND, "scan", "."], cwd=tmp_path / "work", env=places, capture_output=True, timeout=120)
    assert done.returncode == 1
    assert (listing(tmp_path), set(os.listdir("/"))) == before  # noqa: PTH208


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    """An archive in an archive that takes seconds to scan."""
    path = tmp_path / "slow.tar"
    path.write_bytes(tarred({"inner.zip": zipped({"a.csv": ROWS.encode() * 100})}))
    return path


def started(places: dict[str, str], path: Path, jobs: int) -> subprocess.Popen[bytes]:
    """A scan that has begun to write."""
    command = [*COMMAND, "scan", "-j", str(jobs), str(path)]
    process = subprocess.Popen(command, env=places, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b'{"type":"finding"')
    return process


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 130), (None, 141)])
def test_an_interrupt_leaves_nothing(places: dict[str, str], slow: Path, number: int | None, code: int) -> None:
    """Neither do a signal to end, and a reader that closes the pipe."""
    process = started(places, slow, 1)
    folder = Path(places["TMPDIR"])
    assert any(name.startswith("leakgauge-") for name in listing(folder))
    if number is not None:
        process.send_signal(number)
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait(60) in (code, 141)
    assert listing(folder) == set()
