"""How a file is cut into splits."""

from __future__ import annotations

import gzip
import os
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from scanner.config import ScanConfig
from scanner.decode import TextBlocks
from scanner.model import Issue
from scanner.pipeline import Engine
from scanner.plan import Planner, Split
from scanner.plan.cut import cut
from scanner.sources import Source, open_source

ENGINE = Engine(ScanConfig())
PLANNER = ENGINE.planner()


def source(path: Path, data: bytes, compression: str | None = None) -> Source:
    """A file with `data` in it."""
    path.write_bytes(data)
    return Source(path.name, None, str(path), compression)


def plan(item: Source, split_bytes: int = 200, planner: Planner = PLANNER) -> list[Split]:
    """The splits of a file that can be read."""
    return [split for split in replace(planner, split_bytes=split_bytes).plan(item) if isinstance(split, Split)]


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.jsonl"])
def test_splits_tile_the_file_at_ends_of_records(tmp_path: Path, name: str) -> None:
    """Every byte is in one split, each starts after a line end, and lines and records are numbered on."""
    lines = [f'{{"n": "{n:03d}"}}' if name == "a.jsonl" else f"{n:03d},memo" for n in range(100)]
    data = "".join(f"{line}\n" for line in ["id,phone"] * (name == "a.csv") + lines).encode()
    splits = plan(source(tmp_path / name, data))
    assert len(splits) > 3
    assert (splits[0].start, splits[-1].end) == (0, len(data))
    assert [split.top for split in splits] == [True] + [False] * (len(splits) - 1)
    assert [split.last for split in splits] == [False] * (len(splits) - 1) + [True]
    for before, after in pairwise(splits):
        assert before.end == after.start
        assert data[after.start - 1 : after.start] == b"\n"
        assert after.line == data.count(b"\n", 0, after.start) + 1
        assert after.record == after.line - (name == "a.csv")


def test_a_quoted_line_break_is_no_end_of_a_record(tmp_path: Path) -> None:
    """No split starts inside a cell."""
    data = b"phone,memo\n" + b"".join(b'1,"a\nb\n%d"\n' % n for n in range(100))
    for split in plan(source(tmp_path / "a.csv", data))[1:]:
        assert data[split.start : split.start + 2] == b"1,"
        assert split.record == (split.line - 2) // 3 + 1


def test_what_stands_above_a_table_is_no_record_of_a_split(tmp_path: Path) -> None:
    """Records are numbered on from below the line that names the delimiter and the header."""
    data = b"sep=|\nid|phone\n" + b"".join(b"%03d|memo\n" % n for n in range(100))
    splits = plan(source(tmp_path / "a.csv", data))
    assert len(splits) > 3
    assert all(split.record == split.line - 2 for split in splits[1:])
    assert [cell[0] for split in splits for cell in cells(split)] == [n for n in range(1, 101) for _ in range(2)]


def test_what_cannot_be_read_from_the_middle_stays_whole(tmp_path: Path) -> None:
    """A JSON document and UTF-16 are one split; so is packed data that is damaged at its start, with the issue."""
    document = b"[" + b",".join(b'{"n": %d}' % n for n in range(200)) + b"]"
    assert len(plan(source(tmp_path / "a.json", document))) == 1
    assert len(plan(source(tmp_path / "a.txt", ("word\n" * 500).encode("utf-16")))) == 1
    (damaged,) = plan(source(tmp_path / "a.gz", b"\x1f\x8b\x08" + bytes(500), "gzip"))
    assert [issue.kind for issue in damaged.issues] == ["corrupt"]


def test_what_can_be_read_only_once_is_cut_too(tmp_path: Path) -> None:
    """Packed data comes in splits that bring their data: the same as those of the plain file."""
    data = b"id,phone\n" + b"".join(b"%03d,memo\n" % n for n in range(80))
    plain = plan(source(tmp_path / "a.csv", data))
    packed = plan(source(tmp_path / "a.csv.gz", gzip.compress(data), "gzip"))
    assert [split.data for split in packed] == [data[split.start : split.end] for split in plain]
    assert [(split.line, split.record, split.top, split.last) for split in packed] == [
        (split.line, split.record, split.top, split.last) for split in plain
    ]


