"""Facts for breach notices: what the data answers, and what people must."""

from __future__ import annotations

from typing import Any

import pytest
from report import samples

from scanner.report.laws import LAWS
from scanner.report.notices import notices


def answers(result: dict[str, Any], law: str) -> dict[str, tuple[str, ...]]:
    """What is answered to each question of a law."""
    (found,) = [notice for notice in notices(result) if notice.law.name == law]
    return {answer.asked: answer.lines for answer in found.answers}


def test_the_four_laws_name_their_deadlines_and_articles() -> None:
    """Each law says who is told by when, and by which article."""
    told = {law.name: " ".join((law.title, *law.deadlines)) for law in LAWS}
    assert list(told) == ["South Korea", "China", "European Union", "Vietnam"]
    for law, words in {
        "South Korea": ("72 hours", "article 34", "article 40", "1,000 people"),
        "China": ("immediately", "article 57", "4 hours", "1,000,000 people"),
        "European Union": ("72 hours", "article 33(1)", "article 34"),
        "Vietnam": ("72 hours", "91/2025/QH15", "356/2025/ND-CP", "in place of Decree 13/2023/ND-CP"),
    }.items():
        assert all(word in told[law] for word in words)


def test_categories_people_and_records_are_filled_in() -> None:
    """Types in plain words with their records, people rounded and with bounds, records exactly."""
    found = answers(samples.leak(), "European Union")
    assert found["Categories of personal data"][:2] == (
        "Name of a person: 33,699,099 records",
        "Telephone number: 33,698,800 records",
    )
    assert found["Approximate number of people"] == ("about 24,900,000 (23,100,007 to 27,812,345) people",)
    assert found["Approximate number of records"] == ("33,699,212 records",)
    assert found["Records that point to the European Economic Area"] == ("0 records",)
    assert answers(samples.leak(), "South Korea")["Records that point to South Korea"] == ("33,695,004 records",)


def test_what_the_data_cannot_know_is_left_to_people() -> None:
    """Causes, consequences, measures and contacts have no answer, in any law, whatever was found."""
    for law, asked in {
        "South Korea": ("When and how it happened", "Department and contact for those who suffer harm"),
        "China": ("Cause of the leak, and the harm it may do", "Contact of the processor"),
        "European Union": (
            "Likely consequences",
            "Measures taken or proposed",
            "Data protection officer or other contact",
        ),
        "Vietnam": ("Possible consequences and damage", "Measures taken"),
    }.items():
        found = answers(samples.leak(), law)
        assert [found[question] for question in asked] == [()] * len(asked)


@pytest.mark.parametrize(
    ("low", "estimate", "high", "said"),
    [(1000, 1000, 1000, "yes"), (999, 999, 999, "no"), (900, 950, 1100, "perhaps"), (5, 900, 999, "no")],
)
def test_thresholds_are_judged_by_the_bounds(low: int, estimate: int, high: int, said: str) -> None:
    """A threshold is reached when the low bound reaches it, not reached when the high one does not, else perhaps."""
    subjects = {"estimate": estimate, "low": low, "high": high, "basis": "PHONE_NUMBER", "reason": ""}
    lines = answers(samples.empty() | {"subjects": subjects}, "South Korea")["How many people"]
    assert lines[-1] == f"1,000 people or more: {said}"


def test_people_that_could_not_be_estimated_are_left_to_people() -> None:
    """Without an estimate there is an empty line, not a zero."""
    subjects = {"estimate": None, "low": None, "high": None, "basis": None, "reason": "Nothing identifies a person."}
    assert answers(samples.empty() | {"subjects": subjects}, "China")["How many people"] == ()


def test_unique_identifiers_of_korea_are_named() -> None:
    """Resident, passport, licence and foreigner numbers, which must be reported whatever the number of people."""
    entities = {"KR_RRN": samples.entity(3, 2, 1), "CN_RESIDENT_ID": samples.entity(5, 5, 5)}
    found = answers(samples.empty() | {"entities": entities}, "South Korea")["Unique identifiers among the items"]
    assert found == ("Korean resident number: 2 records",)


def test_masked_values_are_no_category() -> None:
    """A type that was masked everywhere did not leak in the clear."""
    entities = {"PHONE_NUMBER": samples.entity(0, 0, 0, masked=5)}
    assert answers(samples.empty() | {"entities": entities}, "China")["Types of information that leaked"] == (
        "none found",
    )


def test_dates_of_the_records_help_to_say_when() -> None:
    """Beside the empty line for the circumstances stands from when to when the records are."""
    (korea, *_) = notices(samples.leak())
    (when,) = [answer for answer in korea.answers if answer.asked == "When and how it happened"]
    assert when.hint == "The records are dated 2025-01-03 to 2025-12-27."
    assert when.lines == ()
