"""The streaming reader of JSON documents."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from readers.jsoncells import KEYS, SCALARS, VALUES, Cell, cells_of, cut, decodes_to, expected, places_of, spans_of

from scanner.readers import jsondoc, jsonwindow
from scanner.readers.jsonkeys import may_hold_records
from scanner.readers.jsonscan import COMMA, Structure, closed

RECORDS = st.lists(st.dictionaries(KEYS, VALUES, max_size=4), max_size=5)
OBJECTS = st.recursive(
    SCALARS | RECORDS | st.lists(SCALARS, max_size=3),
    lambda below: st.dictionaries(KEYS, below, max_size=4),
    max_leaves=8,
).filter(lambda value: isinstance(value, dict))
STYLES: list[dict[str, Any]] = [
    {"separators": (",", ":")},
    {"indent": 2, "ensure_ascii": False},
    {"ensure_ascii": False},
    {"indent": 1},
]
PLACES = st.lists(st.integers(0, 2000), max_size=12)


def records_of(value: Any) -> tuple[list[list[tuple[str, str]]], Any]:
    """The records of an object's outermost arrays, the slow way, and the object with these arrays emptied."""
    found: list[list[tuple[str, str]]] = []

    def walk(value: Any, prefix: str) -> Any:
        first = next((item for item in value if item is not None), None) if isinstance(value, list) else None
        if isinstance(first, dict | list):
            found.extend(list(expected(item, f"{prefix}[*]")) for item in value)
            return []
        if not isinstance(value, dict):
            return value
        return {key: walk(item, _path(prefix, key)) for key, item in value.items()}

    return found, walk(value, "$")


def has_map(value: Any) -> bool:
    """Whether an object that is reached through objects alone is a map of records."""
    return isinstance(value, dict) and (may_hold_records(value) or any(map(has_map, value.values())))


def _path(prefix: str, key: str) -> str:
    ((path, _),) = list(expected({key: ""}, prefix))[-1:]
    return path


def as_text(value: Any) -> Any:
    """The value with each number as its JSON text."""
    return json.loads(json.dumps(value), parse_int=str, parse_float=str)


def numbered(records: list[list[tuple[str, str]]]) -> list[Cell]:
    """Cells of records numbered from 1, as `cells_of` sorts them."""
    cells: list[Cell] = [(number, *pair) for number, record in enumerate(records, 1) for pair in record]
    return sorted(cells, key=lambda cell: (cell[0], cell[1] or ""))


@given(st.lists(VALUES, max_size=6), st.sampled_from(STYLES), PLACES, st.integers(1, 200))
def test_array_elements_are_records(values: list[Any], style: dict[str, Any], places: list[int], size: int) -> None:
    """Each element of a top-level array is a record, however it is laid out and cut."""
    data = json.dumps(values, **style).encode()
    found = cells_of(jsondoc.read(cut(data, places), batch_bytes=size))
    assert found == numbered([list(expected(as_text(value))) for value in values])


@given(OBJECTS, st.sampled_from(STYLES), PLACES, st.integers(1, 200))
def test_object_is_its_arrays_and_the_rest(value: Any, style: dict[str, Any], places: list[int], size: int) -> None:
    """Elements of the outermost arrays are records, and the rest is the last one, where no object is a map."""
    assume(not has_map(value))
    data = json.dumps(value, **style).encode()
    records, rest = records_of(as_text(value))
    found = cells_of(jsondoc.read(cut(data, places), batch_bytes=size))
    assert found == numbered([*records, list(expected(rest))])


@given(OBJECTS, st.sampled_from(STYLES), st.integers(1, 200))
def test_cells_end_where_they_are_said_to(value: Any, style: dict[str, Any], size: int) -> None:
    """From begin to end the raw text is the value: what is masked there leaves brackets and commas as they are."""
    data = json.dumps(value, **style).encode()
    for cell, raw in spans_of(jsondoc.read([data], batch_bytes=size), data):
        assert cell == raw or cell == json.loads(f'"{raw}"')


@pytest.mark.parametrize("kind", ["array", "map"])
def test_small_arrays_and_maps_are_read_together(kind: str) -> None:
    """A batch holds the records of many, each with its own fields, and tells where they stand."""
    people = [{"memo": f"M{number}"} for number in range(9)]
    small: Any = people[:2] if kind == "array" else {f"T{number:07}": each for number, each in enumerate(people)}
    document = {f"room {number}": small for number in range(20)}
    data = json.dumps(document).encode()
    batches = list(jsondoc.read([data]))
    step = "[*]" if kind == "array" else ".*"
    assert {f"$['room {number}']{step}.memo" for number in range(20)} <= {each.field for each in batches[0].columns}
    assert sum(batch.begun for batch in batches) == 20 * len(small)
    for character, raw in places_of(iter(batches), data):
        assert decodes_to(raw, character)


