"""`leakgauge mask` as a whole: what is written, what stays as it was, what is refused."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import hashlib
import io
import json
import lzma
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from conftest import Run

from scanner import mask
from scanner.api import scan
from scanner.config import ScanConfig
from scanner.errors import UsageError

Leakgauge = Callable[..., Run]
FIXTURES = Path(__file__).parent.parent / "fixtures"
MASKED = (".csv", ".tsv", ".gz", ".bz2", ".zst", ".txt", ".log", ".ts", ".json", ".jsonl", ".ndjson", ".har", ".sql")
CUT = ("broken-bytes", "dump-cut", "truncated")  # cases of which not all can be read
SHIFTS = ("packed-xz", "tar-cut")
CASES = sorted(path for path in FIXTURES.glob("*/input.*") if path.suffix in MASKED and path.parent.name not in SHIFTS)
UNPACK = {
    ".gz": gzip.decompress,
    ".bz2": bz2.decompress,
    ".zst": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
}
CONSTANT = re.compile(r"\[[A-Z_]+\]")


def run(
    source: Path, out: Path, *strategies: str, key: bytes = b"key", only: tuple[str, ...] = (), **more: bool
) -> int:
    """Mask a file in this process."""
    options = dict.fromkeys(("force", "force_incomplete", "no_verify"), False) | more
    options |= {"quiet": True, "no_progress": True}
    config = ScanConfig(only=only, jobs=2, key=hashlib.sha256(key).digest())
    with contextlib.redirect_stderr(io.StringIO()):
        return mask.mask(str(source), str(out), config, options | {"strategy": strategies})


def plain(path: Path) -> bytes:
    """The decompressed bytes of a file."""
    return UNPACK.get(path.suffix, lambda data: data)(path.read_bytes())


def clear(path: Path) -> int:
    """How many clear findings a file holds."""
    return sum(item.state == "clear" for item in scan([str(path)]) if hasattr(item, "state"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.parent.name)
@pytest.mark.parametrize("strategy", ["mask", "drop", "pseudonym", "digits"])
def test_fixtures_scan_clean_and_keep_their_form(case: Path, strategy: str, tmp_path: Path) -> None:
    """Whatever the strategy, a masked fixture scans clean, has the lines of the input, and its JSON still is JSON."""
    out = tmp_path / case.name
    if case.parent.name in CUT:
        assert run(case, out, strategy) == 3
        assert not list(tmp_path.iterdir())
        return
    assert run(case, out, strategy) == 0
    assert clear(out) == 0
    before, after = plain(case), plain(out)
    assert [before.count(end) for end in (b"\n", b"\r")] == [after.count(end) for end in (b"\n", b"\r")]
    if case.suffix in (".json", ".har") and case.parent.name != "mongo-lines":
        json.loads(after)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.parent.name)
def test_the_bytes_of_fixtures_that_are_not_masked_stay(case: Path, tmp_path: Path) -> None:
    """Between the masks stand the bytes of the input in their order, and each mask stands where a finding was."""
    if case.parent.name in CUT:
        return
    out = tmp_path / case.name
    assert run(case, out, "constant", no_verify=True) == 0
    encoding = (
        "utf-16-le" if plain(case).startswith(b"\xff\xfe") else "latin-1"
    )  # of the latter each byte is a character
    before, after = plain(case).decode(encoding), plain(out).decode(encoding)
    pieces, at = CONSTANT.split(after), 0
    for piece in pieces:
        unquoted = re.sub(r"""^["']|["']$""", "", piece)
        found = before.find(unquoted, at)
        assert found >= at
        at = found + len(unquoted)
    assert before.startswith(pieces[0])
    assert before.endswith(pieces[-1])


def test_a_pseudonym_is_the_same_for_a_value_in_any_file_with_one_key(tmp_path: Path) -> None:
    """Formats, encodings and ways of writing a number make no difference; another key does."""
    one, other, third = tmp_path / "a.csv", tmp_path / "b.json", tmp_path / "c.csv"
    one.write_bytes("이름,전화번호\n홍길동,010-0000-1234\n".encode("cp949"))
    other.write_text('{"전화번호": "+82 10-0000-1234", "이름": "홍길동"}')
    names = []
    for source, key in ((one, b"k"), (other, b"k"), (one, b"another")):
        out = third.with_suffix(f".{len(names)}{source.suffix}")
        assert run(source, out, "pseudonym", key=key) == 0
        text = out.read_text(encoding="cp949" if source is one else "utf-8")
        names.append(sorted(re.findall(r"\[(?:PERSON|PHONE_NUMBER)-[a-z]{12}\]", text)))
    assert len(names[0]) == 2
    assert names[0] == names[1]
    assert set(names[0]).isdisjoint(names[2])


@pytest.mark.parametrize(
    ("suffix", "unpack"),
    [(".gz", gzip.decompress), (".bz2", bz2.decompress), (".xz", lzma.decompress)],
)
def test_the_name_of_out_says_how_it_is_compressed(
    suffix: str, unpack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    """A plain file becomes a compressed one, and that a plain one again, with the same bytes."""
    source, packed, back = tmp_path / "a.csv", tmp_path / f"b.csv{suffix}", tmp_path / "c.csv"
    source.write_text("phone\r\n010-0000-1234\r\n")
    assert run(source, packed) == 0
    assert unpack(packed.read_bytes()) == b"phone\r\n010-****-**34\r\n"
    assert run(packed, back) == 0
    assert back.read_bytes() == unpack(packed.read_bytes())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp949", "gb18030"])
def test_encodings_stay(encoding: str, tmp_path: Path) -> None:
    """Byte order marks, line ends and all text but the values are written as they were."""
    text = (
        "이름,전화번호,메모\r\n" + "홍길동,010-0000-1234,안녕하세요 반갑습니다\r\n김철수,010-0000-9876,문 앞에\r\n" * 3
    )
    source, out = tmp_path / "a.csv", tmp_path / "b.csv"
    source.write_bytes(text.encode(encoding))
    assert run(source, out, "constant", only=("PHONE_NUMBER",)) == 0
    assert out.read_bytes() == re.sub(r"010-0000-\d{4}", "[PHONE_NUMBER]", text).encode(encoding)


def test_lines_that_end_with_cr_stay_so(tmp_path: Path) -> None:
    """The line ends of old Macs stay, also in compressed input."""
    text = b"phone\r" + b"010-0000-1234\r" * 10
    for name, data in (("a.csv", text), ("a.csv.gz", gzip.compress(text))):
        (tmp_path / name).write_bytes(data)
        assert run(tmp_path / name, tmp_path / "out.csv", force=True) == 0
        assert (tmp_path / "out.csv").read_bytes() == b"phone\r" + b"010-****-**34\r" * 10


@pytest.mark.parametrize(
    "document",
    [
        {"a": [{"card": 1}, 4111111111111111], "b": [{"card": 2}, 5500000000000004], "c": [{"n": 1}]},
        {kind: {f"T{number:07}": 4111111111111111 for number in range(9)} for kind in ("a", "b", "c")},
        {kind: [["name", "card"], ["x", 4111111111111111]] for kind in ("a", "b", "c")},
    ],
)
def test_numbers_at_the_end_of_arrays_and_maps_are_masked_alone(document: object, tmp_path: Path) -> None:
    """What comes after the last value of an array or map stays, and the file is JSON as before."""
    source, target = tmp_path / "in.json", tmp_path / "out.json"
    source.write_text(json.dumps(document))
    run(source, target)
    assert json.loads(re.sub(r'"\*+[0-9]+"', "1", target.read_text())) == json.loads(
        re.sub("[0-9]{16}", "1", source.read_text())
    )
    assert clear(target) == 0


def test_a_large_file_is_masked_by_several_processes_as_by_one(tmp_path: Path) -> None:
    """The cuts between splits show in nothing."""
    source = tmp_path / "a.csv"
    rows = [f'{n},010-0000-{n % 10000:04},"say ""{n}"" at user{n}@example.com"\n' for n in range(400_000)]
    source.write_text("id,phone,memo\n" + "".join(rows))
    assert run(source, tmp_path / "b.csv", "constant", no_verify=True) == 0
    expected = re.sub(r"010-0000-\d{4}", "[PHONE_NUMBER]", source.read_text())
    expected = re.sub(r"user\d+@example.com", "[EMAIL_ADDRESS]", expected)
    assert (tmp_path / "b.csv").read_text() == expected


def test_out_is_refused_where_it_would_destroy_something(tmp_path: Path) -> None:
    """The input by any name, a file that is there, a link and a folder are refused, and stay as they are."""
    source, there = tmp_path / "a.csv", tmp_path / "b.csv"
    source.write_text("phone\n010-0000-1234\n")
    there.write_text("mine")
    (tmp_path / "hard.csv").hardlink_to(source)
    (tmp_path / "soft.csv").symlink_to(source)
    (tmp_path / "other.csv").symlink_to(there)
    for name, force in (("a.csv", 1), ("hard.csv", 1), ("soft.csv", 1), ("other.csv", 1), (".", 1), ("b.csv", 0)):
        with pytest.raises(UsageError):
            run(source, tmp_path / name, force=bool(force))
    assert source.read_text() == "phone\n010-0000-1234\n"
    assert there.read_text() == "mine"
    assert run(source, there, force=True) == 0
    assert there.read_text() == "phone\n010-****-**34\n"
    assert len(list(tmp_path.iterdir())) == 5


@pytest.mark.parametrize("name", ["orders-xlsx/input.xlsx", "zip-gbk/input.zip", "page/input.html", "report/input.pdf"])
def test_what_cannot_be_masked_in_place_is_a_usage_error(name: str, leakgauge: Leakgauge, tmp_path: Path) -> None:
    """The message says what to do, nothing is written and the exit code is 2."""
    done = leakgauge("mask", str(FIXTURES / name), "out")
    assert done.code == 2
    assert "cannot be masked in place" in done.err
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_cut_off_is_written_only_on_request(tmp_path: Path) -> None:
    """What could not be read is copied as it is with --force-incomplete, and masked up to there."""
    case, out = FIXTURES / "broken-bytes" / "input.txt", tmp_path / "out.txt"
    assert run(case, out) == 3
    assert not list(tmp_path.iterdir())
    assert run(case, out, force_incomplete=True) == 0
    assert clear(out) == 0
    assert case.read_bytes().count(b"\n") == out.read_bytes().count(b"\n")


def test_stdin_and_stdout(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """`-` reads from a pipe and writes to one, all of it or nothing."""
    done = leakgauge("mask", "-q", "-", "-", stdin=b"name,phone\nKim,010-0000-1234\n")
    assert (done.code, done.err) == (0, "")
    assert b"010-****-**34" in done.out


def test_permissions_are_never_wider_than_those_of_the_input(tmp_path: Path) -> None:
    """Who may not read the input may not read the output."""
    source, out = tmp_path / "a.csv", tmp_path / "b.csv"
    source.write_text("phone\n010-0000-1234\n")
    source.chmod(0o640)
    assert run(source, out) == 0
    assert out.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "arguments", [["--strategy", "pseudonym"], ["--strategy", "hide"], ["--strategy", "PHONE=drop"]]
)
def test_strategies_that_make_no_sense_are_usage_errors(arguments: list[str], leakgauge: Leakgauge) -> None:
    """A missing key, an unknown strategy and an unknown type are told with what to do; nothing is written."""
    done = leakgauge("mask", *arguments, str(FIXTURES / "orders-ko" / "input.csv"), "out.csv")
    assert done.code == 2
    assert "--key-file" in done.err or "known are" in done.err or "did you mean" in done.err


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path, leakgauge: Leakgauge) -> None:
    """A missing folder, and one that takes no files, give exit code 2."""
    if os.geteuid() == 0:
        assert leakgauge("mask", str(FIXTURES / "orders-ko" / "input.csv"), "/proc/out.csv").code == 2
    assert leakgauge("mask", str(FIXTURES / "orders-ko" / "input.csv"), "missing/out.csv").code == 2


PHONES = "memo,phone\nleakgauge: allow,010-0000-1234\nx,010-0000-1235\n"
HIDDEN = PHONES.replace("0000-12", "****-**")
ENTRY = '[[allow]]\nvalue = "010-0000-1235"\n'


def test_a_comment_in_the_file_lets_nothing_stay(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """The file is to be shared, and who wrote it does not decide what is in the clear."""
    (tmp_path / "a.csv").write_text(PHONES)
    assert leakgauge("mask", "a.csv", "b.csv").code == 0
    assert (tmp_path / "b.csv").read_text() == HIDDEN


@pytest.mark.parametrize(
    ("setting", "key"),
    [
        ("min-score = 1.0\n", "min-score"),
        ('only = ["IP_ADDRESS"]\n', "only"),
        ('except = ["PHONE_NUMBER"]\n', "except"),
        ('region = ["VN"]\n', "region"),
        ('encoding = "utf-16"\n', "encoding"),
        ('[mask]\nonly = ["IP_ADDRESS"]\n', "only"),
        (ENTRY, "allow"),
    ],
)
def test_a_file_of_settings_that_is_found_cannot_weaken_a_mask(
    leakgauge: Leakgauge, tmp_path: Path, setting: str, key: str
) -> None:
    """What would leave values as they are is passed over, and stderr says so."""
    (tmp_path / "a.csv").write_text(PHONES)
    (tmp_path / "leakgauge.toml").write_text(setting)
    done = leakgauge("mask", "a.csv", "b.csv")
    assert done.code == 0
    assert f"leakgauge: settings from leakgauge.toml but {key}: for these name the file by -c" in done.err.splitlines()
    assert (tmp_path / "b.csv").read_text() == HIDDEN


def test_what_the_user_leaves_out_is_told(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """A file that is named counts, and flags do; stderr says how many values are allowed, and what was not sought."""
    (tmp_path / "a.csv").write_text(PHONES)
    (tmp_path / "own.toml").write_text(ENTRY)
    allowed = leakgauge("mask", "-c", "own.toml", "a.csv", "b.csv")
    assert allowed.code == 0
    assert "not all is masked: 1 allowed value is in it" in allowed.err
    assert (tmp_path / "b.csv").read_text() == HIDDEN.replace("****-**35", "0000-1235")
    only = leakgauge("mask", "--only", "IP_ADDRESS", "a.csv", "c.csv")
    assert "not all is masked: only IP_ADDRESS was looked for" in only.err


def test_paths_of_entries_are_those_of_the_input(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """What is allowed at the path of IN stays, and an entry for the path of OUT empties no check."""
    (tmp_path / "a.csv").write_text(PHONES)
    for name, expected in (("a.csv", PHONES), ("b.csv", HIDDEN)):
        (tmp_path / "own.toml").write_text(f'[[allow]]\npath = "{name}"\n')
        assert leakgauge("mask", "--force", "-c", "own.toml", "a.csv", "b.csv").code == 0
        assert (tmp_path / "b.csv").read_text() == expected


def test_long_names_of_out(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """A name that the file system takes is written; a longer one is a usage error, and nothing is left behind."""
    (tmp_path / "a.csv").write_text(PHONES)
    assert leakgauge("mask", "a.csv", "b" * 250).code == 0
    assert (tmp_path / ("b" * 250)).read_text() == HIDDEN
    done = leakgauge("mask", "a.csv", "b" * 300)
    assert (done.code, "cannot write" in done.err) == (2, True)
    assert len(list(tmp_path.iterdir())) == 2
