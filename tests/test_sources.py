"""Sources: which files are found, what is said about the others, and what their bytes are."""

from __future__ import annotations

import bz2
import gzip
import inspect
import io
import lzma
import os
import pickle
import random
import socket
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.errors import UsageError
from scanner.model import Issue
from scanner.sources import Limits, Source, Stream, find, open_source

PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstd": zstandard.ZstdCompressor(write_checksum=True).compress,
}
BODY = b"".join(b"%d,Ann Example,555-01%02d\n" % (random.Random(i).randrange(10**9), i % 100) for i in range(20_000))


def tree(root: Path, files: dict[str, str]) -> Path:
    """Write `files` below `root`."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def names(root: Path, *paths: str, **options: object) -> list[str]:
    """Return what `find` gives, relative to `root`: paths of sources, and `kind:severity:path` of issues.

    What says how much was left out is not among them.
    """
    found = find([str(root / path) for path in paths or ("",)], **options)  # type: ignore[arg-type]
    return [name.replace(f"{root}/", "") for name in _names(found)]


def _names(items: Iterable[Source | Issue]) -> list[str]:
    return [_name(item) for item in items if isinstance(item, Source) or item.kind != "ignored"]


def _name(item: Source | Issue) -> str:
    return item.path if isinstance(item, Source) else f"{item.kind}:{item.severity}:{item.path}"


def read(stream: Stream, n: int = 10_000) -> bytes:
    """Read all; no piece may be longer than `n`."""
    pieces = list(iter(lambda: stream.read(n), b""))
    assert all(len(piece) <= n for piece in pieces)
    stream.close()
    return b"".join(pieces)


def only(path: Path) -> Source:
    """Return the one source that `path` gives."""
    [source] = find([str(path)])
    assert isinstance(source, Source)
    return source


def stored(folder: Path, data: bytes) -> Source:
    """Store `data` in a file and return its source."""
    path = folder / "data.bin"
    path.write_bytes(data)
    return only(path)


def test_folders_are_walked_in_sorted_order(tmp_path: Path) -> None:
    """Members come sorted and named under the folder as it was given; hidden files are scanned, too."""
    tree(tmp_path, {"d/b/z": "", "d/b/.env": "", "d/a": "", "d/.hid/x": "", "d/c": ""})
    assert names(tmp_path, "d") == ["d/.hid/x", "d/a", "d/b/.env", "d/b/z", "d/c"]


def test_names_are_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The given spelling of a folder stays, with or without a slash at its end."""
    monkeypatch.chdir(tree(tmp_path, {"d/a": ""}))
    assert [_name(item) for item in find(["./d", "d/../d/"])] == ["./d/a"]
    assert [_name(item) for item in find(["d/"])] == ["d/a"]


def test_gitignore_counts_only_in_a_checkout(tmp_path: Path) -> None:
    """In a checkout nested .gitignore files leave members out, elsewhere none does; .git is never scanned."""
    files = {".gitignore": "*.log\nbuild/\n", "a.log": "", "sub/.gitignore": "!b.log\n", "sub/b.log": "", "build/x": ""}
    tree(tmp_path / "plain", files)
    tree(tmp_path / "repo", files | {".git/config": "", "x": ""})
    assert names(tmp_path / "plain") == [".gitignore", "a.log", "build/x", "sub/.gitignore", "sub/b.log"]
    kept = [".gitignore", "sub/.gitignore", "sub/b.log", "x"]
    assert names(tmp_path / "repo") == kept
    assert names(tmp_path, ".") != kept
    assert "a.log" in names(tmp_path / "repo", respect_gitignore=False)
    assert not any(".git/" in name for name in names(tmp_path / "repo", respect_gitignore=False))


def test_a_checkout_below_or_above_the_folder_counts(tmp_path: Path) -> None:
    """A .gitignore counts for a folder inside a checkout, and for a checkout inside a folder."""
    tree(
        tmp_path,
        {"repo/.git/config": "", "repo/.gitignore": "*.log", "repo/in/a.log": "", "repo/in/b": "", "c.log": ""},
    )
    assert names(tmp_path, "repo/in") == ["repo/in/b"]
    assert names(tmp_path) == ["c.log", "repo/.gitignore", "repo/in/b"]


def test_named_files_are_always_scanned(tmp_path: Path) -> None:
    """What .gitignore leaves out is scanned when it is named."""
    tree(tmp_path, {".git/config": "", ".gitignore": "*.log\nbuild/", "a.log": "", "build/x": ""})
    assert names(tmp_path, "a.log", "build", ".git/config") == ["a.log", "build/x", ".git/config"]


