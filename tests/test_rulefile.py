"""What a rule file may say, and how one that says something else is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from rulefiles import GOOD, written

from scanner.errors import RuleError
from scanner.rulefile import read, suggest


def test_reads_what_toml_says(tmp_path: Path) -> None:
    """The tables of a file that is right come back as they are, the regex uncompiled."""
    table = read(written(tmp_path, GOOD.replace("DM[0-9]{6}", "DM([0-9]{6}")))
    assert (table["id"], table["regions"], table["context"]) == ("demo", ["KR"], {"en": ["demo"]})
    assert table["pattern"][0]["regex"] == "DM([0-9]{6}"


def test_suggests_only_what_is_close() -> None:
    """The nearest word is suggested, and none when all are far."""
    assert suggest("colums", ["columns", "context"]) == "; did you mean 'columns'?"
    assert suggest("zzz", ["columns", "context"]) == ""


def error(path: Path) -> str:
    """The message with which the loader refuses a file."""
    with pytest.raises(RuleError) as caught:
        read(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("right", "wrong", "named", "meant"),
    [
        ("keywords =", "keyword =", "'keyword'", "'keywords'"),
        ("boundary =", "boundry =", "'pattern.boundry'", "'boundary'"),
        ("match =", "mach =", "'positive.mach'", "'match'"),
        ("because =", "becaus =", "'negative.becaus'", "'because'"),
    ],
)
def test_misspelt_key(tmp_path: Path, right: str, wrong: str, named: str, meant: str) -> None:
    """A key that nobody knows is refused with the file, the key and the key that was probably meant."""
    path = written(tmp_path, GOOD.replace(right, wrong))
    assert error(path) == f"{path}: unknown key {named}; did you mean {meant}?"


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('name = "Number of an invented scheme"\n', "", "'name' is missing"),
        ('id = "demo"', 'id = "other"', "differs from the file's name"),
        ('"stable"', '"finished"', "status must be experimental or stable"),
        ('keywords = ["dm"]\n', "", "either keywords"),
        ('keywords = ["dm"]\n', 'keywords = ["dm"]\nalways_on = "why"\n', "either keywords"),
        ('keywords = ["dm"]\n', 'keywords = "dm"\n', "keywords must be a list"),
        ('"word"', '"line"', "boundary must be one of none, digit, word, part, token"),
        ("score = 0.6", "score = 60", "score must be above 0 and at most 1"),
        ("score = 0.6", 'score = 0.6\nstate = "hidden"', "state must be clear or masked"),
        ('match = "DM123456"', 'match = "DM654321"', "does not occur in text"),
        ('match = "DM123456"\n', "", "'positive.match' is missing"),
        ('boundary = "word"\n', "", "'pattern.boundary' is missing"),
        ('entity_type = "DEMO_ID"', "entity_type = 7", "entity_type must be a string"),
        ('because = "a digit short"', "because = true", "negative.because must be a string"),
        ("score = 0.6", 'score = "0.6"', "score must be above 0 and at most 1"),
        ('en = ["demo"]', 'en = "demo"', "context.en must be a list"),
        ('columns = ["demo no"]\n\n[context]\nen = ["demo"]', 'context = ["demo"]', "context must be a table"),
        ("[[pattern]]", "[pattern]", "pattern must be tables, each under [[pattern]]"),
        ("name = ", "name : ", "Expected"),
    ],
)
def test_refuses_what_makes_no_sense(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    """Each wrong value is refused with the file and what is wrong."""
    path = written(tmp_path, GOOD.replace(right, wrong, 1))
    assert error(path).startswith(f"{path}: ")
    assert said in error(path)


@pytest.mark.parametrize(
    "regex", ["(?=DM)", "(?<!X)DM", r"\d{6}", r"\bDM", r"(D)M\1", "(?>DM)[0-9]", "DM[0-9]++", r"DM\w"]
)
def test_refuses_regexes_outside_the_common_subset(tmp_path: Path, regex: str) -> None:
    """Lookaround, back-references, atomic groups and Unicode classes are refused, and the pattern is named."""
    path = written(tmp_path, GOOD.replace("DM[0-9]{6}", regex))
    assert "pattern 'plain'" in error(path)
    assert "common subset" in error(path)
