"""The reader of Avro files."""

from __future__ import annotations

import json
import lzma
import os
import zlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import fastavro
import pyarrow as pa
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.tablecells import damaged, kinds, table, texts

from scanner.readers import avro, avroblocks

MARK = bytes(range(16))
PACKS = {
    "null": bytes,
    "deflate": lambda data: zlib.compress(data)[2:-4],
    "zstandard": zstandard.compress,
    "snappy": lambda data: pa.Codec("snappy").compress(data, asbytes=True) + zlib.crc32(data).to_bytes(4, "big"),
}


def number(value: int) -> bytes:
    """An integer as Avro writes it."""
    value, out = value << 1, bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes((*out, value))


def head(schema: Any, codec: str = "null") -> bytes:
    """The head of a file."""
    pairs = (("avro.schema", json.dumps(schema)), ("avro.codec", codec))
    members = b"".join(number(len(part.encode())) + part.encode() for pair in pairs for part in pair)
    return b"Obj\x01" + number(2) + members + number(0) + MARK


def block(count: int, packed: bytes) -> bytes:
    """A block of a file."""
    return number(count) + number(len(packed)) + packed + MARK


def record(**fields: Any) -> dict[str, Any]:
    """The schema of a record."""
    return {"type": "record", "name": "R", "fields": [{"name": n, "type": kind} for n, kind in fields.items()]}


def data(schema: Any, records: Sequence[Any]) -> bytes:
    """Records without a head."""
    out, parsed = BytesIO(), fastavro.parse_schema(schema)
    for each in records:
        fastavro.schemaless_writer(out, parsed, each)
    return out.getvalue()


def written(path: Path, schema: Any, blocks: Sequence[Sequence[Any]], codec: str = "null") -> Path:
    """A file of several blocks."""
    packed = (block(len(records), PACKS[codec](data(schema, records))) for records in blocks)
    path.write_bytes(head(schema, codec) + b"".join(packed))
    return path


@pytest.mark.parametrize("codec", list(PACKS))
@settings(max_examples=20)
@given(
    blocks=st.lists(st.lists(st.tuples(st.text(max_size=5), st.none() | st.integers(-9, 9)), min_size=1, max_size=4))
)
def test_each_value_comes_back(
    tmp_path_factory: pytest.TempPathFactory, codec: str, blocks: list[list[tuple[str, int | None]]]
) -> None:
    """Records are numbered over all blocks; fields have their names."""
    schema = record(a="string", n=["null", "long"])
    rows = [[{"a": a, "n": n} for a, n in each] for each in blocks]
    path = written(tmp_path_factory.mktemp("avro") / "x", schema, rows, codec)
    every = [row for each in rows for row in each]
    expected = [(n, "a", row["a"]) for n, row in enumerate(every, 1) if row["a"]]
    expected += [(n, "n", str(row["n"])) for n, row in enumerate(every, 1) if row["n"] is not None]
    assert sorted(table(avro.read, path)[0]) == sorted(expected)
    assert not kinds(avro.read, path)


def test_what_other_programs_write_is_read(tmp_path: Path) -> None:
    """With blocks packed by fastavro."""
    with (tmp_path / "x").open("wb") as file:
        fastavro.writer(file, record(a="string"), [{"a": str(n)} for n in range(5000)], codec="deflate")
    assert texts(avro.read, tmp_path / "x", "a") == [str(n) for n in range(5000)]


