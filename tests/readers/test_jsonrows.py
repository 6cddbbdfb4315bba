"""Tables in JSON: arrays of arrays, as spreadsheets, data frames and data tables are written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers.jsoncells import TEXTS, cells_of, cut, decodes_to, expected, places_of

from scanner import Finding, scan
from scanner.config import ScanConfig
from scanner.pipeline import Engine
from scanner.readers import jsondoc, jsonfields, jsonlines
from scanner.readers.jsonkeys import Keys

TITLES = ["name", "phone", "주소"]
ROWS = st.lists(st.lists(TEXTS | st.integers() | st.none(), min_size=3, max_size=3), min_size=1, max_size=6)
PEOPLE = [["김민준", "010-5550-1234", "서울"], ["이서연", "010-5550-2345", None], ["박도윤", "010-5550-3456", "부산"]]
ENGINE = Engine(ScanConfig())


def keys() -> Keys:
    """Judges keys by the words for columns, and by what a scan finds in them."""
    return Keys(ENGINE._judge_keys)


def named(row: list[Any], path: str) -> list[tuple[str, str]]:
    """The cells of a row below titles, sorted by field."""
    fields = [f"{path}.name", f"{path}.phone", f"{path}.주소"]
    return sorted((field, str(cell)) for field, cell in zip(fields, row, strict=True) if cell is not None)


@given(ROWS, st.sampled_from([None, 1]), st.lists(st.integers(0, 300), max_size=6), st.integers(1, 100), st.booleans())
def test_titles_name_the_cells_of_rows(
    rows: list[list[Any]], indent: int | None, places: list[int], size: int, below: bool
) -> None:
    """A first row of titles is no record but names the others' cells, however the document is laid out and cut."""
    table = [TITLES, *rows]
    data = json.dumps({"values": table} if below else table, indent=indent).encode()
    found = cells_of(jsondoc.read(cut(data, places), batch_bytes=size, keys=keys()))
    path = "$.values[*]" if below else "$"
    assert found == [(number, *cell) for number, row in enumerate(rows, 1) for cell in named(row, path)]


@given(ROWS, st.integers(1, 100))
def test_cells_of_rows_stand_where_they_are_said_to(rows: list[list[Any]], size: int) -> None:
    """The raw text at the line and column of a character of a row decodes to it."""
    data = json.dumps({"values": [TITLES, *rows]}, indent=1).encode()
    for character, raw in places_of(jsondoc.read([data], batch_bytes=size, keys=keys()), data):
        assert decodes_to(raw, character)


@pytest.mark.parametrize("titles", ["columns", "header"])
@pytest.mark.parametrize("size", [1, 7, 1 << 20])
def test_titles_may_stand_beside_the_rows(titles: str, size: int) -> None:
    """Data frames are written as a list of titles, one of numbers and the rows; the lists are in the last record."""
    data = json.dumps({"x": ["a", "b", "c"], titles: TITLES, "index": [0, 1, 2], "data": PEOPLE}).encode()
    found = cells_of(jsondoc.read([data], batch_bytes=size, keys=keys()))
    rows = [(number, *cell) for number, row in enumerate(PEOPLE, 1) for cell in named(row, "$.data[*]")]
    assert [cell for cell in found if cell[0] <= 3] == rows
    assert {field for record, field, _ in found if record == 4} == {"$.x[*]", f"$.{titles}[*]", "$.index[*]"}


@pytest.mark.parametrize("key", ["name", "title", "label", "display_name"])
def test_titles_may_be_described_by_objects(key: str) -> None:
    """Query services give an object for each column."""
    columns = [{"type": "text", key: title} for title in TITLES]
    data = json.dumps({"columns": columns, "took": 3, "rows": PEOPLE}).encode()
    found = cells_of(jsondoc.read([data], keys=keys()))
    assert [(row - 3, *cell) for row, *cell in found if 3 < row <= 6] == [
        (number, *cell) for number, row in enumerate(PEOPLE, 1) for cell in named(row, "$.rows[*]")
    ]


@pytest.mark.parametrize("beside", [TITLES[:2], ["name", "name", "phone"], ["name", "phone", 3], {"a": TITLES}])
def test_what_is_no_list_of_titles_names_nothing(beside: Any) -> None:
    """Titles are different names, one for each cell, and stand beside the rows, not deeper."""
    data = json.dumps({"columns": beside, "data": PEOPLE}).encode()
    fields = {field for record, field, _ in cells_of(jsondoc.read([data], keys=keys())) if record <= 3}
    assert fields == {"$.data[*][0]", "$.data[*][1]", "$.data[*][2]"}


@pytest.mark.parametrize("first", [PEOPLE[0], ["서울", "남자", "x"], ["name", "kim@example.com", "phone"], ["1", "2"]])
def test_a_first_row_of_data_is_a_record(first: list[str]) -> None:
    """A row with a value in it, or without names of fields, is read as the others are."""
    data = json.dumps([first, *PEOPLE]).encode()
    found = cells_of(jsondoc.read([data], keys=keys()))
    assert [cell[1:] for cell in found if cell[0] == 1] == list(expected(first))
    assert {record for record, _, _ in found} == {1, 2, 3, 4}


@pytest.mark.parametrize("title", ["Xuân Mai", "Zyxqwa Brumbel", None])
def test_only_known_names_are_titles(title: str | None) -> None:
    """What may be a value names no field, and the row with it is a record: nothing is left out."""
    data = json.dumps([["name", "phone", title], *PEOPLE]).encode()
    found = cells_of(jsondoc.read([data], keys=keys()))
    assert {field for _, field, _ in found} == {"$.name", "$.phone", "$[2]"}
    assert [value for record, _, value in found if record == 1] == ["name", "phone", *filter(None, [title])]


