"""The table of what was read."""

from __future__ import annotations

from scanner.model import Coverage
from scanner.sinks.coverage import table


def test_each_file_has_a_line_below_the_heads() -> None:
    """A file is shown with how it was read, how sure that is, how much of it, and why not all."""
    read = Coverage("a.zip!b.csv", "delimited", "cp949", 0.9, 3434, 24)
    cut = Coverage("cut.gz", "text", "utf-8", 1.0, 1_000_000, 12_000, False, {"truncated": 1, "mixed_encodings": 8})
    assert table([read, cut, Coverage("x.png", complete=False, issues={"binary": 1})]).splitlines() == [
        "file         format     encoding              bytes  records  read",
        "a.zip!b.csv  delimited  cp949 (90% sure)      3,434       24  all",
        "cut.gz       text       utf-8             1,000,000   12,000  not all: truncated, mixed_encodings (8)",
        "x.png        -          -                         0        0  not all: binary",
    ]


def test_a_name_cannot_steer_the_terminal() -> None:
    """Control characters of a file's name are not printed."""
    assert "\x1b" not in table([Coverage("\x1b[31m.csv")])