def test_values_of_all_types_are_texts(tmp_path: Path) -> None:
    """Nested ones have paths as in JSON; keys of maps are data unless they are known to be names."""
    schema = record(
        id="double",
        day={"type": "int", "logicalType": "date"},
        at={"type": "long", "logicalType": "timestamp-millis"},
        dec={"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2},
        flag="boolean",
        blob="bytes",
        user={"type": "record", "name": "U", "fields": [{"name": "phone", "type": "string"}]},
        map={"type": "map", "values": "string"},
        list={"type": "array", "items": ["null", "float", "string"]},
    )
    values = {
        "id": 821000001234.0, "day": date(1990, 1, 2), "at": datetime(2024, 1, 2, tzinfo=UTC), "dec": Decimal("7.00"),
        "flag": True, "blob": b"kim", "user": {"phone": "1"}, "map": {"kim@example.com": "v", "phone": "p"},
        "list": [None, 2.0, "x"],
    }  # fmt: skip
    assert [(field, text) for _, field, text in table(avro.read, written(tmp_path / "x", schema, [[values]]))[0]] == [
        ("id", "821000001234"), ("day", "1990-01-02"), ("at", "2024-01-02"), ("dec", "7"), ("blob", "kim"),
        ("$.user.phone", "1"), ("$.map.*~", "kim@example.com"), ("$.map.*", "v"), ("$.map.phone", "p"),
        ("$.list[*]", "2"), ("$.list[*]", "x"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("schema", "records", "cells"),
    [
        ("string", ["x", "y"], [(1, "$", "x"), (2, "$", "y")]),
        ({"type": "map", "values": "string"}, [{"k": "x"}], [(1, "$.k", "x")]),
        ({"type": "array", "items": "int"}, [[1, 2]], [(1, "$[*]", "1"), (1, "$[*]", "2")]),
        (record(), [], []),
        (record(**{f"c{n}": "int" for n in range(4000)}), [{f"c{n}": n for n in range(4000)}], None),
    ],
    ids=["text", "map", "array", "no fields", "wide"],
)
def test_files_of_any_shape_are_read(tmp_path: Path, schema: Any, records: list[Any], cells: list[Any] | None) -> None:
    """Records that are no records, without fields, with many."""
    found, issues = table(avro.read, written(tmp_path / "x", schema, [records] if records else []))
    assert found == cells if cells is not None else len(found) == 4000
    assert not issues


def test_times_that_no_calendar_has_spoil_nothing_else(tmp_path: Path) -> None:
    """They come as numbers, as do those that follow in the same block."""
    schema = record(at={"type": "long", "logicalType": "timestamp-millis"}, a="string")
    values = [{"at": at, "a": "x"} for at in (0, 10**15, 0)]
    path = written(tmp_path / "x", schema, [values])
    assert texts(avro.read, path, "at") == ["1970-01-01", "1000000000000000", "0"]
    assert texts(avro.read, path, "a") == ["x", "x", "x"]
    assert not kinds(avro.read, path)


def test_text_that_is_not_utf8_is_read_as_far_as_it_is(tmp_path: Path) -> None:
    """The records after it too."""
    raw = data(record(a="bytes"), [{"a": b"\xb1\xe8 01"}, {"a": b"x"}])
    (tmp_path / "x").write_bytes(head(record(a="string")) + block(2, raw))
    assert texts(avro.read, tmp_path / "x", "a") == ["\ufffd\ufffd 01", "x"]
    assert kinds(avro.read, tmp_path / "x") == {("undecodable", "error")}


def test_blocks_after_damage_are_read(tmp_path: Path) -> None:
    """Each block ends with a mark, from which the next one is found."""
    rows = [[{"a": f"block {n} row {m}"} for m in range(20)] for n in range(5)]
    path = written(tmp_path / "x", record(a="string"), rows, "deflate")
    spoilt = bytearray(path.read_bytes())
    start = spoilt.index(MARK, spoilt.index(MARK) + 16) + 16
    spoilt[start : start + 30] = bytes(30)
    path.write_bytes(spoilt)
    found = texts(avro.read, path, "a")
    assert [text for text in found if not text.startswith("block 1")] == [
        row["a"] for number, each in enumerate(rows) for row in each if number != 1
    ]
    assert kinds(avro.read, path) == {("corrupt", "error")}


@pytest.mark.parametrize("codec", list(PACKS))
def test_damaged_files_are_issues_and_never_errors(tmp_path: Path, codec: str) -> None:
    """Cut, with zeros, with wrong bytes."""
    rows = [[{"a": f"row {n}", "m": {"k": n}} for n in range(50)] for _ in range(40)]
    schema = record(a="string", m={"type": "map", "values": "long"})
    whole = written(tmp_path / "x", schema, rows, codec).read_bytes()
    for spoilt in damaged(whole):
        (tmp_path / "x").write_bytes(spoilt)
        issues = table(avro.read, tmp_path / "x")[1]
        if len(spoilt) < 0.95 * len(whole):
            assert "error" in {issue.severity for issue in issues}


@pytest.mark.parametrize(
    "schema",
    [
        record(next=["null", "R"]),
        record(a={"type": "array", "items": "null"}),
        record(a={"type": "array", "items": {"type": "record", "name": "E", "fields": []}}),
        record(a={"type": "array", "items": {"type": "fixed", "name": "F", "size": 0}}),
    ],
    ids=["holds itself", "nulls", "empty records", "nothing"],
)
def test_schemas_without_bounds_are_not_read(tmp_path: Path, schema: Any) -> None:
    """A few bytes could mean any number of values, or any depth."""
    (tmp_path / "x").write_bytes(head(schema) + block(1, number(2**50)))
    assert kinds(avro.read, tmp_path / "x") == {("unsupported", "error")}


def test_a_block_cannot_claim_more_records_than_bytes(tmp_path: Path) -> None:
    """Records of nothing are endless."""
    (tmp_path / "x").write_bytes(head(record()) + block(2**50, b""))
    assert kinds(avro.read, tmp_path / "x") == {("corrupt", "error")}


@pytest.mark.parametrize("codec", ["deflate", "zstandard", "snappy"])
def test_a_block_that_unpacks_to_too_much_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, codec: str
) -> None:
    """The blocks around it are read."""
    monkeypatch.setattr(avroblocks, "MAX_BLOCK", 100_000)
    path = written(tmp_path / "x", record(a="string"), [[{"a": "x"}], [{"a": "y" * 10**6}], [{"a": "z"}]], codec)
    assert texts(avro.read, path, "a") == ["x", "z"]
    assert kinds(avro.read, path) == {("corrupt", "error")}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "corrupt"),
        (b"Obj\x01", "corrupt"),
        (b"Obj\x01" + os.urandom(500), "corrupt"),
        (head("int", "lzo"), "codec"),
    ],
)
def test_what_cannot_be_read_is_an_issue(tmp_path: Path, content: bytes, kind: str) -> None:
    """What is no Avro file, and blocks packed in another way."""
    (tmp_path / "x").write_bytes(content)
    assert kinds(avro.read, tmp_path / "x") == {(kind, "error")}


