"""Hostile archives through the command line: an issue, exit code 3, bounded memory and time."""

from __future__ import annotations

import gzip
import io
import struct
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import COMMAND, Run, environment
from unpacked import packed_by, tarred, zipped

MEMORY = 600 << 10  # KiB
MEASURE = (
    "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:]);"
    "print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)"
)
Scan = Callable[..., Run]


@pytest.fixture
def scanned(tmp_path: Path) -> Scan:
    """Scans `data` as a file, within bounds of memory and time, and expects that something could not be read."""

    def run(data: bytes | Path, *options: str, name: str = "a.bin") -> Run:
        path = data if isinstance(data, Path) else tmp_path / name
        if isinstance(data, bytes):
            path.write_bytes(data)
        scan = [*COMMAND, "scan", "--only", "EMAIL_ADDRESS", "-j", "1", *options, str(path)]
        command = [sys.executable, "-c", MEASURE, *scan]
        done = subprocess.run(command, capture_output=True, env=environment(), timeout=60)
        code, peak = map(int, done.stderr.split()[-2:])
        assert code == 3
        assert peak < MEMORY
        return Run(code, done.stdout, done.stderr.decode())

    return run


def zeros(gigabytes: int) -> bytes:
    """Raw deflate data of so many gigabytes: a block of 16 MiB of zeros, again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(16 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * (64 * gigabytes) + packer.flush()


def test_ten_gigabytes_of_zeros_in_gzip(scanned: Scan) -> None:
    """They are no text, and no more of them is unpacked than it takes to see that."""
    header = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
    assert scanned(header + zeros(10) + bytes(8), name="a.csv.gz").kinds == ["binary"]


def test_a_zip_bomb(scanned: Scan) -> None:
    """Sixteen gigabytes in three levels: each member is an issue."""
    inner = zipped({"a.txt": bytes(64 << 20)})
    middle = zipped({f"{n}.zip": inner for n in range(16)})
    assert scanned(zipped({f"{n}.zip": middle for n in range(16)}), name="a.zip").kinds == ["binary"] * 256


def test_a_7z_bomb(scanned: Scan, tmp_path: Path) -> None:
    """By the library of the extra, or, without it, not at all."""
    packed_by("7z", "a", "-mx=1", "a.7z", "zeros.txt", folder=tmp_path, files={"zeros.txt": bytes(300 << 20)})
    assert scanned(tmp_path / "a.7z").kinds


@pytest.mark.parametrize("pack", [zipped, tarred, lambda files: gzip.compress(tarred(files))])
def test_42_levels(scanned: Scan, pack: Callable[[dict[str, bytes]], bytes]) -> None:
    """The issue names the level at which it was given up."""
    data = b"someone@example.org"
    for level in range(42):
        data = pack({f"{level}.dat": data})
    (issue,) = scanned(data).issues
    assert (issue["kind"], issue["path"].count("!")) == ("limit", 8)


def test_gzip_in_gzip_in_gzip(scanned: Scan) -> None:
    """What is still packed after one layer is no text."""
    data = b"someone@example.org"
    for _ in range(10):
        data = gzip.compress(data)
    assert scanned(data).kinds == ["binary"]
    assert scanned(zipped({"a.gz": data})).kinds == ["binary"]


def test_paths_and_links_that_lead_out(scanned: Scan, tmp_path: Path) -> None:
    """Links are not followed; names are only names."""
    (tmp_path / "secret").write_text("someone@example.org")
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name in ("/abs/a.txt", "../up.txt", "a/../../b.txt"):
            info = tarfile.TarInfo(name)
            info.size = 4
            archive.addfile(info, io.BytesIO(b"text"))
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE):
            info = tarfile.TarInfo("link")
            info.type, info.linkname = kind, str(tmp_path / "secret")
            archive.addfile(info)
    run = scanned(out.getvalue())
    assert (run.kinds, run.findings, run.summary["files"]) == (["link"], [], 3)
    assert not (tmp_path.parent / "up.txt").exists()


def test_overlapping_entries(scanned: Scan) -> None:
    """Hundreds of members whose data is the same: a bomb without levels."""
    data = zipped({"a.txt": bytes(50 << 20)})
    at = data.index(b"PK\1\2")
    entry = data[at : data.index(b"PK\5\6")]
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 300, 300, len(entry) * 300, at, 0)
    assert scanned(data[:at] + entry * 300 + end).issues


def test_an_archive_that_seems_to_hold_itself(scanned: Scan) -> None:
    """The limit of depth ends what never ends; here each level is made before it is put into the next."""
    data = b"PK"
    for _ in range(12):
        data = zipped({"r/r.zip": data, "r/note.txt": b"text"}, zipfile.ZIP_STORED)
    run = scanned(data)
    assert run.kinds.count("limit") == 1


def test_a_hundred_thousand_members_and_more(scanned: Scan) -> None:
    """Those beyond the limit are told; what is left out counts, too."""
    header = tarfile.TarInfo("a").tobuf(tarfile.USTAR_FORMAT)
    assert scanned(header * 100_010 + bytes(1024), "--exclude", "a").kinds == ["limit", "ignored"]


def test_a_header_that_claims_8_exbibytes(scanned: Scan) -> None:
    """What is there is read."""
    info = tarfile.TarInfo("a.txt")
    info.size = (8 << 60) - 1
    assert "truncated" in scanned(info.tobuf(tarfile.GNU_FORMAT) + b"text\n" * 1000).kinds


def test_a_sparse_file_of_4_exbibytes(scanned: Scan) -> None:
    """It is one hole, of which no more is made than it takes to see that it is no text."""
    texts = (b"GNU.sparse.size=%d" % (1 << 62), b"GNU.sparse.map=0,0000")
    records = b"".join(b"%d %s\n" % (len(text) + 4, text) for text in texts)
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.XHDTYPE, len(records)
    data = header.tobuf(tarfile.USTAR_FORMAT) + records.ljust(512, b"\0") + tarfile.TarInfo("a.txt").tobuf()
    assert scanned(data + bytes(1024)).kinds == ["binary"]


def test_a_directory_of_a_million_entries(scanned: Scan) -> None:
    """Python would make a gigabyte of objects of it."""
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    size = len(entry) * 1_000_000
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, size, 0, 0)
    assert "truncated" in scanned(b"PK\3\4" + entry * 1_000_000 + end).kinds


def test_extended_headers_of_one_entry_without_end(scanned: Scan) -> None:
    """Forty megabytes of records in a row, each header of them within its bounds."""
    header = tarfile.TarInfo("x")
    for kind in (tarfile.XHDTYPE, tarfile.XGLTYPE):
        header.type, header.size = kind, 1 << 20
        data = (header.tobuf() + b"8 size=\n" * (1 << 17)) * 40
        assert "corrupt" in scanned(data).kinds
