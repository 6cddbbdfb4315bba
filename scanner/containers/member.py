"""A file in a container, and its bytes."""

from __future__ import annotations

import lzma
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from zipfile import BadZipFile

from scanner.containers.limits import Budget
from scanner.model import Issue
from scanner.sources import Stream

LINK = "a link leads out of the archive; it was not followed"
_CHUNK = 1 << 20  # bytes asked for at once
# What libraries raise over damaged data; MemoryError: a header may ask for a window of gigabytes.
DAMAGE = (BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, ValueError, RuntimeError, MemoryError)


class UnreadableError(Exception):
    """What `Member.read` raises to say why no more can be read."""

    def __init__(self, kind: str, message: str) -> None:
        """`kind` and `message` as of an `Issue`."""
        super().__init__(message)
        self.kind, self.message = kind, message


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a container; `read` and `close` as of an open file, which is read once, before the next member.

    `read` raises EOFError where the archive ends too early, `UnreadableError`, and whatever its library raises.
    `name`: as it stands in the container; it leads nowhere, nothing is written under it. `size`: bytes, if known.
    """

    name: str
    size: int | None
    read: Callable[[int], bytes]
    close: Callable[[], None]


class Checked:
    """The bytes of a member, and at their end whether they are right."""

    def __init__(self, read: Callable[[int], bytes], checksum: int) -> None:
        """`checksum`: the CRC-32 of all that `read` gives."""
        self._read, self._expected, self._checksum = read, checksum, 0

    def read(self, n: int) -> bytes:
        """Return 1 to `n` bytes, or b"" at the end; raises `UnreadableError`, after all of them."""
        data = self._read(n)
        self._checksum = zlib.crc32(data, self._checksum)
        if not data and self._checksum != self._expected:
            raise UnreadableError("corrupt", "the checksum is wrong, so that what was read may be, too")
        return data


class MemberStream:
    """The bytes of a member, up to where they are damaged; a `sources.Stream`. Issues: truncated, corrupt."""

    def __init__(self, member: Member, path: str) -> None:
        """`path` is the name to show."""
        self.issues: list[Issue] = []
        self.close = member.close
        self._member, self._path = member, path
        self._given = 0

    def read(self, n: int, /) -> bytes:
        """Return 1 to `n` bytes, or b"" at the end."""
        data = b"" if self.issues else self._try(min(n, _CHUNK))
        self._given += len(data)
        return data

    def _try(self, n: int) -> bytes:
        try:
            return self._member.read(n)
        except EOFError:
            self._fail("truncated", "the archive ends within this member")
        except UnreadableError as error:
            self._fail(error.kind, error.message)
        except DAMAGE as error:
            self._fail("corrupt", f"damaged in the archive ({_reason(error)})")
        return b""

    def _fail(self, kind: str, message: str) -> None:
        left = None if self._member.size is None else max(self._member.size - self._given, 0)
        text = f"{message}; stopped after {self._given} bytes"
        self.issues.append(Issue(kind, text, self._path, bytes=left))


def _reason(error: Exception) -> str:
    """What a library says of a damage, without names of members, which may hold data."""
    if isinstance(error, BadZipFile):
        return "its checksum is wrong" if "CRC" in str(error) else "its header is wrong"
    if isinstance(error, zlib.error):
        return str(error)
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return type(error).__name__


class Counted:
    """A stream whose bytes count against a budget; where that is spent it ends with the issue that says so."""

    def __init__(self, inner: Stream, path: str, budget: Budget) -> None:
        """`path` is the name to show."""
        self.issues, self.close = inner.issues, inner.close
        self._inner, self._path, self._budget = inner, path, budget
        self._done = False

    def read(self, n: int, /) -> bytes:
        """Return 1 to `n` bytes, or b"" at the end."""
        data = b"" if self._done or self._budget.spent else self._inner.read(n)
        if issue := self._budget.take(len(data), self._path):
            self._done = True
            self.issues.append(issue)
            return b""
        return data