@pytest.mark.parametrize("size", [1, 3, 5, 1 << 20])
@pytest.mark.parametrize(
    "text", ['{"users": [null, null,\n null ,%s, null, %s]}', "[null,%s,%s]", '{"a": [null], "users": [%s, %s]}']
)
def test_nulls_among_records_are_none(text: str, size: int) -> None:
    """An array may begin with null, as where ids are places; what is null has a number, but is no record."""
    batches = list(jsondoc.read([(text % ('{"name": "x"}', '{"name": "y"}')).encode()], batch_bytes=size))
    assert sum(batch.begun for batch in batches) == 2
    assert [value for _, _, value in cells_of(iter(batches))] == ["x", "y"]


@given(
    st.lists(RECORDS | st.dictionaries(KEYS, VALUES), min_size=2, max_size=5),
    st.sampled_from(STYLES),
    st.sampled_from(["", "\n", "\n\x1e", " \r\n"]),
    PLACES,
    st.integers(1, 200),
)
def test_concatenated_values_are_records(
    values: list[Any], style: dict[str, Any], between: str, places: list[int], size: int
) -> None:
    """Of several values one after another each is a record, arrays inside of it or not."""
    data = between.join(json.dumps(value, **style) for value in values).encode()
    found = cells_of(jsondoc.read(cut(data, places), batch_bytes=size))
    assert found == numbered([list(expected(as_text(value))) for value in values])


@given(st.lists(VALUES, max_size=4) | OBJECTS, st.sampled_from(STYLES), st.integers(1, 200))
def test_places_hold_the_characters(value: Any, style: dict[str, Any], size: int) -> None:
    """The raw text at the line and column of a character decodes to it, also in a document of one line."""
    data = json.dumps(value, **style).encode()
    for character, raw in places_of(jsondoc.read([data], batch_bytes=size), data):
        assert decodes_to(raw, character)


BROKEN = st.tuples(
    st.sampled_from(STYLES),
    st.integers(0, 3000),
    st.integers(0, 6),
    st.text(st.sampled_from('"{}[],:\\ \n한'), max_size=3),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.dictionaries(KEYS, VALUES, max_size=3), max_size=5) | OBJECTS, BROKEN, PLACES, st.integers(1, 200))
def test_broken_documents_are_read_alike(
    value: Any, broken: tuple[dict[str, Any], int, int, str], places: list[int], size: int
) -> None:
    """With a piece of a document replaced by junk cuts still do not matter, and places are exact."""
    style, at, count, junk = broken
    whole = json.dumps(value, **style)
    at %= len(whole) + 1
    data = (whole[:at] + junk + whole[at + count :]).encode()
    found = cells_of(jsondoc.read([data]))
    assert cells_of(jsondoc.read(cut(data, places), batch_bytes=size)) == found
    for character, raw in places_of(jsondoc.read([data], batch_bytes=size), data):
        assert decodes_to(raw, character)


NUMBERS = st.lists(st.integers(100_000, 999_999), min_size=1, max_size=12)
JUNK = st.text(st.sampled_from('"{}[],:\\ \nx'), min_size=1, max_size=3)


@settings(max_examples=200, deadline=None)
@given(NUMBERS, st.integers(0, 2000), JUNK, st.booleans())
def test_nothing_is_lost_beside_junk(numbers: list[int], at: int, junk: str, array: bool) -> None:
    """With junk put in anywhere each number of a document is still in a cell."""
    elements = [{"phone": str(n), "n": [n, {"x": f"a{n}"}]} for n in numbers]
    data = json.dumps(elements if array else {"total": "T111111", "data": {"list": elements}, "more": 222222}, indent=1)
    at %= len(data) + 1
    data = data[:at] + junk + data[at:]
    texts = " ".join(value for _, _, value in cells_of(jsondoc.read([data.encode()])))
    assert sorted(re.findall(r"\d{6}", texts)) == sorted(re.findall(r"\d{6}", data))


@given(NUMBERS, st.integers(0, 2000), st.sampled_from(STYLES))
def test_values_before_a_cut_are_read(numbers: list[int], end: int, style: dict[str, Any]) -> None:
    """Of a document that is cut off each number before the cut is in a cell, and a warning says so."""
    document = {"total": "T111111", "data": {"list": [{"phone": str(n), "n": [n, {"x": f"\\{n}"}]} for n in numbers]}}
    data = json.dumps(document, **style)
    data = data[: end % len(data)]
    batches = list(jsondoc.read([data.encode()]))
    texts = " ".join(value or "" for _, _, value in cells_of(iter(batches)))
    assert sorted(re.findall(r"\d{6}", texts)) == sorted(re.findall(r"\d{6}", data))
    assert bool(data) == any(issue.kind == "truncated" for batch in batches for issue in batch.issues)