@pytest.mark.parametrize(("name", "start"), [("a.csv", b"id,phone\n"), ("a.txt", b""), ("a.sql", b"-- dump\n")])
def test_a_cut_without_data_is_the_same(tmp_path: Path, name: str, start: bytes) -> None:
    """Splits of a file that can be read again are those that bring their data, without it."""
    data = start + b"".join(b"INSERT INTO t VALUES (%03d, 'memo');\n" % n for n in range(100))
    whole = replace(plan(source(tmp_path / name, data), 1 << 20)[0], end=len(data))
    with_data, without = (
        list(cut(whole, open_source(whole.source), 200, PLANNER.profile, with_data=kept)) for kept in (True, False)
    )
    assert len(with_data) > 5
    assert [replace(split, data=None, state=None) for split in with_data] == [
        replace(split, state=None) for split in without
    ]


@pytest.mark.filterwarnings("error")
def test_the_encoding_is_one_for_all_splits(tmp_path: Path) -> None:
    """In a file that is ASCII at first, all splits have the encoding that shows later, or are ASCII; it is closed."""
    data = b"plain words\n" * 30_000 + "서울 강남구 배송 요청\n".encode("cp949") * 100
    splits = plan(source(tmp_path / "a.txt", data), 1 << 17)
    ascii_only = [data[split.start : split.end].isascii() for split in splits]
    assert [split.encoding.name for split in splits] == ["utf-8" if plain else "cp949" for plain in ascii_only]


def test_binary_data_is_an_issue_with_its_size(tmp_path: Path) -> None:
    """Nothing of it is scanned, and how much that is is said."""
    (issue,) = PLANNER.plan(source(tmp_path / "a.png", b"\x89PNG\r\n\x1a\n" + bytes(92)))
    assert isinstance(issue, Issue)
    assert (issue.kind, issue.bytes) == ("binary", 100)


def test_a_file_that_has_gone_is_still_planned(tmp_path: Path) -> None:
    """A file that vanished since it was found does not end the run: opening it gives the issue."""
    gone = Source("gone.txt", None, str(tmp_path / "gone.txt"), None)
    (split,) = plan(gone)
    assert [issue.kind for issue in open_source(split.source).issues] == ["not_found"]


@pytest.mark.parametrize("frame", ['{"votes": %s}', "[%s]", "[[%s]]", "%s", '{"memo": "a", "votes": [%s]}'])
@pytest.mark.parametrize(("name", "line_end"), [("a.json", ""), ("a.json", "\n"), ("a.jsonl", "")])
def test_a_long_record_is_judged_by_its_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, frame: str, name: str, line_end: str
) -> None:
    """JSON of which not even the first record is read to its end has the fields that a short one has."""
    people = ", ".join(f'{line_end}"{a}{b}{c}": "서울, [강남"' for a in "김이박" for b in "민서지" for c in "준연호")
    item = source(tmp_path / name, (frame % f"{{{people}}}").encode())
    (short,) = plan(item)
    monkeypatch.setattr("scanner.plan.planner.SAMPLE", 400)
    (long,) = plan(item)
    assert short.fields
    assert long.fields == short.fields


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.jsonl", "a.json"])
@pytest.mark.parametrize("kept", [0, 700])
@pytest.mark.parametrize("split_bytes", [200, 1 << 20])
def test_a_file_that_shrinks_is_not_read_completely(tmp_path: Path, name: str, kept: int, split_bytes: int) -> None:
    """Bytes that were planned and are gone are an error, however the file was cut."""
    lines = [f'{{"n": "{n:03d}"}}' if "json" in name else f"{n:03d},memo" for n in range(100)]
    item = source(tmp_path / name, "".join(f"{line}\n" for line in lines).encode())
    splits = plan(item, split_bytes)
    os.truncate(str(item.location), kept)
    errors = [issue for split in splits for issue in issues(split) if issue.severity == "error"]
    assert {issue.kind for issue in errors} == {"truncated"}
    assert sum(issue.bytes or 0 for issue in errors) == sum(map(len, lines)) + len(lines) - kept


