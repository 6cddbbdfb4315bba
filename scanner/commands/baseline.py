"""`leakgauge baseline`: what is accepted, made, reviewed and kept small."""

from __future__ import annotations

from typing import Any

import click

from scanner.commands import options
from scanner.commands.configured import Configured

_NAME = "leakgauge.baseline.json"
_file = click.argument("file", type=click.Path(dir_okay=False), default=_NAME)
_known = options.group(
    click.option("--min-score", type=click.FloatRange(0, 1, min_open=True), default=0.5, show_default=True,
                 help="As the baseline was made with."),
    click.option("-E", "--encoding", metavar="NAME", help="Read files in this encoding instead of detecting it."),
    click.option("-j", "--jobs", type=click.IntRange(0), default=0, help="Processes; 0, the default, for one a core."),
    click.option("--recognizers", type=click.Path(dir_okay=False), help="A YAML file of your Presidio recognizers."),
    click.option("--ner", is_flag=True, help="Also ask the installed language models for names; slow."),
    click.option("--key-file", type=click.Path(dir_okay=False), help="Key of the baseline; also LEAKGAUGE_KEY."),
)  # fmt: skip
_quiet = options.group(
    click.option("--no-progress", is_flag=True, help="No progress on stderr."),
    click.option("-q", "--quiet", is_flag=True, help="Nothing on stderr but errors."),
)
_ALL = {"only": (), "without": (), "region": (), "exclude": (), "no_gitignore": True}


@click.group()
def baseline() -> None:
    """Accept findings that are known, so that only new ones are reported.

    \b
    Examples:
      leakgauge baseline create .                    accept what is found now
      leakgauge baseline audit                       look at each, accept or reject
      leakgauge scan --baseline leakgauge.baseline.json .
      leakgauge baseline update                      drop what is found no more
    """


@baseline.command(cls=Configured, table=False)
@options.paths
@click.option("-o", "--output", type=click.Path(dir_okay=False), default=_NAME, show_default=True,
              help="The baseline. If it is there, what it holds of other files stays.")  # fmt: skip
@options.chosen
@options.allowing
@options.configured
@_quiet
def create(**given: Any) -> None:
    """Accept all that is found now in files or folders.

    The file holds paths, field names, entity types and counts, and of each value a tag of 12 bits of a slow hash;
    with a key the whole of a keyed hash. It holds no value, and may be committed.

    \b
    Examples:
      leakgauge baseline create .
      leakgauge baseline create tests/data docs -o accepted.json
      leakgauge baseline create --key-file ../leakgauge.key .
    """
    paths = options.given(given)
    from scanner import accept, session

    code = accept.create(paths, options.config(given), given["output"], show=session.shows(given))
    raise click.exceptions.Exit(code)


@baseline.command(cls=Configured, table=False)
@_file
@_known
@options.allowing
@options.configured
@click.option("--all", "again", is_flag=True, help="Also what was decided before.")
def audit(**given: Any) -> None:
    """Look at what FILE accepts, one by one, and accept or reject it.

    Shows where it is, masked, and its line, masked too. Keys: y accepts, n rejects, s skips, b goes back, q quits. Each
    answer is written at once, and the next audit begins where this one ended. What is rejected is reported again.

    \b
    Examples:
      leakgauge baseline audit
      leakgauge baseline audit --all accepted.json
    """
    from scanner import audit

    config = options.config({**given, **_ALL, "quiet": False})
    raise click.exceptions.Exit(audit.audit(given["file"], config, again=given["again"]))


@baseline.command(cls=Configured, table=False)
@_file
@_known
@options.allowing
@options.configured
@_quiet
def update(**given: Any) -> None:
    """Drop from FILE what is found no more; verdicts stay, and nothing new is accepted.

    Reads the files that FILE is about. What it holds of files that cannot be read stays.

    \b
    Example:
      leakgauge baseline update && git diff leakgauge.baseline.json
    """
    from scanner import accept, session

    code = accept.update(given["file"], options.config({**given, **_ALL}), show=session.shows(given))
    raise click.exceptions.Exit(code)
