"""How much may come out of a container, so that a hostile one costs bounded time, memory and disk."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.model import Issue


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one file and all that is nested in it.

    `members`: files in it; `depth`: containers within containers; `ratio` and `free`: output beyond `free` bytes and
    `ratio` times the file's size is a bomb (deflate reaches 1,032); `total`: bytes of output in any case.
    """

    members: int = 100_000
    depth: int = 8
    ratio: int = 2000
    free: int = 1 << 30
    total: int = 1 << 40


@dataclass(slots=True)
class Budget:
    """What one file of `size` bytes (None where that is not known) has used of its limits.

    `spent`: a limit was hit, and nothing more is read of the file.
    """

    limits: Limits
    size: int | None
    members: int = 0
    given: int = 0
    spent: bool = False

    def member(self, path: str) -> Issue | None:
        """Count one more member of the container `path`; the issue that says so when it is one too many."""
        self.members += 1
        if self.members <= self.limits.members:
            return None
        self.spent = True
        message = f"more than {self.limits.members:,} members, the rest was not read; unpack it and scan the folder"
        return Issue("limit", message, path)

    def take(self, count: int, path: str) -> Issue | None:
        """Count bytes of output; the issue that says so when they are too many, once."""
        self.given += count
        allowed = self.limits.total
        if self.size is not None:
            allowed = min(allowed, max(self.limits.free, self.limits.ratio * self.size))
        if self.given <= allowed or self.spent:
            return None
        self.spent = True
        kind = "limit" if allowed == self.limits.total else "bomb"
        return Issue(kind, f"unpacks to more than {allowed:,} bytes; the rest was not read", path)
