"""Keys of JSON objects: names of fields, or data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers.jsoncells import Repeating, cells_of, cut, decodes_to, places_of

from scanner import Finding, scan
from scanner.config import ScanConfig
from scanner.pipeline import Engine
from scanner.readers import jsondoc, jsonlines
from scanner.readers.jsonfields import MAX_MEMBERS
from scanner.readers.jsonkeys import MANY, Keys

KEYS = Engine(ScanConfig()).planner().keys
ROWS = st.lists(
    st.tuples(st.sampled_from([*"abcdefghijkl", "name"]), st.dictionaries(st.sampled_from("xy"), st.text("pq\\"))),
    max_size=MANY + 4,
)


def fields(value: Any) -> set[str | None]:
    """The fields of a document."""
    data = json.dumps(value, ensure_ascii=False).encode()
    return {field for _, field, _ in cells_of(jsondoc.read([data], keys=KEYS))}


@pytest.mark.parametrize("key", ["김민준", "010-5550-1234", "John Smith", "佐藤 花子", "王小明", "Nguyễn Văn An"])
def test_a_personal_key_is_a_cell(key: str) -> None:
    """What would be found, or taken for a name, as a value is in no path, at any depth; nor above records."""
    assert fields({key: {"memo": "x"}}) == {"$.*~", "$.*.memo"}
    assert fields([{"team": {key: "x"}}]) == {"$.team.*~", "$.team.*"}
    assert fields({"team": {key: [{"memo": "x"}]}}) == {"$.team.*[*].memo", "$.team.*~"}


def test_a_key_is_judged_alone() -> None:
    """What stands beside a personal key, known names or others, alters nothing."""
    known = {"phone": "x", "email": "x", "address": "x", "zzq": "x"}
    assert fields(known | {"홍길동": "x"}) == {"$.phone", "$.email", "$.address", "$.zzq", "$.*~", "$.*"}


@pytest.mark.parametrize("key", ["name", "phone", "이름", "성별", "주문", "배송", "方法", "余额", "氏名", "status"])
def test_a_usual_name_stays(key: str) -> None:
    """Names of fields stay, even those that look like a person's."""
    assert fields({key: "x"}) == {f"$.{key}"}


def test_the_keys_of_a_map_are_cells() -> None:
    """Keys of many members of one structure are data, within a record but for those that are known to name a field."""
    people = {f"user{letter}": {"memo": "x", "age": "1"} for letter in "abcdefgh"}
    assert fields({"people": people}) == {"$.people.*~", "$.people.*.memo", "$.people.*.age"}
    assert fields([{**people, "phone": {"memo": "x"}}]) == {"$.*~", "$.*.memo", "$.*.age", "$.phone.memo"}


@pytest.mark.parametrize(
    "value",
    [
        {f"part{letter}": {letter: "x"} for letter in "abcdefghijkl"},
        {f"part{letter}": "x" for letter in "abcdefghijkl"},
        {f"part{letter}": {"x": "y"} for letter in "abcdefg"},
    ],
)
def test_other_objects_have_fields(value: dict[str, Any]) -> None:
    """Members of different structure, scalars and few members do not make a map."""
    assert len(fields(value)) == len(value)


def _judge(keys: Sequence[str]) -> list[bool | None]:
    return [True if key == "name" else False if key in "abc" else None for key in keys]


@given(st.lists(ROWS, max_size=4), st.lists(st.integers(0, 3000), max_size=5), st.integers(1, 200))
def test_neither_cuts_nor_other_records_matter(rows: list[Any], places: list[int], size: int) -> None:
    """The cells of each record are those that it has alone, and characters stand where they are said to stand."""
    lines = [json.dumps(Repeating(members)) for members in rows]
    alone = [cells_of(jsonlines.read([line.encode()], record=n, keys=Keys(_judge))) for n, line in enumerate(lines, 1)]
    data = "".join(f"{line}\n" for line in lines).encode()
    found = cells_of(jsonlines.read(cut(data, places), batch_bytes=size, keys=Keys(_judge)))
    assert found == [cell for cells in alone for cell in cells]
    for character, raw in places_of(jsonlines.read([data], keys=Keys(_judge)), data):
        assert decodes_to(raw, character)


