"""Finds and reads the file that holds the settings."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from scanner.errors import ConfigError

OWN, SHARED = "leakgauge.toml", "pyproject.toml"
_SECTION = ("tool", "leakgauge")
_LARGEST = 1 << 20  # bytes
_HEADER = re.compile(r"""\s*\[(\[?)([^\[\]]+)\]""")
_KEY = re.compile(r"""\s*([A-Za-z0-9_."'-]+)\s*=""")

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class File:
    """The settings of a file: its `path` as shown, and whether it was `found`, not named by the user.

    `lines`: where keys stand, by their path, such as ("scan", "format") or ("allow", 0).
    """

    path: str
    data: dict[str, Any]
    found: bool
    lines: dict[Place, int] = field(default_factory=dict, repr=False)

    @property
    def root(self) -> str:
        """The folder that paths in it are relative to, absolute."""
        return os.path.realpath(Path(self.path).parent)

    def place(self, *key: str | int) -> str:
        """File and line of a key, or of the table that holds it."""
        line = next((self.lines[key[:size]] for size in range(len(key), 0, -1) if key[:size] in self.lines), None)
        return self.path if line is None else f"{self.path}:{line}"

    def fail(self, message: str, *key: str | int) -> NoReturn:
        """Raise `ConfigError` with the place of a key."""
        raise ConfigError(f"{self.place(*key)}: {message}")


def find(paths: Sequence[str]) -> File | None:
    """The settings nearest to `paths`: in the folder that holds them all, or above it.

    The search ends at the top of a git checkout and of the file system. Stdin, `-`, stands in the current folder.
    """
    for folder in _upwards(paths):
        for name in (OWN, SHARED):
            path = folder / name
            if _there(path.is_file) and (file := read(_shown(path), found=True)) is not None:
                return file
        if _there((folder / ".git").exists):
            return None
    return None


def read(path: str, *, found: bool = False) -> File | None:
    """The settings of a file; None for a pyproject.toml that has none and was `found`. Raises `ConfigError`."""
    raw, shared = _bytes(path), Path(path).name == SHARED
    if shared and found and b"leakgauge" not in raw:
        return None
    if len(raw) > _LARGEST:
        raise ConfigError(f"{path}: larger than {_LARGEST >> 20} MiB, which is no file of settings")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        data = tomllib.loads(text)
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not valid TOML: not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
    for key in _SECTION if shared else ():
        if not isinstance(data.get(key), dict):
            if found:
                return None
            raise ConfigError(f"{path}: has no [tool.leakgauge]")
        data = data[key]
    return File(path, data, found, _lines(text, _SECTION if shared else ()))


def _upwards(paths: Sequence[str]) -> list[Path]:
    folders = []
    for path in paths or ["-"]:
        real = Path(os.path.realpath("." if path == "-" else path))
        folders.append(str(real if real.is_dir() else real.parent))
    try:
        common = Path(os.path.commonpath(folders))
    except ValueError:  # on several drives
        return []
    return [common, *common.parents]


def _shown(path: Path) -> str:
    """A path from here, if it is not far."""
    try:
        near = os.path.relpath(path)
    except ValueError:
        return str(path)
    return near if len(near) < len(str(path)) else str(path)


def _there(look: Callable[[], bool]) -> bool:
    """Whether there is something, as far as one may see."""
    try:
        return look()
    except OSError:
        return False


def _bytes(path: str) -> bytes:
    """What a file begins with, one byte more than may be read."""
    try:
        with Path(path).open("rb") as file:
            return file.read(_LARGEST + 1)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None


def _lines(text: str, section: Place) -> dict[Place, int]:
    """Where each key stands first, as `tomllib` does not tell; text that looks like a key counts too."""
    lines: dict[Place, int] = {}
    table: Place = ()
    counts: dict[Place, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            table = _parts(header[2])
            if header[1]:
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            name = table
        elif key := _KEY.match(line):
            name = (*table, *_parts(key[1]))
        else:
            continue
        if name[: len(section)] == section:
            lines.setdefault(name[len(section) :], number)
    return lines


def _parts(dotted: str) -> Place:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
