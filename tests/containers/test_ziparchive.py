"""Zip archives that are whole, and what of one member can be wrong."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unpacked import TREE, packed_by, unpacked, unpacked_file, zipped

from scanner.containers.ziparchive import members

METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
ARCHIVE = zipped(TREE, zipfile.ZIP_STORED)
KOREAN = {"고객명단.csv": b"1", "배송 주소록 2024.txt": b"2", "환불내역.csv": b"3"}


@pytest.mark.parametrize("method", METHODS)
def test_members_come_out_as_they_went_in(method: int) -> None:
    """By every method that Python can undo."""
    found = unpacked(zipped(TREE, method))
    assert (found.files, found.issues) == (TREE, [])


@pytest.mark.parametrize("method", ["Copy", "Deflate", "BZip2", "LZMA", "Deflate64", "PPMd"])
def test_methods_of_7zip_are_read_or_named(tmp_path: Path, method: str) -> None:
    """Those that Python cannot undo are an issue of each member, with its size."""
    packed_by("7z", "a", "-tzip", f"-mm={method}", "a.zip", "people.csv", folder=tmp_path,
              files={"people.csv": TREE["people.csv"] * 50})  # fmt: skip
    found = unpacked_file(tmp_path / "a.zip")
    if method in ("Deflate64", "PPMd"):
        assert (found.files, found.kinds) == ({}, ["unsupported"])
        assert found.issues[0].bytes == 50 * len(TREE["people.csv"])
    else:
        assert (found.files, found.issues) == ({"people.csv": TREE["people.csv"] * 50}, [])


@pytest.mark.parametrize("packer", [("zip", "-P", "pass"), ("7z", "a", "-tzip", "-mem=AES256", "-ppass")])
def test_what_is_encrypted_is_an_issue_and_not_read(tmp_path: Path, packer: tuple[str, ...]) -> None:
    """Of ZipCrypto and of AES; the issue names the member."""
    packed_by(*packer, "a.zip", "people.csv", folder=tmp_path, files=TREE)
    found = unpacked_file(tmp_path / "a.zip")
    assert (found.files, found.kinds, found.failed) == ({}, ["encrypted"], True)
    assert (found.issues[0].path or "").endswith("a.zip!people.csv")


def with_names(names: list[bytes]) -> bytes:
    """An archive with names that stand in it as given, without a flag."""
    data = zipped({f"{number:04d}".ljust(len(name), "_"): b"1" for number, name in enumerate(names)})
    for number, name in enumerate(names):
        data = data.replace(f"{number:04d}".ljust(len(name), "_").encode(), name)
    return data


@pytest.mark.parametrize(
    ("codec", "names"),
    [
        ("cp949", list(KOREAN)),
        ("gbk", ["客户名单.csv", "收货地址 2024.txt", "退款记录.csv"]),
        ("cp932", ["顧客名簿.csv", "お届け先 2024.txt", "返金の記録.csv"]),
        ("big5", ["客戶名單.csv", "收貨地址 2024.txt", "退款紀錄.csv"]),
        ("utf-8", list(KOREAN)),
    ],
)
def test_names_in_the_code_page_of_whoever_packed_them(codec: str, names: list[str]) -> None:
    """All names of an archive are in one, which they tell together."""
    data = with_names([name.encode(codec) for name in names])
    assert list(unpacked(data).files) == names


def test_names_with_the_flag_of_utf_8_are_what_they_are() -> None:
    """As Python writes them."""
    assert unpacked(zipped(KOREAN)).files == KOREAN


def test_the_unicode_path_of_info_zip_is_believed_when_it_is_of_this_name() -> None:
    """Not when the member was renamed since."""
    for checksum, expected in ((zlib.crc32(b"old.csv"), "고객.csv"), (0, "old.csv")):
        up = struct.pack("<BL", 1, checksum) + "고객.csv".encode()
        info = zipfile.ZipInfo("old.csv")
        info.extra = struct.pack("<HH", 0x7075, len(up)) + up
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(info, b"1")
        assert list(unpacked(out.getvalue()).files) == [expected]


@settings(max_examples=200)
@given(at=st.integers(4, len(ARCHIVE) - 1), mask=st.integers(1, 255))
def test_a_flipped_byte_is_an_issue_or_harmless(at: int, mask: int) -> None:
    """Whatever it hits: each member's content is what it was, or there is an issue."""
    data = bytearray(ARCHIVE)
    data[at] ^= mask
    found = unpacked(bytes(data), "a.zip")
    assert found.failed or list(found.files.values()) == list(TREE.values())


