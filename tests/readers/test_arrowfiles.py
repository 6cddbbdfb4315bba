"""The reader of Parquet, Arrow and ORC files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import ipc, orc
from pyarrow import parquet as pq
from readers.tablecells import damaged, kinds, table, texts

from scanner.readers import arrowfiles, tablebatch

Write = Callable[[pa.Table, Path], None]


def parquet(data: pa.Table, path: Path) -> None:
    """In several row groups."""
    pq.write_table(data, path, row_group_size=500)


def arrow(data: pa.Table, path: Path) -> None:
    """A file with an index."""
    with pa.OSFile(str(path), "wb") as file, ipc.new_file(file, data.schema) as out:
        out.write_table(data, max_chunksize=500)


def packed(data: pa.Table, path: Path) -> None:
    """The same as Feather 2 packs it."""
    options = ipc.IpcWriteOptions(compression="lz4")
    with pa.OSFile(str(path), "wb") as file, ipc.new_file(file, data.schema, options=options) as out:
        out.write_table(data, max_chunksize=500)


def stream(data: pa.Table, path: Path) -> None:
    """A stream."""
    with pa.OSFile(str(path), "wb") as file, ipc.new_stream(file, data.schema) as out:
        out.write_table(data, max_chunksize=500)


def orc_file(data: pa.Table, path: Path) -> None:
    """ORC."""
    orc.write_table(data, path)


ALL = [parquet, arrow, packed, stream, orc_file]
VALUE = st.none() | st.text(max_size=5)


@pytest.mark.parametrize("write", ALL)
@settings(max_examples=10)
@given(values=st.lists(st.tuples(VALUE, VALUE), max_size=30))
def test_each_value_comes_back(
    tmp_path_factory: pytest.TempPathFactory, write: Write, values: list[tuple[str | None, str | None]]
) -> None:
    """Rows are records in their order, columns fields of their names."""
    path = tmp_path_factory.mktemp("arrow") / "x"
    schema = pa.schema([("a", pa.string()), ("b c", pa.string())])
    write(pa.table(list(zip(*values, strict=True)) or [[], []], schema=schema), path)
    expected = [(n, name, v) for name, of in zip(("a", "b c"), zip(*values, strict=True), strict=False)
                for n, v in enumerate(of, 1) if v]  # fmt: skip
    assert sorted(table(arrowfiles.read, path)[0]) == sorted(expected)
    assert not kinds(arrowfiles.read, path)


@pytest.mark.parametrize("write", [parquet, arrow, stream])
def test_values_of_all_types_are_texts(tmp_path: Path, write: Write) -> None:
    """As people write them; truth values and empty cells are none."""
    data = {
        "id": [821000001234.0],
        "n": pa.array([7], pa.uint8()),
        "dec": [Decimal("1000001234.00")],
        "day": [date(1990, 1, 2)],
        "at": [datetime(2024, 1, 2, 3, 4, 5)],
        "midnight": pa.array([datetime(1990, 1, 2)], pa.timestamp("us", "Asia/Seoul")),
        "word": pa.array(["x"]).dictionary_encode(),
        "large": pa.array(["y"], pa.large_string()),
        "blob": [b"kim"],
        "flag": [True],
        "none": pa.nulls(1),
    }
    write(pa.table(data), tmp_path / "x")
    assert {field: text for _, field, text in table(arrowfiles.read, tmp_path / "x")[0]} == {
        "id": "821000001234", "n": "7", "dec": "1000001234", "day": "1990-01-02", "at": "2024-01-02 03:04:05",
        "midnight": "1990-01-02", "word": "x", "large": "y", "blob": "kim",
    }  # fmt: skip


@pytest.mark.parametrize("write", [parquet, arrow, stream])
def test_nested_values_have_paths_as_in_json(tmp_path: Path, write: Write) -> None:
    """Structures, lists of them and maps, whose keys are data unless they are known to be names."""
    kind = pa.map_(pa.string(), pa.string())
    maps = pa.array([[("kim@example.com", "v"), ("phone", "p"), ("phone", "q")], None], kind)
    users = [{"phone": "1", "a b": [{"k": "2"}, {"k": "3"}]}, None]
    write(pa.table({"user": users, "m": maps, "list": [["x"], ["y", "z"]]}), tmp_path / "x")
    assert table(arrowfiles.read, tmp_path / "x")[0] == [
        (1, "$.user.phone", "1"),
        (1, "$.user['a b'][*].k", "2"),
        (1, "$.user['a b'][*].k", "3"),
        (1, "$.m.*~", "kim@example.com"),
        (1, "$.m.*", "v"),
        (1, "$.m.phone", "p"),
        (1, "$.m.phone", "q"),
        (1, "$.list[*]", "x"),
        (2, "$.list[*]", "y"),
        (2, "$.list[*]", "z"),
    ]


@pytest.mark.parametrize("write", [parquet, arrow, stream])
@pytest.mark.parametrize(
    "data",
    [
        pa.table({}),
        pa.table({"a": pa.array([], pa.string())}),
        pa.table([["x"], ["y"], ["z"]], names=["a", "a", ""]),
        pa.table({f"c{number}": ["v"] for number in range(4000)}),
    ],
    ids=["no columns", "no rows", "names twice", "wide"],
)
def test_tables_of_any_shape_are_read(tmp_path: Path, write: Write, data: pa.Table) -> None:
    """Each value is one cell."""
    write(data, tmp_path / "x")
    cells, issues = table(arrowfiles.read, tmp_path / "x")
    assert len(cells) == data.num_rows * data.num_columns
    assert len({field for _, field, _ in cells}) == len(cells)
    assert not issues


def test_text_that_is_not_utf8_and_times_that_no_calendar_has_spoil_nothing_else(tmp_path: Path) -> None:
    """Parquet does not check its texts."""
    spoilt = pa.Array.from_buffers(pa.string(), 2, pa.array([b"\xb1\xe8 01", b"x"]).buffers())
    days = pa.array([2**31 - 1, 0], pa.int32()).cast(pa.date32())
    parquet(pa.table({"a": spoilt, "d": days, "b": ["1", "2"]}), tmp_path / "x")
    assert table(arrowfiles.read, tmp_path / "x")[0] == [
        (1, "a", "\ufffd\ufffd 01"), (2, "a", "x"), (2, "d", "1970-01-01"), (1, "b", "1"), (2, "b", "2"),
    ]  # fmt: skip
    assert kinds(arrowfiles.read, tmp_path / "x") == {("undecodable", "error")}


def test_rows_come_in_batches_of_bounded_size(tmp_path: Path) -> None:
    """Whatever the row groups are, and however often a dictionary's long text is meant."""
    words = pa.DictionaryArray.from_arrays(pa.array([0] * 3000, pa.int32()), pa.array(["x" * 50_000]))
    pq.write_table(pa.table({"a": words}), tmp_path / "x")
    heights, sizes = [], []
    for batch in arrowfiles.read(arrowfiles.File(str(tmp_path / "x"), "x", lambda _: None)):
        heights.append(batch.height)
        sizes.append(sum(int(column.values.str.len_bytes().sum()) for column in batch.columns))
    assert sum(heights) == 3000
    assert max(sizes) <= 2 * tablebatch.BATCH


