"""The counts at the head of a report."""

from __future__ import annotations

from report import samples

from scanner.report.headline import figures, scope, warnings


def test_complete_waybills_are_a_headline_of_their_own() -> None:
    """Where records fill all six dimensions of a waybill, their number stands beside those of people and values."""
    assert [figure.unit for figure in figures(samples.leak())] == [
        "people",
        "records with personal data",
        "values",
        "different values",
    ]
    assert (figures(samples.hostile())[-1].value, figures(samples.hostile())[-1].unit) == (
        "45,000",
        "complete waybills",
    )


def test_people_that_could_not_be_estimated_are_not_zero() -> None:
    """Where nothing identifies people, their number is unknown."""
    subjects = {"estimate": None, "low": None, "high": None, "basis": None, "reason": "Nothing identifies a person."}
    people = figures(samples.empty() | {"subjects": subjects})[0]
    assert (people.value, people.range, people.meaning) == ("unknown", "", "An estimate: Nothing identifies a person.")


def test_bounds_of_a_sum_are_the_sums_of_the_bounds() -> None:
    """Different values of all types lie between the sums of their low and of their high bounds."""
    entities = {"A": samples.entity(9, 9, 1000, 0.1), "B": samples.entity(9, 9, 100)}
    distinct = figures(samples.empty() | {"entities": entities})[3]
    assert (distinct.value, distinct.range) == ("1,100", "1,000 to 1,200")


def test_masked_values_are_not_among_the_values() -> None:
    """What was masked in the data is counted apart."""
    values = figures(samples.leak())[2]
    assert "Another 120,431 were already masked" in values.meaning


def test_the_scope_says_how_much_was_read() -> None:
    """Files, records and bytes, and the share of them where it is not all."""
    assert scope(samples.leak()) == "1 file, 33,700,000 records; all 6.01 GB read."
    assert scope(samples.hostile()) == "7 files, 6,000,000 records; 650 MB of 700 MB (92.9 %) read."
    assert warnings(samples.leak()) == []
