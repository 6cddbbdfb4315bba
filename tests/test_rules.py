"""Gathering rule files in a set, and choosing among rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from rulefiles import GOOD, written

from scanner.errors import RuleError
from scanner.rules import RuleSet, load_rule, load_rules


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


def test_refuses_a_broken_regex(tmp_path: Path) -> None:
    """A regex that does not compile is refused with the file and the pattern, unless the file is trusted."""
    path = written(tmp_path, GOOD.replace("DM[0-9]{6}", "DM([0-9]{6}"))
    with pytest.raises(RuleError, match="pattern 'plain'") as caught:
        load_rule(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert load_rule(path, trusted=True).id == "demo"


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
