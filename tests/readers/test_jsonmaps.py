"""Maps of records in JSON documents: objects whose keys are data."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.jsoncells import SCALARS, TEXTS, Cell, cells_of, cut, decodes_to, expected, places_of

from scanner import Finding, scan
from scanner.config import ScanConfig
from scanner.pipeline import Engine
from scanner.readers import jsondoc, jsonheader, jsonwindow
from scanner.readers.jsonkeys import MANY, Keys, is_map

NAMES = st.text(st.sampled_from('ab"\\\t한é@/😀:{},'), min_size=1, max_size=8)
MEMBERS = st.fixed_dictionaries({"memo": TEXTS}, optional={"list": st.lists(SCALARS, max_size=2), "x": SCALARS})
MAPS = st.dictionaries(NAMES, MEMBERS, min_size=MANY, max_size=MANY + 5).filter(is_map)
STYLES: list[dict[str, Any]] = [{"separators": (",", ":")}, {"indent": 2, "ensure_ascii": False}, {"indent": 1}]
PLACES = st.lists(st.integers(0, 2000), max_size=12)
ENGINE = Engine(ScanConfig())


def wanted(records: dict[str, Any], path: str) -> list[Cell]:
    """A record for each member: the key, then what the value holds."""
    plain = json.loads(json.dumps(records), parse_int=str, parse_float=str)
    cells = [
        (number, *cell)
        for number, (key, value) in enumerate(plain.items(), 1)
        for cell in ((f"{path}.*~", key), *expected(value, f"{path}.*"))
    ]
    return sorted(cells, key=lambda cell: (cell[0], cell[1]))


@given(MAPS, st.booleans(), st.sampled_from(STYLES), PLACES, st.integers(1, 200))
def test_members_of_a_map_are_records(
    records: dict[str, Any], below: bool, style: dict[str, Any], places: list[int], size: int
) -> None:
    """Each member of a map of objects is a record with its key, however the document is laid out and cut."""
    data = json.dumps({"users": records} if below else records, **style).encode()
    found = cells_of(jsondoc.read(cut(data, places), batch_bytes=size))
    assert found == wanted(records, "$.users" if below else "$")


@given(MAPS, st.sampled_from(STYLES), st.integers(1, 200))
def test_keys_stand_where_they_are_said_to(records: dict[str, Any], style: dict[str, Any], size: int) -> None:
    """The raw text at the line and column of a character decodes to it, in keys and in values."""
    data = json.dumps({"users": records}, **style).encode()
    for character, raw in places_of(jsondoc.read([data], batch_bytes=size), data):
        assert decodes_to(raw, character)


@pytest.mark.parametrize("size", [1, 33, 66, 131, 262, 524, 1 << 20])
def test_wide_members_are_records(size: int) -> None:
    """Members with more brackets and commas than are looked at first are records, wherever blocks end."""
    people = {f"k{letter}": {f"f{number}": number for number in range(9)} for letter in "abcdefghijkl"}
    data = json.dumps(people).encode()
    assert {record for record, _, _ in cells_of(jsondoc.read([data], batch_bytes=size))} == {*range(1, 13)}


def test_a_key_that_is_no_json_stays() -> None:
    """A member of which the key has a wrong escape goes on as text, key and all."""
    members = [f'"T{number}": {{"memo": "{number}"}}' for number in range(100_000, 100_009)]
    data = "{" + ", ".join([*members, '"010-5550-1234\\q": {"memo": "x"}']) + "}"
    assert cells_of(jsondoc.read([data.encode()]))[-1] == (10, None, ' "010-5550-1234\\q": {"memo": "x"}')


@settings(max_examples=200, deadline=None)
@given(
    MAPS,
    st.sampled_from(STYLES),
    st.tuples(st.integers(0, 3000), st.integers(0, 6), st.text(st.sampled_from('"{}[],:\\ \n한'), max_size=3)),
    PLACES,
    st.integers(1, 200),
)
def test_broken_maps_are_read_alike(
    records: dict[str, Any], style: dict[str, Any], broken: tuple[int, int, str], places: list[int], size: int
) -> None:
    """With a piece of a map replaced by junk cuts still do not matter, and places are exact."""
    at, count, junk = broken
    whole = json.dumps(records, **style)
    at %= len(whole) + 1
    data = (whole[:at] + junk + whole[at + count :]).encode()
    assert cells_of(jsondoc.read(cut(data, places), batch_bytes=size)) == cells_of(jsondoc.read([data]))
    for character, raw in places_of(jsondoc.read([data], batch_bytes=size), data):
        assert decodes_to(raw, character)


FIELDS = b",".join(b'"f%d":1' % number for number in range(9))
NUMBERS = st.lists(st.integers(100_000, 999_999), min_size=MANY, max_size=12, unique=True)


@settings(max_examples=200, deadline=None)
@given(NUMBERS, st.integers(0, 2000), st.text(st.sampled_from('"{}[],:\\ \nx'), min_size=1, max_size=3), st.booleans())
def test_nothing_of_a_map_is_lost_beside_junk(numbers: list[int], at: int, junk: str, ends: bool) -> None:
    """With junk put in anywhere, or cut off there, each number of a map is still in a cell."""
    data = json.dumps({f"T{n}": {"phone": str(n), "n": [n, f"a{n}"]} for n in numbers}, indent=1)
    at %= len(data) + 1
    data = data[:at] if ends else data[:at] + junk + data[at:]
    batches = list(jsondoc.read([data.encode()]))
    texts = " ".join(value for _, _, value in cells_of(iter(batches)))
    assert sorted(re.findall(r"\d{6}", texts)) == sorted(re.findall(r"\d{6}", data))
    if ends and 0 < at < len(data) - 1:
        assert any(issue.kind == "truncated" for batch in batches for issue in batch.issues)


def test_a_long_map_is_streamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A map that is too long to be one record is records; a member that is too long is text, the others are read."""
    monkeypatch.setattr(jsondoc, "MAX_ELEMENT", 400)
    monkeypatch.setattr(jsonwindow, "GROWTH", 10)
    people = {f"k{letter}": {"memo": letter} for letter in "abcdefghijklmnopqrstuvwxyz"}
    people["kq"] = {"memo": "long" * 150}
    for size in (5, 1 << 20):
        batches = list(jsondoc.read([json.dumps(people).encode()], batch_bytes=size))
        found = cells_of(iter(batches))
        assert [cell for cell in found if cell[0] != 17] == [c for c in wanted(people, "$") if c[0] != 17]
        assert "".join(value for number, _, value in found if number == 17) == f' "kq": {json.dumps(people["kq"])}'
        assert [issue.kind for batch in batches for issue in batch.issues] == ["long_record"]


