"""The six leaks: what `leakgauge size` says of them against what they were made of, in each format and encoding."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner
from leaks_made import LEAKS, make
from leaks_made.draw import Draw
from leaks_made.model import File, Leak
from leaks_made.truth import Truth

from scanner.cli import cli

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "leaks"
ROWS = 2_000
# how far from the truth counts of items may be; what is not named here belongs to no leak
WITHIN = {
    "PHONE_NUMBER": 0.005,
    "EMAIL_ADDRESS": 0.005,
    "TRACKING_NUMBER": 0.005,
    "PERSON": 0.03,
    "USERNAME": 0.03,
    "ADDRESS": 0.02,
    "DOOR_CODE": 0.05,
}
DISTINCT, PEOPLE, STRANGE = 0.05, 0.05, 0.01
FILES = [(leak, file) for leak in LEAKS.values() for file in leak.files]
HOLDING = [(leak, file) for leak, file in FILES if not file.empty]


def _name(value: object) -> str:
    return value.name if isinstance(value, Leak | File) else ""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the six leaks."""
    path = tmp_path_factory.mktemp("leaks")
    for name in LEAKS:
        make(name, path / name, ROWS)
    return path


@cache
def _size(path: Path) -> dict[str, Any]:
    result = CliRunner().invoke(cli, ["size", "--format", "json", "-j", "1", str(path)], catch_exceptions=False)
    found: dict[str, Any] = json.loads(result.stdout_bytes)
    assert found["coverage"]["complete"]
    return found


