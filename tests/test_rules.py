"""The loader of rule files, and choosing among rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.errors import RuleError
from scanner.rules import RuleSet, load_rule, load_rules

GOOD = """
id = "demo"
entity_type = "DEMO_ID"
name = "Number of an invented scheme"
description = "DM and six digits."
regions = ["KR"]
languages = ["ko"]
status = "stable"
references = ["https://example.com/format"]
keywords = ["dm"]
columns = ["demo no"]

[context]
en = ["demo"]

[[pattern]]
name = "plain"
regex = 'DM[0-9]{6}'
boundary = "word"
score = 0.6

[[positive]]
text = "demo DM123456"
match = "DM123456"

[[negative]]
text = "DM12345"
because = "a digit short"
"""


def written(folder: Path, text: str, name: str = "demo", region: str = "kr") -> Path:
    """Write a rule file below `folder`."""
    path = folder / region / f"{name}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def error(path: Path) -> str:
    """The message with which the loader refuses a file."""
    with pytest.raises(RuleError) as caught:
        load_rule(path)
    return str(caught.value)


def test_reads_every_key(tmp_path: Path) -> None:
    """What a file says is what the rule holds."""
    rule = load_rule(written(tmp_path, GOOD))
    assert (rule.id, rule.entity_type, rule.regions, rule.keywords) == ("demo", "DEMO_ID", ("KR",), ("dm",))
    assert rule.context_words == ("demo",)
    assert [(p.name, p.regex, p.boundary, p.score, p.state) for p in rule.patterns] == [
        ("plain", "DM[0-9]{6}", "word", 0.6, "clear")
    ]
    assert rule.positives[0].match == "DM123456"
    assert rule.negatives[0].because == "a digit short"


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
        ('"word"', '"line"', "boundary must be one of none, digit, word, token"),
        ("score = 0.6", "score = 60", "score must be above 0 and at most 1"),
        ("score = 0.6", 'score = 0.6\nstate = "hidden"', "state must be clear or masked"),
        ('match = "DM123456"', 'match = "DM654321"', "does not occur in text"),
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


def test_refuses_a_broken_regex(tmp_path: Path) -> None:
    """A regex that does not compile is refused, and the pattern is named."""
    assert "pattern 'plain'" in error(written(tmp_path, GOOD.replace("DM[0-9]{6}", "DM([0-9]{6}")))


def test_refuses_two_rules_of_one_name(tmp_path: Path) -> None:
    """The id of a rule is unique over all regions."""
    written(tmp_path, GOOD)
    written(tmp_path, GOOD, region="vn")
    with pytest.raises(RuleError, match="two rules are called 'demo'"):
        load_rules(tmp_path)


def test_refuses_a_folder_without_rules(tmp_path: Path) -> None:
    """A folder without rule files is a mistake, not an empty set."""
    with pytest.raises(RuleError, match="no rule files"):
        load_rules(tmp_path)


@pytest.fixture
def some(tmp_path: Path) -> RuleSet:
    """Three rules: two of one type in two regions, and one for everywhere."""
    for name, entity, region in (("one", "DEMO_ID", "KR"), ("two", "DEMO_ID", "VN"), ("three", "OTHER_ID", "*")):
        text = GOOD.replace('"demo"', f'"{name}"', 1).replace("DEMO_ID", entity).replace('"KR"', f'"{region}"')
        written(tmp_path, text, name)
    return load_rules(tmp_path)


def ids(rules: RuleSet) -> set[str]:
    """The ids of a set."""
    return set(rules.by_id)


def test_rules_stand_in_the_order_of_their_ids(some: RuleSet) -> None:
    """The order of rules, and so the number of a pattern, does not depend on folders."""
    assert [rule.id for rule in some.rules] == ["one", "three", "two"]
    assert [rule.id for rule, _ in some.patterns] == ["one", "three", "two"]


@pytest.mark.parametrize(
    ("only", "without", "regions", "left"),
    [
        ((), (), (), {"one", "two", "three"}),
        (("one",), (), (), {"one"}),
        (("DEMO_ID",), (), (), {"one", "two"}),
        (("DEMO_ID",), ("two",), (), {"one"}),
        ((), ("DEMO_ID",), (), {"three"}),
        ((), (), ("kr",), {"one", "three"}),
        (("DEMO_ID",), (), ("VN",), {"two"}),
    ],
)
def test_select(
    some: RuleSet, only: tuple[str, ...], without: tuple[str, ...], regions: tuple[str, ...], left: set[str]
) -> None:
    """Ids and entity types choose and exclude, regions narrow, and rules for everywhere are in every region."""
    assert ids(some.select(only, without, regions)) == left


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"only": ["DEMO_IDS"]}, "no rule and no entity type is called 'DEMO_IDS'; did you mean 'DEMO_ID'?"),
        ({"without": ["thre"]}, "no rule and no entity type is called 'thre'; did you mean 'three'?"),
        ({"regions": ["KRR"]}, "no rule is for region 'KRR'; there are KR, VN"),
    ],
)
def test_select_suggests(some: RuleSet, wanted: dict[str, list[str]], said: str) -> None:
    """A name that chooses nothing is an error that says what there is."""
    with pytest.raises(RuleError) as caught:
        some.select(**wanted)
    assert str(caught.value) == said
