"""The command line: options in, exit codes out. Heavy imports wait until a command runs."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

import scanner
from scanner.errors import LeakgaugeError, UsageError

if TYPE_CHECKING:
    from scanner.config import ScanConfig

Command = TypeVar("Command", bound=Callable[..., Any])

USAGE, UNREAD, INTERRUPTED, BROKEN_PIPE = 2, 3, 130, 141


def main() -> None:
    """Run the command line; all exit codes are decided here and in `scan`."""
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
    except (KeyboardInterrupt, click.Abort):
        click.echo("leakgauge: interrupted", err=True)
        code = INTERRUPTED
    except SystemExit:
        raise
    except BaseException as error:  # a panic in Rust is no `Exception`
        code = _crashed(error)
    sys.exit(code or 0)


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
            raise
        # nothing more can be written: keep Python from trying when it flushes at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno == errno.EPIPE:
            raise click.exceptions.Exit(BROKEN_PIPE) from None
        raise UsageError(f"cannot write to stdout: {error.strerror}") from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(scanner.__version__, prog_name="leakgauge")
def cli() -> None:
    """Find personal data in files before they are shared.

    \b
    Examples:
      leakgauge scan export.csv               JSON lines, one finding each
      leakgauge scan --format text exports/   short lines for people
      zcat dump.csv.gz | leakgauge scan -     from a pipe
      leakgauge rules list                    what it looks for

    Exit codes: 0 nothing found and everything read, 1 findings, 2 usage or rule error,
    3 nothing found but something could not be read, 130 interrupted, 141 broken pipe.
    """


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
            self.fail(f"{text!r} is not between 0% and 100%", param, ctx)
        return share


def _options(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several options as one decorator, in the order of the help."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


_paths = click.argument("paths", nargs=-1, metavar="[PATH]...")
_chosen = _options(
    click.option("--only", multiple=True, metavar="NAME", help="Look only for this entity type or rule (repeatable)."),
    click.option("--except", "without", multiple=True, metavar="NAME", help="Leave out this entity type or rule."),
    click.option("--region", multiple=True, metavar="CODE", help="Only rules of this country, as KR (repeatable)."),
    click.option("--min-score", type=click.FloatRange(0, 1, min_open=True), default=0.5, show_default=True,
                 help="Count findings of at least this score."),
    click.option("--exclude", multiple=True, metavar="GLOB", help="Leave out files, in gitignore syntax (repeatable)."),
    click.option("--no-gitignore", is_flag=True, help="In a git checkout, also read what .gitignore names."),
    click.option("-E", "--encoding", metavar="NAME", help="Read files in this encoding instead of detecting it."),
    click.option("-j", "--jobs", type=click.IntRange(0), default=0, help="Processes; 0, the default, for one a core."),
    click.option("--recognizers", type=click.Path(dir_okay=False), help="A YAML file of your Presidio recognizers."),
    click.option("--ner", is_flag=True, help="Also ask the installed language models for names; slow."),
    click.option("--key-file", type=click.Path(dir_okay=False), help="Key of the fingerprints; also LEAKGAUGE_KEY."),
)  # fmt: skip
_told = _options(
    click.option("--explain-coverage", is_flag=True, help="Tell on stderr how each file was read, and what was not."),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings."),
    click.option("--no-progress", is_flag=True, help="No progress on stderr."),
    click.option("-q", "--quiet", is_flag=True, help="Nothing on stderr but errors of usage."),
)


@cli.command()
@_paths
@click.option("--format", "format_", type=click.Choice(["jsonl", "text"]), default="jsonl", show_default=True,
              help="JSON lines for programs, text for people.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write to a file instead of stdout.")
@_chosen
@click.option("--show-values", is_flag=True, help="Print raw values. Mind who reads the output.")
@click.option("--explain", is_flag=True, help="Say for each finding what added to its score.")
@_told
def scan(**options: Any) -> None:
    """Find personal data in files, folders or stdin.

    With no PATH, or with `-`, reads stdin. Raw values are not printed unless asked for: findings carry a masked
    value and a keyed fingerprint, the same for the same value.

    \b
    Examples:
      leakgauge scan orders.csv | head -3
      leakgauge scan --format text --region KR --only PHONE_NUMBER logs/
      leakgauge scan -E cp949 old.txt -o findings.jsonl
    """
    from scanner import run

    raise click.exceptions.Exit(run.scan(_given(options), _config(options), options))


@cli.command()
@_paths
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="A table for people, or one JSON object for programs.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write to a file instead of stdout.")
@click.option("--report", type=click.Path(dir_okay=False), help="Draw it as one HTML file for people.")
@_chosen
@click.option("--sample", type=_Share(), metavar="SHARE", help="Read random blocks of large files, such as 1%.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the choice of blocks.")
@click.option("--state", type=click.Path(dir_okay=False), help="Keep what is done in this file, and go on from it.")
@click.option("--overlap", is_flag=True, help="Tell how many people of each PATH are in the others; sketches too.")
@click.option("--save-sketch", type=click.Path(dir_okay=False), help="Keep what tells people apart, for --overlap.")
@_told
def size(**options: Any) -> None:
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
    from scanner import size

    raise click.exceptions.Exit(size.size(_given(options), _config(options), options))


def _given(options: dict[str, Any]) -> list[str]:
    """The paths of a command."""
    return list(options.pop("paths")) or _stdin()


def _stdin() -> list[str]:
    """What to read when no path is given."""
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("nothing to scan: give a PATH, or pipe something in; see leakgauge scan --help")
    return ["-"]


def _config(options: dict[str, Any]) -> ScanConfig:
    from scanner.config import ScanConfig

    return ScanConfig(
        only=options["only"],
        without=options["without"],
        regions=options["region"],
        min_score=options["min_score"],
        exclude=options["exclude"],
        gitignore=not options["no_gitignore"],
        encoding=options["encoding"],
        jobs=options["jobs"],
        show_values=options.get("show_values", False),
        explain=options.get("explain", False),
        key=_key(options["key_file"]),
        recognizers=options["recognizers"],
        ner=options["ner"],
        sample=options.get("sample"),
        seed=options.get("seed", 0),
    )


def _key(path: str | None) -> bytes:
    """The key of the fingerprints: a file's, else the environment's, else none; hashed to a fixed length."""
    import hashlib

    name = "in LEAKGAUGE_KEY" if path is None else f"file {path}"
    given = os.environ.get("LEAKGAUGE_KEY")
    try:
        secret = Path(path).read_bytes() if path is not None else None if given is None else os.fsencode(given)
    except OSError as error:
        raise UsageError(f"cannot read the key {name}: {error.strerror}") from error
    if secret is None:
        return b""
    if not secret.strip():
        raise UsageError(f"the key {name} is empty")
    return hashlib.sha256(secret.strip()).digest()


@cli.group()
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


if __name__ == "__main__":
    main()
