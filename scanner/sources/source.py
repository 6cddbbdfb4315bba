"""What a source of bytes is, and how its name is shown."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from scanner.model import Issue, Severity

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """One file, a member of a container, or stdin; without its stream small and picklable.

    `path`: the name to show, as given (`d/sub/file` for a member of the folder `d`), always valid Unicode.
    `raw`: the name's bytes when they are not valid UTF-8, else None.
    `location`: what to open, None for stdin. `compression`: gzip, bzip2, xz or zstd as its first bytes say, None
    for plain data; for stdin always None, because its bytes cannot be looked at twice. `head`: its first bytes.
    `stream`: its bytes, decompressed, where they can be read only once. `kind`: of a document that is not read as text.
    `transient`: `location` is gone when the next source is asked for.
    """

    path: str
    raw: bytes | None
    location: str | None
    compression: str | None
    head: bytes = b""
    kind: str | None = None
    transient: bool = False
    stream: Stream | None = field(default=None, compare=False)

    @property
    def size(self) -> int | None:
        """Bytes of the file; None for stdin, and for one that has gone since it was found: opening it is the issue."""
        try:
            return Path(self.location).stat().st_size if self.location is not None else None
        except OSError:
            return None


class Stream(Protocol):
    """Raw bytes, read once from front to back; reading never raises `OSError`, see `issues`."""

    issues: list[Issue]

    def read(self, n: int, /) -> bytes:
        """Return 1 to `n` bytes, or b"" at the end; what went wrong before the end is then in `issues`."""
        ...

    def close(self) -> None:
        """Close the file beneath; stdin stays open."""
        ...


def display(name: str) -> tuple[str, bytes | None]:
    r"""Return the name to show, bytes that are not UTF-8 as \xff, and its raw bytes if there were any."""
    raw = os.fsencode(name)
    try:
        return raw.decode(), None
    except UnicodeDecodeError:
        return raw.decode("utf-8", "backslashreplace"), raw


def failure(error: OSError, name: str, severity: Severity = "error") -> Issue:
    """Turn a failed system call on `name` into an issue: not_found, loop or unreadable."""
    kinds = {errno.ENOENT: "not_found", errno.ENOTDIR: "not_found", errno.ELOOP: "loop"}
    reason = error.strerror or type(error).__name__
    return Issue(kinds.get(error.errno or 0, "unreadable"), reason, display(name)[0], severity)
