"""Members of a 7z archive, by libarchive, which comes with the extra `leakgauge[7z]`."""

from __future__ import annotations

import importlib.util
import stat
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from scanner.containers.member import Member
from scanner.model import Issue


def available() -> bool:
    """Whether the extra is installed."""
    return importlib.util.find_spec("archi") is not None


def members(file: BinaryIO, path: str) -> Iterator[Member | Issue]:
    """The files in an archive, each to be read before the next. Issues: encrypted, corrupt, link."""
    import archi

    try:
        for entry in archi.Archive(file):
            if stat.S_ISLNK(entry.mode):
                yield Issue("link", "links in the archive were not followed", path, "warning")
            elif not stat.S_ISDIR(entry.mode):
                yield Member(entry.filename, entry.size, _reader(entry, archi.Error), lambda: None)
    except archi.Error as error:
        yield _issue(error, path)


def _reader(entry: Any, failure: type[Exception]) -> Callable[[int], bytes]:
    def read(n: int) -> bytes:
        try:
            return bytes(entry.read(n))
        except failure as error:
            raise ValueError(str(error)) from None

    return read


def _issue(error: Exception, path: str) -> Issue:
    if "encrypted" in str(error):
        return Issue("encrypted", "the 7z archive is encrypted; it was not read", path)
    return Issue("corrupt", "the 7z archive is damaged; the rest was not read", path)
