"""Options that several commands have, and what they say as a `ScanConfig`.

A group of options is a decorator; the names of what it gives a command are those of the long flags, but for `without`
(`--except`) and `format_`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from scanner.errors import UsageError

if TYPE_CHECKING:
    from scanner.config import ScanConfig

Command = TypeVar("Command", bound=Callable[..., Any])


def group(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several options as one decorator, in the order of the help."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


class Names(click.ParamType):  # type: ignore[type-arg]
    """Names with commas or blanks between, each one of `choices`; a tuple."""

    name = "names"

    def __init__(self, *choices: str) -> None:
        """The names that there are."""
        self.choices = choices

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """From a text or a list."""
        names = tuple(value.replace(",", " ").split()) if isinstance(value, str) else tuple(value)
        for name in names:
            if name not in self.choices:
                self.fail(f"{name!r} is not one of {', '.join(self.choices)}", param, ctx)
        return names


paths = click.argument("paths", nargs=-1, metavar="[PATH]...")
output = click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    callback=lambda _context, _option, path: None if path == "-" else path,
    help="Write to a file instead of stdout.",
)
chosen = group(
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
no_allow = click.option("--no-allow", is_flag=True, help="Report also what pragmas and allowlists allow.")
allowing = group(
    no_allow,
    click.option("--allow-pragmas", type=Names("gitleaks", "detect-secrets"), metavar="NAMES", default=(),
                 help="Pragmas of these count too: gitleaks,detect-secrets."),
)  # fmt: skip
configured = group(
    click.option("-c", "--config", type=click.Path(), help="Settings; else leakgauge.toml or pyproject.toml, upwards."),
    click.option("--no-config", is_flag=True, help="Look for no file of settings."),
)
told = group(
    click.option("--explain-coverage", is_flag=True, help="Tell on stderr how each file was read, and what was not."),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings."),
    click.option("--no-progress", is_flag=True, help="No progress on stderr."),
    click.option("-q", "--quiet", is_flag=True, help="Nothing on stderr but errors of usage."),
)


def format_(*names: str, help: str) -> Callable[[Command], Command]:
    """The option `--format` of a command with these formats, the first of them the default."""
    return click.option("--format", "format_", type=click.Choice(names), default=names[0], show_default=True, help=help)


def given(options: Mapping[str, Any]) -> list[str]:
    """The paths that a command is given; `-` where there are none, but a pipe. Raises `UsageError`."""
    if not options["paths"] and (sys.stdin is None or sys.stdin.isatty()):
        command = click.get_current_context().command_path
        raise UsageError(f"nothing to read: give a PATH, or pipe something in; see {command} --help")
    return list(options["paths"]) or ["-"]


def shared() -> list[click.Parameter]:
    """The options that commands share, so that their keys stand at the top of a file of settings."""

    def command() -> None: ...

    group(chosen, allowing, told)(command)
    parameters: list[click.Parameter] = command.__click_params__[::-1]  # type: ignore[attr-defined]
    return parameters


def config(options: Mapping[str, Any]) -> ScanConfig:
    """The settings that options say; what a command has no option for is as by default. Raises `LeakgaugeError`.

    The file of the key is read unless its `key` is among the options: it may be a pipe.
    """
    from scanner.commands.configured import loaded
    from scanner.config import ScanConfig

    context = click.get_current_context()
    found = loaded(context)
    file = found.file
    if file is not None and file.found and not options.get("quiet", True):
        but = f" but {', '.join(found.passed)}: for these name the file by -c" if found.passed else ""
        click.echo(f"leakgauge: settings from {file.path}{but}", err=True)
    of_file = context.get_parameter_source("exclude") is click.core.ParameterSource.DEFAULT_MAP
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
        key=options.get("key") or key(options["key_file"]),
        recognizers=options["recognizers"],
        ner=options["ner"],
        sample=options.get("sample"),
        seed=options.get("seed", 0),
        root=file.root if file is not None and of_file else "",
        allow=found.allow,
        pragmas=options.get("allow_pragmas", ()),
        allowing=not options.get("no_allow", False),
    )


def key(path: str | None) -> bytes:
    """The key of the fingerprints: a file's, else the environment's, else none; hashed to 32 bytes.

    Raises `UsageError` for one that is empty or cannot be read.
    """
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
    import hashlib

    return hashlib.sha256(secret.strip()).digest()
