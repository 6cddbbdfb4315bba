"""The bytes of a member, up to where they are damaged."""

from __future__ import annotations

import lzma
import struct
import zlib
from collections.abc import Callable
from zipfile import BadZipFile

import pytest

from scanner.containers.limits import Budget, Limits
from scanner.containers.member import Checked, Counted, Member, MemberStream, UnreadableError


def failing(*pieces: bytes, error: Exception | None = None) -> Callable[[int], bytes]:
    """Gives pieces, then fails, or ends."""
    rest = list(pieces)

    def read(n: int) -> bytes:
        if not rest and error is not None:
            raise error
        data = rest.pop(0) if rest else b""
        if data[n:]:
            rest.insert(0, data[n:])
        return data[:n]

    return read


def stream(read: Callable[[int], bytes], size: int | None = 10) -> MemberStream:
    """The stream of a member that is read so."""
    return MemberStream(Member("secret name", size, read, lambda: None), "a.zip!x")


def everything(given: MemberStream | Counted) -> bytes:
    """All bytes, in pieces of at most three."""
    return b"".join(iter(lambda: given.read(3), b""))


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (EOFError(), "truncated"),
        (BadZipFile("File name in directory 'secret name' and header differ"), "corrupt"),
        (zlib.error("Error -3 while decompressing data"), "corrupt"),
        (lzma.LZMAError("Corrupt input data"), "corrupt"),
        (struct.error("unpack requires 4 bytes"), "corrupt"),
        (MemoryError(), "corrupt"),
        (OSError(5, "Input/output error"), "corrupt"),
        (UnreadableError("encrypted", "encrypted"), "encrypted"),
    ],
)
def test_whatever_a_library_raises_is_an_issue(error: Exception, kind: str) -> None:
    """What came before is given, the rest counted, and no name is printed."""
    member = stream(failing(b"abcd", error=error))
    assert everything(member) == b"abcd"
    (issue,) = member.issues
    assert (issue.kind, issue.severity, issue.bytes) == (kind, "error", 6)
    assert "stopped after 4 bytes" in issue.message
    assert "secret" not in issue.message


def test_a_whole_member_has_no_issues() -> None:
    """Nor does it need a size."""
    member = stream(failing(b"abcd", b"ef"), size=None)
    assert (everything(member), member.issues) == (b"abcdef", [])


def test_a_checksum_is_judged_after_all_bytes() -> None:
    """A right one says nothing."""
    right = Checked(failing(b"abc"), zlib.crc32(b"abc"))
    assert (right.read(9), right.read(9)) == (b"abc", b"")
    wrong = Checked(failing(b"abc"), 1)
    assert wrong.read(9) == b"abc"
    with pytest.raises(UnreadableError):
        wrong.read(9)


def test_a_stream_ends_where_the_budget_does() -> None:
    """With the issue that says so."""
    budget = Budget(Limits(free=4, ratio=1), 1)
    counted = Counted(stream(failing(b"abcdef")), "a.zip!x", budget)
    assert everything(counted) == b"abc"
    assert [issue.kind for issue in counted.issues] == ["bomb"]