@pytest.mark.parametrize(
    ("globs", "left"),
    [
        (["*.log"], ["a.txt", "sub/c.txt", "sub/deep/d.txt"]),
        (["sub/"], ["a.log", "a.txt"]),
        (["a.log/"], ["a.log", "a.txt", "sub/b.log", "sub/c.txt", "sub/deep/d.txt"]),
        (["sub/*.txt"], ["a.log", "a.txt", "sub/b.log", "sub/deep/d.txt"]),
        (["sub/**/*.txt"], ["a.log", "a.txt", "sub/b.log"]),
        (["**/deep"], ["a.log", "a.txt", "sub/b.log", "sub/c.txt"]),
        (["/a.*"], ["sub/b.log", "sub/c.txt", "sub/deep/d.txt"]),
        (["[!a].???"], ["a.log", "a.txt"]),
        (["*.log", "!b.log"], ["a.txt", "sub/b.log", "sub/c.txt", "sub/deep/d.txt"]),
    ],
)
def test_excluded_globs(globs: list[str], left: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Globs in the syntax of gitignore leave out the same files whether these are named or found."""
    monkeypatch.chdir(tree(tmp_path, dict.fromkeys(("a.txt", "a.log", "sub/b.log", "sub/c.txt", "sub/deep/d.txt"), "")))
    named = ["a.log", "a.txt", "sub/b.log", "sub/c.txt", "sub/deep/d.txt"]
    assert _names(find(["."], exclude=globs)) == [f"./{name}" for name in left]
    assert _names(find(named, exclude=globs)) == left


def test_what_was_left_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each folder of the paths has one warning with the number of files and folders left out, named files together."""
    files = {".git/config": "", ".gitignore": "*.log\nbuild/", "a.log": "", "in/b.log": "", "build/x": "", "c.txt": ""}
    monkeypatch.chdir(tree(tmp_path, files))

    def left_out(*paths: str, **options: object) -> list[tuple[str | None, int, str]]:
        items = find(paths, **options)  # type: ignore[arg-type]
        return [(item.path, item.count, item.message) for item in items if isinstance(item, Issue)]

    ignored, excluded = "left out as .gitignore says; --no-gitignore scans them", "left out as --exclude says"
    assert left_out(".") == [(".", 3, f"files or folders were {ignored}")]
    assert left_out(".", exclude=["c.*"]) == [(".", 4, f"files or folders were {ignored} and {excluded}")]
    assert left_out(".", "a.log", exclude=["*.log"], respect_gitignore=False) == [
        (".", 2, f"files or folders were {excluded}"),
        (None, 1, f"files or folders were {excluded}"),
    ]
    assert left_out("a.log", "c.txt", "build") == left_out(".", respect_gitignore=False) == []


@pytest.mark.parametrize("glob", ["", "!", "/", "[z-a]"])
def test_malformed_globs_are_usage_errors(glob: str) -> None:
    """A glob that cannot match is a usage error before any file is looked for."""
    with pytest.raises(UsageError):
        find([], exclude=[glob])


def test_what_cannot_be_read_is_an_issue_and_the_rest_goes_on(tmp_path: Path) -> None:
    """A missing path, a loop and special files are issues: errors when named, warnings in a folder."""
    tree(tmp_path, {"a": "", "z": ""})
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to("loop")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "sock"))
    assert names(tmp_path, "nope", "loop", "fifo", "a/b", "a") == [
        "not_found:error:nope", "loop:error:loop", "special:error:fifo", "not_found:error:a/b", "a",
    ]  # fmt: skip
    assert names(tmp_path) == ["a", "special:warning:fifo", "loop:warning:loop", "special:warning:sock", "z"]