def test_a_bomb_is_not_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file that means much text."""
    monkeypatch.setattr(tablebatch, "FREE", 1 << 20)
    words = pa.DictionaryArray.from_arrays(pa.array([0] * 5000, pa.int32()), pa.array(["x" * 50_000]))
    pq.write_table(pa.table({"a": words}), tmp_path / "x")
    assert kinds(arrowfiles.read, tmp_path / "x") == {("bomb", "error")}


def test_a_file_without_its_index_is_read_as_a_stream(tmp_path: Path) -> None:
    """Where it was cut; an issue says so."""
    path = tmp_path / "x"
    arrow(pa.table({"a": [str(n) for n in range(2000)]}), path)
    path.write_bytes(path.read_bytes()[:-500])
    assert texts(arrowfiles.read, path, "a")[:1000] == [str(n) for n in range(1000)]
    assert ("truncated", "error") in kinds(arrowfiles.read, path)


def test_row_groups_around_damage_are_read(tmp_path: Path) -> None:
    """Zeros in the second of four spoil that one alone."""
    path = tmp_path / "x"
    pq.write_table(pa.table({"a": [f"text {n}" for n in range(2000)]}), path, row_group_size=500, use_dictionary=False)
    start = pq.read_metadata(path).row_group(1).column(0).data_page_offset
    data = bytearray(path.read_bytes())
    data[start : start + 200] = bytes(200)
    path.write_bytes(data)
    found = texts(arrowfiles.read, path, "a")
    assert found == [f"text {n}" for n in range(2000) if not 500 <= n < 1000]
    assert kinds(arrowfiles.read, path) == {("corrupt", "error")}


@pytest.mark.parametrize("write", ALL)
def test_damaged_files_are_issues_and_never_errors(tmp_path: Path, write: Write) -> None:
    """Cut, with zeros, with wrong bytes."""
    numbers = [str(n) for n in range(2000)]
    write(
        pa.table({"a": numbers, "s": [{"x": n, "y": [1.5]} for n in numbers], "d": [date(2024, 1, 2)] * 2000}),
        tmp_path / "x",
    )
    data = (tmp_path / "x").read_bytes()
    for spoilt in damaged(data):
        (tmp_path / "x").write_bytes(spoilt)
        issues = table(arrowfiles.read, tmp_path / "x")[1]
        if len(spoilt) < 0.95 * len(data):
            assert "error" in {issue.severity for issue in issues}


def test_data_behind_the_end_of_a_stream_are_reported(tmp_path: Path) -> None:
    """They are read by nobody."""
    stream(pa.table({"a": ["x"]}), tmp_path / "x")
    with (tmp_path / "x").open("ab") as file:
        file.write(b"010-0000-1234")
    assert kinds(arrowfiles.read, tmp_path / "x") == {("trailing", "error")}


@pytest.mark.parametrize(
    ("content", "kind"), [(b"PARE" + bytes(64) + b"PARE", "encrypted"), (b"FEA1", "unsupported"), (b"PAR1", "corrupt")]
)
def test_what_cannot_be_read_is_an_issue(tmp_path: Path, content: bytes, kind: str) -> None:
    """Encrypted Parquet, the first version of Feather, and what only begins like a file."""
    (tmp_path / "x").write_bytes(content)
    assert kinds(arrowfiles.read, tmp_path / "x") == {(kind, "error")}


def test_a_file_that_is_gone_is_an_issue(tmp_path: Path) -> None:
    """And not an error."""
    assert {severity for _, severity in kinds(arrowfiles.read, tmp_path / "gone")} == {"error"}


@pytest.mark.parametrize("write", ALL)
def test_names_that_are_data_are_texts_and_not_shown(tmp_path: Path, write: Write) -> None:
    """As in a table with a column for each person; so are those of members."""
    inner = pa.array([{"lee@example.com": "c"}])
    write(pa.table({"phone": ["a"], "kim@example.com": ["b"], "in": inner}), tmp_path / "x")
    assert sorted(table(arrowfiles.read, tmp_path / "x")[0], key=str) == [
        (1, "$.in.*", "c"), (1, "$.in.*~", "lee@example.com"), (1, "column 2", "b"), (1, "phone", "a"),
        (2, None, "kim@example.com"),
    ]  # fmt: skip


@pytest.mark.parametrize("dictionary", [False, True])
def test_a_packed_batch_does_not_come_whole(tmp_path: Path, dictionary: bool) -> None:
    """What is small in the file and large in memory is parted by a process of its own, or left out with an issue."""
    values = pa.array(["x" * (1 << 20)] * (300 if dictionary else 40))
    data = pa.table({"a": pa.DictionaryArray.from_arrays(pa.array([0]), values) if dictionary else values})
    options = ipc.IpcWriteOptions(compression="zstd")
    with pa.OSFile(str(tmp_path / "x"), "wb") as file, ipc.new_stream(file, data.schema, options=options) as out:
        out.write_table(data)
    peaks = []
    for piece in arrowfiles._pieces(str(tmp_path / "x")):
        peaks.append(0 if isinstance(piece, arrowfiles.Issue) else piece.nbytes)
    assert max(peaks) < 32 << 20
    assert kinds(arrowfiles.read, tmp_path / "x") == ({("corrupt", "error")} if dictionary else set())
