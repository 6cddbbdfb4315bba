"""A sample of random blocks estimates the whole, and says how sure it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from conftest import Run

from scanner.cli import cli
from scanner.config import ScanConfig
from scanner.counts import Measuring
from scanner.gauge import Gauge, Sampled, extrapolated, result
from scanner.gauge.gauge import Field
from scanner.model import Summary
from scanner.pipeline import Engine
from scanner.plan import Split
from scanner.sources import Source

ROWS = 100_000
PEOPLE = 30_000
Leakgauge = Callable[..., Run]


@pytest.fixture(scope="module")
def leak(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """100,000 rows of 30,000 people; a third of the rows has a phone number, more of them towards the end."""
    rng, path = Random(1), tmp_path_factory.mktemp("leak") / "leak.csv"
    rows = ["mail,phone,memo\n"]
    for row in range(ROWS):
        phone = f"010-0000-{rng.randrange(10000):04}" if rng.random() < row / ROWS * 2 / 3 else ""
        rows.append(f"user{rng.randrange(PEOPLE)}@example.com,{phone},{'x' * rng.randrange(60, 120)}\n")
    path.write_text("".join(rows))
    return path


def size(path: Path, *arguments: str) -> dict[str, Any]:
    """What `size` says of mail addresses and phone numbers."""
    only = ["--only", "EMAIL_ADDRESS", "--only", "PHONE_NUMBER", "--key-file", str(Path(__file__))]
    done = CliRunner().invoke(cli, ["size", "--format", "json", "-j", "1", *only, *arguments, str(path)])
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def counts(found: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    """Counts with their bounds; without bounds they are the count itself."""
    rows = {"people": ("estimate", found["subjects"] | {f"estimate_{end}": found["subjects"][end] for end in _ENDS})}
    rows |= {"records": ("records", found)}
    for kind, each in found["entities"].items():
        rows |= {f"{kind} {name}": (name, each) for name in ("items", "records", "distinct")}
    return {
        key: (row[name], *(row.get(f"{name}_{end}", row[name]) for end in _ENDS)) for key, (name, row) in rows.items()
    }


_ENDS = ("low", "high")


def test_intervals_hold_the_truth(leak: Path) -> None:
    """Over many seeds nearly all intervals hold the true counts, and are narrow where they are of plain counts."""
    truth = {key: value for key, (value, _, _) in counts(size(leak)).items()}
    hits = total = 0
    for seed in range(12):
        found = counts(size(leak, "--sample", "8%", "--seed", str(seed)))
        assert found.keys() == truth.keys()
        for key, (value, low, high) in found.items():
            assert low <= value <= high
            hits += low <= truth[key] <= high
            total += 1
        assert found["records"][2] - found["records"][1] < 0.05 * ROWS
        assert abs(found["EMAIL_ADDRESS distinct"][0] - PEOPLE) < 0.2 * PEOPLE
    assert hits >= 0.8 * total  # several counts of a sample are off together


BLOCKS, CHOSEN = 48, 16


def blocks(path: Path) -> list[tuple[Gauge, Summary]]:
    """The counts of all blocks of a file of equal lines, and what was read of each."""
    engine = Engine(ScanConfig(key=b"k" * 32, only=("EMAIL_ADDRESS",)))
    planner = replace(engine.planner(), split_bytes=path.stat().st_size // BLOCKS + 1)
    found = []
    for split in planner.plan(Source(path.name, None, str(path), None)):
        assert isinstance(split, Split)
        *parts, last = Measuring()(engine, split)
        assert last.made is not None
        found.append((Gauge.load(last.made), sum((part.summary for part in (*parts, last)), Summary())))
    return found


@pytest.mark.parametrize("skew", [0, 0.5, 1, 1.5])
def test_intervals_allow_for_values_that_are_more_frequent(tmp_path: Path, skew: float) -> None:
    """Where the values repeat by Zipf's law the interval holds the true number in at least 90 of 100 samples."""
    rng, path = Random(2), tmp_path / "leak.csv"
    users = rng.choices(range(9000), [rank**-skew for rank in range(1, 9001)], k=BLOCKS * 250)
    path.write_text("mail,memo\n" + "".join(f"user{user:05}@example.com,memo\n" for user in users))
    every = blocks(path)
    hits = 0
    for seed in range(100):
        sampled = Sampled()
        for number in Random(seed).sample(range(len(every)), CHOSEN):
            sampled.add(path.name, (len(every), CHOSEN), *every[number])
        counted = sampled.distinct("EMAIL_ADDRESS")
        assert counted.low <= counted.value <= counted.high <= 2 * len(set(users))
        hits += counted.low <= len(set(users)) <= counted.high
    assert hits >= 90


