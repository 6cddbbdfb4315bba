"""Containers in containers, and that it does not matter in which one a file is."""

from __future__ import annotations

import bz2
import gzip
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import zstandard
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from unpacked import packed_by, tarred, unpacked, unpacked_file, zipped

from scanner.containers import Limits, expand
from scanner.containers.expand import _Expander
from scanner.containers.limits import Budget
from scanner.containers.spool import Spool
from scanner.model import Issue
from scanner.sources import Exclude, Source, find

Leakgauge = Callable[..., Run]
Tree = dict[str, bytes]
PACK: dict[str, Callable[[Tree], bytes]] = {
    "zip": zipped,
    "jar": lambda files: zipped(files, zipfile.ZIP_STORED),
    "tar": tarred,
    "tgz": lambda files: gzip.compress(tarred(files, tarfile.GNU_FORMAT)),
    "txz": lambda files: lzma.compress(tarred(files)),
}
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor().compress,
}
names = st.from_regex(r"\A[a-z가-힣一-龥]{1,8}(/[a-z0-9 ]{1,6})?\Z")
contents = st.binary(max_size=300).map(lambda data: b"text\n" + data)
plain = st.dictionaries(names, contents, max_size=4)
nested = st.recursive(
    plain.map(lambda files: (files, files)),
    lambda inner: st.tuples(plain, inner, st.sampled_from(sorted(PACK))).map(lambda given: put_in(*given)),
    max_leaves=4,
)


def put_in(files: Tree, inner: tuple[Tree, Tree], kind: str) -> tuple[Tree, Tree]:
    """Files and a container of others beside them: what is to be packed, and what should come out."""
    packed, expected = inner
    name = f"in.{kind}"
    below = {f"{name}!{path}": data for path, data in expected.items()}
    return files | {name: PACK[kind](packed)}, files | below


@settings(max_examples=60)
@given(tree=nested, kind=st.sampled_from(sorted(PACK)))
def test_every_member_comes_out_as_it_went_in(tree: tuple[Tree, Tree], kind: str) -> None:
    """Whatever is packed into what, up to the depth that is allowed."""
    packed, expected = tree
    found = unpacked(PACK[kind](packed), f"a.{kind}")
    assert (found.files, found.issues) == (expected, [])


