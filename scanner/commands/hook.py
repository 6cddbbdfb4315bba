"""`leakgauge hook`: before a commit, short lines for people."""

from __future__ import annotations

import os
from functools import partial
from itertools import takewhile
from typing import Any

import click

from scanner.commands import options
from scanner.commands.configured import Configured, loaded
from scanner.errors import UsageError


class Hook(Configured):
    """A command that is given the names of files by others."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse. Raises `UsageError` for a file whose name reads as an option: it could turn the check off."""
        for arg in takewhile(lambda arg: arg != "--", args):
            if len(arg) > 1 and arg.startswith("-") and os.path.lexists(arg):
                raise UsageError(f"{arg} is the name of a file: put -- before the names of files")
        return super().parse_args(ctx, args)


@click.command(cls=Hook)
@click.argument("paths", nargs=-1, metavar="[FILE]...")
@click.option("--staged", is_flag=True, help="Look at what is staged in git, not at the work tree.")
@click.option("--baseline", type=click.Path(dir_okay=False), help="Leave out what this file accepts.")
@options.chosen
@options.allowing
@options.configured
def hook(**given: Any) -> None:
    """Find personal data in files before they are committed.

    One line a finding, with the value masked; nothing when all is clean. With --staged and no FILE, all staged files.

    \b
    Examples:
      leakgauge hook orders.csv src/app.py
      leakgauge hook --staged                as a git hook
      leakgauge hook --staged --baseline leakgauge.baseline.json
      leakgauge hook --staged --region KR --except USERNAME
    """
    paths = list(given["paths"])
    if not paths and not given["staged"]:
        raise UsageError("nothing to look at: name files, or give --staged for what is staged in git")
    given["allow"] = loaded(click.get_current_context()).allow
    given["key"] = options.key(given["key_file"])
    from scanner.hook import run

    look = run.staged_files if given["staged"] else run.files
    raise click.exceptions.Exit(look(paths, given, partial(options.config, given)))