def test_records_of_several_lines_are_counted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A block begins with a record, not within a cell that holds line ends: else each block would have one too many."""
    rows = (f'{n:05},user{n:05}@example.com,"at the door, {n:05}\nplease\nring, twice"\n' for n in range(40_000))
    monkeypatch.chdir(tmp_path)  # seed and path choose the blocks
    Path("lines.csv").write_text("id,mail,memo\n" + "".join(rows))
    for seed in ("0", "1", "2"):
        found = size(Path("lines.csv"), "--sample", "20%", "--seed", seed)
        assert abs(found["records"] - 40_000) < 40
        assert found["records_low"] <= 40_000 <= found["records_high"]


def test_a_seed_chooses_the_same(leak: Path) -> None:
    """The same seed gives the same, another one another sample; it says what was read, and is not complete."""
    one, again, other = (size(leak, "--sample", "0.05", "--seed", seed) for seed in ("1", "1", "2"))
    assert one == again
    assert one["entities"] != other["entities"]
    assert 0.05 <= one["sample"]["share"] < 0.12
    assert one["sample"]["bytes"] == one["coverage"]["bytes_read"] < 0.12 * leak.stat().st_size
    assert not one["coverage"]["complete"]


def test_what_cannot_be_chosen_from_is_read(tmp_path: Path, leakgauge: Leakgauge) -> None:
    """A small file is read as a whole, without intervals."""
    (tmp_path / "small.csv").write_text("mail\na@example.com\n")
    found = json.loads(leakgauge("size", "--format", "json", "--sample", "1%", "small.csv").out)
    assert found["coverage"]["complete"]
    assert "records_low" not in found and "sample" not in found


def test_a_clean_sample_is_not_clean(tmp_path: Path, leakgauge: Leakgauge) -> None:
    """Nothing found in a sample is exit code 3: the rest was not read."""
    (tmp_path / "clean.csv").write_text("size,colour\n" + "12,blue green and red\n" * 300_000)
    run = leakgauge("size", "--sample", "5%", "clean.csv")
    assert run.code == 3
    assert "sample" in run.out.decode()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--sample", "0%"], "between"),
        (["--sample", "100%"], "between"),
        (["--sample", "some"], "no share"),
        (["--sample", "1%", "--state", "state"], "does not go with"),
        (["--sample", "1%", "--overlap", "small.csv"], "does not go with"),
    ],
)
def test_what_is_no_sample(tmp_path: Path, leakgauge: Leakgauge, arguments: list[str], message: str) -> None:
    """A share that is none, or options that want all data: exit code 2 and a message."""
    (tmp_path / "small.csv").write_text("mail\na@example.com\n")
    run = leakgauge("size", "--key-file", "small.csv", *arguments, "small.csv")
    assert run.code == 2
    assert message in run.err


def test_fields_that_are_counted_together_are_estimated_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three fields are shown; the other two share a row, whose counts are of the whole as well."""
    monkeypatch.setattr("scanner.gauge.gauge.MAX_FIELDS", 3)
    sampled, whole, read = Sampled(), Gauge(), Summary()
    for block in range(16):
        gauge = Gauge()
        for number in range(5):
            tally = gauge.tally(Field("p", f"f{number}", "PERSON", None))
            tally.items = tally.records = 10
            tally.distinct.add(np.arange(10) + 100 * block)
        gauge.combinations[("PERSON",)] += 10
        sampled.add("p", (160, 16), gauge, Summary(records=10))
        whole.add(gauge)
        read += Summary(records=10)
    found = extrapolated(result(whole, read, []), sampled)
    assert sorted(row["items"] for row in found["fields"]) == [1600, 1600, 1600, 3200]
    assert found["entities"]["PERSON"]["items"] == 8000