def _fields(value: Any) -> set[tuple[int, str | None]]:
    data = json.dumps(value, ensure_ascii=False).encode()
    return {(record, field) for record, field, _ in cells_of(jsondoc.read([data], keys=ENGINE.planner().keys))}


def test_other_objects_are_one_record() -> None:
    """Few members under words, members that are not alike, names of fields, and plain settings are no records."""
    for value in (
        {f"user{letter}": {"memo": "x"} for letter in "abcdefg"},
        {f"part{letter}": {letter: "x"} for letter in "abcdefghijkl"},
        {f"part{letter}": "x" for letter in "abcdefghijkl"},
        {key: {"type": "string"} for key in ["name", "phone", "email", "address", "memo", "status", "date", "city"]},
    ):
        assert {record for record, _ in _fields(value)} == {1}


def test_values_below_personal_keys_are_records() -> None:
    """A map from numbers or addresses to single values has a record for each; one with names of fields has not."""
    phones = {f"010-5550-{1000 + number}": "memo" for number in range(9)}
    assert _fields({"known": phones}) == {(n, f) for n in range(1, 10) for f in ("$.known.*~", "$.known.*")}
    people = {
        f"{family}민준": "memo" for family in "강고공곽구권김나남노도류마맹명모문민박반방배백변봉사서석선설성손송신심안"
    }
    assert {record for record, _ in _fields(people)} == {*range(1, 1 + len(people))}
    assert {record for record, _ in _fields({**phones, "name": "x", "email": "x"})} == {1}