def test_titles_of_another_object_name_nothing() -> None:
    """A list stands beside rows only where both are members of one object."""
    data = json.dumps({"a": {"columns": ["name", "phone"]}, "b": {"data": [["x", "y"]]}}).encode()
    fields = {field for record, field, _ in cells_of(jsondoc.read([data], keys=keys())) if record == 1}
    assert fields == {"$.b.data[*][0]", "$.b.data[*][1]"}


def test_a_row_after_a_long_one_holds_no_titles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Titles come first; what is too long to be parsed is a row, too."""
    monkeypatch.setattr(jsondoc, "MAX_ELEMENT", 100)
    data = json.dumps({"v": [["x" * 300], ["name", "phone"], ["a", "b"]]}).encode()
    found = cells_of(jsondoc.read([data], batch_bytes=20, keys=keys()))
    assert [cell for cell in found if cell[0] == 2] == [(2, "$.v[*][0]", "name"), (2, "$.v[*][1]", "phone")]


def test_cells_of_rows_take_no_room_of_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many tables there are, names of fields are still told apart; further rows are lists."""
    monkeypatch.setattr(jsonfields, "MAX_FIELDS", 6)
    tables = {f"t {number}": [[1, 2, 3, 4]] for number in range(3)}
    data = json.dumps({**tables, "users": [{"name": "kim"}]}).encode()
    fields = {field for _, field, _ in cells_of(jsondoc.read([data]))}
    assert "$.users[*].name" in fields
    assert fields >= {"$['t 0'][*][3]", "$['t 1'][*][*]", "$['t 2'][*][*]"}


def test_tables_in_one_place_may_have_different_titles() -> None:
    """Each array has its own titles; those of one that has none are not those of the array before."""
    tables = [[["name", "phone"], ["a", "b"]], [["phone", "name"], ["c", "d"]], [["e", "f"]]]
    data = json.dumps({f"T{number}00000": table for number, table in enumerate(tables)}).encode()
    batches = list(jsondoc.read([data], keys=keys()))
    assert all(len({column.field for column in batch.columns}) == len(batch.columns) for batch in batches)
    found = cells_of(iter(batches))
    assert [cell for cell in found if cell[0] <= 3] == [
        *[(1, "$.*[*].name", "a"), (1, "$.*[*].phone", "b")],
        *[(2, "$.*[*].name", "d"), (2, "$.*[*].phone", "c")],
        *[(3, "$.*[*][0]", "e"), (3, "$.*[*][1]", "f")],
    ]


def test_long_arrays_and_those_that_hold_others_are_lists() -> None:
    """Only so many scalars are a row; all elements of another array have one field."""
    long = ["x"] * (jsonfields.MAX_ROW + 1)
    data = "\n".join(json.dumps(value) for value in (long, ["a", ["b"]], ["a", {"b": "c"}], long[1:])).encode()
    fields = [
        {field for record, field, _ in cells_of(jsonlines.read([data])) if record == line} for line in range(1, 5)
    ]
    assert fields[:3] == [{"$[*]"}, {"$[*]", "$[*][0]"}, {"$[*]", "$[*].b"}]
    assert fields[3] == {f"$[{number}]" for number in range(jsonfields.MAX_ROW)}


def test_rows_within_records_are_tables() -> None:
    """An array of scalars in another one has a field for each place, and places tell where its cells stand."""
    records = [{"range": "A1", "values": [["a", "b"], ["c", None, 1], ["d", ["e"]], []]}, {"values": [["f"]]}]
    data = json.dumps(records).encode()
    found = [cell[1:] for cell in cells_of(jsondoc.read([data])) if cell[0] == 1]
    values = "$.values[*]"
    assert found[:4] == [("$.range", "A1"), (f"{values}[*]", "d"), (f"{values}[*][0]", "e"), (f"{values}[0]", "a")]
    assert found[4:] == [(f"{values}[0]", "c"), (f"{values}[1]", "b"), (f"{values}[2]", "1")]
    for character, raw in places_of(jsondoc.read([data]), data):
        assert decodes_to(raw, character)


def test_names_in_rows_are_found(tmp_path: Path) -> None:
    """Without titles a column of likely names tells what it is, and with titles two rows are enough."""
    people = [[number, name, phone] for number, (name, phone, _) in enumerate(PEOPLE * 2)]
    (tmp_path / "bare.json").write_text(json.dumps(people))
    (tmp_path / "titled.json").write_text(json.dumps({"values": [["no", "이름", "연락처"], *people[:2]]}))
    found = [each for each in scan([tmp_path], ScanConfig()) if isinstance(each, Finding)]
    assert {each.entity_type for each in found} == {"PERSON", "PHONE_NUMBER"}
    fields = [each.field for each in found if each.entity_type == "PERSON"]
    assert sorted(fields, key=str) == ["$.values[*].이름"] * 2 + ["$[1]"] * 6


def test_rows_that_come_after_other_records_are_judged_by_their_cells(tmp_path: Path) -> None:
    """What describes a query may stand deeper than its rows, and before them: names are found all the same."""
    described = {"result": {"columns": [{"type": "text"}, {"type": "text"}]}}
    rows = [[name, phone] for name, phone, _ in PEOPLE * 3]
    (tmp_path / "query.json").write_text(json.dumps({**described, "data": rows}))
    found = [each for each in scan([tmp_path], ScanConfig()) if isinstance(each, Finding)]
    assert sum(each.entity_type == "PERSON" for each in found) == len(rows)
