"""`leakgauge rules`: the catalogue, one rule, and the check of rule files."""

from __future__ import annotations

from pathlib import Path

import click

from scanner.exits import USAGE


@click.group()
def rules() -> None:
    """See and check the rules."""


@rules.command("list")
@click.option("--region", multiple=True, metavar="CODE", help="Only rules of this country.")
def list_rules(region: tuple[str, ...]) -> None:
    """List all rules and recognizers: id, entity type, regions, name."""
    from scanner.recognizers import RECOGNIZERS
    from scanner.rules import load_rules

    for rule in load_rules().select(regions=region).rules:
        click.echo(f"{rule.id:<24} {rule.entity_type:<18} {','.join(rule.regions):<6} {rule.name}")
    for name, recognizer in RECOGNIZERS.items():
        click.echo(f"{name:<24} {recognizer.entity_type:<18} {'*':<6} {recognizer.name}")


@rules.command("show")
@click.argument("rule_id")
def show_rule(rule_id: str) -> None:
    """Show one rule with its patterns and examples, or a recognizer."""
    from scanner.rulecheck import describe

    click.echo(describe(rule_id))


@rules.command("check")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False))
def check_rules(folder: str | None) -> None:
    """Check rule files: keys, regexes, and that each example gives what it says.

    FOLDER holds <region>/<id>.toml files; the default is the rules that come with leakgauge.
    """
    from scanner.rulecheck import check

    problems = check(Path(folder) if folder else None)
    for problem in problems.found:
        click.echo(problem, err=True)
    click.echo(f"{problems.rules} rules, {problems.examples} examples, {len(problems.found)} problems")
    if problems.found:
        raise click.exceptions.Exit(USAGE)
