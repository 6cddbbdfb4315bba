"""Values inside longer texts."""

from __future__ import annotations

from typing import Any

import pytest

STAFF = ("staff", "STAFF", "S[0-9]{4}", "word", 0.8, 'always_on = "a test"')
CUED = ("cued", "CUED", "pin[: ]+(?P<value>[0-9]{3,6})", "word", 0.8, 'keywords = ["pin"]')
CONTEXT = ("near", "NEAR", "[0-9]{6}", "word", 0.2, 'keywords = ["1", "2"]\n[context]\nen = ["ticket"]')


def test_all_matches_of_a_text_are_found_with_code_points(rules: Any, found: Any) -> None:
    """Offsets count code points, also beyond the basic plane."""
    frame = found(rules(STAFF), ["\U0001f600 서울 S1234, S5678."])
    assert frame.select("start", "end", "value").rows() == [(5, 10, "S1234"), (12, 17, "S5678")]


@pytest.mark.parametrize(
    ("text", "hits"),
    [("사번S1234입니다", ["S1234"]), ("XS1234", []), ("S12345", []), ("S1234_", []), ("(S1234)", ["S1234"])],
)
def test_a_boundary_says_what_may_touch_a_match(rules: Any, found: Any, text: str, hits: list[str]) -> None:
    """Hangul may touch a `word`, ASCII letters and digits may not."""
    assert found(rules(STAFF), [text])["value"].to_list() == hits


def test_a_cue_belongs_to_the_match_and_not_to_the_value(rules: Any, found: Any) -> None:
    """The group `value` narrows the span."""
    assert found(rules(CUED), ["the pin: 4321 it is"]).select("start", "value").rows() == [(9, "4321")]


def test_a_weak_pattern_needs_a_context_word_near(rules: Any, found: Any) -> None:
    """A word of the rule near the match is evidence, one far away is none."""
    near, far = "ticket 123456", f"ticket {'.' * 80} 123456"
    frame = found(rules(CONTEXT), [near, far, "123456 alone"])
    assert frame.select("record", "score").rows() == [(1, 0.55)]


def test_many_texts_and_few_texts_are_matched_alike(rules: Any, found: Any) -> None:
    """Sieving thousands of texts loses none that a single look would find."""
    texts = [f"line {n} with S{n:04d} in it" if n % 7 == 0 else f"line {n} with nothing" for n in range(5000)]
    assert found(rules(STAFF), texts)["record"].to_list() == [n + 1 for n in range(5000) if n % 7 == 0]


def test_a_literal_with_digits_before_a_run_of_digits_counts_in_many_texts(rules: Any, found: Any) -> None:
    """Texts that are alike but for their digits are told apart where a literal names one: `no-10` is not `no-20`."""
    bare = rules(("bare", "BARE", "5[0-9]{5}", "word", 0.8, 'always_on = "a test"\nnot_after = ["no-10 "]'))
    texts = [f"no-{n % 2 + 1}0 {n % 3 + 4}{n:05d} x" for n in range(40_000)]
    kept = [n + 1 for n in range(40_000) if n % 2 and n % 3 == 1]
    assert found(bare, texts)["record"].to_list() == kept
