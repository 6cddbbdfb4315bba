"""Where results go: stdout, or a file that is none of those that are scanned."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from scanner.errors import UsageError
from scanner.model import Issue
from scanner.sources import Source


def refuse_input(output: str | None, paths: Sequence[str]) -> None:
    """Raise `UsageError` where the findings would overwrite what is to be scanned."""
    for path in paths if output is not None else ():
        with suppress(OSError):
            if _is_file(str(output), os.fstat(0) if path == "-" else Path(path).stat()):
                raise UsageError(f"{output} is to be scanned: write the result to another file")


def refuse_inside(path: str, paths: Sequence[str]) -> None:
    """Raise `UsageError` where a file could not be written, or would lie in a folder that is to be scanned."""
    if Path(path).exists() and not Path(path).is_file():
        raise UsageError(f"cannot write {path}: it is no file that could be replaced")
    folder = Path(path).absolute().parent.resolve()
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(f"cannot write {path}: its folder is missing or not writable")
    for each in paths:
        if each != "-" and Path(each).is_dir() and folder.is_relative_to(Path(each).resolve()):
            raise UsageError(f"{path} lies in {each}, which is to be scanned: put it elsewhere")


def but_output(sources: Iterable[Source | Issue], out: BinaryIO) -> Iterator[Source | Issue]:
    """Leave out the file that the findings are written to: scanning it would find them again, without end."""
    try:
        mine = os.fstat(out.fileno())
    except (OSError, ValueError):  # not a file
        yield from sources
        return
    for source in sources:
        if isinstance(source, Source) and source.location is not None and _is_file(source.location, mine):
            yield Issue("output", "is where the findings go; skipped", source.path, "warning")
        else:
            yield source


def but_file(sources: Iterable[Source | Issue], path: str) -> Iterator[Source | Issue]:
    """Leave out a file of ours, if it is among them."""
    try:
        mine = Path(path).stat()
    except OSError:  # it is yet to be written
        yield from sources
        return
    for source in sources:
        if isinstance(source, Issue) or source.location is None or not _is_file(source.location, mine):
            yield source


def _is_file(path: str, file: os.stat_result) -> bool:
    """Whether a path leads to a regular file."""
    try:
        return stat.S_ISREG(file.st_mode) and os.path.samestat(Path(path).stat(), file)
    except OSError:
        return False


def put(out: BinaryIO, data: Iterable[bytes]) -> None:
    """Write pieces one by one, and flush. Raises `UsageError` when it cannot be written."""
    try:
        out.writelines(data)
        out.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"cannot write the findings: {error.strerror}; some are missing") from error


def put_whole(out: BinaryIO, data: bytes) -> None:
    """Write all that a file is to hold, in place of what it held. Raises `UsageError` as `put` does."""
    if out is not getattr(sys.stdout, "buffer", None):
        with suppress(OSError):  # a device or a pipe holds nothing
            out.truncate(0)
    put(out, [data])


@contextmanager
def opened(path: str | None, *, emptied: bool = True) -> Iterator[BinaryIO]:
    """A file to write to, or stdout; a file that is not `emptied` is so by `put_whole`. Raises `UsageError`."""
    if path is None and sys.stdout is None:
        raise UsageError("stdout is closed: give -o FILE")
    if path is None:
        yield sys.stdout.buffer
        return
    try:
        file = Path(path).open("wb" if emptied else "ab")  # noqa: SIM115 - closed below
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
    try:
        yield file
    except KeyboardInterrupt:
        partly = emptied and Path(path).is_file()
        raise KeyboardInterrupt(*([f"{path} is incomplete"] if partly else [])) from None
    finally:
        with suppress(OSError):  # what cannot be flushed was told when it was put
            file.close()
