"""What every match of a regex holds."""

from __future__ import annotations

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner import views
from scanner.match.compiled import CompiledRules
from scanner.match.needs import CAPITALS, DIGITS, NUMBERED, Points, least
from scanner.model import DEFAULT_MIN_SCORE
from scanner.recognizers import RECOGNIZERS
from scanner.rules import load_rules

RULES = load_rules()
PATTERNS = [pattern for pattern in CompiledRules(RULES, DEFAULT_MIN_SCORE).patterns if pattern.whole]
NEEDY = [pattern for pattern in PATTERNS if least(pattern.whole or "", NUMBERED)]
NOMINATIONS = sorted({regex for row in RECOGNIZERS.values() for regex in row.nominate})
EXAMPLES = sorted({e.text for rule in RULES.rules for e in (*rule.positives, *rule.negatives)})


@pytest.mark.parametrize(
    ("regex", "needed", "count"),
    [
        ("^(?:[a-z]+[0-9]{2})$", DIGITS, 2),
        ("a(?:@|[1-3])b", NUMBERED, 1),
        ("a(?:@|[1-3])b", DIGITS, 0),
        ("a(?:12|345)b", DIGITS, 2),
        ("[0-9a]", DIGITS, 0),
        ("[^a-z]", DIGITS, 0),
        ("[0-9]*a", DIGITS, 0),
        ("(?P<value>7)?", DIGITS, 0),
        ("(?i:x)(?:[0-9]|8)+?", DIGITS, 1),
        (r"\d{3}", DIGITS, 0),
        ("", DIGITS, 0),
        ("[A-ZÀ-Þ][a-z]+ [가-힣]{2}", CAPITALS, 3),
        ("(?i:A)B", CAPITALS, 1),
        ("(?i)A1", CAPITALS, 0),
        ("(?i)A1", DIGITS, 1),
    ],
)
def test_a_regex_needs_what_all_its_ways_hold(regex: str, needed: Points, count: int) -> None:
    """Sets count whole, repetitions as often as they must occur, choices as the one that needs least."""
    assert least(regex, needed) == count


def test_no_pattern_that_needs_a_number_matches_a_text_without() -> None:
    """All examples of the rules, without their digits and at signs; most patterns need one."""
    texts = {re.sub("[0-9@]", "", text) for text in EXAMPLES}
    assert [(p.rule.id, text) for p in NEEDY for text in texts if p.fullmatch(text)] == []
    assert 2 * len(NEEDY) > len(PATTERNS)


@given(st.data())
def test_what_matches_holds_what_is_needed(data: st.DataObject) -> None:
    """Texts made to match a pattern, or to be nominated, have as many digits and capitals as that needs."""
    regex = data.draw(st.sampled_from([pattern.whole or "" for pattern in PATTERNS] + NOMINATIONS))
    text = data.draw(st.from_regex(re.compile(regex.replace("$", r"\Z"))))
    assert views.digits(pl.Series([text]))[0] >= least(regex, DIGITS)
    assert views.capitals(pl.Series([text]))[0] >= least(regex, CAPITALS)