@pytest.mark.parametrize("kind", sorted(COMPRESS))
def test_compressed_members_are_decompressed(kind: str) -> None:
    """They keep their names; one that is cut off is an issue."""
    data = COMPRESS[kind](b"1,2\n" * 5000)
    found = unpacked(zipped({f"a.csv.{kind}": data, "cut": data[: len(data) // 2]}, zipfile.ZIP_STORED))
    assert found.files[f"a.csv.{kind}"] == b"1,2\n" * 5000
    assert found.kinds == ["truncated"]


def test_a_7z_in_a_zip_in_a_tar(tmp_path: Path) -> None:
    """What must be read at any place is, whatever it comes in."""
    pytest.importorskip("archi")
    packed_by("7z", "a", "a.7z", "a.csv", folder=tmp_path, files={"a.csv": b"1,2\n"})
    (tmp_path / "a.tar").write_bytes(tarred({"a.zip": zipped({"a.7z": (tmp_path / "a.7z").read_bytes()})}))
    found = unpacked_file(tmp_path / "a.tar")
    assert (found.files, found.issues) == ({"a.zip!a.7z!a.csv": b"1,2\n"}, [])


def test_a_file_that_goes_meanwhile_is_an_issue(tmp_path: Path) -> None:
    """As is one that cannot be opened any more."""
    (tmp_path / "a.zip").write_bytes(zipped({"a": b"1"}))
    (source,) = [item for item in find([str(tmp_path / "a.zip")]) if isinstance(item, Source)]
    (tmp_path / "a.zip").unlink()
    (issue,) = expand([source])
    assert isinstance(issue, Issue)
    assert (issue.kind, issue.severity) == ("not_found", "error")


@pytest.mark.parametrize("kind", ["jar", "tar"])
def test_a_file_that_shrinks_while_it_is_read_is_an_issue(tmp_path: Path, kind: str) -> None:
    """What was read before is kept."""
    rng = random.Random(1)
    path = tmp_path / "a"
    path.write_bytes(PACK[kind]({"1": b"x", "2": rng.randbytes(5 << 20)}))

    def shrinking() -> Iterator[Source | Issue]:
        yield from find([str(path)])

    found, items = [], expand(shrinking())
    for item in items:
        if isinstance(item, Issue):
            found.append(item)
            continue
        assert item.stream is not None
        while item.stream.read(1 << 20):
            with path.open("rb+") as file:
                file.truncate(1 << 20)
        found += item.stream.issues
    assert any(issue.severity == "error" for issue in found)


def rows(count: int) -> bytes:
    """A wide table with a phone in each fiftieth row."""
    lines = [f"{n},{'memo ' * 50},{f'010-0000-{n % 10_000:04d}' if n % 50 == 0 else ''}\n" for n in range(count)]
    return ("id,memo,phone\n" + "".join(lines)).encode()


def test_a_table_is_the_same_wherever_it_lies(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """Findings, lines, columns and records; plain, compressed, in archives and from a pipe, with several processes."""
    data = rows(33_000)
    (tmp_path / "a.csv").write_bytes(data)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(data, 1))
    (tmp_path / "a.zip").write_bytes(zipped({"a.csv": data}))
    (tmp_path / "a.tar.gz").write_bytes(gzip.compress(tarred({"a.csv": data}), 1))
    (tmp_path / "b.tar").write_bytes(tarred({"in.zip": (tmp_path / "a.zip").read_bytes()}))

    def seen(*args: str, stdin: bytes = b"") -> tuple[list[dict[str, Any]], int]:
        run = leakgauge("scan", "--only", "PHONE_NUMBER", "--key-file", "a.csv", *args, stdin=stdin)
        assert run.issues == []
        found = [{key: value for key, value in line.items() if key != "path"} for line in run.findings]
        return found, run.summary["records"]

    expected = seen("a.csv", "-j", "1")
    assert len(expected[0]) == 660
    for path in ("a.csv.gz", "a.zip", "a.tar.gz", "b.tar"):
        assert seen(path, "-j", "1") == expected, path
    assert seen("-", "-j", "1", stdin=data) == expected
    assert seen("-", "-j", "1", stdin=(tmp_path / "a.tar.gz").read_bytes()) == expected


def test_several_processes_give_what_one_gives(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """Byte for byte, for an archive with large members, which are cut, and small ones between them."""
    data, few = rows(40_000), rows(900)
    members = {"1.csv": data, "2.txt": b"tel 010-0000-0001\n", "3.csv": data, "in.zip": zipped({"4.csv": few})}
    (tmp_path / "a.zip").write_bytes(zipped(members))
    command = ("scan", "--only", "PHONE_NUMBER", "--key-file", "key", "a.zip")
    (tmp_path / "key").write_bytes(b"a key")
    one, four = leakgauge(*command, "-j", "1"), leakgauge(*command, "-j", "4")
    assert len(one.findings) > 1600
    assert one.out == four.out


def test_what_was_said_of_a_container_is_not_lost_when_it_breaks_off() -> None:
    """The error of ours comes first, then what was found before it."""

    def found() -> Iterator[Issue]:
        yield from [Issue("link", "leads out", "a")] * 2
        raise KeyError

    limits = Limits()
    with Spool() as spool:
        expander = _Expander(Exclude(()), limits, spool)
        items = list(expander._members(found(), Source("a", None, None, None), Budget(limits, None), 0))
    assert [(item.kind, item.count) for item in items if isinstance(item, Issue)] == [("internal", 1), ("link", 2)]
