"""The reader of plain text."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from scanner.readers import text
from scanner.readers.pieces import LEFT, PIECE, RIGHT


def lines(blocks: Iterable[bytes], line: int = 1) -> list[tuple[int, str]]:
    """Record and text of all lines."""
    return [
        (int(batch.records[row]), value)
        for batch in text.read(blocks, line=line, record=line)
        for row, value in enumerate(batch.columns[0].values.to_list())
    ]


@given(st.lists(st.text("ab 가😀", max_size=9)), st.sampled_from(["\n", "\r\n"]), st.data())
def test_lines_do_not_depend_on_blocks(parts: list[str], end: str, data: st.DataObject) -> None:
    """Each physical line is a record without its line end, wherever blocks are cut between characters."""
    whole = end.join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=5)))
    blocks = [whole[a:b].encode() for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    found = lines([block for block in blocks if block])
    assert [value for _, value in found] == whole.splitlines()
    assert [record for record, _ in found] == list(range(1, len(found) + 1))


def test_the_first_line_is_numbered_as_told() -> None:
    """A part of a file goes on counting."""
    assert lines([b"a\nb"], line=7) == [(7, "a"), (8, "b")]


def test_a_long_line_comes_in_pieces_whose_kept_parts_tile_it() -> None:
    """Pieces overlap so that a match at a border is whole in one of them, and belongs to one of them only."""
    long = "가b" * (2 * PIECE)
    low, covered = 0, []
    for batch in text.read([f"short\n{long}\nshort".encode()]):
        column = batch.columns[0]
        if column.keep is None or column.origin is None:
            continue
        for row, value in enumerate(column.values.to_list()):
            origin, first, last = int(column.origin[row]), int(column.keep[0][row]), int(column.keep[1][row])
            if int(batch.records[row]) == 2:
                assert value == long[origin : origin + len(value)]
                assert origin + first == low
                assert first in (0, LEFT)
                assert len(value) <= LEFT + PIECE + RIGHT
                low = origin + last
                covered.append(int(batch.records[row]))
    assert low >= len(long)
    assert len(covered) == 4
