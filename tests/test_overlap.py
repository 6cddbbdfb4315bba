"""How many people of one leak are in another, from the data or from sketches that were kept."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from conftest import Run
from datasketches import compact_theta_sketch

Leakgauge = Callable[..., Run]


def leak(path: Path, people: Iterable[int]) -> None:
    """Of each fifth person only the mail address is known."""
    rows = (f"{'' if n % 5 == 0 else f'010-0000-{n:04}'},u{n}@example.com\n" for n in people)
    path.write_text("phone,mail\n" + "".join(rows))


@pytest.fixture
def leaks(tmp_path: Path) -> Path:
    """Two leaks of 3,000 and 7,000 people that share 1,000, and a key."""
    leak(tmp_path / "one.csv", range(3000))
    leak(tmp_path / "two.csv", range(2000, 9000))
    (tmp_path / "key").write_text("a key")
    return tmp_path


def shared(run: Run) -> list[tuple[str, str, int]]:
    """Whose people are where, and how many."""
    assert run.code == 1, run.err
    return [(each["of"], each["in"], each["people"]) for each in json.loads(run.out)["overlaps"]]


def test_people_in_both(leaks: Path, leakgauge: Leakgauge) -> None:
    """People are found in the other leak by phone number, and where there is none by mail address."""
    run = leakgauge("size", "--overlap", "--format", "json", "--key-file", "key", "one.csv", "two.csv")
    assert shared(run) == [("one.csv", "two.csv", 1000), ("two.csv", "one.csv", 1000)]
    first = json.loads(run.out)["overlaps"][0]
    assert first["share"] == 0.3333
    assert {name: each["values"] for name, each in first["by"].items()} == {"PHONE_NUMBER": 800, "EMAIL_ADDRESS": 1000}
    assert (
        "about 1,000 (1,000 to 1,800) are in two.csv too"
        in leakgauge("size", "--overlap", "--key-file", "key", "one.csv", "two.csv").out.decode()
    )


def test_people_who_are_there_by_another_identifier(leaks: Path, leakgauge: Leakgauge) -> None:
    """Whoever has a phone number here and only the mail address there is found, in both directions."""
    (leaks / "mails.csv").write_text("mail\n" + "".join(f"u{n}@example.com\n" for n in range(1000)))
    run = leakgauge("size", "--overlap", "--format", "json", "--key-file", "key", "one.csv", "mails.csv")
    assert shared(run) == [("one.csv", "mails.csv", 1000), ("mails.csv", "one.csv", 1000)]


def test_a_sketch_stands_for_its_leak(leaks: Path, leakgauge: Leakgauge) -> None:
    """A sketch that was kept gives what the data gives; it holds no value and only its owner reads it."""
    leakgauge("size", "--save-sketch", "one.sketch", "--key-file", "key", "one.csv")
    (leaks / "one.csv").unlink()
    data = (leaks / "one.sketch").read_bytes()
    assert (leaks / "one.sketch").stat().st_mode & 0o777 == 0o600
    assert b"@" not in data and b"010-0000" not in data
    run = leakgauge("size", "--overlap", "--format", "json", "--key-file", "key", "one.sketch", "two.csv")
    assert shared(run) == [("one.sketch", "two.csv", 1000), ("two.csv", "one.sketch", 1000)]


def test_a_sketch_is_the_same_in_the_next_version(leaks: Path, leakgauge: Leakgauge) -> None:
    """The hashes of a sketch are written down: BLAKE2b of the normalised value, little-endian, halved."""
    (leaks / "few.csv").write_text("mail\na@example.com\n")
    leakgauge("size", "--save-sketch", "few.sketch", "--key-file", "key", "few.csv")
    (tier,) = json.loads((leaks / "few.sketch").read_bytes())["people"]
    key = hashlib.sha256(b"a key").digest()
    digest = hashlib.blake2b(b"a@example.com", key=key, digest_size=8).digest()
    sketch = compact_theta_sketch.deserialize(base64.b64decode(tier[1]))
    assert list(sketch) == [int.from_bytes(digest, "little") >> 1]


def test_people_with_several_numbers_are_counted_once(leaks: Path, leakgauge: Leakgauge) -> None:
    """Bounds are of people, not of the numbers that are shared: what is between them includes the estimate."""
    rows = (f"{n:06}-1{n:06},010-0000-{2 * n:04},010-0000-{2 * n + 1:04}\n" for n in range(100))
    (leaks / "two-phones.csv").write_text("주민등록번호,phone,phone 2\n" + "".join(rows))
    (leaks / "phones.csv").write_text("phone\n" + "".join(f"010-0000-{n:04}\n" for n in range(200)))
    run = leakgauge("size", "--overlap", "--format", "json", "--key-file", "key", "two-phones.csv", "phones.csv")
    first = json.loads(run.out)["overlaps"][0]
    assert first["low"] == 100
    assert first["low"] <= first["people"] <= first["high"] <= 200


def test_a_number_is_one_whatever_it_is_called(leaks: Path, leakgauge: Leakgauge) -> None:
    """Numbers of passports are the same people in a Korean and in a Chinese file, with a sketch and without."""
    for name, header in (("ko.csv", "여권번호"), ("zh.csv", "护照号码")):
        (leaks / name).write_text(f"{header}\n" + "".join(f"E{n:08}\n" for n in range(12345600, 12345650)))
    for more in ((), ("--save-sketch", "s")):
        run = leakgauge("size", "--format", "json", "--key-file", "key", *more, "ko.csv", "zh.csv")
        assert json.loads(run.out)["subjects"]["estimate"] == 50
    run = leakgauge("size", "--overlap", "--format", "json", "--key-file", "key", "ko.csv", "zh.csv")
    assert shared(run) == [("ko.csv", "zh.csv", 50), ("zh.csv", "ko.csv", 50)]


@pytest.mark.skipif(os.name == "nt", reason="there paths are no bytes")
def test_a_sketch_with_a_hostile_name_is_told_safely(leaks: Path, leakgauge: Leakgauge) -> None:
    """Bytes that are not UTF-8 and controls of terminals are not printed."""
    name = os.fsdecode(b"x\xff\x1b[31m.sketch")
    leakgauge("size", "--save-sketch", name, "--key-file", "key", "one.csv")
    for form in ("text", "json"):
        run = leakgauge("size", "--overlap", "--format", form, "--key-file", "key", name, "two.csv")
        assert (run.code, b"\x1b" in run.out, b"\xff" in run.out, run.err) == (1, False, False, "")


def test_a_sketch_of_what_was_not_all_read_says_so(leaks: Path, leakgauge: Leakgauge) -> None:
    """Exit code 3, as for the leak itself."""
    (leaks / "cut.csv.gz").write_bytes(gzip.compress(b"phone\n010-0000-0001\n" * 2000)[:-20])
    leakgauge("size", "--save-sketch", "cut.sketch", "--key-file", "key", "cut.csv.gz")
    (leaks / "clean.csv").write_text("a,b\n1,2\n")
    run = leakgauge("size", "--overlap", "--key-file", "key", "cut.sketch", "clean.csv")
    assert (run.code, b"not read" in run.out) == (3, True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_nobody_waits_for_a_named_pipe(leaks: Path, leakgauge: Leakgauge) -> None:
    """It is told as something that is not read."""
    os.mkfifo(leaks / "pipe")
    run = leakgauge("size", "--overlap", "--key-file", "key", "pipe", "one.csv")
    assert (run.code, b"not read: pipe" in run.out) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--overlap", "one.csv", "two.csv"], "--key-file"),
        (["--state", "st", "-o", "st.part", "--key-file", "key", "one.csv"], "two results"),
        (["--overlap", "--key-file", "key", "old.sketch", "two.csv"], "another version"),
        (["--save-sketch", "s", "one.csv"], "--key-file"),
        (["--overlap", "--key-file", "key", "one.csv"], "at least two"),
        (["--overlap", "--key-file", "key", "one.csv", "./one.csv"], "given twice"),
        (["--key-file", "key", "one.sketch"], "is a saved sketch"),
        (["--save-sketch", "/dev/null", "--key-file", "key", "one.csv"], "cannot write /dev/null"),
        (["--overlap", "--key-file", "two.csv", "one.sketch", "two.csv"], "another key"),
        (["--overlap", "--key-file", "key", "bad.sketch", "two.csv"], "damaged"),
        (["--overlap", "--key-file", "key", "--state", "s", "one.csv", "two.csv"], "does not go with"),
        (["--save-sketch", "one.csv", "--key-file", "key", "one.csv"], "is to be scanned"),
        (["--save-sketch", "none/s", "--key-file", "key", "one.csv"], "cannot write"),
    ],
)
def test_what_cannot_be_compared(leaks: Path, leakgauge: Leakgauge, arguments: list[str], message: str) -> None:
    """Without a key, with another one, alone, twice, damaged, or over what is there: exit code 2 and what to do."""
    leakgauge("size", "--save-sketch", "one.sketch", "--key-file", "key", "one.csv")
    old = (leaks / "one.sketch").read_bytes().replace(b'"v":2', b'"v":1')
    (leaks / "old.sketch").write_bytes(old)
    (leaks / "bad.sketch").write_bytes((leaks / "one.sketch").read_bytes()[:-9])
    run = leakgauge("size", *arguments)
    assert run.code == 2
    assert message in run.err
