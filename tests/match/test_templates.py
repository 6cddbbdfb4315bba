"""Texts without their digits, and regexes for them."""

from __future__ import annotations

import random
import re

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.match import templates as module
from scanner.match.compiled import CompiledRules
from scanner.match.pattern import CompiledPattern
from scanner.match.templates import Memory, Templates, alternatives, blind, blinded, is_blind
from scanner.model import DEFAULT_MIN_SCORE
from scanner.rules import load_rules

RULES = CompiledRules(load_rules(), DEFAULT_MIN_SCORE)
EXAMPLES = [(rule.id, e.text) for rule in RULES.rules.rules for e in (*rule.positives, *rule.negatives)]


def spans(pattern: CompiledPattern, text: str) -> list[tuple[int, int]]:
    """Where a pattern matches a text."""
    return [match.span() for match in pattern.exact.finditer(text)]


@given(st.lists(st.text("ab09+- 공동현관", max_size=8)))
def test_a_template_is_the_text_with_zeros(texts: list[str]) -> None:
    """Letters and offsets stay, whatever the script; every ASCII digit becomes 0."""
    assert blind(pl.Series(texts, dtype=pl.String)).to_list() == [re.sub("[0-9]", "0", text) for text in texts]


@pytest.mark.parametrize("many", [1, 10**9])
def test_each_text_knows_its_template(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However templates are kept, `text[of]` gives the texts' own, also of a selection."""
    monkeypatch.setattr(module, "SHARED_FROM", many)
    chance = random.Random(0)
    texts = pl.Series([f"{chance.choice('abc')} {chance.randrange(1000):03}" for _ in range(500)])
    alike = Templates.of(texts)
    assert alike.repeat == (many == 1)
    assert len(alike.text) == (3 if alike.repeat else 500)
    some = np.flatnonzero(np.arange(500) % 7 == 0)
    assert alike.text.gather(alike.index).to_list() == blind(texts).to_list()
    few = alike.at(some)
    assert few.text.gather(few.index).to_list() == blind(texts.gather(some)).to_list()


@pytest.mark.parametrize(
    ("regex", "expected"),
    [
        ("010[2-9]{3,4}", "000[0-0]{3,4}"),
        (r"[^0-9]x[^1-3a]y[^5]", r"[^0-9]x[^a]y(?s:.)"),
        (r"[\x27\-1]\x31{12}", r"[\x27\-0]\x31{12}"),
    ],
)
def test_a_blinded_regex_has_zeros_for_digits(regex: str, expected: str) -> None:
    """Repetitions and escapes keep their numbers; a set that leaves out some digits does not leave out 0."""
    assert blinded(regex) == expected


@pytest.mark.parametrize(
    ("regex", "blind_"),
    [("[0-9]{3,8}#", True), ("[*#0-9A-Z]", True), ("01[0-9]", False), ("[1-9]", False), ("0-9", False)],
)
def test_a_blind_regex_names_no_digit(regex: str, blind_: bool) -> None:
    """Only the set of all digits may stand in it, and repetitions."""
    assert is_blind(regex) is blind_


@pytest.mark.parametrize(
    ("regex", "parts"),
    [
        ("a", ["a"]),
        (r"(?:a|b)|[|(]x|\||c[^]|]", ["(?:a|b)", "[|(]x", r"\|", "c[^]|]"]),
        ("(?i:a|b)|c|", ["(?i:a|b)", "c", ""]),
        ("(?i)a|b", []),
    ],
)
def test_alternatives_stand_outside_of_brackets(regex: str, parts: list[str]) -> None:
    """Together they are the regex; one with flags for all of it has none."""
    assert alternatives(regex) == parts


def test_a_blinded_regex_matches_the_template_of_what_the_regex_matches() -> None:
    """For every pattern and every example text that its regexes match."""
    tried = 0
    for pattern in RULES.patterns:
        for text in [text for rule, text in EXAMPLES if rule == pattern.rule.id]:
            for regex in filter(None, (pattern.loose, pattern.whole)):
                if re.search(regex, text):
                    tried += 1
                    assert re.search(blinded(regex), re.sub("[0-9]", "0", text)), (pattern.rule.id, regex, text)
    assert tried > 1000


def test_a_blind_pattern_finds_the_same_spans_in_text_and_template() -> None:
    """For every example text of its rule."""
    found = 0
    for pattern in RULES.patterns:
        if pattern.is_blind:
            for text in [text for rule, text in EXAMPLES if rule == pattern.rule.id]:
                found += len(spans(pattern, text))
                assert spans(pattern, text) == spans(pattern, re.sub("[0-9]", "0", text))
    assert found > 100


def test_a_memory_asks_once_a_template() -> None:
    """What was answered in one batch is not asked again in the next."""
    asked: list[str] = []

    def ask(texts: pl.Series) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        asked.extend(texts.to_list())
        return texts.str.contains("a").to_numpy()

    memory = Memory(ask)
    texts = pl.Series(["a 1", "b 2", "a 3"] * 100)
    for _ in range(2):
        assert memory.of(Templates.of(texts)).tolist() == [True, False, True] * 100
    assert sorted(asked) == ["a 0", "b 0"]
