"""How many people of one leak are in another, from the data or from sketches that were kept."""

from __future__ import annotations

import base64
import hashlib
import json
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
    """The hashes of a sketch are written down: BLAKE2b of type, NUL and normalised value, little-endian, halved."""
    (leaks / "few.csv").write_text("mail\na@example.com\n")
    leakgauge("size", "--save-sketch", "few.sketch", "--key-file", "key", "few.csv")
    (tier,) = json.loads((leaks / "few.sketch").read_bytes())["people"]
    key = hashlib.sha256(b"a key").digest()
    digest = hashlib.blake2b(b"EMAIL_ADDRESS\0a@example.com", key=key, digest_size=8).digest()
    sketch = compact_theta_sketch.deserialize(base64.b64decode(tier[1]))
    assert list(sketch) == [int.from_bytes(digest, "little") >> 1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--overlap", "one.csv", "two.csv"], "--key-file"),
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
    (leaks / "bad.sketch").write_bytes((leaks / "one.sketch").read_bytes()[:-9])
    run = leakgauge("size", *arguments)
    assert run.code == 2
    assert message in run.err
