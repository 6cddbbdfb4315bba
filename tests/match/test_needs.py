"""What every match of a regex holds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.match.compiled import CompiledRules
from scanner.match.needs import needs_number
from scanner.model import DEFAULT_MIN_SCORE
from scanner.rules import load_rules

RULES = load_rules()
PATTERNS = [pattern for pattern in CompiledRules(RULES, DEFAULT_MIN_SCORE).patterns if pattern.whole]
NUMBERED = [pattern for pattern in PATTERNS if needs_number(pattern.whole or "")]
EXAMPLES = sorted({e.text for rule in RULES.rules for e in (*rule.positives, *rule.negatives)})


@pytest.mark.parametrize(
    ("regex", "needs"),
    [
        ("^(?:[a-z]+[0-9]{2})$", True),
        ("a(?:@|[1-3])b", True),
        ("a(?:@|c)b", False),
        ("[0-9a]", False),
        ("[^0-9]", False),
        ("[0-9]*a", False),
        ("(?P<value>7)?", False),
        ("(?i:x)(?:[0-9]|8)+?", True),
        ("", False),
    ],
)
def test_a_regex_needs_what_all_its_ways_hold(regex: str, needs: bool) -> None:
    """Sets count whole, repetitions if they must occur, choices if each of them does."""
    assert needs_number(regex) is needs


def test_no_pattern_that_needs_a_number_matches_a_text_without() -> None:
    """All examples of the rules, without their digits and at signs; most patterns need one."""
    texts = {re.sub("[0-9@]", "", text) for text in EXAMPLES}
    assert [(p.rule.id, text) for p in NUMBERED for text in texts if p.fullmatch(text)] == []
    assert 2 * len(NUMBERED) > len(PATTERNS)


@given(st.data())
def test_what_matches_holds_what_is_needed(data: st.DataObject) -> None:
    """Texts made to match a pattern hold a digit or an at sign if it needs one."""
    pattern = data.draw(st.sampled_from(NUMBERED))
    text = data.draw(st.from_regex(re.compile((pattern.whole or "").replace("$", r"\Z")), fullmatch=True))
    assert re.search("[0-9@]", text)