def test_unreadable_files_and_folders_are_issues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What may not be opened is an issue and the rest goes on (the system call is replaced: root may open all)."""
    tree(tmp_path, {"a": "", "d/x": "", "z": ""})
    scandir, path_open = os.scandir, Path.open

    def no_folder(path: str) -> object:
        if path.endswith("/d"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    def no_file(self: Path, *args: object, **options: object) -> object:
        if self.name == "a":
            raise PermissionError(13, "Permission denied")
        return path_open(self, *args, **options)  # type: ignore[call-overload]

    source = only(tmp_path / "a")
    monkeypatch.setattr(os, "scandir", no_folder)
    monkeypatch.setattr(Path, "open", no_file)
    assert names(tmp_path) == ["unreadable:error:a", "unreadable:error:d", "z"]
    assert [issue.kind for issue in open_source(source).issues] == ["unreadable"]


def test_links_in_folders_are_not_followed_but_none_is_lost_silently(tmp_path: Path) -> None:
    """A link into the scanned folders needs no word, one out of them or to nothing is a warning."""
    tree(tmp_path, {"d/a": "", "d/sub/x": "", "out/y": ""})
    for name, target in {"in": "a", "up": ".", "gone": "nope", "file": "../out/y", "folder": "../out"}.items():
        (tmp_path / "d" / name).symlink_to(target)
    warnings = ["symlink:warning:d/file", "symlink:warning:d/folder", "broken_link:warning:d/gone"]
    assert names(tmp_path, "d") == ["d/a", *warnings, "d/sub/x"]
    assert names(tmp_path, "d", "out") == ["d/a", warnings[2], "d/sub/x", "out/y"]
    assert names(tmp_path, "d/file", "d/folder") == ["d/file"]


def test_the_same_file_is_scanned_once(tmp_path: Path) -> None:
    """Another spelling, a link and a folder that is given too give no second scan; stdin is read once."""
    tree(tmp_path, {"d/a": "", "d/sub/b": ""})
    (tmp_path / "link").symlink_to("d/a")
    assert names(tmp_path, "d/sub/b", "d/a", "d/./a", "link", "d", "d/sub") == ["d/sub/b", "d/a"]
    assert list(find(["-", "-"])) == [Source("-", None, None, None)]


def test_deep_trees_do_not_exhaust_the_stack(tmp_path: Path) -> None:
    """A tree deeper than Python recurses is walked."""
    deep = Path(tmp_path, *["d"] * 300)
    deep.mkdir(parents=True)
    Path(deep, "a").touch()
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        assert len(names(tmp_path)) == 1
    finally:
        sys.setrecursionlimit(limit)


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    """Such a name is shown with the bytes that are none escaped, keeps its bytes, and opens."""
    path = os.fsencode(tmp_path) + b"/\xb0\xa1.txt"
    with open(path, "wb") as file:  # noqa: PTH123 - the name is bytes
        file.write(b"x")
    [source] = find([str(tmp_path)])
    assert isinstance(source, Source)
    assert (source.path, source.raw) == (rf"{tmp_path}/\xb0\xa1.txt", path)
    assert read(open_source(pickle.loads(pickle.dumps(source)))) == b"x"


@pytest.mark.parametrize("name", PACK)
def test_compression_goes_by_magic_bytes(name: str, tmp_path: Path) -> None:
    """Compressed data is known by its first bytes whatever its name, and several members with padding are one text."""
    source = stored(tmp_path, PACK[name](BODY) + PACK[name](b"") + bytes(70_000) + PACK[name](b"last\n") + bytes(512))
    stream = open_source(source)
    assert source.compression == name
    assert read(stream) == BODY + b"last\n"
    assert stream.issues == []


def test_a_wrong_suffix_is_no_compression(tmp_path: Path) -> None:
    """A .gz that is not gzip is read as it is, and so is text that looks a little like bzip2."""
    for text in (b"plain\n", b"BZh9 is a plate number\n", b""):
        (tmp_path / "a.gz").write_bytes(text)
        assert read(open_source(only(tmp_path / "a.gz"))) == text


@pytest.mark.parametrize("name", PACK)
def test_truncated_data_is_delivered_up_to_the_cut(name: str, tmp_path: Path) -> None:
    """What precedes a cut is delivered, and the cut is one issue with the compressed bytes that were read."""
    packed = PACK[name](BODY)
    stream = open_source(stored(tmp_path, packed[:-3]))
    got = read(stream)
    assert BODY.startswith(got)
    assert name == "bzip2" or len(got) > len(BODY) * 0.7
    [issue] = stream.issues
    assert (issue.kind, issue.severity) == ("truncated", "error")
    assert f"after {len(packed) - 3} compressed bytes" in issue.message


@pytest.mark.parametrize("name", PACK)
def test_damaged_data_is_delivered_up_to_the_damage(name: str, tmp_path: Path) -> None:
    """Damage ends the stream with one issue, never with an exception, and what came before is right."""
    packed = bytearray(PACK[name](b"first\n") + PACK[name](BODY))
    middle = len(packed) // 2
    packed[middle : middle + 40] = random.Random(5).randbytes(40)
    stream = open_source(stored(tmp_path, bytes(packed)))
    assert read(stream).startswith(b"first\n")
    assert [issue.kind for issue in stream.issues] == ["corrupt"]


def test_gzip_delivers_all_before_a_wrong_checksum(tmp_path: Path) -> None:
    """A gzip member whose checksum is wrong is delivered whole, with an issue."""
    packed = bytearray(gzip.compress(BODY))
    packed[-8] ^= 1
    stream = open_source(stored(tmp_path, bytes(packed)))
    assert read(stream) == BODY
    assert [issue.kind for issue in stream.issues] == ["corrupt"]


def test_trailing_garbage_is_an_error(tmp_path: Path) -> None:
    """What follows the last member and is none is not read, and said so."""
    stream = open_source(stored(tmp_path, gzip.compress(b"a\n") + b"garbage"))
    assert read(stream) == b"a\n"
    [issue] = stream.issues
    assert (issue.kind, issue.severity, issue.bytes) == ("trailing", "error", 7)


@pytest.mark.parametrize("name", ["gzip", "bzip2", "zstd"])
def test_bombs_are_stopped(name: str, tmp_path: Path) -> None:
    """Output beyond the limits ends with an issue, in small pieces until then."""
    stream = open_source(stored(tmp_path, PACK[name](bytes(30_000_000))), limits=Limits(ratio=100, free=1_000_000))
    assert 1_000_000 <= len(read(stream, 1 << 20)) < 15_000_000
    assert [issue.kind for issue in stream.issues] == ["bomb"]


@given(st.sampled_from([None, *PACK]), st.lists(st.binary(max_size=300), min_size=1, max_size=4), st.integers(1, 50))
@settings(max_examples=100, deadline=None)
def test_pieces_join_to_the_data(name: str | None, members: list[bytes], n: int) -> None:
    """Read in pieces of any size, stdin gives the data, packed in any way or not at all."""
    data = b"".join(members)
    packed = b"".join(PACK[name](m) for m in members) if name else b"." + data
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(packed)))
        stream = open_source(Source("-", None, None, None))
        assert read(stream, n) == (data if name else packed)
        assert stream.issues == []


@given(st.binary(max_size=100), st.integers(0, 120), st.integers(0, 120))
@settings(max_examples=100, deadline=None)
def test_byte_ranges(tmp_path_factory: pytest.TempPathFactory, data: bytes, start: int, end: int) -> None:
    """A plain file gives any range of its bytes; one that reaches beyond its end is truncated."""
    path = tmp_path_factory.getbasetemp() / "ranges"
    path.write_bytes(data)
    stream = open_source(Source(str(path), None, str(path), None), start, end)
    assert read(stream, 7) == data[start:end]
    assert [issue.kind for issue in stream.issues] == (["truncated"] if end > max(start, len(data)) else [])


def test_only_plain_files_have_ranges(tmp_path: Path) -> None:
    """A range of stdin or of compressed data is a mistake of the caller."""
    for source in (Source("-", None, None, None), stored(tmp_path, gzip.compress(b"a"))):
        with pytest.raises(ValueError, match="ranges"):
            open_source(source, 0, 5)


def test_errors_while_reading_are_issues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A read that fails ends the stream with an issue; so do a file that is gone and a missing stdin."""
    folder = Source("d", None, str(tmp_path), None)  # opening a folder fails as a vanished disk would
    gone = Source("gone", None, str(tmp_path / "gone"), "gzip")
    monkeypatch.setattr(sys, "stdin", None)
    for source, kind in ((folder, "unreadable"), (gone, "not_found"), (Source("-", None, None, None), "unreadable")):
        stream = open_source(source)
        assert read(stream) == b""
        assert [issue.kind for issue in stream.issues] == [kind]


@pytest.mark.parametrize("name", PACK)
def test_a_failing_disk_is_one_issue(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An I/O error in the middle of compressed data is reported as such and once."""

    class Failing(io.BytesIO):
        def read1(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 20_000:
                raise OSError(5, "Input/output error")
            return super().read1(size)

    monkeypatch.setattr(sys, "stdin", type("Stdin", (), {"buffer": Failing(PACK[name](BODY))}))
    stream = open_source(Source("-", None, None, None))
    assert BODY.startswith(read(stream))
    assert [(issue.kind, issue.message) for issue in stream.issues] == [("unreadable", "Input/output error")]


def test_a_source_knows_how_large_its_file_is(tmp_path: Path) -> None:
    """Not so stdin, and one that has gone."""
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    source = Source(str(path), None, str(path), None)
    assert (source.size, Source("-", None, None, None).size) == (5, None)
    path.unlink()
    assert source.size is None
