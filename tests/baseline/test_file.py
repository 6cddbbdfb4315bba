"""The file of a baseline: what is saved is loaded, and what is wrong is told."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.baseline import Baseline, Entry, Hashing, Place, load, save
from scanner.baseline.file import LARGEST
from scanner.errors import UsageError

TAGS = st.integers(0, 4095).map(lambda number: f"{number:03x}")
ENTRIES = st.builds(
    Entry,
    st.builds(Place, st.text(min_size=1), st.none() | st.text(), st.text()),
    TAGS,
    st.integers(1, 10_000),
    st.sampled_from([None, "accepted", "rejected"]),
)


def made(path: Path, *entries: Entry, key: bytes = b"") -> Baseline:
    """A baseline with these entries."""
    baseline = Baseline(str(path), Hashing.new(1, key))
    baseline.hold(entries)
    return baseline


@given(st.lists(ENTRIES, max_size=9))
def test_what_is_saved_is_loaded_and_in_one_order(tmp_path_factory: pytest.TempPathFactory, given: list[Entry]) -> None:
    """Any entries come back, sorted, one a line; their order before does not matter."""
    path = tmp_path_factory.mktemp("b") / "b.json"
    baseline = made(path, *given)
    save(baseline)
    data, again = path.read_bytes(), load(str(path))
    assert list(again) == list(baseline)
    assert len(data.splitlines()) == (len(baseline.entries) + 2 if baseline.entries else 1)
    again.hold(reversed(list(again)))
    save(again)
    assert path.read_bytes() == data


def test_an_entry_more_is_a_line_more(tmp_path: Path) -> None:
    """Of a new entry in the middle only its own line is new."""
    place = Place("a.csv", None, "PERSON")
    baseline = made(tmp_path / "b.json", Entry(place, "111", 1), Entry(place, "333", 1))
    save(baseline)
    before = (tmp_path / "b.json").read_text().splitlines()
    baseline.hold([*baseline, Entry(place, "222", 1)])
    save(baseline)
    after = (tmp_path / "b.json").read_text().splitlines()
    assert [line for line in after if line not in before] == [after[2]]


def test_lines_of_two_branches_make_one_baseline(tmp_path: Path) -> None:
    """What both added may be put together line by line, as by git's union merge; the same entry twice is one."""
    place = Place("a.csv", None, "PERSON")
    ours, theirs = made(tmp_path / "ours.json"), made(tmp_path / "theirs.json")
    theirs.hashing = ours.hashing
    ours.hold([Entry(place, "111", 1), Entry(place, "333", 1)])
    theirs.hold([Entry(place, "111", 1), Entry(place, "222", 1)])
    for baseline in (ours, theirs):
        save(baseline)
    head, *lines, end = (tmp_path / "ours.json").read_text().splitlines()
    both = [head, *lines, *(tmp_path / "theirs.json").read_text().splitlines()[1:-1], end]
    (tmp_path / "both.json").write_text("\n".join(both))
    assert [entry.tag for entry in load(str(tmp_path / "both.json"))] == ["111", "222", "333"]


def _changed(change: Callable[[dict[str, Any]], object]) -> Callable[[str], str]:
    def edit(text: str) -> str:
        data = json.loads(text)
        change(data)
        return json.dumps(data)

    return edit


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda text: text[:-20], "is damaged in line"),
        (lambda text: "", "is damaged in line 1, no JSON"),
        (lambda text: text.replace("{", "<<<<<<< HEAD\n{", 2), "has conflicts of a merge"),
        (lambda text: "[]", "is no baseline of leakgauge"),
        (lambda text: '{"version": "1.5.0", "results": {}}', "is no baseline of leakgauge"),
        (lambda text: "[" * 100_000, "is damaged"),
        (_changed(lambda data: data.update(v=2)), "a newer leakgauge"),
        (_changed(lambda data: data.update(v=2, entries={})), "a newer leakgauge"),
        (_changed(lambda data: data.update(more=1)), "its keys"),
        (_changed(lambda data: data.update(salt="xyz")), "its salt"),
        (_changed(lambda data: data.update(hash=None)), "how its tags are made"),
        (_changed(lambda data: data["hash"].update(n=1 << 30)), "of no known kind"),
        (_changed(lambda data: data["hash"].update(n=1000)), "of no known kind"),
        (_changed(lambda data: data["hash"].update(bits=64)), "of no known kind"),
        (_changed(lambda data: data.update(entries={})), "no list"),
        (_changed(lambda data: data["entries"][1].pop("tag")), "entry 2 has not the keys"),
        (_changed(lambda data: data["entries"][0].update(tag="12345")), "the tag of entry 1"),
        (_changed(lambda data: data["entries"][0].update(tag=["1"])), "the tag of entry 1"),
        (_changed(lambda data: data["entries"][0].update(count=0)), "the count of entry 1"),
        (_changed(lambda data: data["entries"][0].update(count=True)), "the count of entry 1"),
        (_changed(lambda data: data["entries"][0].update(verdict="maybe")), "the verdict of entry 1"),
        (_changed(lambda data: data["entries"][0].update(path="")), "the path of entry 1"),
        (_changed(lambda data: data["entries"].insert(0, data["entries"][0] | {"count": 2})), "entry 2 is there twice"),
        (_changed(lambda data: data["entries"].insert(0, None)), "entry 1 has not the keys"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, edit: Callable[[str], str], says: str) -> None:
    """A damaged, foreign, newer or badly edited file is an error that names the file and what to do."""
    path = tmp_path / "b.json"
    save(made(path, Entry(Place("a", None, "PERSON"), "111", 1), Entry(Place("b", None, "PERSON"), "111", 1)))
    path.write_text(edit(path.read_text()))
    with pytest.raises(UsageError) as error:
        load(str(path))
    assert says in str(error.value)
    assert str(error.value).startswith(str(path))
    assert any(word in str(error.value) for word in ("create", "baseline update"))


def test_other_bytes_than_utf8_are_damage(tmp_path: Path) -> None:
    """A binary file is no JSON."""
    (tmp_path / "b.json").write_bytes(b"\xff\xfe\x00\x80")
    with pytest.raises(UsageError, match="is damaged"):
        load(str(tmp_path / "b.json"))


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_only_a_regular_file_is_read(tmp_path: Path, make: Callable[[Path], object]) -> None:
    """A pipe that nobody writes to and a device without end are errors at once."""
    make(tmp_path / "b.json")
    with pytest.raises(UsageError, match="it is no regular file"):
        load(str(tmp_path / "b.json"))


def test_what_is_too_large_is_neither_read_nor_written(tmp_path: Path) -> None:
    """A file beyond any use is an error before it fills memory; what is saved can be loaded."""
    with (tmp_path / "b.json").open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(UsageError, match="at most 32 MiB"):
        load(str(tmp_path / "b.json"))
    with pytest.raises(UsageError, match="at most 32 MiB"):
        save(made(tmp_path / "c.json", Entry(Place("a" * LARGEST, None, "PERSON"), "111", 1)))
    assert not (tmp_path / "c.json").exists()


def test_it_is_replaced_only_when_all_is_written(tmp_path: Path) -> None:
    """Where it cannot be written the old file stays, and nothing else is left."""
    path = tmp_path / "b.json"
    save(made(path))
    before = path.read_bytes()
    (tmp_path / "b.json.part").mkdir()
    with pytest.raises(UsageError, match="cannot write"):
        save(made(path, Entry(Place("a", None, "PERSON"), "111", 1)))
    assert path.read_bytes() == before
