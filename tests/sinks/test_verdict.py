"""The table of a file, and whether it is safe to share."""

from __future__ import annotations

from rich.cells import cell_len

from scanner.model import Coverage, Summary
from scanner.sinks.verdict import Held, overall, table
from sinks.reports import CONTROL, EVIL

PHONE = Held("연락처", "PHONE_NUMBER", "recipient", "clear", 0.999, 1234, "2:5", ["010-****-**34"] * 3)


def test_columns_line_up_where_letters_take_two_cells() -> None:
    """Heads and rows begin at the same cell; shares are never rounded to all or nothing."""
    rare = PHONE._replace(column="memo", share=0.0001)
    _, heads, first, second, verdict, blank = table("a.csv", [PHONE, rare], 5, complete=True).split("\n")[:6]
    at = [cell_len(line[: line.index(word)]) for line, word in ((heads, "holds"), (first, "reci"), (second, "reci"))]
    assert len(set(at)) == 1
    assert " 99% " in first
    assert " <1% " in second
    assert verdict == "not safe to share: 2 of 5 columns hold personal data: 연락처 (PHONE_NUMBER), memo (PHONE_NUMBER)"
    assert blank == ""


def test_lines_of_a_table_fit_the_terminal() -> None:
    """No line of heads and rows is wider than the terminal."""
    lines = table("a.csv", [PHONE], 5, complete=True, width=40).splitlines()
    assert max(map(cell_len, lines[1:3])) <= 40


def test_masked_values_are_no_reason_against_sharing_unless_not_all_was_read() -> None:
    """A file with masked values alone is safe as far as the rules go; of one that was cut off it is not known."""
    masked = PHONE._replace(state="masked")
    assert table("a", [masked], 1, complete=True).splitlines()[-2].startswith("safe to share as far as the rules go")
    assert table("a", [masked], 1, complete=False).splitlines()[-2].startswith("not known whether safe")
    assert table("a", [PHONE], 1, complete=False).splitlines()[-2].endswith("not all of the file could be read")
    assert table("a", [], 8, complete=True) == ""


def test_long_tables_say_how_many_rows_they_leave_out() -> None:
    """At most 200 rows are shown, and five columns named."""
    text = table("a", [PHONE._replace(column=f"c{n}") for n in range(210)], 300, complete=True)
    assert "10 more: see --format jsonl" in text
    assert "210 of 300 columns" in text
    assert text.splitlines()[-2].endswith("205 more")


def test_names_cannot_steer_the_terminal() -> None:
    """Paths, fields and samples lose their control characters."""
    assert not CONTROL.search(table(EVIL, [PHONE._replace(column=EVIL, samples=[EVIL])], 1, complete=True))


def test_the_last_line_is_on_all_files() -> None:
    """What was found outweighs what was not read, which outweighs what is clean."""
    unread = [Coverage("a", complete=False)]
    assert overall(Summary(files=3, findings=2), 1) == "not safe to share: personal data in 1 of 3 files\n"
    assert overall(Summary(files=1, complete=False, coverage=unread), 0).startswith(
        "not known whether safe to share: 1"
    )
    assert overall(Summary(files=1, masked=1), 0).endswith("only values that are masked already, all read\n")