@pytest.mark.parametrize("document", ['[{"a":"x"},%s,{"a":"y"}]', '{"k":[{"a":"x"},%s,{"a":"y"}],"z":"w"}'])
@pytest.mark.parametrize("size", [7, 50, 1 << 20])
def test_too_long_elements_are_text(monkeypatch: pytest.MonkeyPatch, document: str, size: int) -> None:
    """An element over the limit is text lines of one record with a warning; those around it are read."""
    monkeypatch.setattr(jsondoc, "MAX_ELEMENT", 60)
    monkeypatch.setattr(jsonwindow, "GROWTH", 10)
    long = '{"b":"가나다",\n"c":"' + "d" * 70 + '"}'
    data = (document % long).encode()
    batches = list(jsondoc.read([data], batch_bytes=size))
    prefix = "$.k[*]" if "k" in document else "$"
    wanted: list[Cell] = [
        (1, f"{prefix}.a", "x"),
        *((2, None, line) for line in long.split("\n")),
        (3, f"{prefix}.a", "y"),
    ]
    rest: list[Cell] = [(4, "$.z", "w")] if "k" in document else []
    assert cells_of(iter(batches)) == wanted + rest
    assert [issue.kind for batch in batches for issue in batch.issues] == ["long_record"]
    for character, raw in places_of(iter(batches), data):
        assert decodes_to(raw, character)


def test_too_long_objects_are_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """An object without record arrays that is too long to be one record is scanned as text."""
    monkeypatch.setattr(jsondoc, "MAX_ELEMENT", 60)
    data = json.dumps({f"k{number}": {f"n{number}": number} for number in range(20)}, indent=1)
    for size in (5, 1 << 20):
        found = cells_of(jsondoc.read([data.encode()], batch_bytes=size))
        assert found == [(1, None, line) for line in data.split("\n")]


@given(st.text(st.sampled_from('\\"a,{}[]'), max_size=60), st.lists(st.integers(0, 60), max_size=8))
def test_structure_is_that_of_a_plain_scanner(text: str, places: list[int]) -> None:
    """Brackets and commas outside of strings are those that a loop over the characters finds, wherever chunks end."""
    wanted, inside, escaped, depth = [], False, False, 0
    for position, char in enumerate(text):
        if escaped or char == "\\":
            plain, escaped = escaped, not escaped
            if char in '\\"' or not plain:
                continue
        if char == '"':
            inside = not inside
        elif not inside and char in ",{}[]":
            depth += (char in "{[") - (char in "}]")
            wanted.append((position, ord(char), depth))
    structure, found, offset = Structure(), [], 0
    for chunk in cut(text.encode(), places):
        positions, chars, depths = structure.scan(chunk)
        found += zip((positions + offset).tolist(), chars.tolist(), depths.tolist(), strict=True)
        offset += len(chunk)
    assert found == wanted


def test_records_are_numbered_on() -> None:
    """Numbers of records and lines begin where the caller says."""
    batch = next(jsondoc.read([b'[\n {"a": "x"}]'], line=10, record=5))
    lines, columns = batch.locator.locate(0, np.array([0]), np.array([0]))
    assert (batch.records.tolist(), lines, columns) == ([5], [11], [9])


@pytest.mark.parametrize("data", ["", " \n", "[]", "{}", '{"a": []}', "[null, true]"])
def test_documents_without_values_have_no_cells(data: str) -> None:
    """A document that holds neither strings nor numbers gives no cells and no warning."""
    batches = list(jsondoc.read([data.encode()]))
    assert not cells_of(iter(batches))
    assert not any(batch.issues for batch in batches)


@given(VALUES, st.sampled_from(STYLES), st.integers(0, 2000))
def test_a_broken_document_is_closed(value: Any, style: dict[str, Any], place: int) -> None:
    """Wherever a document ends early, what comes before its last comma is made a document of its own."""
    data = json.dumps(value, **style).encode()
    start = data[: place % (len(data) + 1)]
    positions, chars, _ = Structure().scan(start)
    commas = positions[chars == COMMA].tolist()
    if commas:
        json.loads(closed(start))
        assert closed(start).startswith(start[: commas[-1]])
    else:
        assert closed(start) == start