@pytest.mark.parametrize("size", [7, 100, 1 << 20])
@pytest.mark.parametrize("room", ["-NdaJIfahg{}kID_b717", "room{}"])
def test_members_of_maps_of_maps_are_records(room: str, size: int) -> None:
    """In a map of small maps each member of these is a record of one field, and stands where it is said to."""
    rooms = {room.format(n): {f"-N{m}aJIfahgkID_b7{n}": {"memo": f"{n}.{m}"} for m in range(3)} for n in range(40)}
    data = json.dumps({"rooms": rooms}, indent=1).encode()
    batches = list(jsondoc.read([data], batch_bytes=size))
    found = [cell for cell in cells_of(iter(batches)) if cell[1] == "$.rooms.*.*.memo"]
    assert found == [(3 * n + m + 1, "$.rooms.*.*.memo", f"{n}.{m}") for n in range(40) for m in range(3)]
    assert len(batches) < 9
    for character, raw in places_of(iter(batches), data):
        assert decodes_to(raw, character)


@pytest.mark.parametrize("key", ["-NdaJIfahgkID_b717g2", "user:17", "1024", "2026-11-23", "b5f1c2a49e0d7c61"])
def test_single_members_below_ids_are_records(key: str) -> None:
    """Of objects below ids, numbers and dates one is enough, and no part of such a key says what they hold."""
    assert _fields({"users": {key: {"memo": "x"}}}) == {(1, "$.users.*~"), (1, "$.users.*.memo")}


@pytest.mark.parametrize(
    "key", ["orderItemShippingAddress2", "address1", "phone_2", "utf8Name", "shipping_address_line_2"]
)
def test_names_with_digits_stay(key: str) -> None:
    """Names of fields may hold digits."""
    assert _fields([{key: "x"}]) == {(1, f"$.{key}")}


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":' * 100_000,
        b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
        b'{"top":1,' + b",".join(b'"o\\u0041%d":{%s}' % (n, FIELDS) for n in range(4000)) + b"}",
        b'{"top":1,' + b",".join(b'"o%d":{%s}' % (n, FIELDS.replace(b"f", b"f%d" % n)) for n in range(4000)) + b"}",
    ],
    ids=["open", "deep", "escaped", "new"],
)
def test_objects_that_are_no_maps_take_no_long_time(data: bytes) -> None:
    """Objects within one another, keys with escapes and ever new keys are not judged one by one."""
    asked = 0

    def judge(keys: Sequence[str]) -> list[bool | None]:
        nonlocal asked
        asked += 1
        return [None] * len(keys)

    assert sum(batch.begun for batch in jsondoc.read([data], keys=Keys(judge)))
    assert asked < 20


def test_large_first_members_hold_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the first members are long, records are rather the elements of the arrays in them."""
    monkeypatch.setattr(jsonheader, "_FIRST_MEMBERS", 300)
    months = {f"2026-{month:02}": {"rows": [{"memo": "x" * 20}] * 2} for month in range(1, 10)}
    cells = cells_of(jsondoc.read([json.dumps(months).encode()]))
    assert [record for record, field, _ in cells if field == "$.*.rows[*].memo"] == list(range(1, 19))


def test_records_of_a_map_are_people(tmp_path: Path) -> None:
    """What is found in a member has its number, its field and its place."""
    path = tmp_path / "users.json"
    people = {f"-Mx{letter}": {"name": "홍길동", "phone": f"010-5550-000{n}"} for n, letter in enumerate("abcdefghi")}
    path.write_text(json.dumps({"users": people}, ensure_ascii=False, indent=1), encoding="utf-8")
    found = [each for each in scan([path]) if isinstance(each, Finding) and each.entity_type == "PHONE_NUMBER"]
    assert [(each.record, each.field) for each in found] == [(n, "$.users.*.phone") for n in range(1, 10)]
    lines = path.read_text(encoding="utf-8").split("\n")
    assert all(lines[each.line - 1][each.column - 1 :].startswith("010-5550") for each in found if each.line)


def test_maps_below_one_another_are_read_apart() -> None:
    """A key may come twice, once with a map and once with maps of maps: each value stands where it is said to."""
    member = {"memo": "A", "x": "M", "W0000000": {"memo": "M"}}  # the M is found by its way alone
    flat = {f"T{number:07}": member for number in range(9)}
    deep = {f"U{number:07}": {f"V{number:07}": {"memo": f"N{number}"}} for number in range(9)}
    data = f'{{"r": {json.dumps(flat)}, "r": {json.dumps(deep)}}}'.encode()
    batches = list(jsondoc.read([data]))
    values = [value for _, _, value in cells_of(iter(batches))]
    assert [values.count(value) for value in ("A", "M", "N0", "N8")] == [9, 18, 1, 1]
    for character, raw in places_of(iter(batches), data):
        assert decodes_to(raw, character)
