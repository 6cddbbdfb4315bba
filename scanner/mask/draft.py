"""The file that is written beside another, and takes its place once it is whole."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

import zstandard

from scanner.errors import UsageError

STDOUT = "-"
_PRIVATE = 0o600
_PACKERS: dict[str, Callable[[BinaryIO], Any]] = {
    ".gz": lambda file: gzip.GzipFile("", "wb", fileobj=file, mtime=0),
    ".bz2": lambda file: bz2.BZ2File(file, "wb"),
    ".xz": lambda file: lzma.LZMAFile(file, "wb"),  # noqa: SIM115 - closed where it is used
    ".zst": lambda file: zstandard.ZstdCompressor().stream_writer(file, closefd=False),
}


def refuse(source: str, out: str, *, force: bool) -> None:
    """Raise `UsageError` where `out` is the input, is there already and not to be replaced, or cannot be written."""
    if out == STDOUT:
        return
    with _told(out):
        _refuse(source, out, Path(out), force=force)


def _refuse(source: str, out: str, path: Path, *, force: bool) -> None:
    with suppress(OSError):
        if os.path.samestat(os.fstat(0) if source == "-" else Path(source).stat(), path.stat()):
            raise UsageError(f"{out} is the input: give another file to write to")
    if path.is_symlink():
        raise UsageError(f"{out} is a link: name the file that it leads to")
    if path.exists() and not path.is_file():
        raise UsageError(f"{out} is no file: give the name of a file to write")
    if path.exists() and not force:
        raise UsageError(f"{out} exists: give another name, or --force to replace it")
    if not os.access(path.absolute().parent, os.W_OK | os.X_OK):
        raise UsageError(f"cannot write {out}: its folder is missing or not writable")


class Drafts:
    """Files beside `out`, readable by their owner only; all that are left are removed with the `with` block."""

    def __init__(self, out: str) -> None:
        """For stdout they lie in the temporary folder."""
        self._out, self._made = out, list[Path]()

    def __enter__(self) -> Drafts:
        """Nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove what was not published."""
        for path in self._made:
            with suppress(OSError):
                path.unlink(missing_ok=True)

    @contextmanager
    def new(self) -> Iterator[tuple[Path, BinaryIO]]:
        """A draft and what to write to, compressed as the name of `out` says. Raises `UsageError` when it is full."""
        with _told(self._out):
            descriptor, path = self._open()
            with open(descriptor, "wb") as file:  # noqa: PTH123 - of a descriptor
                pack = _PACKERS.get(Path(self._out).suffix.lower())
                if pack is None:
                    yield path, file
                else:
                    with pack(file) as packed:
                        yield path, packed
                file.flush()
                os.fsync(file.fileno())

    def _open(self) -> tuple[int, Path]:
        to_file = self._out != STDOUT
        folder = Path(self._out).absolute().parent if to_file else None
        descriptor, made = tempfile.mkstemp(".part", ".leakgauge-" if to_file else "leakgauge-", folder)
        self._made.append(Path(made))
        return descriptor, Path(made)

    def publish(self, draft: Path, mode: int, *, force: bool) -> None:
        """Make a draft the output, with the permissions `mode`. Raises `UsageError`; `OSError` for stdout."""
        if self._out == STDOUT:
            with draft.open("rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer, 1 << 20)
            sys.stdout.buffer.flush()
            return
        with _told(self._out):
            draft.chmod(mode)
            if force:
                draft.replace(self._out)
            else:
                _link(draft, Path(self._out))


def permissions(source: str) -> int:
    """Those of the input, never more; of stdin the owner's only."""
    return _PRIVATE if source == "-" else stat.S_IMODE(Path(source).stat().st_mode) & 0o666


def _link(draft: Path, out: Path) -> None:
    """Give a draft its name, unless a file of that name has come meanwhile."""
    try:
        out.hardlink_to(draft)
    except FileExistsError:
        raise UsageError(f"{out} exists: give another name, or --force to replace it") from None
    except OSError:  # a file system without links
        if out.exists():
            raise
        draft.replace(out)


@contextmanager
def _told(out: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(f"cannot write {out}: {error.strerror or type(error).__name__}") from error
