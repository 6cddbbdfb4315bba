"""7z archives, by the library of the extra, made by the real tool."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from conftest import environment
from hypothesis import given, settings
from hypothesis import strategies as st
from unpacked import TREE, packed_by, unpacked, unpacked_file

pytest.importorskip("archi")
FILES = TREE | {"고객.csv": b"1,2\n" * 300}


def archive(folder: Path, *args: str, files: dict[str, bytes] | None = None) -> Path:
    """An archive of files."""
    packed_by("7z", "a", *args, "a.7z", ".", folder=folder, files=files or FILES)
    return folder / "a.7z"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of an archive."""
    return archive(tmp_path_factory.mktemp("small")).read_bytes()


@pytest.mark.parametrize("method", ["LZMA2", "LZMA", "PPMd", "BZip2", "Deflate", "Copy"])
def test_members_come_out_as_they_went_in(tmp_path: Path, method: str) -> None:
    """By each method that the library was built with, with names that are not ASCII."""
    found = unpacked_file(archive(tmp_path, f"-m0={method}"))
    if "unsupported" not in found.kinds:
        assert (found.files, found.issues) == (FILES, [])


@pytest.mark.parametrize("header", ["on", "off"])
def test_what_is_encrypted_is_an_issue_and_not_read(tmp_path: Path, header: str) -> None:
    """With the names of the members and without."""
    found = unpacked_file(archive(tmp_path, "-ppass", f"-mhe={header}"))
    assert set(found.kinds) == {"encrypted"}
    assert not any(found.files.values())


@settings(max_examples=40)
@given(share=st.floats(0.1, 0.999))
def test_a_cut_is_an_issue(small: bytes, share: float) -> None:
    """The directory stands at the end, so that nothing can be read."""
    assert unpacked(small[: int(len(small) * share)]).failed


@settings(max_examples=100)
@given(data=st.data())
def test_a_flipped_byte_is_an_issue_or_harmless(small: bytes, data: st.DataObject) -> None:
    """Headers and contents have checksums."""
    damaged = bytearray(small)
    damaged[data.draw(st.integers(6, len(small) - 1))] ^= data.draw(st.integers(1, 255))
    found = unpacked(bytes(damaged))
    assert found.failed or found.files == FILES


def test_a_wrong_checksum_is_an_issue(tmp_path: Path) -> None:
    """The library only warns of it."""
    data = archive(tmp_path, "-m0=Copy", files={"a.csv": b"name,phone\n" * 20_000}).read_bytes()
    found = unpacked(data.replace(b"name", b"nome", 1))
    assert (found.kinds, found.failed) == (["corrupt"], True)
    assert len(found.files["a.csv"]) > 100_000


def test_a_name_that_is_no_unicode_does_no_harm(tmp_path: Path) -> None:
    """The library would crash if it were asked for it."""
    data = bytearray(archive(tmp_path, "-mhc=off", files={"bad.csv": b"1"}).read_bytes())
    at = data.rindex("bad.csv".encode("utf-16-le"))
    data[at : at + 2] = b"\0\xd8"
    offset, size = struct.unpack_from("<QQ", data, 12)
    struct.pack_into("<L", data, 28, zlib.crc32(data[32 + offset : 32 + offset + size]))
    struct.pack_into("<L", data, 8, zlib.crc32(data[12:32]))
    assert unpacked(bytes(data)).files == {"?": b"1"}


def test_the_locale_does_not_matter(tmp_path: Path) -> None:
    """In the locale C names are the same."""
    path = archive(tmp_path)
    code = (
        "import sys; sys.path.insert(0, sys.argv[2]); from pathlib import Path; from unpacked import unpacked_file;"
        "print(ascii(sorted(unpacked_file(Path(sys.argv[1])).files)))"
    )
    plain = environment(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONPATH=os.pathsep.join(sys.path))
    command = [sys.executable, "-c", code, str(path), str(Path(__file__).parents[1])]
    done = subprocess.run(command, env=plain, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == ascii(sorted(FILES)), done.stderr


def test_folders_and_links_hold_nothing(tmp_path: Path) -> None:
    """Links are a warning."""
    (tmp_path / "link").symlink_to("people.csv")
    packed_by("7z", "a", "-snl", "a.7z", ".", folder=tmp_path, files=TREE)
    found = unpacked_file(tmp_path / "a.7z")
    assert (found.files, found.kinds, found.failed) == (TREE, ["link"], False)
