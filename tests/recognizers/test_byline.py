"""Lines that are searched once."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.recognizers import byline
from scanner.recognizers.byline import ByLine
from scanner.recognizers.spans import Span

LINES = st.lists(st.text("ab1 ", max_size=6), max_size=8)


def words(text: str) -> list[Span]:
    """Each run of letters."""
    return [Span(*match.span(), 0.5, "a word") for match in re.finditer("[ab]+", text)]


@given(st.lists(LINES, max_size=4))
def test_the_spans_are_those_of_the_text(texts: list[list[str]]) -> None:
    """Whatever lines were seen before, and however often they come again."""
    find = ByLine(words)
    for lines in texts:
        text = "\n".join(lines)
        assert find(text) == words(text)


def test_a_line_is_searched_once() -> None:
    """Only lines that are new are searched."""
    seen: list[str] = []

    def noted(text: str) -> list[Span]:
        seen.append(text)
        return words(text)

    find = ByLine(noted)
    assert [find(text) for text in ("a\nb\na", "b\nab", "a")] == [words(text) for text in ("a\nb\na", "b\nab", "a")]
    assert seen == ["a\nb", "ab"]


def test_lines_are_forgotten_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is bounded by their characters."""
    monkeypatch.setattr(byline, "_KEPT", 10)
    find = ByLine(words)
    for number in range(20):
        text = f"ab{number}\na b"
        assert find(text) == words(text)
    assert len(find._known) < 6
