"""Files that only their owner reads."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def write_private(path: str, data: bytes) -> None:
    """Write a file that only its owner reads; one that was there is replaced once all is written. Raises `OSError`."""
    descriptor, name = tempfile.mkstemp(prefix=".leakgauge-", dir=Path(path).absolute().parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
