"""Rules for people: a page that shows one rule, and a check that finds what is wrong with rule files."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from scanner.errors import RuleError
from scanner.rulecheck import examples, hostile, lint
from scanner.rulecheck.page import describe
from scanner.rules import Rule, RuleSet, load_rule, load_rules, rules_dir

__all__ = ["Problems", "check", "describe"]


@dataclass(slots=True)
class Problems:
    """What a check looked at and what it found: lines `path or id: what is wrong and what to do`."""

    rules: int = 0
    examples: int = 0
    found: list[str] = field(default_factory=list)


def check(folder: Path | None = None) -> Problems:
    """Check every <region>/<id>.toml below `folder` (default: our rules), each on its own and with all others loaded.

    Rules of a folder of the user's own run together with ours and replace those of the same id; only theirs are
    reported on. Raises `RuleError` only when our own rules, needed beside them, cannot be loaded.
    """
    problems = Problems()
    rules = _load(folder or rules_dir(), problems)
    usable = [rule for rule in rules if not _add(problems, rule, lint.unusable(rule))]
    own = {rule.id for rule in rules}
    others = [rule for rule in load_rules().rules if rule.id not in own] if folder else []
    for rule in usable:
        _add(problems, rule, lint.careless(rule))
    everything = RuleSet(tuple(sorted([*usable, *others], key=lambda rule: rule.id)))
    for rule, messages in [*examples.run(usable, everything), *hostile.run(usable, everything)]:
        _add(problems, rule, messages)
    problems.rules = len(rules)
    problems.examples = sum(len(rule.positives) + len(rule.negatives) for rule in rules)
    return problems


def _add(problems: Problems, rule: Rule, messages: list[str]) -> int:
    problems.found += [f"{rule.id}: {message}" for message in messages]
    return len(messages)


def _load(folder: Path, problems: Problems) -> list[Rule]:
    """The rules that can be read, by id; the first of two files with the same name counts."""
    rules: dict[str, Rule] = {}
    paths = sorted(folder.glob("*/*.toml"))
    if not paths:
        problems.found.append(f"{folder}: no rule files here; put them into <region>/<id>.toml")
    for path in paths:
        try:
            rule = load_rule(path)
        except RuleError as error:
            problems.found.append(str(error))
            continue
        if rule.id in rules:
            problems.found.append(f"{path}: another file is called {rule.id!r} too; rename one and its id")
        rules.setdefault(rule.id, rule)
    return list(rules.values())
