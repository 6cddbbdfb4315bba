"""Tar archives, whole, damaged and cut off."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unpacked import TREE, packed_by, tarred, unpacked, unpacked_file

FORMATS = [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]
ARCHIVE = tarred(TREE)
_CHECKSUM = slice(148, 156)


def entry(name: str, kind: bytes, link: str = "", size: int = 0) -> bytes:
    """One header."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size = kind, link, size
    return info.tobuf(tarfile.GNU_FORMAT)


def resealed(header: bytes) -> bytes:
    """A header whose checksum is right again."""
    blank = bytearray(header)
    blank[_CHECKSUM] = b" " * 8
    blank[_CHECKSUM] = b"%06o\0 " % sum(blank)
    return bytes(blank)


def before_cut(cut: int) -> dict[str, bytes]:
    """The members of `ARCHIVE` that end before a byte."""
    with tarfile.open(fileobj=io.BytesIO(ARCHIVE)) as archive:
        return {info.name: TREE[info.name] for info in archive if info.offset_data + info.size <= cut}


@pytest.mark.parametrize("format_", FORMATS)
def test_members_come_out_as_they_went_in(format_: int) -> None:
    """In every form of the header, long names too."""
    files = TREE | {"d/" * 45 + "name" * 20: b"deep"}
    found = unpacked(tarred(files, format_))
    assert (found.files, found.issues) == (files, [])


def test_names_of_pax_and_of_gnu_may_be_korean_and_longer_than_a_header() -> None:
    """Both extended forms are read."""
    files = {"고객/" * 60 + "명단.csv": b"a,b\n"}
    assert unpacked(tarred(files, tarfile.PAX_FORMAT)).files == files
    assert unpacked(tarred(files, tarfile.GNU_FORMAT)).files == files


def test_a_header_without_magic_is_one() -> None:
    """Tar of 1979 has a checksum and nothing else to tell it by."""
    header = bytearray(tarfile.TarInfo("old.csv").tobuf(tarfile.USTAR_FORMAT))
    header[124:136] = b"%011o " % 4
    header[257:] = bytes(255)
    found = unpacked(resealed(bytes(header)) + b"1,2\n".ljust(512, b"\0") + bytes(1024))
    assert (found.files, found.issues) == ({"old.csv": b"1,2\n"}, [])


@given(cut=st.integers(1, len(ARCHIVE) - 1))
def test_a_cut_loses_no_member_that_lies_whole_before_it(cut: int) -> None:
    """And it is an issue, unless nothing but the end is missing."""
    if cut < 512:
        return
    found = unpacked(ARCHIVE[:cut])
    expected = before_cut(cut)
    assert {name: found.files.get(name) for name in expected} == expected
    assert all(data == TREE[name][: len(data)] for name, data in found.files.items())
    assert found.failed or expected == TREE


PACKED = gzip.compress(ARCHIVE, 0)


@given(cut=st.integers(600, len(PACKED) - 9))
def test_a_cut_of_packed_tar_loses_no_member_before_it(cut: int) -> None:
    """It is an issue even where only the end is missing, for gzip has an end of its own."""
    found = unpacked(PACKED[:cut], "a.tar.gz")
    expected = before_cut(cut - 23)  # what gzip puts before the data
    assert {name: found.files.get(name) for name in expected} == expected
    assert "truncated" in found.kinds


with tarfile.open(fileobj=io.BytesIO(ARCHIVE)) as whole:
    HEADERS = [info.offset for info in whole]


@settings(max_examples=150)
@given(header=st.sampled_from(HEADERS[1:]), at=st.integers(0, 511), mask=st.integers(1, 255))
def test_a_flipped_byte_in_a_header_is_an_issue(header: int, at: int, mask: int) -> None:
    """What a damaged header hides is told, and the members around it are read; data has no checksum in tar."""
    data = bytearray(ARCHIVE)
    data[header + at] ^= mask
    found = unpacked(bytes(data))
    hidden = list(TREE)[HEADERS.index(header)]
    assert found.failed or found.files == TREE
    assert {name: found.files.get(name) for name in TREE if name != hidden} == {
        name: content for name, content in TREE.items() if name != hidden
    }


def test_after_a_damaged_header_the_next_one_is_read() -> None:
    """What lies between is an issue that says how much it is."""
    data = bytearray(tarred({"a": b"1" * 700, "b": b"2" * 700, "c": b"3"}))
    data[3 * 512 + 10] ^= 1
    found = unpacked(bytes(data))
    assert found.files == {"a": b"1" * 700, "c": b"3"}
    assert [(issue.kind, issue.bytes) for issue in found.issues] == [("corrupt", 3 * 512)]