@pytest.mark.parametrize("split_bytes", [200, 1 << 20])
def test_a_file_that_grows_is_read_as_it_was(tmp_path: Path, split_bytes: int) -> None:
    """What is written after a file was planned is left to the next run, so that none goes on for ever."""
    item = source(tmp_path / "a.log", b"010-0000-1234\n" * 50)
    splits = plan(item, split_bytes)
    with Path(str(item.location)).open("ab") as file:
        file.write(b"010-0000-5678\n" * 50)
    assert sum(part.summary.records for split in splits for part in ENGINE.run(split, ENGINE.shown)) == 50
    assert not [issue for split in splits for issue in issues(split)]


def test_a_file_without_a_size_is_read_to_its_end() -> None:
    """Files that the kernel makes when they are read have a size of 0."""
    (split,) = plan(Source("status", None, "/proc/self/status", None))
    assert split.end is None


def issues(split: Split) -> list[Issue]:
    """What went wrong with a split."""
    return [issue for part in ENGINE.run(split, ENGINE.shown) for issue in part.issues]


@pytest.mark.parametrize("codec", ["gb18030", "big5hkscs", "cp932", "cp949"])
@pytest.mark.parametrize("mark", ["|", "^"])
def test_half_a_character_is_no_delimiter(tmp_path: Path, codec: str, mark: str) -> None:
    """Where a character's second byte is that of the delimiter, a quote after it opens no cell: splits agree."""
    pairs = (bytes([lead, ord(mark)]).decode(codec, "replace") for lead in range(0x83, 0xF0))
    char = next((pair for pair in pairs if len(pair) == 1), "가")
    rows = [f'{n}{mark}{char}"a\n{n}{mark}b"\n\n{n}{mark}"c\nd"\n' for n in range(100)]
    item = source(tmp_path / "a.csv", f"id{mark}memo\n{''.join(rows)}".encode(codec))
    planner = replace(PLANNER, encoding=codec)
    splits = plan(item, planner=planner)
    assert len(splits) > 3
    assert [cell for split in splits for cell in cells(split)] == cells(plan(item, 1 << 20, planner)[0])


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.jsonl"])
def test_lone_crs_end_lines_in_every_split(tmp_path: Path, name: str) -> None:
    """Splits of an old Mac's file are cut at its CRs, and give what the file gives with LF."""
    row = '{"n": "%03d"}\r' if name == "a.jsonl" else '%03d,"me\rmo"\r' if name == "a.csv" else "%03d 한글\r"
    data = "".join(["id,phone\r"] * (name == "a.csv") + [row % n for n in range(100)]).encode()
    splits = plan(source(tmp_path / name, data))
    assert len(splits) > 3
    whole = cells(plan(source(tmp_path / f"lf-{name}", data.replace(b"\r", b"\n")), 1 << 20)[0])
    assert [cell for split in splits for cell in cells(split)] == whole


def cells(split: Split) -> list[tuple[int, int, str]]:
    """Record, line and text of each cell of a split."""
    found: list[tuple[int, int, str]] = []
    with closing(open_source(split.source, split.start, split.end)) as stream:
        blocks = TextBlocks(stream, split.encoding, at_start=split.top)
        for batch in split.format.read(blocks, line=split.line, record=split.record, top=split.top):
            for number, column in enumerate(batch.columns):
                index = np.arange(len(column.values))
                lines, _ = batch.locator.locate(number, index, index * 0)
                assert lines is not None
                records = batch.records[index if column.rows is None else column.rows]
                found += zip(records.tolist(), lines.tolist(), column.values.to_list(), strict=True)
    return sorted(found)
