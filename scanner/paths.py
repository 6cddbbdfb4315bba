"""Paths as globs, allowlists and baselines see them."""

from __future__ import annotations

import os
import re

_MEMBER = re.compile(
    r"(?<=[^/])!"
)  # what is in an archive is `dump.zip!dir/a.csv`; no archive's name ends with a slash


def seen(path: str, folder: str = "") -> str:
    """A path as findings have it, as it is seen from `folder`, or from the current one, with `/`.

    What is in an archive chose its own name, so `..` in that leads nowhere: it stays as it is.
    """
    member = _MEMBER.search(path)
    at = member.start() if member else len(path)
    file = os.path.relpath(path[:at], folder) if folder else os.path.normpath(path[:at])
    return file.replace(os.sep, "/") + path[at:]


def containers(path: str) -> list[str]:
    """The paths of which one is the outermost file that `path` leads to: what stands before each `!`, and all of it."""
    return [*(path[: each.start()] for each in _MEMBER.finditer(path)), path]