def test_what_was_judged_is_not_kept_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Personal keys are forgotten when they are many, without being shown when they come again."""
    monkeypatch.setattr("scanner.readers.jsonkeys._KEPT", 2)
    lines = "".join(f'{{"{key}": "x", "name": "y", "other": "z"}}\n' for key in "abcabc").encode()
    found = cells_of(jsonlines.read([lines], batch_bytes=1, keys=Keys(_judge)))
    assert {field for _, field, _ in found} == {"$.*", "$.*~", "$.name", "$.other"}


def test_all_keys_of_a_batch_are_judged_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many of them are personal, and however few fields and judgements are kept."""
    monkeypatch.setattr("scanner.readers.jsonfields.MAX_FIELDS", 3)
    monkeypatch.setattr("scanner.readers.jsonkeys._KEPT", 3)
    calls: list[Sequence[str]] = []

    def judge(keys: Sequence[str]) -> list[bool]:
        calls.append(keys)
        assert len(calls) <= 9, "judged again and again"
        return [key == "name" for key in keys]

    lines = "".join(f'{{"kim{n}": "x", "name": "y"}}\n' for n in range(50)).encode()
    found = {field for _, field, _ in cells_of(jsonlines.read([lines], keys=Keys(judge)))}
    assert (found, len(calls)) == ({"$.*", "$.*~", "$.name"}, 1)


@pytest.mark.parametrize("config", [ScanConfig(), ScanConfig(only=("PHONE_NUMBER",)), ScanConfig(regions=("KR",))])
def test_no_name_is_shown(tmp_path: Path, config: ScanConfig) -> None:
    """A scan shows the field of a value below a person's name without the name, whatever it looks for."""
    path = tmp_path / "a.json"
    path.write_text('{"김민준": {"phone": "010-5550-1234"}}', encoding="utf-8")
    assert [item.field for item in scan([str(path)], config) if isinstance(item, Finding)] == ["$.*.phone"]


@pytest.mark.parametrize(
    "text", ['{"\\ud800k": "010-0000-0001", "phone": "010-0000-0002"}', '{"a": {"\\udfff": ["x"]}}']
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_a_key_that_is_no_text_is_shown_replaced(tmp_path: Path, text: str, name: str) -> None:
    """A lone surrogate in a key costs nothing: it is judged and shown as U+FFFD."""
    found = {field for _, field, _ in cells_of(jsondoc.read([text.encode()], keys=KEYS))}
    assert found in ({"$['\ufffdk']", "$.phone"}, {"$.a['\ufffd'][*]"})
    (tmp_path / name).write_text(f"{text}\n" + '{"phone": "010-0000-0003"}\n' * (name == "a.jsonl"))
    shown = list(scan([str(tmp_path / name)]))
    assert all(isinstance(item, Finding) for item in shown)
    assert len(shown) == text.count("010") + (name == "a.jsonl")


def test_keys_that_are_shown_alike_hide_no_name(tmp_path: Path) -> None:
    """Several keys that differ in lone surrogates alone do not move the verdicts on the keys after them."""
    path = tmp_path / "a.json"
    people = '"김민준": {"a": "010-0000-0001"}, "이서연": {"a": "010-0000-0002"}'
    path.write_text('{"\\ud800x": "1", "\\udfffx": "2", "\\udffex": "2", ' + people + "}", encoding="utf-8")
    fields = {item.field for item in scan([str(path)]) if isinstance(item, Finding)}
    assert not any("김민준" in str(field) or "이서연" in str(field) for field in fields)


def test_many_names_in_one_place_leave_room_below() -> None:
    """Of keys that come anew with each line the first have a field each, the rest one; below it names are kept."""
    lines = "".join(json.dumps({f"word{_letters(n)}": {"memo": "x"}}) + "\n" for n in range(MAX_MEMBERS + 5))
    found = {field for _, field, _ in cells_of(jsonlines.read([lines.encode()]))}
    assert len(found) == MAX_MEMBERS + 2
    assert {"$.*~", "$.*.memo"} < found


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))
