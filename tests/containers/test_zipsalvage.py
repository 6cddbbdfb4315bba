"""Zip archives without their directory."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unpacked import TREE, packed_by, unpacked, unpacked_file, zip_header, zipped

FILES = TREE | {"more.csv": b"".join(b"%d,%d\n" % (n, n * n * 7919) for n in range(300)), "last": b"x" * 90}


def whole_before(data: bytes, cut: int) -> dict[str, bytes]:
    """The members that end before a byte."""
    result = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            if info.header_offset + 30 + len(info.filename) + info.compress_size <= cut:
                result[info.filename] = FILES[info.filename]
    return result


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@settings(max_examples=100)
@given(data=st.data())
def test_a_cut_loses_no_member_that_lies_whole_before_it(method: int, data: st.DataObject) -> None:
    """And is an issue of severity error, wherever it is."""
    archive = zipped(FILES, method)
    cut = data.draw(st.integers(30, len(archive) - 1))
    found = unpacked(archive[:cut])
    expected = whole_before(archive, cut)
    assert {name: found.files.get(name) for name in expected} == expected
    assert found.failed


def test_what_was_written_to_a_pipe_is_read_without_the_sizes() -> None:
    """Deflated data says itself where it ends; headers give its size only afterwards."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    out = Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in FILES.items():
            archive.writestr(name, content)
    data = out.getvalue()
    found = unpacked(data[: data.index(b"PK\1\2")])
    assert (found.files, found.kinds) == (FILES, ["truncated"])


def test_the_directory_of_an_archive_within_is_not_taken_for_its_own() -> None:
    """A stored archive at the cut has one at the very end."""
    data = zipped({"a": b"1", "inner.zip": zipped({"b": b"2"})}, zipfile.ZIP_STORED)
    found = unpacked(data[: data.index(b"PK\1\2", data.index(b"PK\5\6"))])
    assert found.failed
    assert found.files["a"] == b"1"
    assert b"2" in found.files.values()


def test_a_stored_member_with_its_size_in_the_extra_field_ends_where_it_ends() -> None:
    """ZIP64, as for members whose size was not known when they were begun."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        with archive.open("a", "w", force_zip64=True) as file:
            file.write(b"1" * 50)
        archive.writestr("b", b"2")
    data = out.getvalue()
    assert unpacked(data[: data.index(b"PK\1\2")]).files == {"a": b"1" * 50, "b": b"2"}


def test_a_damaged_member_does_not_hide_the_next() -> None:
    """It is an issue of its own, and the search goes on behind it."""
    data = bytearray(zipped(FILES))
    at = data.index(b"more.csv") + 200
    data[at : at + 30] = b"\xff" * 30
    found = unpacked(bytes(data[: data.index(b"PK\1\2")]))
    assert found.files["last"] == FILES["last"]
    assert sorted(found.kinds) == ["corrupt", "truncated"]


@pytest.mark.parametrize(("args", "kind"), [(("-P", "pass"), "encrypted"), (("-Z", "bzip2"), "unsupported")])
def test_what_cannot_be_read_without_the_directory_is_named(tmp_path: Path, args: tuple[str, ...], kind: str) -> None:
    """By its header, and passed over."""
    packed_by("zip", *args, "a.zip", "more.csv", folder=tmp_path, files={"more.csv": b"1,2\n" * 500})
    archive = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(archive[: archive.index(b"PK\1\2")])
    found = unpacked_file(tmp_path / "a.zip")
    assert (found.files, sorted(found.kinds)) == ({}, sorted([kind, "truncated"]))


@pytest.mark.parametrize("flags", [0, 1])
@pytest.mark.parametrize("size", [1000, (1 << 63) + 5, (1 << 64) - 1])
def test_a_size_that_is_a_lie_hides_no_member(flags: int, size: int) -> None:
    """Neither of a stored member nor of an encrypted one, whose issue tells no more bytes than there are."""
    extra = struct.pack("<HHQQ", 1, 16, size, size)
    data = zip_header(b"a", flags=flags, size=0xFFFFFFFF, extra=extra) + b"text"
    rest = zipped({"b": b"2"})
    found = unpacked(data + rest[: rest.index(b"PK\1\2")])
    assert found.files["b"] == b"2"
    assert sorted(found.kinds) == sorted(["truncated", "encrypted" if flags else "truncated"])
    assert all((issue.bytes or 0) <= len(data + rest) for issue in found.issues)