def _truth(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return told


def _near(found: float, true: float, share: float) -> bool:
    return abs(found - true) <= share * true


@pytest.mark.parametrize(("leak", "file"), HOLDING, ids=_name)
def test_all_records_are_counted(folder: Path, leak: Leak, file: File) -> None:
    """The records of a leak are counted exactly, and so are those that hold something, within one in a hundred."""
    found, true = _size(folder / leak.name / file.name), _truth(folder / leak.name)
    assert found["records"] == true["records"]
    assert _near(found["records_with_findings"], true["records_with_findings"], 0.01)


@pytest.mark.parametrize(("leak", "file"), HOLDING, ids=_name)
def test_values_are_counted(folder: Path, leak: Leak, file: File) -> None:
    """Values in the clear, records that hold them, masked and distinct values are near the truth, and others rare."""
    found, true = _size(folder / leak.name / file.name)["entities"], _truth(folder / leak.name)["entities"]
    wrong = {
        entity: (found.get(entity), values)
        for entity, values in true.items()
        if entity not in found
        or not all(
            _near(found[entity][count], values[count], WITHIN[entity]) for count in ("items", "records", "masked")
        )
        or not _near(found[entity]["distinct"], values["distinct"], DISTINCT)
    }
    assert not wrong
    strange = {entity: values for entity, values in found.items() if entity not in true}
    total = sum(values["items"] for values in true.values())
    assert sum(values["items"] + values["masked"] for values in strange.values()) <= STRANGE * total, strange


@pytest.mark.parametrize(("leak", "file"), HOLDING, ids=_name)
def test_people_are_counted(folder: Path, leak: Leak, file: File) -> None:
    """The people that a leak is about are estimated within five in a hundred."""
    found, true = _size(folder / leak.name / file.name)["subjects"], _truth(folder / leak.name)["people"]
    assert _near(found["estimate"], true, PEOPLE), (found, true)


@pytest.mark.parametrize(("leak", "file"), HOLDING, ids=_name)
def test_combinations_are_counted(folder: Path, leak: Leak, file: File) -> None:
    """Records with the same types of values are counted together, within five in a hundred of all."""
    found, true = _size(folder / leak.name / file.name), _truth(folder / leak.name)
    counts = {tuple(each["entities"]): each["records"] for each in found["combinations"]}
    for each in true["combinations"]:
        assert abs(counts.get(tuple(each["entities"]), 0) - each["records"]) <= 0.05 * true["records"]


@pytest.mark.parametrize(("leak", "file"), [pair for pair in HOLDING if pair[1].roles], ids=_name)
def test_roles_and_dimensions_are_counted(folder: Path, leak: Leak, file: File) -> None:
    """In tables, whose data it is and how many dimensions a waybill has follow from the fields' names."""
    found, true = _size(folder / leak.name / file.name), _truth(folder / leak.name)
    for role, entities in true["roles"].items():
        for entity, count in entities.items():
            assert _near(found["roles"][role][entity], count, WITHIN[entity]), (role, entity)
    filled = {each["dimensions"]: each["records"] for each in found["waybills"]}
    for each in true["waybills"]:
        assert abs(filled.get(each["dimensions"], 0) - each["records"]) <= 0.02 * true["records"]


@pytest.mark.parametrize(("leak", "file"), HOLDING, ids=_name)
def test_places_are_counted(folder: Path, leak: Leak, file: File) -> None:
    """Records by country, and by the provinces that addresses name."""
    found, true = _size(folder / leak.name / file.name), _truth(folder / leak.name)
    for kind, key, within in (("countries", "country", 0.01), ("provinces", "province", 0.05)):
        counts = {each[key]: each["records"] for each in found[kind]}
        for each in true[kind]:
            assert abs(counts.get(each[key], 0) - each["records"]) <= within * true["records"], (each, counts)


@pytest.mark.parametrize(("leak", "file"), [pair for pair in FILES if pair[1].empty], ids=_name)
def test_what_holds_no_person_gives_nothing(folder: Path, leak: Leak, file: File) -> None:
    """A table of sales, which came with a leak, holds nothing."""
    found, true = _size(folder / leak.name / file.name), _truth(folder / leak.name)
    assert (found["records"], found["entities"]) == (true["empty"][0]["records"], {})
    assert found["subjects"]["estimate"] == 0


@pytest.mark.parametrize("name", LEAKS)
def test_a_leak_comes_in_two_formats_and_encodings(folder: Path, name: str) -> None:
    """Each leak is there as two formats at least, or as one in two encodings."""
    files = [found for file in LEAKS[name].files for found in _size(folder / name / file.name)["files"]]
    assert len({(file["format"], file["encoding"]) for file in files}) > 1


def test_a_leak_is_made_the_same_again(tmp_path: Path) -> None:
    """The same seed gives the same bytes, another seed other people."""
    for name in LEAKS:
        folders = [tmp_path / name / part for part in ("one", "again", "other")]
        told = [make(name, folder, 50, seed=seed) for folder, seed in zip(folders, (1, 1, 2), strict=True)]
        assert told[0] == told[1]
        for file in LEAKS[name].files:
            one, again, other = ((folder / file.name).read_bytes() for folder in folders)
            assert one == again
            assert one != other


@pytest.mark.parametrize("name", LEAKS)
def test_what_is_made_does_not_depend_on_the_pieces(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that are made in several pieces are those that are made at once, and so is what they hold."""
    whole = [pl.concat(made.chunks()) for made in LEAKS[name].made(100, 3)]
    monkeypatch.setattr("leaks_made.model.CHUNK", 33)
    truth = Truth()
    for made, rows in zip(LEAKS[name].made(100, 3), whole, strict=True):
        assert pl.concat(made.chunks()).equals(rows)
        for piece in made.chunks():
            truth.add(made.table, piece)
    once = Truth()
    for made, rows in zip(LEAKS[name].made(100, 3), whole, strict=True):
        once.add(made.table, rows)
    assert truth.told() == once.told()


@pytest.mark.parametrize("name", LEAKS)
def test_the_fixtures_are_those_of_the_generator(name: str, tmp_path: Path) -> None:
    """What fixtures/leaks holds is what `leaks_made` makes today."""
    true = _truth(FIXTURES / name)
    assert make(name, tmp_path, true["rows"], seed=true["seed"]) == true


def test_draws_are_spread() -> None:
    """Numbers that are drawn are spread evenly, and draws of another name are other ones."""
    draw = Draw("seed", pl.Series(range(10_000)).to_numpy())
    counts = pl.Series(draw.below("one", 10)).value_counts()["count"]
    assert counts.min() > 850
    assert counts.max() < 1_150
    assert all((draw.below(a, 1000) != draw.below(b, 1000)).mean() > 0.99 for a, b in pairwise(("one", "two", "three")))
