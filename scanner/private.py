"""Files that are written whole or not at all, and that only their owner reads unless told otherwise."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)


def part_of(path: str) -> Path:
    """Where a file is while it is written."""
    return Path(f"{path}.part")


def write_private(path: str, data: bytes, mode: int = 0o600) -> None:
    """Write a file; one that was there is replaced once all is written. Raises `OSError`.

    Only its owner reads it, unless `mode`, less the umask, lets others.
    It is written as `part_of` it, so that what a killed run leaves is found and replaced by the next one.
    """
    part = part_of(path)
    part.unlink(missing_ok=True)
    try:
        with open(os.open(part, _NEW, mode), "wb") as file:  # noqa: PTH123 - with these flags
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
