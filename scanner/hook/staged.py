"""What is staged: the blobs of git's index that differ from the last commit, as sources.

git is run, twice, as pre-commit itself does: it knows every format of the index and of packs, starts in milliseconds,
and needs no package. Hooks, monitors, filters, external diffs and fetches are off, so that it runs nothing else, and no
setting of the repository hides a file or puts another in its place. The folder is the one in which somebody is about to
commit, not one that is only read.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from scanner.errors import UsageError

_QUIET = ("--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never")
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "LC_ALL": "C",
}
_CHANGED = ("diff", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv",
            "--ignore-submodules=none", "--no-relative", "--diff-filter=ACMTU")  # fmt: skip
_SUBMODULE, _UNMERGED = "160000", "U"


class Blob(NamedTuple):
    """A staged file: its path from the current folder, and its object; None where it waits to be merged."""

    path: str
    id: str | None


def blobs(paths: Sequence[str]) -> list[Blob]:
    """The staged files, or those of them that `paths` name or hold; not submodules, which hold their own.

    A renamed file counts as new. Raises `UsageError` outside of a repository and where git is missing.
    """
    top = _git("rev-parse", "--show-toplevel").rstrip(b"\n")
    return list(_parsed(_git(*_CHANGED, "--", *paths), os.fsdecode(top)))


def _parsed(listed: bytes, top: str) -> Iterator[Blob]:
    """From pairs of `:mode mode id id status` and path, each before a NUL (git-diff, "RAW OUTPUT FORMAT")."""
    fields = iter(os.fsdecode(listed).split("\0"))
    here = Path.cwd().resolve()
    for told, name in zip(fields, fields, strict=False):
        _, mode, _, id, status = told.split(" ")
        if mode != _SUBMODULE or status == _UNMERGED:
            yield Blob(os.path.relpath(os.path.join(top, name), here), None if status == _UNMERGED else id)  # noqa: PTH118


def _git(*args: str) -> bytes:
    done = subprocess.run([_program(), *_QUIET, *args], capture_output=True, env=_environment())
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise UsageError(f"--staged needs a git repository: run it inside one, or name files without it; git: {said}")
    return done.stdout


def _program() -> str:
    """Never one in the current folder, where Windows would look first."""
    found = shutil.which("git")
    if found is None:
        raise UsageError("--staged needs git, which is not installed or not in PATH")
    return found


def _environment() -> dict[str, str]:
    return {**os.environ, **_ENVIRONMENT}


class Objects:
    """The contents of objects, one after another."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        """`process`: a `git cat-file --batch`."""
        assert process.stdin is not None
        assert process.stdout is not None
        self._ask: IO[bytes] = process.stdin
        self._answer: IO[bytes] = process.stdout

    def size(self, blob: Blob) -> int | None:
        """Ask for a blob: how many bytes `pieces` then gives, all of which must be read; None for one that is lost."""
        self._ask.write(f"{blob.id}\n".encode())
        self._ask.flush()
        told = self._answer.readline().split()
        return int(told[2]) if len(told) == 3 and told[1] == b"blob" else None

    def pieces(self, size: int) -> Iterator[bytes]:
        """The content of a blob of `size` bytes."""
        while size > 0:
            piece = self._answer.read(min(size, 1 << 20))
            if not piece:
                raise UsageError("git ended before all that is staged was read")
            size -= len(piece)
            yield piece
        self._answer.read(1)  # a line feed ends it


def copies(found: Sequence[Blob], folder: str) -> Iterator[tuple[str, str | None]]:
    """The name of each blob and a copy of it, made in pieces of a MiB; None where its content cannot be had."""
    with objects() as contents:
        for number, blob in enumerate(found):
            size = None if blob.id is None else contents.size(blob)
            if size is None:
                yield blob.path, None
                continue
            place = Path(folder) / str(number)
            with place.open("wb") as file:
                file.writelines(contents.pieces(size))
            yield blob.path, str(place)


@contextmanager
def objects() -> Iterator[Objects]:
    """Start what gives the contents of blobs."""
    command = [_program(), *_QUIET, "cat-file", "--batch"]
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, env=_environment(), stdin=pipe, stdout=pipe, stderr=nothing) as process:
        yield Objects(process)
