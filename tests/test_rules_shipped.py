"""The rules that come with leakgauge keep what they promise, through the whole pipeline."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scanner.rulecheck import Problems, check
from scanner.rules import rules_dir

IDS = sorted(path.stem for path in rules_dir().glob("*/*.toml"))


@pytest.fixture(scope="module")
def problems() -> Problems:
    """One check of all our rules."""
    return check()


@pytest.mark.parametrize("rule_id", IDS)
def test_rule_has_no_problem(problems: Problems, rule_id: str) -> None:
    """Every example of the rule comes out as it says, and no pattern is idle, broken or slow."""
    assert [p for p in problems.found if p.startswith(f"{rule_id}: ") or f"{rule_id}.toml: " in p] == []


def test_all_rules_were_checked(problems: Problems) -> None:
    """No rule is left out of the check."""
    assert problems.rules == len(IDS)
    assert problems.examples >= 6 * len(IDS)


def test_misspelt_key_in_a_users_folder(tmp_path: Path) -> None:
    """A copy of a rule with a misspelt key makes the command fail with 2 and name the file and the key."""
    (tmp_path / "kr").mkdir()
    text = (rules_dir() / "kr" / "phone-kr-mobile.toml").read_text(encoding="utf-8")
    path = tmp_path / "kr" / "phone-kr-mobile.toml"
    path.write_text(text.replace("always_on =", "allways_on ="), encoding="utf-8")
    command = [sys.executable, "-m", "scanner.cli", "rules", "check", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 2
    assert f"{path}: unknown key 'allways_on'; did you mean 'always_on'?" in done.stderr
    assert done.stdout == "0 rules, 0 examples, 1 problems\n"
