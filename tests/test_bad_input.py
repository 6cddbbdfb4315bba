"""Bad input through the command line: a clear message, the right exit code, and everything readable still scanned."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import COMMAND, Run, environment

from scanner.config import ScanConfig
from scanner.model import Issue
from scanner.pipeline import Engine
from scanner.readers import FILES
from scanner.readers.pieces import PIECE
from scanner.sources import Source

Leakgauge = Callable[..., Run]
PHONE = "010-1234-5678"
ROWS = "phone,memo\n" + "".join(f"010-1234-{n:04d},memo {n}\n" for n in range(2000))


def test_a_missing_path_is_named(leakgauge: Leakgauge) -> None:
    """A path that is not there is an issue with its name, and 3."""
    run = leakgauge("scan", "gone.csv")
    assert (run.code, run.kinds, run.issues[0]["path"]) == (3, ["not_found"], "gone.csv")
    assert "No such file" in run.issues[0]["message"]


def test_an_unreadable_file_does_not_hide_its_neighbours(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """A file without permission is an issue, and the file beside it is scanned."""
    (tmp_path / "secret.txt").write_text(PHONE)
    (tmp_path / "secret.txt").chmod(0)
    (tmp_path / "open.txt").write_text(PHONE)
    prefix: list[str] = []
    if os.geteuid() == 0:
        prefix = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
        if not shutil.which("setpriv") or subprocess.run([*prefix, "true"], capture_output=True).returncode:
            pytest.skip("root that cannot drop its capabilities")
    run = leakgauge("scan", ".", prefix=prefix)
    assert (run.code, run.kinds) == (1, ["unreadable"])
    assert run.issues[0]["message"] == "Permission denied"
    assert [Path(finding["path"]).name for finding in run.findings] == ["open.txt"]


def test_a_truncated_gzip_is_read_up_to_the_cut(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """What came out before the cut is scanned; the cut is an issue, and the summary is not complete."""
    (tmp_path / "cut.csv.gz").write_bytes(gzip.compress(ROWS.encode())[:-400])
    run = leakgauge("scan", "cut.csv.gz")
    assert (run.code, run.kinds[-1]) == (1, "truncated")
    assert 1000 < len(run.findings) < 2000
    assert not run.summary["complete"]


def test_binary_data_is_named_and_not_taken_for_clean(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """A picture and noise are issues that say what they look like and how much was not read."""
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (tmp_path / "noise").write_bytes(bytes(range(256)) * 8)
    run = leakgauge("scan", "picture.csv", "noise")
    assert (run.code, run.kinds) == (3, ["binary", "binary"])
    assert "PNG" in run.issues[0]["message"]
    assert [issue["bytes"] for issue in run.issues] == [108, 2048]


def test_a_wrong_encoding_is_an_issue_and_what_is_ascii_is_found(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """With -E the user is believed; bytes that do not fit are counted, with their first line."""
    (tmp_path / "ko.txt").write_text(f"first\n서울 {PHONE}\n", encoding="cp949")
    run = leakgauge("scan", "-E", "utf-8", "ko.txt")
    assert (run.code, run.kinds) == (1, ["undecodable"])
    assert (run.issues[0]["line"], run.issues[0]["bytes"]) == (2, 4)
    assert len(run.findings) == 1


def test_undecodable_bytes_do_not_stop_the_scan(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """Stray bytes in UTF-8 are an issue without a value in it; the rows before and after are found."""
    rows = "".join(f"서울 {PHONE}\n" for _ in range(20)).encode()
    (tmp_path / "mixed.txt").write_bytes(rows + b"\xff\xfe broken \x80\n" + rows)
    run = leakgauge("scan", "mixed.txt")
    assert (run.code, run.kinds, len(run.findings)) == (1, ["undecodable"], 40)
    assert run.issues[0]["line"] == 21


def test_ragged_rows_are_scanned_as_text(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """A row with too few or too many fields loses nothing: a warning, and its values are found without a field."""
    (tmp_path / "r.csv").write_text(f"phone,memo\n{PHONE},a\n{PHONE}\n{PHONE},b,c\n{PHONE},d\n")
    run = leakgauge("scan", "r.csv")
    assert (run.code, run.kinds) == (1, ["ragged_rows"])
    assert [(f["line"], f["field"]) for f in run.findings] == [(2, "phone"), (3, None), (4, None), (5, "phone")]
    assert (run.issues[0]["severity"], run.issues[0]["count"]) == ("warning", 2)


def test_nul_bytes_are_read_over(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """Padding with NULs neither hides what stands beside it nor stops the scan."""
    (tmp_path / "nul.txt").write_bytes(f"a\0\0 {PHONE}\0\n{PHONE}\n".encode())
    run = leakgauge("scan", "nul.txt")
    assert (run.code, [f["line"] for f in run.findings]) == (1, [1, 2])


def test_empty_files_are_clean_whatever_their_names(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """A file of no bytes, of a BOM and of blank lines is read completely, in every format."""
    for number, data in enumerate((b"", b"\xef\xbb\xbf", b"\n\n\r\n")):
        for suffix in ("csv", "json", "jsonl", "txt"):
            (tmp_path / f"{number}.{suffix}").write_bytes(data)
    run = leakgauge("scan", ".")
    assert (run.code, run.issues, run.summary["files"]) == (0, [], 12)


def test_a_loop_of_links_ends(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """A link back to its own folder is not followed, one to itself is an issue, and the files are read once."""
    (tmp_path / "a.txt").write_text(PHONE)
    (tmp_path / "round").symlink_to(tmp_path)
    run = leakgauge("scan", ".")
    assert (run.code, run.issues, len(run.findings)) == (1, [], 1)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    assert leakgauge("scan", "self").kinds == ["loop"]


def test_a_named_pipe_is_refused_and_not_waited_for(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """A fifo is an issue that says what to do."""
    os.mkfifo(tmp_path / "pipe")
    run = leakgauge("scan", "pipe")
    assert (run.code, run.kinds) == (3, ["special"])
    assert "pipe its data into stdin" in run.issues[0]["message"]


def test_a_rule_with_a_typo_is_named_with_the_key(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """`rules check` of a folder with a wrong key exits with 2, naming the file and the nearest key."""
    (tmp_path / "rules" / "kr").mkdir(parents=True)
    (tmp_path / "rules" / "kr" / "mine.toml").write_text('id = "mine"\nentitytype = "PHONE_NUMBER"\n')
    run = leakgauge("rules", "check", "rules")
    assert run.code == 2
    assert "mine.toml" in run.err
    assert "did you mean 'entity_type'?" in run.err
    assert "Traceback" not in run.err


def test_a_quote_that_never_closes_spoils_one_row(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """The rows after a stray quote are found in their field, on their lines."""
    (tmp_path / "q.csv").write_text(ROWS + f'010-0000-0001,"never closed\n{PHONE},after\n')
    run = leakgauge("scan", "q.csv")
    assert run.code == 1
    assert len(run.findings) == 2002
    assert (run.findings[-1]["line"], run.findings[-1]["field"]) == (2003, "phone")


def test_a_json_document_cut_in_the_middle_is_scanned_up_to_the_cut(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """Everything before the cut is found, and the cut is an issue."""
    text = '[{"phone": "010-1234-0001"}, {"phone": "010-1234-0002"}, {"phone": "010-1234-00'
    (tmp_path / "cut.json").write_text(text)
    run = leakgauge("scan", "cut.json")
    assert run.code == 1
    assert len(run.findings) == 2
    assert run.issues


def test_a_broken_json_line_does_not_hide_the_others(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """A line that is no JSON is scanned as text."""
    lines = ['{"phone": "010-1234-0001"}', '{"phone": "010-1234-0002"', '{"phone": "010-1234-0003"}']
    (tmp_path / "b.jsonl").write_text("\n".join(lines))
    run = leakgauge("scan", "b.jsonl")
    assert (run.code, [f["line"] for f in run.findings]) == (1, [1, 2, 3])
    assert run.issues


@pytest.mark.parametrize("name", ["long.txt", "long.csv"])
def test_a_line_of_300_megabytes_needs_little_memory_and_loses_nothing(tmp_path: Path, name: str) -> None:
    """Phones across the borders of pieces and at the very end of the line are found, in less than 1 GB."""
    size, step = 300 << 20, 64 * PIECE
    text = bytearray(b"lorem ipsum dolor sit amet. " * (size // 28))
    places = [*range(step - 6, len(text) - 100, step), len(text) - len(PHONE)]
    for place in places:
        text[place - 1 : place + len(PHONE)] = f" {PHONE}".encode()
    for place in places[:-1]:
        text[place + len(PHONE)] = 32
    (tmp_path / name).write_bytes(text)
    measure = (
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:]);"
        "print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)"
    )
    command = [sys.executable, "-c", measure, *COMMAND, "scan", "--only", "PHONE_NUMBER", str(tmp_path / name)]
    done = subprocess.run(command, capture_output=True, env=environment())
    code, peak = map(int, done.stderr.split())
    starts = [int(start) for start in re.findall(rb'"start":(\d+)', done.stdout)]
    assert (code, starts) == (1, places)
    assert peak < 1_000_000, "in KiB, as Linux counts"


@pytest.mark.parametrize("kind", FILES)
def test_a_document_that_goes_while_it_is_found_does_not_end_the_run(kind: str, tmp_path: Path) -> None:
    """Of a file of any kind that is gone when its turn comes, an issue says so."""
    gone = Source("gone", None, str(tmp_path / "gone"), None, kind=kind)
    engine = Engine(ScanConfig())
    (split,) = engine.planner().plan(gone)
    assert not isinstance(split, Issue)
    issues = [issue for part in engine.run(split, engine.shown) for issue in part.issues]
    assert [(issue.severity, issue.kind != "internal") for issue in issues] == [("error", True)]