def test_a_wrong_checksum_does_not_withhold_the_data() -> None:
    """What a damaged member gives is read, and an issue says that it may be wrong."""
    found = unpacked(ARCHIVE.replace(b"Alex", b"Blex"))
    assert found.files["people.csv"] == TREE["people.csv"].replace(b"Alex", b"Blex")
    assert (found.kinds, found.failed) == (["corrupt"], True)


def test_damage_in_the_middle_of_a_member_leaves_what_stands_before_it() -> None:
    """To within what Python's reader takes at once."""
    lines = b"".join(b"%d,%d\n" % (n, n * n * 7919) for n in range(50_000))
    data = bytearray(zipped({"a.csv": lines}))
    middle = len(data) // 2
    data[middle : middle + 64] = b"\xff" * 64
    found = unpacked(bytes(data))
    assert found.failed
    assert len(found.files["a.csv"]) > len(lines) // 3
    assert lines.startswith(found.files["a.csv"][: len(lines) // 3])


def test_zip64_is_read() -> None:
    """Headers of members with sizes in the extra field, and a directory whose size stands only in the 64-bit record."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, archive.open("a", "w", force_zip64=True) as file:
        file.write(b"1")
    assert unpacked(out.getvalue()).files == {"a": b"1"}
    whole = zipped(TREE)
    end = whole.rfind(b"PK\5\6")
    size, offset = struct.unpack_from("<LL", whole, end + 12)
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 3, 3, size, offset)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, end, 1)
    last = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    found = unpacked(whole[:end] + record + locator + last)
    assert (found.files, found.issues) == (TREE, [])


@pytest.mark.parametrize("magic", [b"MZ\x90\0", b"\x7fELF\2\1\1\0"])
def test_a_program_that_unpacks_itself_is_opened(magic: bytes) -> None:
    """The program is not read, which an issue says; a program alone stays binary."""
    found = unpacked(magic + bytes(range(256)) + ARCHIVE, "setup.exe")
    assert (found.files, found.kinds, found.failed) == (TREE, ["trailing"], True)
    assert found.issues[0].bytes == len(magic) + 256
    assert list(unpacked(magic + bytes(range(256)), "a.exe").files) == [""]


def test_what_the_directory_does_not_list_is_an_issue() -> None:
    """A member that was struck from it, and what was appended to the archive; padding is none."""
    one, directory = ARCHIVE, ARCHIVE.index(b"PK\1\2")
    second = one.index(b"PK\1\2", directory + 1)
    start, shorter = one.rfind(b"PK\5\6"), second - directory
    size = struct.unpack_from("<L", one, start + 12)[0]
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 2, 2, size - shorter, second, 0)
    found = unpacked(one[:directory] + one[directory:start] + end, "a.zip")
    assert found.failed
    assert [issue.kind for issue in unpacked(one + b"name,phone").issues] == ["trailing"]
    assert unpacked(one + b"name,phone").issues[0].bytes == 10
    assert unpacked(one + bytes(100) + b"\r\n").issues == []


@pytest.mark.parametrize(("target", "kinds"), [("/etc/passwd", ["link"]), ("../x", ["link"]), ("d/x", [])])
def test_links_are_not_followed(target: str, kinds: list[str]) -> None:
    """One that leads out is an issue; what others lead to is in the archive."""
    info = zipfile.ZipInfo("link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, target)
    found = unpacked(out.getvalue())
    assert (found.files, found.kinds) == ({}, kinds)


def test_an_empty_archive_holds_nothing() -> None:
    """And nothing is wrong with it."""
    found = unpacked(zipped({}))
    assert (found.files, found.issues) == ({}, [])


class Opening(zipfile.ZipFile):
    """An archive that knows the files it has opened."""

    def open(self, *args: Any, **options: Any) -> Any:
        """As of any archive."""
        self.given = [*getattr(self, "given", []), super().open(*args, **options)]
        return self.given[-1]


def test_a_link_is_closed_once_its_target_is_known() -> None:
    """Like a member when it was read."""
    out, info = io.BytesIO(), zipfile.ZipInfo("link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, "d/x")
    with Opening(out) as archive:
        assert list(members(archive, "a")) == []
        assert [file.closed for file in archive.given] == [True]
