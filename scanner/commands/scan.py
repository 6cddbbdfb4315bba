"""`leakgauge scan`: findings as they come."""

from __future__ import annotations

from typing import Any

import click

from scanner.commands import options
from scanner.commands.configured import Configured
from scanner.forks import expect


@click.command(cls=Configured)
@options.paths
@options.format_(
    *("jsonl", "text", "csv", "sarif", "github", "gitlab", "junit"),
    help="JSON lines for programs, text for people, csv for spreadsheets, the others for services.",
)
@options.output
@options.chosen
@click.option("--baseline", type=click.Path(dir_okay=False), help="Leave out what this file accepts.")
@click.option("--show-values", is_flag=True, help="Print raw values. Mind who reads the output.")
@click.option("--explain", is_flag=True, help="Say for each finding what added to its score.")
@options.allowing
@options.configured
@options.told
def scan(**given: Any) -> None:
    """Find personal data in files, folders or stdin.

    With no PATH, or with `-`, reads stdin. Raw values are not printed unless asked for: findings carry a masked
    value and a keyed fingerprint, the same for the same value.

    \b
    Examples:
      leakgauge scan orders.csv | head -3
      leakgauge scan --format text --region KR --only PHONE_NUMBER logs/
      leakgauge scan --format sarif -o leakgauge.sarif .
      leakgauge scan -E cp949 old.txt -o findings.jsonl
      leakgauge scan --baseline leakgauge.baseline.json .
    """
    paths = options.given(given)
    expect(paths, given["jobs"])
    from scanner import run

    raise click.exceptions.Exit(run.scan(paths, options.config(given), given))
