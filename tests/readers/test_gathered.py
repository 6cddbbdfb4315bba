"""Records whose cells come one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from readers.placed import cells

from scanner.model import Issue
from scanner.readers import gathered
from scanner.readers.gathered import Gathered, Lines, Run


def test_a_record_may_go_on_in_the_next_batch() -> None:
    """A record keeps its number over batches and begins once; the next one has the next number."""
    some = Gathered()
    some.add("a", "1")
    first = some.batch()
    some.add("a", "2")
    some.end()
    some.add("a", "3")
    second = some.batch()
    some.end()
    some.add("a", "4")
    third = some.batch()
    assert first is not None and second is not None and third is not None
    assert [(cell.record, cell.text) for cell in cells([first, second, third])] == [
        (1, "1"),
        (1, "2"),
        (2, "3"),
        (3, "4"),
    ]
    assert [batch.begun for batch in (first, second, third)] == [1, 1, 1]


def test_blank_cells_and_records_without_cells_are_none() -> None:
    """Nothing is made of nothing; an issue alone makes a batch."""
    some = Gathered()
    some.add("a", " \n")
    some.end()
    some.end()
    assert some.batch() is None
    some.issues.append(Issue("x", "y"))
    batch = some.batch()
    assert batch is not None and batch.begun == 0 and [issue.kind for issue in batch.issues] == ["x"]
    some.add("a", "1")
    assert [cell.record for cell in cells([b for b in [some.batch()] if b])] == [1]


def test_too_many_fields_are_read_without_names() -> None:
    """No more columns are made than the bound; the other cells come without a field."""
    some = Gathered()
    for number in range(gathered.MAX_FIELDS + 50):
        some.add(f"f{number}", "x")
    batch = some.batch()
    assert batch is not None and len(batch.columns) == gathered.MAX_FIELDS + 1
    assert [len(column.values) for column in batch.columns if column.field is None] == [50]


@given(parts=st.lists(st.text("a가😀\n", max_size=6), max_size=8), kept=st.integers(0, 40))
def test_lines_count_code_points_over_chunks(parts: list[str], kept: int) -> None:
    """Places are those of the whole text, however it comes, and after lines before them were forgotten."""
    whole = "".join(parts)
    lines = Lines(1)
    for part in parts:
        lines.feed(part.encode())
    lines.forget(min(kept, len(whole)))
    some = Gathered()
    points = list(range(min(kept, len(whole)), len(whole)))
    for point in points:
        some.add(None, "x", [Run(0, point)])
    batch = some.batch(lines)
    found = [cell[3:] for cell in cells([batch] if batch else [])]
    expected = [(whole.count("\n", 0, point) + 1, point - whole.rfind("\n", 0, point)) for point in points]
    assert found == expected
