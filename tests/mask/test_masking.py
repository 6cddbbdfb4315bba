"""Values in generated files: what is masked, and that nothing else is."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.config import ScanConfig
from scanner.mask.strategies import Strategies
from scanner.mask.task import Masking
from scanner.pool import Runner
from scanner.rules import load_rules
from scanner.sources import find


def runner(strategy: str) -> Runner:
    """Masks telephone numbers."""
    return Runner(ScanConfig(only=("PHONE_NUMBER",), jobs=1), Masking(Strategies(strategy)), load_rules())


RUNNER = runner("constant")
PHONE, CONSTANT = "010-0000-1234", "[PHONE_NUMBER]"
AROUND = st.text(st.sampled_from("가나다 é\"'\\/,\n\t中😀ab"), max_size=8)
CELL = st.builds(lambda before, after: f"{before} {PHONE} {after}", AROUND, AROUND)
ROWS = st.lists(CELL, min_size=3, max_size=12)


def masked(data: bytes, name: str, by: Runner = RUNNER) -> bytes:
    """What is made of a file of this name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        outputs = list(by.run(find([str(path)])))
    assert all(issue.severity == "warning" for output in outputs for issue in output.issues)
    return b"".join(piece for output in outputs for piece in output.made)


def swapped(cell: str) -> str:
    """A cell with the constant instead of the value."""
    return cell.replace(PHONE, CONSTANT)


@settings(max_examples=40)
@given(ROWS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_quoted_cells_of_csv(cells: list[str], encoding: str) -> None:
    """The file is that which would be written of cells with the constant, byte by byte."""

    def written(rows: list[str]) -> bytes:
        out = io.StringIO()
        csv.writer(out, quoting=csv.QUOTE_ALL).writerows(
            [["id", "memo"], *([str(n), row] for n, row in enumerate(rows))]
        )
        return out.getvalue().encode(encoding)

    assert masked(written(cells), "a.csv") == written([swapped(cell) for cell in cells])


@settings(max_examples=40)
@given(ROWS, st.booleans(), st.sampled_from([None, 1]))
def test_strings_of_json(cells: list[str], escaped: bool, indent: int | None) -> None:
    """JSON lines and documents, with escapes of characters or without, differ in the values only."""

    def lines(rows: list[str]) -> bytes:
        return "\n".join(json.dumps({"n": 1.50, "memo": row}, ensure_ascii=escaped) for row in rows).encode()

    def document(rows: list[str]) -> bytes:
        return json.dumps({"list": [{"memo": row} for row in rows]}, ensure_ascii=escaped, indent=indent).encode()

    changed = [swapped(cell) for cell in cells]
    assert masked(lines(cells), "a.jsonl") == lines(changed)
    assert masked(document(cells), "a.json") == document(changed)


@settings(max_examples=40)
@given(ROWS)
def test_strings_of_sql(cells: list[str]) -> None:
    """Doubled quotes of any dump and the escapes of COPY stay as they are."""

    def inserts(rows: list[str]) -> bytes:
        values = ",".join(
            "({}, '{}')".format(n, row.replace("'", "''").replace("\\", "/")) for n, row in enumerate(rows)
        )
        return f"CREATE TABLE t (id int, memo text);\nINSERT INTO t (id, memo) VALUES {values};\n".encode()

    def copied(rows: list[str]) -> bytes:
        escapes = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})
        lines = "".join(f"{n}\t{row.translate(escapes)}\n" for n, row in enumerate(rows))
        return f"COPY t (id, memo) FROM stdin;\n{lines}\\.\n".encode()

    changed = [swapped(cell) for cell in cells]
    assert masked(inserts(cells), "a.sql") == inserts(changed)
    assert masked(copied(cells), "a.sql") == copied(changed)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.json", '[{"phone": 821000001234}, {"phone": 821000009876}]', '[{"phone": "C"}, {"phone": "C"}]'),
        (
            "a.sql",
            "CREATE TABLE t (phone bigint);\nINSERT INTO t (phone) VALUES (821000001234),( 821000009876 );\n",
            "CREATE TABLE t (phone bigint);\nINSERT INTO t (phone) VALUES ('C'),( 'C' );\n",
        ),
        (
            "a.sql",
            "INSERT INTO t (phone) VALUES (0x3031302D303030302D31323334),(x'3031302D303030302D31323334');\n",
            "INSERT INTO t (phone) VALUES ('C'),('C');\n",
        ),
    ],
)
def test_what_stands_without_quotes_gets_some(name: str, text: str, expected: str) -> None:
    """Numbers of JSON and SQL, and strings in hexadecimal digits, become strings, so that the file can be read."""
    assert masked(text.encode(), name).decode() == expected.replace("C", CONSTANT).replace(
        "[PHONE_NUMBER]REATE", "CREATE"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'CREATE TABLE t(a text, phone text); INSERT INTO t ("a","phone") VALUES ("a ""b""","010-0000-1234");\n',
            'CREATE TABLE t(a text, phone text); INSERT INTO t ("a","phone") VALUES ("a ""b""","C");\n',
        ),
        (
            'INSERT INTO `t` (phone) VALUES ("\\"010\\-0000\\-1234"),(\'\\a 010-0000-1234 \\\\\');\n',
            'INSERT INTO `t` (phone) VALUES ("\\"C"),(\'\\a C \\\\\');\n',
        ),
        (
            "INSERT INTO t (phone) VALUES (E'\\uD64D \\x30\\x310\\x2d0000\\x2d1234\\x20\\t'),(e'\\' 010-0000-1234');\n",
            "INSERT INTO t (phone) VALUES (E'\\uD64D C\\x20\\t'),(e'\\' C');\n",
        ),
        (
            "INSERT INTO t (phone) VALUES (U&'010\\002D0000-1234 \\D64D'),('010-0000-1234'::text);\n",
            "INSERT INTO t (phone) VALUES (U&'C \\D64D'),('C'::text);\n",
        ),
        (
            "COPY t (phone) FROM stdin;\n\\x30\\x310-0000-\\x38888\\n\n010\\-0000\\0551234\n\\.\n",
            "COPY t (phone) FROM stdin;\nC\\n\nC\n\\.\n",
        ),
    ],
)
def test_values_of_sql_are_masked_with_their_escapes(text: str, expected: str) -> None:
    """Of a value that is written with escapes all is replaced; quotes and what stands beside it stay."""
    assert masked(text.encode(), "a.sql").decode() == expected.replace("C", CONSTANT).replace(
        f"{CONSTANT}REATE", "CREATE"
    ).replace(f"{CONSTANT}OPY", "COPY")


