"""A private temporary folder for what must be read at any place but comes as a stream."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scanner.model import Issue
from scanner.sources import Stream

_CHUNK = 1 << 20


class Spool:
    """Files that live until their `with` block ends; the folder, readable by this user only, until that of the spool.

    Names are ours: nothing of an archive decides where something is written.
    """

    def __init__(self) -> None:
        """Nothing is made before it is needed."""
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._count = 0

    def __enter__(self) -> Spool:
        """Nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the folder."""
        if self._folder is not None:
            with suppress(OSError):
                self._folder.cleanup()

    @contextmanager
    def file(self, stream: Stream, path: str) -> Iterator[str | Issue]:
        """The path of a file with all bytes of `stream`, or the issue that it could not be written."""
        name: Path | None = None
        try:
            name = self._new()
            _copy(stream, name)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            message = f"cannot be unpacked into the temporary folder: {reason}; TMPDIR names another"
            result: str | Issue = Issue("unreadable", message, path)
        else:
            result = str(name)
        try:
            yield result
        finally:
            if name is not None:
                name.unlink(missing_ok=True)

    def _new(self) -> Path:
        if self._folder is None:
            chosen = os.environ.get("TMPDIR")  # which tempfile passes over where it cannot be used
            self._folder = tempfile.TemporaryDirectory(prefix="leakgauge-", dir=chosen or None)
        self._count += 1
        return Path(self._folder.name) / str(self._count)


def _copy(stream: Stream, name: Path) -> None:
    with name.open("xb") as file:
        while data := stream.read(_CHUNK):
            file.write(data)
