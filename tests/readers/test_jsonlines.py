"""The reader of JSON lines, and the flattening and locating that all JSON readers share."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers.jsoncells import REPEATING, VALUES, Cell, Repeating, cells_of, cut, decodes_to, expected, places_of

from scanner.readers import jsonfields, jsonflat, jsonlines, pieces


@given(st.lists(VALUES, max_size=8), st.booleans(), st.sampled_from(["\n", "\r\n", "\n\n", "\n \n"]))
def test_cells_are_those_of_the_plain_definition(values: list[Any], ascii_only: bool, end: str) -> None:
    """Every string and number is a cell of its path, with its text, at the record of its line."""
    data = "".join(json.dumps(value, ensure_ascii=ascii_only) + end for value in values)
    wanted: list[Cell] = []
    for number, line in enumerate(data.split("\n"), 1):
        if line.strip():
            value = json.loads(line, parse_int=str, parse_float=str)
            wanted += ((number, path, cell) for path, cell in expected(value))
    wanted.sort(key=lambda cell: (cell[0], cell[1] or ""))
    assert cells_of(jsonlines.read([data.encode()])) == wanted


@given(
    st.lists(VALUES.map(json.dumps) | st.text(st.sampled_from('a"{}[],:한\\ '), max_size=9), max_size=8),
    st.lists(st.integers(0, 400), max_size=12),
    st.integers(1, 60),
    st.sampled_from(["\n", "\r\n"]),
)
def test_cuts_do_not_matter(lines: list[str], places: list[int], batch_bytes: int, end: str) -> None:
    """Cells are the same wherever blocks are cut and however large batches are, also among lines that are not JSON."""
    data = end.join(lines).encode()
    whole = cells_of(jsonlines.read([data]))
    assert cells_of(jsonlines.read(cut(data, places), batch_bytes=batch_bytes)) == whole


@given(st.lists(VALUES, max_size=4), st.booleans())
def test_places_hold_the_characters(values: list[Any], ascii_only: bool) -> None:
    """The raw text at the line and column of a character decodes to it."""
    data = "\n".join(json.dumps(value, ensure_ascii=ascii_only) for value in values).encode()
    for character, raw in places_of(jsonlines.read([data]), data):
        assert decodes_to(raw, character)


@given(st.lists(REPEATING, max_size=4), st.booleans(), st.sampled_from([":", ": ", " : ", " \t   :"]))
def test_no_value_of_a_repeated_key_is_lost(values: list[Any], ascii_only: bool, colon: str) -> None:
    """Each value of a key that stands more than once in an object is a cell, in order, and is found in the raw text."""
    lines = [json.dumps(value, ensure_ascii=ascii_only, separators=(",", colon)) for value in values]
    data = "\n".join(lines).encode()
    wanted: list[Cell] = []
    for number, line in enumerate(lines, 1):
        value = json.loads(line, object_pairs_hook=Repeating, parse_int=str, parse_float=str)
        wanted += ((number, path, cell) for path, cell in expected(value))
    assert cells_of(jsonlines.read([data])) == sorted(wanted, key=lambda cell: (cell[0], cell[1] or ""))
    for character, raw in places_of(jsonlines.read([data]), data):
        assert decodes_to(raw, character)


@given(st.lists(VALUES, max_size=4))
def test_a_field_knows_its_key(values: list[Any]) -> None:
    """The way to a field is told without a look at those beside it, however many they are."""
    flat = jsonflat.flatten([(jsonfields.Field(), values, np.arange(len(values)))], len(values))
    for where, _, _ in flat.cells:
        named = where.parent is not None and where in where.parent.children.values()
        assert where.parent is None or not named or where.parent.children[where.key] is where


def test_split_reads_like_the_whole() -> None:
    """A file read from a line on gives the records and lines that it has in the whole."""
    batch = next(jsonlines.read([b'{"a":"x"}\n'], line=41, record=41))
    lines, columns = batch.locator.locate(0, np.array([0]), np.array([0]))
    assert (batch.records.tolist(), lines, columns) == ([41], [41], [7])


def test_lines_that_are_not_json_go_on_as_text() -> None:
    """A line that is no JSON is a cell without a field, and one warning counts them."""
    data = b'{"a": "x"}\nkim@example.com\n{"a": broken\n{"a": "y"}\n'
    (batch,) = jsonlines.read([data])
    text = batch.columns[-1]
    assert text.field is None and text.values.to_list() == ["kim@example.com", '{"a": broken']
    assert text.rows is not None and text.rows.tolist() == [1, 2]
    assert [(issue.kind, issue.severity, issue.line, issue.count) for issue in batch.issues] == [
        ("not_json", "warning", 2, 2)
    ]
    assert "kim" not in batch.issues[0].message


@pytest.mark.parametrize(
    ("record", "cell"),
    [
        ('{"a": 123456789012345678901234567890}', "123456789012345678901234567890"),
        ('{"a": 1.50}', "1.50"),
        ('{"a": 821055501234}', "821055501234"),
        ('{"a": "x\\ud800y"}', "x\ufffdy"),
        ('{"a": "tab\there"}', "tab\there"),
        ('\x1e{"a": "x"}', "x"),
    ],
)
def test_values_keep_their_text(record: str, cell: str) -> None:
    """Numbers keep all digits; surrogates, control characters and separators are read leniently."""
    (batch,) = jsonlines.read([record.encode()])
    assert [(column.field, column.values.to_list()) for column in batch.columns] == [("$.a", [cell])]
    assert not batch.issues
    starts = np.array([len(cell) - 1])
    _, columns = batch.locator.locate(0, np.array([0]), starts)
    assert columns is not None and record[int(columns[0]) - 1] == cell[-1]


def test_no_new_field_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """With too many different keys the later ones share a field, and each is a cell."""
    monkeypatch.setattr(jsonfields, "MAX_FIELDS", 2)
    found = cells_of(jsonlines.read([b'{"a": "1", "b": "2", "c": "3"}\n{"c": "4", "a": "5"}']))
    assert found == [
        *[(1, "$.*", "3"), (1, "$.*~", "c"), (1, "$.a", "1"), (1, "$.b", "2")],
        *[(2, "$.*", "4"), (2, "$.*~", "c"), (2, "$.a", "5")],
    ]


def test_deep_nesting_is_not_lost() -> None:
    """A line that is nested too deeply for any parser goes on as text."""
    deep = "[" * 20_000 + '"x"' + "]" * 20_000
    ((record, field, value),) = cells_of(jsonlines.read([deep.encode()]))
    assert (record, field, value) == (1, None, deep)


def test_long_lines_come_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line over the limit is text whose kept parts tile it, wherever blocks are cut; its neighbours are records."""
    monkeypatch.setattr(jsonlines, "LONG_LINE", 300)
    for name, size in (("PIECE", 100), ("LEFT", 10), ("RIGHT", 20)):
        monkeypatch.setattr(pieces, name, size)
    long = '{"a":"' + "가나다" * 200 + '"}'
    data = f'{{"b":"x"}}\r\n{long}\r\n{{"b":"y"}}\n'.encode()
    for batch_bytes in (16, 64, 1 << 20):
        kept, others = "", []
        for batch in jsonlines.read([data], batch_bytes=batch_bytes):
            for column in batch.columns:
                if column.keep is None:
                    others += [(batch.records.tolist(), column.field, column.values.to_list())]
                    continue
                kept += "".join(value[start:end] for value, start, end in zip(column.values, *column.keep, strict=True))
                assert set(batch.records.tolist()) == {2}
        assert kept == long
        assert sorted(others) == [([1], "$.b", ["x"]), ([3], "$.b", ["y"])] or others == [([1, 3], "$.b", ["x", "y"])]


def test_actions_of_a_bulk_request_are_no_records() -> None:
    """They are numbered, read and located as other lines are, but not counted."""
    actions = [
        {"index": {"_id": "kim"}},
        {"create": {}},
        {"delete": {"_id": "1", "routing": "a"}},
        {"update": {"_id": "2"}},
    ]
    others = [{"index": {"name": "kim"}}, {"index": "a"}, {"delete": {"_id": "1"}, "x": "y"}, {"_id": "1"}, {}]
    batch = next(jsonlines.read([f"{json.dumps(value)}\n".encode() for value in actions + others]))
    assert batch.begun == len(others)
    assert batch.records.tolist() == [*range(1, len(actions + others) + 1)]
    assert (1, "$.index._id", "kim") in cells_of(iter([batch]))
