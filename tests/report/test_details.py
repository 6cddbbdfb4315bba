"""Tables of files, fields, roles and issues."""

from __future__ import annotations

from report import samples

from scanner.report import details


def test_fields_stand_with_their_file_in_one_table_each() -> None:
    """Each file that holds something has one table, however the fields are ordered."""
    counts = samples.entity(1, 1, 1)
    fields = [samples.field(path, name, "PERSON", counts) for name in "abc" for path in ("one.csv", "two.csv")]
    parts = details.files(samples.empty() | {"fields": fields})
    assert [(part.path, [row[0].text for row in part.table.rows]) for part in parts] == [
        ("one.csv", ["a", "b", "c"]),
        ("two.csv", ["a", "b", "c"]),
    ]


def test_a_file_says_how_it_was_read() -> None:
    """Format, encoding, records, size and whether that was all."""
    (part,) = details.files(samples.leak())
    assert part.facts == "delimited, cp949, 33,700,000 records, 6.01 GB, read completely"


def test_a_page_stays_readable_with_very_many_rows() -> None:
    """Fields, files and issues beyond a number are left out, and it is said how many."""
    counts, issue = samples.entity(1, 1, 1), {"kind": "k", "message": "m", "path": "p", "severity": "warning"}
    file = samples.empty()["files"][0]
    result = samples.empty() | {
        "fields": [samples.field("a", str(place), "PERSON", counts) for place in range(2_003)],
        "files": [file] * 502,
        "coverage": {"issues": [issue] * 501},
    }
    assert len(details.files(result)[0].table.rows) == 2_000
    assert details.left_out(result) == "3 more fields are in the output of --format json."
    assert details.listed(result).more == "2 more files are in the output of --format json."
    assert details.issues(result).more == "1 more issue is in the output of --format json."


def test_what_was_not_read_comes_before_warnings() -> None:
    """Errors stand first; place, number of cases and lost bytes stand beside."""
    warning = {"kind": "ragged_rows", "message": "rows", "path": "a.csv", "severity": "warning"}
    error = {"kind": "truncated", "message": "cut", "path": "b.gz", "severity": "error", "line": 1234, "bytes": 5_000}
    rows = details.issues(samples.empty() | {"coverage": {"issues": [warning, error]}}).rows
    assert [(cell.text, cell.note) for cell in rows[0]] == [
        ("not read", ""),
        ("b.gz", "line 1,234"),
        ("cut", ""),
        ("1", ""),
        ("5 KB", ""),
    ]
    assert rows[1][0].text == "warning"


def test_roles_have_a_column_each() -> None:
    """Values of senders and recipients stand side by side, 0 where there is none; without roles there is no table."""
    table = details.roles(samples.leak())
    assert table is not None
    assert [cell.text for cell in table.rows[0]] == ["Postal address", "0", "33,679,996"]
    assert details.roles(samples.empty()) is None


def test_running_text_has_no_field() -> None:
    """Values outside of any field are named so, and a share that is not known is none."""
    result = samples.empty() | {"fields": [samples.field("a.log", None, "PERSON", samples.entity(1, 1, 1), share=None)]}
    row = details.files(result)[0].table.rows[0]
    assert (row[0].text, row[3].text) == ("running text", "unknown")
