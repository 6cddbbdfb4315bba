"""The command line: what a command gives or raises becomes an exit code. The commands are in `commands`."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import click

import scanner
from scanner.commands import COMMANDS
from scanner.errors import LeakgaugeError, UsageError
from scanner.exits import BROKEN_PIPE, INTERRUPTED, UNREAD, USAGE

_STDERR = 2  # its number as a file


def main() -> None:
    """Run the command line; what is raised becomes an exit code."""
    if sys.stderr is None:
        sys.stderr = _nowhere()
    for name in ("SIGTERM", "SIGHUP"):  # Windows has no HUP; nohup asks to ignore it
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)
    try:
        code = cli.main(standalone_mode=False, prog_name="leakgauge")
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:
        error.show()
        code = USAGE
    except LeakgaugeError as error:
        click.echo(f"leakgauge: {error}", err=True)
        code = USAGE
    except (KeyboardInterrupt, click.Abort) as stop:
        told = [str(told) for told in (stop.__cause__ or stop).args if told]  # polars raises one with an empty text
        click.echo("; ".join(["leakgauge: interrupted", *told]), err=True)
        code = INTERRUPTED
    except SystemExit:
        raise
    except BaseException as error:  # a panic in Rust is no `Exception`
        code = _crashed(error)
    sys.exit(code or 0)


def _nowhere() -> TextIO:
    """A stderr for who was started without one; no file that is opened later takes its place."""
    while (number := os.open(os.devnull, os.O_RDWR)) < _STDERR:
        pass
    return os.fdopen(number, "w")


def _crashed(error: BaseException) -> int:
    """Report an error of ours without its text, which may hold data; what was not read is not clean."""
    if os.environ.get("LEAKGAUGE_DEBUG"):
        raise error
    click.echo(f"leakgauge: internal error: {type(error).__name__}; LEAKGAUGE_DEBUG=1 shows where", err=True)
    return UNREAD


class _Commands(click.Group):
    """Keeps click from turning a broken pipe into exit code 1, which means findings."""

    def make_context(self, *args: Any, **options: Any) -> click.Context:
        """Parse the command line, and print the help or the version if it says so."""
        with _writing():
            return super().make_context(*args, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with _writing():
            return super().invoke(ctx)


@contextmanager
def _writing() -> Iterator[None]:
    """Tell a stdout that nobody reads, and one that is full, from errors of ours."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.EPIPE, errno.ENOSPC, errno.EDQUOT):
            if isinstance(error, FileNotFoundError) and not _is_somewhere():
                raise UsageError("the current folder is gone: change to another one, or give absolute paths") from None
            raise
        # nothing more can be written: keep Python from trying when it flushes at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno == errno.EPIPE:
            raise click.exceptions.Exit(BROKEN_PIPE) from None
        raise UsageError(f"cannot write to stdout: {error.strerror}") from None


def _is_somewhere() -> bool:
    """Whether there is a current folder."""
    try:
        return bool(Path.cwd())
    except OSError:
        return False


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(scanner.__version__, prog_name="leakgauge")
def cli() -> None:
    """Find personal data in files before they are shared.

    \b
    Examples:
      leakgauge scan export.csv               JSON lines, one finding each
      leakgauge scan --format text exports/   a table and a verdict for each file
      zcat dump.csv.gz | leakgauge scan -     from a pipe
      leakgauge mask export.csv shared.csv    a copy that can be shared
      leakgauge size --report leak.html dump/ how much a leak holds
      leakgauge hook --staged                 before a commit
      leakgauge rules list                    what it looks for

    Exit codes: 0 nothing found and everything read, 1 findings, 2 usage or rule error,
    3 nothing found but something could not be read, 130 interrupted, 141 broken pipe.
    """


for command in COMMANDS:
    cli.add_command(command)


if __name__ == "__main__":
    main()
