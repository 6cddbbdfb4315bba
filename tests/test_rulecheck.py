"""The check of rule files finds each kind of mistake and says where, and the page of a rule shows all of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scanner.errors import RuleError
from scanner.rulecheck import Problems, check, describe, hostile, lint
from scanner.rules import Pattern, Rule, RuleSet, load_rules

# An invented scheme: DM and six digits.
RULE = """
id = "{id}"
entity_type = "DEMO_ID"
name = "Number of an invented scheme"
description = "Some letters and six digits."
regions = ["*"]
languages = ["en"]
status = "stable"
references = ["https://example.com/format"]
keywords = ["{letters}"]

[context]
en = ["demo"]

[[pattern]]
name = "plain"
regex = '{letters}[0-9]{{6}}'
boundary = "word"
score = 0.6

[[positive]]
text = "{letters}123456"
match = "{letters}123456"

[[positive]]
text = "the number {letters}234567 of the demo"
match = "{letters}234567"

[[positive]]
text = "{letters}345678"
match = "{letters}345678"
field = "remark"

[[negative]]
text = "{letters}12345"
because = "a digit short"

[[negative]]
text = "{letters}1234567"
because = "a digit too many"

[[negative]]
text = "{letters}-123456"
because = "a hyphen"
"""
EXTRA = """
[[{kind}]]
text = "{text}"
{more}
"""
# Of each rule: its letters, what is replaced by what, and what is added.
RULES: dict[str, tuple[str, str, str, str]] = {
    "sound": ("DA", "", "", ""),
    "few": ("DB", EXTRA.format(kind="negative", text="DB-123456", more='because = "a hyphen"').lstrip(), "", ""),
    "validator": ("DC", "keywords", 'validator = "luhnn"\nkeywords', ""),
    "rust": ("DD", "DD[0-9]{6}", "(?P<a>D)(?P<a>D)[0-9]{6}", ""),
    "unexercised": ("DE", "", "", '[[pattern]]\nname = "idle"\nregex = \'DE[0-9]{9}\'\nboundary = "word"\nscore = 0.6'),
    "reference": ("DF", "https:", "http:", ""),
    "keyword": ("DG", 'keywords = ["DG"]', 'keywords = ["DG", "123"]', ""),
    "missed": ("DH", "score = 0.6", "score = 0.2", ""),
    "wrong": ("DI", "", "", EXTRA.format(kind="negative", text="Die DI999999", more='because = "an order"')),
    "winner": ("DJ", "", "", ""),
    "loser": ("DJ", "score = 0.6", "score = 0.55", ""),
    "misspelt": ("DL", "keywords", "keyword", ""),
    "masked": (
        "DM",
        "",
        "",
        EXTRA.format(kind="positive", text="DM111111", more='match = "DM111111"\nstate = "masked"'),
    ),
}


def written(folder: Path, name: str, region: str = "xx") -> None:
    """Write one of `RULES` below `folder`."""
    letters, old, new, added = RULES[name]
    text = RULE.format(id=name, letters=letters)
    assert old in text
    path = folder / region / f"{name}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text((text.replace(old, new, 1) if old else text) + added, encoding="utf-8")


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory) -> Problems:
    """What one check finds in all of `RULES`, the sound one twice."""
    folder = tmp_path_factory.mktemp("rules")
    for name in RULES:
        written(folder, name)
    written(folder, "sound", region="yy")
    return check(folder)


def of(problems: Problems, name: str) -> list[str]:
    """The problems of one rule."""
    return [problem.removeprefix(f"{name}: ") for problem in problems.found if problem.startswith(f"{name}: ")]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("few", "has 2 [[negative]]; give at least 3"),
        ("validator", "no validator is called 'luhnn'"),
        ("rust", "pattern 'plain': the regex does not compile in Rust"),
        ("unexercised", "pattern 'idle' matches no [[positive]]"),
        ("reference", "reference 'http://example.com/format' is not an https URL"),
        ("keyword", "keyword '123' holds no letter"),
        ("wrong", "negative 'Die DI999999' (an order): 'DI999999' is found by wrong at 0.6"),
        ("loser", "never the answer: winner wins every positive"),
        ("masked", "positive 'DM111111': 'DM111111' is not found as masked DEMO_ID; found is"),
    ],
)
def test_each_mistake_is_one_problem(problems: Problems, name: str, said: str) -> None:
    """A mistake gives one line that begins with the rule and says what is wrong."""
    (problem,) = of(problems, name)
    assert problem.startswith(said)


def test_sound_rules_have_no_problem(problems: Problems) -> None:
    """The mistakes of other rules are not blamed on a good one."""
    assert of(problems, "sound") == of(problems, "winner") == []


def test_missed_positives_are_told_one_by_one(problems: Problems) -> None:
    """A positive that the pipeline scores too low is missed; one with a context word is found."""
    said = of(problems, "missed")
    assert len(said) == 2
    assert "positive 'DH123456': 'DH123456' is not found as clear DEMO_ID; nothing is" in said[0]
    assert "in field 'remark'" in said[1]


def test_a_file_that_cannot_be_read_is_one_problem(problems: Problems) -> None:
    """A misspelt key names its file, and the other files are checked all the same."""
    (problem,) = [problem for problem in problems.found if "misspelt.toml" in problem]
    assert "unknown key 'keyword'; did you mean 'keywords'?" in problem


def test_two_files_of_one_name(problems: Problems) -> None:
    """Of two files with the same name the second is a problem."""
    (problem,) = [problem for problem in problems.found if "sound.toml" in problem]
    assert "another file is called 'sound' too" in problem


def test_counts_what_was_checked(problems: Problems) -> None:
    """Rules that were read, and their examples, are counted."""
    assert problems.rules == len(RULES) - 1
    assert problems.examples == 6 * problems.rules + 1


def test_a_folder_without_rules_is_a_problem(tmp_path: Path) -> None:
    """Nothing to check is not a success."""
    assert "no rule files here" in check(tmp_path).found[0]


def test_rules_of_the_same_id_replace_ours(tmp_path: Path) -> None:
    """A user's rule stands in for ours, and only theirs is reported on."""
    ours = next(Path(__file__).parents[1].glob("rules/*/email.toml")).read_text(encoding="utf-8")
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "email.toml").write_text(ours.replace('"EMAIL_ADDRESS"', '"EMAIL_OF_OURS"'), encoding="utf-8")
    result = check(tmp_path)
    assert (result.rules, result.found) == (1, [])


