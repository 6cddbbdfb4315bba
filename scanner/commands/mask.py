"""`leakgauge mask`: the same file with what is found in it masked."""

from __future__ import annotations

from typing import Any

import click

from scanner.commands import options
from scanner.commands.configured import Configured
from scanner.forks import expect

# A file that is found comes with the data, from anybody: it must not leave values as they are, nor keep that quiet.
_WEAKENING = ("only", "except", "region", "min-score", "encoding", "allow")


@click.command(cls=Configured, named_only=_WEAKENING)
@click.argument("source", metavar="IN", type=click.Path())
@click.argument("out", metavar="OUT", type=click.Path())
@click.option(
    "--strategy", multiple=True, metavar="[TYPE=]NAME", help="mask, drop, constant, pseudonym or digits (repeatable)."
)
@click.option("--no-verify", is_flag=True, help="Do not scan OUT: half the time, and masks may pass for values.")
@click.option("--force", is_flag=True, help="Replace OUT if it is there.")
@click.option("--force-incomplete", is_flag=True, help="Write OUT though not all of IN could be read.")
@options.chosen
@options.no_allow
@options.configured
@click.option("--no-progress", is_flag=True, help="No progress on stderr.")
@click.option("-q", "--quiet", is_flag=True, help="Nothing on stderr but errors.")
def mask(**given: Any) -> None:
    """Write a copy of a file with every finding masked.

    CSV, TSV, JSON lines, JSON, SQL dumps and text; encoding, quotes, line ends and every other byte stay. A name
    that ends with .gz, .bz2, .xz or .zst is written compressed. OUT is scanned before it gets its name: it appears
    only when a scan finds nothing clear in it and all of IN was read. Comments that allow do not count. IN
    or OUT may be `-`.

    \b
    Strategies, for all types or for TYPE=:
      mask       what findings show, as 010-****-**78 (the default)
      drop       nothing
      constant   the type, as [PHONE_NUMBER]
      pseudonym  the type and a keyed hash, as [PERSON-kfnabgcdehjm]: the same for the same value and key
      digits     other digits of the same length, keyed too; letters become *

    \b
    Examples:
      leakgauge mask orders.csv shared.csv
      leakgauge mask --strategy PERSON=pseudonym --key-file mask.key dump.sql.gz shared.sql.gz
      zcat members.csv.gz | leakgauge mask --strategy drop - - > members.csv

    Exit codes: 0 written, 1 something clear would be left, 2 usage, 3 something could not be read; OUT is
    written only with 0.
    """
    expect([given["source"]], given["jobs"], leaks=True)
    from scanner import mask

    code = mask.mask(given["source"], given["out"], options.config(given), given)
    raise click.exceptions.Exit(code)
