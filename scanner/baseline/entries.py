"""What a baseline holds: places, and how often which tag is accepted there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

from scanner import paths
from scanner.baseline.hashing import Hashing

STDIN: Final = "-"
ACCEPTED: Final = "accepted"
REJECTED: Final = "rejected"
Verdict: TypeAlias = Literal["accepted", "rejected"]


class Place(NamedTuple):
    """Where values are accepted: a path as seen from the baseline's folder, a field, an entity type."""

    path: str
    field: str | None
    entity_type: str

    @property
    def order(self) -> tuple[str, bool, str, str]:
        """By which places are sorted."""
        return self.path, self.field is not None, self.field or "", self.entity_type


@dataclass(frozen=True, slots=True)
class Entry:
    """So many copies of one value at one place; `verdict` is None until a person has looked at it."""

    place: Place
    tag: str
    count: int
    verdict: Verdict | None = None

    @property
    def key(self) -> tuple[Place, str]:
        """What tells an entry from others."""
        return self.place, self.tag


@dataclass(slots=True)
class Baseline:
    """The entries of one file at `path`, by their keys, and what makes their tags."""

    path: str
    hashing: Hashing
    entries: dict[tuple[Place, str], Entry] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Entry]:
        """The entries, sorted by path, field, entity type and tag."""
        return iter(sorted(self.entries.values(), key=lambda entry: (*entry.place.order, entry.tag)))

    def hold(self, entries: Iterable[Entry]) -> None:
        """Hold these entries and no others."""
        self.entries = {entry.key: entry for entry in entries}

    def judge(self, entry: Entry, verdict: Verdict | None) -> None:
        """Give an entry a verdict."""
        self.entries[entry.key] = Entry(entry.place, entry.tag, entry.count, verdict)

    def seen(self, path: str) -> str:
        """A path as findings have it, as it is seen from the baseline's folder, with `/`."""
        return path if path == STDIN else paths.seen(path, str(self._folder))

    def file(self, path: str) -> str | None:
        """The file that an entry's path leads to, the outermost container of a member; None where there is none."""
        files = (os.path.relpath(self._folder / each) for each in paths.containers(path) if path != STDIN)
        return next((each for each in files if Path(each).is_file()), None)

    @property
    def _folder(self) -> Path:
        return Path(self.path).absolute().parent
