"""Context words: how near, and whole words only."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.match.words import AFTER, BEFORE

RULE = ("near", "NEAR", "Q[0-9]{5}", "word", 0.2, 'always_on = "a test"\n[context]\nen = ["tel"]\nko = ["전화"]')


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("tel Q12345", True),
        ("TEL Q12345", True),
        ("tel_no Q12345", True),
        ("homeTel Q12345", True),
        ("hotel Q12345", False),
        ("telling Q12345", False),
        ("내전화는Q12345", True),
        ("Q12345 tel", True),
        ("nothing Q12345", False),
    ],
)
def test_latin_words_count_whole_and_others_anywhere(rules: Any, found: Any, text: str, counts: bool) -> None:
    """`tel` counts in `tel_no` and `homeTel`, not in `hotel`; a Korean word counts glued to others."""
    assert found(rules(RULE), [text]).height == counts


def test_a_word_counts_within_its_distance(rules: Any, found: Any) -> None:
    """Up to `BEFORE` code points before a match and `AFTER` behind it."""
    spaces = {True: BEFORE - 3, False: BEFORE + 4}
    chosen = rules(RULE)
    for near, gap in spaces.items():
        assert found(chosen, [f"tel{' ' * gap}Q12345"]).height == near
    for near, gap in {True: AFTER, False: AFTER + 1}.items():
        assert found(chosen, [f"Q12345{' ' * gap}tel"]).height == near


def test_a_word_in_the_next_cell_does_not_count(rules: Any, found: Any) -> None:
    """Cells are searched together and judged alone."""
    assert found(rules(RULE), ["tel", "Q12345", "tel"]).is_empty()
