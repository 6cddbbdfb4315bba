"""Files that only their owner reads."""

from __future__ import annotations

import contextlib
import os


def write_private(path: str, data: bytes) -> None:
    """Replace a file by one that only its owner reads, at once. Raises `OSError`."""
    beside = f"{path}.{os.getpid()}.tmp"
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:  # noqa: PTH123
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)  # noqa: PTH105
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(beside)  # noqa: PTH108
        raise