def test_a_file_that_is_gone_is_an_issue(tmp_path: Path) -> None:
    """And not an error."""
    assert kinds(avro.read, tmp_path / "gone.avro") == {("unreadable", "error")}


def test_names_that_are_data_are_texts_and_not_shown(tmp_path: Path) -> None:
    """As in a table with a column for each person."""
    path = tmp_path / "x.avro"
    schema = record(phone="string", mail="string")
    plain = data(schema, [{"phone": "a", "mail": "b"}])
    names = head(record(**{"phone": "string", "kim@example.com": "string"}))
    path.write_bytes(names + block(1, plain))
    assert table(avro.read, path)[0] == [(1, "phone", "a"), (1, "column 2", "b"), (2, None, "kim@example.com")]


def test_xz_that_asks_for_gigabytes_is_not_unpacked(tmp_path: Path) -> None:
    """A block whose window is larger than what 512 MiB hold is an issue."""
    packed = bytearray(lzma.compress(b"\x02a", preset=0))
    packed[16] = 40  # 4 GiB; https://tukaani.org/xz/xz-file-format.txt, 5.3.1
    packed[20:24] = zlib.crc32(packed[12:20]).to_bytes(4, "little")
    (tmp_path / "x.avro").write_bytes(head(record(a="string"), "xz") + block(1, bytes(packed)))
    assert kinds(avro.read, tmp_path / "x.avro") == {("corrupt", "error")}
