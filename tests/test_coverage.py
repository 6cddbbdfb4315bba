"""What the summary says of each file: how it was read, and what was not."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

from conftest import Run

Leakgauge = Callable[..., Run]
TABLE = "이름,연락처\n" + "김하늘,010-0000-1234\n" * 10


def test_each_file_is_accounted_for(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """Format, encoding, bytes and records of what was read, and the reason for what was not, of members too."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("b.csv", TABLE.encode("cp949"))
        archive.writestr("c.png", b"\x89PNG\r\n\x1a\n" + bytes(100))
    (tmp_path / "cut.txt.gz").write_bytes(gzip.compress(TABLE.encode() * 50)[:-20])
    run = leakgauge("scan", "a.zip", "cut.txt.gz", "gone.csv")
    files = {file.pop("path"): file for file in run.summary["coverage"]}
    table, text = files["a.zip!b.csv"], files["cut.txt.gz"]
    assert {**table, "confidence": None} == {
        "format": "delimited",
        "encoding": "cp949",
        "confidence": None,
        "bytes": len(TABLE.encode("cp949")),
        "records": 10,
        "complete": True,
        "issues": {},
    }
    assert 0.5 < table["confidence"] <= 1
    assert (files["a.zip!c.png"]["complete"], files["a.zip!c.png"]["issues"]) == (False, {"binary": 1})
    assert (text["complete"], text["encoding"]) == (False, "utf-8")
    assert "truncated" in text["issues"]
    assert files["gone.csv"]["issues"] == {"not_found": 1}


def test_the_parts_of_a_run_add_up(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """Bytes and records of the files are those of the summary, however many processes read them."""
    for number in range(3):
        (tmp_path / f"{number}.csv").write_text(TABLE * (number + 1))
    for jobs in ("1", "2"):
        summary = leakgauge("scan", "-j", jobs, ".").summary
        for key in ("bytes", "records"):
            assert sum(file[key] for file in summary["coverage"]) == summary[key]
        assert len(summary["coverage"]) == summary["files"] == 3


def test_people_get_a_table(leakgauge: Leakgauge, tmp_path: Path) -> None:
    """`--explain-coverage` writes a line a file to stderr and leaves stdout as it is."""
    (tmp_path / "a.csv").write_text(TABLE)
    run = leakgauge("scan", "--explain-coverage", "a.csv")
    assert [line.split()[0] for line in run.err.splitlines()] == ["file", "a.csv"]
    assert run.lines[-1]["type"] == "summary"


def test_lines_in_another_encoding_are_counted(leakgauge: Leakgauge) -> None:
    """The summary tells how many lines of a file were read in another encoding than the rest."""
    odd = "김하늘,010-0000-1234\n".encode("cp949") * 4
    run = leakgauge("scan", "-", stdin=TABLE.encode() + odd)
    assert run.summary["coverage"][0]["issues"] == {"mixed_encodings": 4}
    assert len([finding for finding in run.findings if finding["entity_type"] == "PHONE_NUMBER"]) == 14