KEYS = st.lists(
    st.sampled_from(["010-0000-1234", "010-0000-1334", "010-0000-1434 a", "010-****-**34", "010-****-**34[2]", "[2]"]),
    unique=True,
)
RUNNERS = {name: runner(name) for name in ("mask", "drop", "constant")}


@settings(max_examples=30)
@given(st.lists(KEYS, min_size=1, max_size=3), st.sampled_from([*RUNNERS]))
def test_members_stay_apart_where_their_keys_are_values(records: list[list[str]], strategy: str) -> None:
    """Each object has as many different keys as before, in a document and in lines, and none is a number."""
    objects = [{"to": {key: n for n, key in enumerate(keys)}} for keys in records]
    document = json.loads(masked(json.dumps(objects).encode(), "a.json", RUNNERS[strategy]))
    lines = masked("\n".join(map(json.dumps, objects)).encode(), "a.jsonl", RUNNERS[strategy])
    for made in (document, [json.loads(line) for line in lines.splitlines()]):
        assert [[*each["to"].values()] for each in made] == [[*each["to"].values()] for each in objects]
        assert not any("010-0000" in key for each in made for key in each["to"])


@pytest.mark.parametrize("strategy", RUNNERS)
@pytest.mark.parametrize("value", ["memo", {"memo": "x", "phone": "010-0000-5678"}])
def test_members_stay_apart_in_a_map_of_records(value: object, strategy: str) -> None:
    """Keys of different records of one map that would become the same have numbers, so that no member is lost."""
    people = {f"010-0000-1{number}34": value for number in range(10)}
    made = json.loads(masked(json.dumps({"people": people}).encode(), "a.json", RUNNERS[strategy]))["people"]
    assert len(made) == len(people)
    assert "010-0000" not in json.dumps(made)


def test_a_key_that_comes_again_in_a_record_is_replaced_by_the_same() -> None:
    """So objects of one document can still be put together by it; other records begin anew."""
    one, other = "010-0000-1234", "010-0000-1334"
    text = '{{"a": {{"{1}": 1, "{0}": 2}}, "b": {{"{0}": 3}}}}\n{{"a": {{"{0}": 4}}}}\n'
    made = masked(text.format(one, other).encode(), "a.jsonl", RUNNERS["mask"])
    lines = made.decode().splitlines()
    assert lines[0] == '{"a": {"010-****-**34": 1, "010-****-**34[2]": 2}, "b": {"010-****-**34[2]": 3}}'
    assert lines[1] == '{"a": {"010-****-**34": 4}}'
