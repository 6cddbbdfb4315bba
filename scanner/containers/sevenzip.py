"""Members of a 7z archive, by libarchive, which comes with the extra `leakgauge[7z]`."""

from __future__ import annotations

import importlib.util
import locale
import stat
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from typing import Any

from scanner.containers.member import Member, UnreadableError
from scanner.containers.names import decoded
from scanner.model import Issue

_CHUNK = 1 << 16  # bytes asked for at once: where the library warns, it gives none of them


def available() -> bool:
    """Whether the extra is installed."""
    return importlib.util.find_spec("archi") is not None


def members(location: str, path: str) -> Iterator[Member | Issue]:
    """The files in the archive at `location`, which is shown as `path`, each to be read before the next.

    Issues: encrypted, unsupported, corrupt, link.
    """
    import archi

    _set_locale()
    try:
        entries = iter(archi.Archive(location))  # of an open file it would read all into memory
        while (item := _next(entries)) is not None:
            entry, name = item
            if stat.S_ISLNK(entry.mode):
                yield Issue("link", "links in the archive were not followed", path, "warning")
            elif not stat.S_ISDIR(entry.mode):
                yield Member(name, entry.size, _reader(entry, archi.Error), lambda: None)
    except (archi.Error, AssertionError) as error:
        kind, message = _reason(error)
        yield Issue(kind, f"{message}; the rest of the 7z archive was not read", path)


def _set_locale() -> None:
    """Make libarchive give names in UTF-8, also where the user's locale is C."""
    if locale.nl_langinfo(locale.CODESET) != "UTF-8":
        with suppress(locale.Error):
            locale.setlocale(locale.LC_CTYPE, "C.UTF-8")


def _next(entries: Iterator[Any]) -> tuple[Any, str] | None:
    """The next entry and its name, which the library crashes over when it cannot be converted: it warns of that."""
    with _warnings() as warned:
        entry = next(entries, None)
    if entry is None:
        return None
    return entry, "?" if warned else decoded(entry.filename)


def _reader(entry: Any, failure: type[Exception]) -> Callable[[int], bytes]:
    def read(n: int) -> bytes:
        try:
            with _warnings() as warned:
                data = bytes(entry.read(min(n, _CHUNK)))
        except (failure, AssertionError) as error:
            raise UnreadableError(*_reason(error)) from None
        if warned:
            raise UnreadableError("corrupt", "the checksum is wrong, so that what was read may be, too")
        return data

    return read


def _warnings() -> AbstractContextManager[list[warnings.WarningMessage]]:
    """A list of what the library warns of: names without a code, wrong checksums."""
    return warnings.catch_warnings(record=True, action="always")


def _reason(error: Exception) -> tuple[str, str]:
    """Kind and message, by the words of libarchive's reader of 7z."""
    text = str(error).lower()
    if "encrypt" in text:
        return "encrypted", "encrypted"
    if "unsupported" in text or "not supported" in text:
        return "unsupported", "compression method is not supported"
    return "corrupt", "damaged"
