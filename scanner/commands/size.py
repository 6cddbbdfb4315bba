"""`leakgauge size`: one object of counts, and what is kept of them."""

from __future__ import annotations

from typing import Any

import click

from scanner.commands import options
from scanner.commands.configured import Configured
from scanner.forks import expect


class _Share(click.ParamType):  # type: ignore[type-arg]
    """A share, as 1% or 0.01."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """From 0 to 1."""
        text = str(value)
        try:
            share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            self.fail(f"{text!r} is no share: write 1% or 0.01", param, ctx)
        if not 0 < share < 1:
            self.fail(f"{text!r} is not between 0% and 100%: write 1% or 0.01, or leave it out to read all", param, ctx)
        return share


@click.command(cls=Configured)
@options.paths
@options.format_("text", "json", help="A table for people, or one JSON object for programs.")
@options.output
@click.option("--report", type=click.Path(dir_okay=False), help="Draw it as one HTML file for people.")
@options.chosen
@click.option("--sample", type=_Share(), metavar="SHARE", help="Read random blocks of large files, such as 1%.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the choice of blocks.")
@click.option("--state", type=click.Path(dir_okay=False), help="Keep what is done in this file, and go on from it.")
@click.option("--overlap", is_flag=True, help="Tell how many people of each PATH are in the others; sketches too.")
@click.option("--save-sketch", type=click.Path(dir_okay=False), help="Keep what tells people apart, for --overlap.")
@options.allowing
@options.configured
@options.told
def size(**given: Any) -> None:
    """Size a leak: how many records, values, distinct values and people, in which combinations.

    With no PATH, or with `-`, reads stdin. No raw value is kept or printed. Distinct values are counted exactly up
    to 16,384 and estimated beyond, with 95 % bounds.

    \b
    Examples:
      leakgauge size members.sql.gz
      leakgauge size --format json -o leak.json dump/
      leakgauge size --report leak.html dump/
      leakgauge size --sample 1% huge.csv
      leakgauge size --state leak.state --key-file leak.key dump.csv   again after a crash
      leakgauge size --overlap --key-file leak.key old/ new/
      leakgauge size --save-sketch old.sketch --key-file leak.key old/
    """
    paths = options.given(given)
    expect(paths, given["jobs"], leaks=True)
    from scanner import size

    raise click.exceptions.Exit(size.size(paths, options.config(given), given))
