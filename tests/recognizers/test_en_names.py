"""Names in Latin letters in running text."""

import pytest

from scanner.recognizers.en.names import find


def found(text: str) -> list[str]:
    """The names that reach the threshold; line feeds are those of one cell."""
    return [text[span.start : span.end] for span in find(text.replace("\n", "\v")) if span.score >= 0.5]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We met John Smith at noon", ["John Smith"]),
        ("add Ana de la Cruz as a guest", ["Ana de la Cruz"]),
        ("report by Mary K. Johnson, Jr. today", ["Mary K. Johnson, Jr."]),
        ("J. R. Smith signed", ["J. R. Smith"]),
        ("SMITH: paid by JOHN SMITH today", ["JOHN SMITH"]),
        ("Smith, John", ["Smith, John"]),
        ("12 SMITH, JOHN A 01/02/2020", ["SMITH, JOHN A"]),
        ("c/o Jane Smith, 12 Sample St", ["Jane Smith"]),
        ("login user=Jane Smith ok", ["Jane Smith"]),
        ("Jean-Pierre Dupont and Siobhán O'Sullivan", ["Jean-Pierre Dupont", "Siobhán O'Sullivan"]),
        ("sent to Gil-dong Hong and Kim Min-su", ["Gil-dong Hong", "Kim Min-su"]),
        ("Zhang Wei, Wang Xiaoming", ["Zhang Wei", "Wang Xiaoming"]),
        ("my name is Jane", ["Jane"]),
        ("hi, my name is jane smith and", ["jane smith"]),
        ("Hi Sofia, thanks", ["Sofia"]),
        ("Dear Michael", ["Michael"]),
        ("Best regards,\nJane\nSales", ["Jane"]),
        ("It was Monica's phone", ["Monica"]),
        ("said Felix", ["Felix"]),
        ("Mrs. Quibbleworth left", ["Quibbleworth"]),
        ("mr. smith left", ["smith"]),
        ("They had three: Emily, James and Nicholas.", ["Emily", "James", "Nicholas"]),
    ],
)
def test_names_in_text(text: str, names: list[str]) -> None:
    """Whole names are found by what they are made of, single ones by what stands beside them."""
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Will you come in May or June?",
        "Grace Period, Grant Type, Mark Read, Rich Text, Bill To, Ship To",
        "Wolfram Research and Charles River Laboratories",
        "Mary Land, Victoria Falls, Jordan River, Crystal Lake, Santiago Bernabeu Stadium",
        "New York Times, San Jose, Hong Kong, Los Angeles",
        "Visual Studio Code, Docker Hub, Jenkins Pipeline, Apache Kafka, Python Software Foundation",
        "class JohnSmith(Base): john.smith = JohnSmith()",
        "from foo.Mary import Bar; /home/John Smith",
        "GRANT SELECT ON ALL TABLES",
        "Monday, Tuesday and Wednesday",
        "Chase Manhattan Bank",
        "He Can Go, So Long, An Item, Go Ahead, Song Title, Long Jump",
        "see the README and the LICENSE file",
        "Costa Rica, Viet Nam and Sierra Leone",
        "HEAD, BODY, MAY, GRANT",
        "PARIS, FRANCE",
    ],
)
def test_capitalised_words_that_are_no_names(text: str) -> None:
    """Common words, headings, firms, places, products and identifiers are not people."""
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Copyright (c) 2011 John Smith",
        "# Written by John Smith <john@example.org>",
        ":author: John Smith",
        "This module was written by John Smith",
        "    # thanks to John Smith for the idea",
        "x = 1\n// see John Smith about this\ny = 2",
        ".. [1] John Smith, Tests and Examples",
        'J. Smith and K. Johnson, "Tests and Examples", 2nd ed., 1999',
        "a generalization of Scott's normal rule",
    ],
)
def test_names_that_are_given_credit_are_not_reported(text: str) -> None:
    """Authors of code in comments, notices, references, and things called after people stay below the threshold."""
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The report was written by John Smith",
        "# John Smith",
        "# call John Smith, 202-555-0143",
        'John Smith said: "no"',
        "J. R. Smith, 12 Sample St",
    ],
)
def test_names_in_prose_and_beside_contact_data_are_no_credit(text: str) -> None:
    """A heading, a comment with a number to call, and prose about a person's work are reported."""
    assert len(found(text)) == 1


def test_words_of_other_cells_are_no_cue() -> None:
    """What stands in the cell before, behind a line feed, says nothing."""
    assert find("my name is\nSofia") == []
