"""Globs in the syntax of gitignore that leave files out (https://git-scm.com/docs/gitignore, "PATTERN FORMAT").

The `ignore` package matches such globs only against what its own walk meets, never against a file that was named
on the command line, and both need one answer here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from scanner.errors import UsageError
from scanner.globs import gitignore
from scanner.paths import seen


@dataclass(frozen=True, slots=True)
class _Glob:
    regex: re.Pattern[str]
    keeps: bool  # written with a leading "!": takes back an earlier exclusion
    folders_only: bool

    @classmethod
    def parse(cls, glob: str) -> Self:
        keeps, body = glob.startswith("!"), glob.removeprefix("!")
        folders_only, body = body.endswith("/"), body.rstrip("/")
        return cls(gitignore(body), keeps, folders_only)


class Exclude:
    """The globs of one run; a path is left out when the last glob that fits it, or a folder above it, says so.

    A glob with a slash at its start or middle is anchored at `root`, or without it at the current folder (for an
    absolute path at the file system's root).
    """

    def __init__(self, globs: Sequence[str], root: str = "") -> None:
        """Compile the globs; raises UsageError for one that is empty or malformed."""
        self._root = root
        self._globs = [self._parse(glob) for glob in globs]

    @staticmethod
    def _parse(glob: str) -> _Glob:
        try:
            if glob.strip("!/ "):
                return _Glob.parse(glob)
        except re.error as error:
            raise UsageError(f"{glob!r} is not a valid glob: {error}") from None
        raise UsageError("a glob must not be empty")

    def hits(self, path: str, is_folder: bool) -> bool:
        """Say whether `path` itself is left out; the folders above it are not looked at."""
        return self._hits(self._name(path), is_folder)

    def _hits(self, name: str, is_folder: bool) -> bool:
        verdicts = (
            not g.keeps for g in reversed(self._globs) if (is_folder or not g.folders_only) and g.regex.fullmatch(name)
        )
        return next(verdicts, False)

    def hits_any_part(self, path: str, is_folder: bool) -> bool:
        """Say whether `path` or any folder on the way to it is left out."""
        return bool(self._globs) and self._hits_part(self._name(path), is_folder)

    def hits_member(self, name: str) -> bool:
        """Say whether what has this name in an archive is left out; `..` in such a name leads nowhere."""
        return bool(self._globs) and self._hits_part("/".join(p for p in name.split("/") if p not in ("", ".")), False)

    def _hits_part(self, name: str, is_folder: bool) -> bool:
        parts = name.split("/")
        above = ("/".join(parts[:i]) for i in range(1, len(parts)))
        return self._hits(name, is_folder) or any(self._hits(part, True) for part in above)

    def _name(self, path: str) -> str:
        """A path as the globs see it."""
        return seen(path, self._root).lstrip("/")