@pytest.fixture(scope="module")
def shipped() -> dict[str, Rule]:
    """Our rules by id."""
    return load_rules().by_id


@pytest.mark.parametrize("name", ["gb-nhs", "iban", "card", "tracking-s10"])
def test_a_check_digit_needs_a_negative(shipped: dict[str, Rule], name: str) -> None:
    """A rule whose validator knows check digits must show a value that only the validator drops."""
    rule = shipped[name]
    assert not lint.careless(rule)
    (problem,) = lint.careless(replace(rule, negatives=(replace(rule.negatives[0], text="none"),) * 3))
    assert "broken check digit" in problem


@pytest.mark.parametrize("name", ["phone-us", "ip-v4", "bank-account"])
def test_structure_needs_no_broken_check_digit(shipped: dict[str, Rule], name: str) -> None:
    """A validator that judges structure only has no check digit to break."""
    rule = shipped[name]
    assert not lint.careless(replace(rule, negatives=(replace(rule.negatives[0], text="none"),) * 3))


@pytest.mark.parametrize("regex", ["(?:[0-9]{1,40}[ ]?){1,40}@", "(?:[가-힣]{0,9}[가-힣]{0,9}){1,99}"])
def test_slow_patterns_are_found(shipped: dict[str, Rule], monkeypatch: pytest.MonkeyPatch, regex: str) -> None:
    """A pattern that tries again and again is stopped and reported with the text that keeps it busy."""
    monkeypatch.setattr(hostile, "LIMIT", 0.5)
    rule = replace(shipped["email"], patterns=(Pattern("slow", regex, "digit", 0.5),))
    ((_, problems),) = hostile.run([rule], RuleSet((rule,)))
    (problem,) = problems
    assert "pattern 'slow' takes more than 0.5 s" in problem


def test_page_shows_everything(shipped: dict[str, Rule]) -> None:
    """The page of a rule holds its patterns with boundary and score, its examples and its references."""
    for rule in list(shipped.values())[::9]:
        page = describe(rule.id)
        assert page.startswith(f"{rule.id}  {rule.entity_type}  {rule.name}\n")
        for pattern in rule.patterns:
            assert f"{pattern.name}: score {pattern.score:g}, boundary {pattern.boundary}" in page
            assert pattern.regex in page
        assert all(repr(example.text) in page for example in (*rule.positives, *rule.negatives))
        assert all(url in page for url in rule.references)


def test_page_of_an_unknown_rule() -> None:
    """A misspelt id is an error that says what was probably meant."""
    with pytest.raises(RuleError) as caught:
        describe("phone-kr-mobil")
    assert str(caught.value) == "no rule is called 'phone-kr-mobil'; did you mean 'phone-kr-mobile'?"


def test_recognizers_have_a_page_too() -> None:
    """A finding's rule id may be a recognizer's: its page says what it finds; a misspelt one is suggested."""
    assert describe("person-in-text-ko").startswith("person-in-text-ko  PERSON")
    with pytest.raises(RuleError, match="did you mean 'address-in-text-vi'"):
        describe("address-in-text-vn")