def test_archives_may_follow_one_another() -> None:
    """As `cat` joins them; what follows and is none is an issue."""
    joined = tarred({"a": b"1"}) + tarred({"b": b"2"})
    assert unpacked(joined).files == {"a": b"1", "b": b"2"}
    assert unpacked(joined).issues == []
    found = unpacked(joined + b"name,phone")
    assert [(issue.kind, issue.severity, issue.bytes) for issue in found.issues] == [("trailing", "error", 10)]


def test_links_are_followed_nowhere() -> None:
    """One that leads out is an issue; what others lead to is in the archive."""
    links = [("x", "a"), ("d/x", "../a"), ("y", "/etc/passwd"), ("z", "../../b"), ("d/z", "../../b")]
    data = b"".join(entry(name, tarfile.SYMTYPE, target) for name, target in links)
    data += entry("hard", tarfile.LNKTYPE, "a") + entry("out", tarfile.LNKTYPE, "../a")
    found = unpacked(data + tarred({"a": b"1"}))
    assert found.files == {"a": b"1"}
    assert [(issue.kind, issue.count) for issue in found.issues] == [("link", 4)]


def test_devices_are_not_opened() -> None:
    """They are a warning."""
    devices = (tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)
    found = unpacked(b"".join(entry("dev", kind) for kind in devices) + tarred({"a": b"1"}))
    assert (found.files, found.kinds, found.failed) == ({"a": b"1"}, ["special"], False)


def test_an_unknown_type_is_a_file() -> None:
    """As POSIX has it; its data is not passed over."""
    found = unpacked(entry("what", b"Z", size=3) + b"abc".ljust(512, b"\0") + bytes(1024))
    assert found.files == {"what": b"abc"}


@pytest.mark.parametrize("form", ["gnu", "pax --sparse-version=0.0", "pax --sparse-version=0.1", "pax"])
def test_holes_of_sparse_files_are_zeros(tmp_path: Path, form: str) -> None:
    """In all four forms that GNU tar has written, with more runs than fit into one header."""
    sparse = tmp_path / "sparse.bin"
    with sparse.open("wb") as file:
        for number in range(40):
            file.seek(number * 65536)
            file.write(b"%03d" % number)
        file.truncate(41 * 65536)
    packed_by("tar", "-S", "-cf", "a.tar", "--format", *form.split(), "sparse.bin", "after", folder=tmp_path,
              files={"after": b"1"})  # fmt: skip
    found = unpacked_file(tmp_path / "a.tar")
    assert (tmp_path / "a.tar").stat().st_size < sparse.stat().st_size
    assert found.files == {"sparse.bin": sparse.read_bytes(), "after": b"1"}
    assert found.issues == []


def test_a_claim_of_8_exbibytes_ends_with_the_file() -> None:
    """What is there is read, and what is missing is an issue."""
    found = unpacked(entry("big", tarfile.REGTYPE, size=(8 << 60) - 1) + b"abc".ljust(512, b"\0"))
    assert found.files["big"].rstrip(b"\0") == b"abc"
    assert "truncated" in found.kinds


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.XGLTYPE])
def test_extended_headers_cost_bounded_memory_and_no_recursion(kind: bytes) -> None:
    """One that claims gigabytes is damage; ten thousand in a row are read one after the other."""
    end = tarred({"a": b"1"})
    found = unpacked(entry("x", kind, size=1 << 33) + end)
    assert (found.files, found.kinds) == ({"a": b"1"}, ["corrupt"])
    found = unpacked((entry("x", kind, size=5) + b"5 a=\n".ljust(512, b"\0")) * 5000 + end)
    assert list(found.files.values()) == [b"1"]


def test_a_negative_size_is_damage() -> None:
    """It does not lead back, around and around."""
    header = bytearray(entry("a", tarfile.REGTYPE))
    header[124:136] = b"\xff" * 12
    found = unpacked(tarred({"b": b"2"})[:1024] + resealed(bytes(header)) + tarred({"c": b"3"}))
    assert (found.files, found.kinds) == ({"b": b"2", "c": b"3"}, ["corrupt"])


def extended(kind: bytes, records: bytes) -> bytes:
    """An extended header."""
    return entry("x", kind, size=len(records)) + records.ljust(-(-len(records) // 512) * 512, b"\0")


def test_what_extends_one_entry_is_bounded_as_a_whole() -> None:
    """Each header is small enough, but all of them together are damage."""
    half = extended(tarfile.XHDTYPE, b"8 size=\n" * 75_000)
    found = unpacked(half * 2 + tarred({"a": b"1"}))
    assert "corrupt" in found.kinds


def test_a_global_header_goes_for_all_that_follow_and_another_for_its_own_entry() -> None:
    """Also where both stand before the same entry."""
    own, shared = extended(tarfile.XHDTYPE, b"10 path=b\n"), extended(tarfile.XGLTYPE, b"10 size=2\n")
    file = entry("a", tarfile.REGTYPE) + b"12".ljust(512, b"\0")
    assert unpacked(own + shared + file * 2 + bytes(1024)).files == {"b": b"12", "a": b"12"}
