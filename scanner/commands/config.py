"""`leakgauge config`: the settings that a command would have, and where each is from."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import click
from click.core import ParameterSource

from scanner.allowlist import CONDITIONS, Allow
from scanner.commands import options
from scanner.commands.configured import Configured, loaded
from scanner.settings.files import File


@dataclass(frozen=True, slots=True)
class _Row:
    """A setting: the command that alone has it, or None; its key, its value, and what says so."""

    command: str | None
    key: str
    value: Any
    source: str


@click.group()
def config() -> None:
    """See the settings that hold here."""


@config.command(cls=Configured, table=False)
@options.paths
@options.format_("text", "json", help="A list for people, or one JSON object for programs.")
@options.chosen
@options.allowing
@options.configured
@options.told
def show(**given: Any) -> None:
    """Show all settings and where each is from: a flag, the environment, a file with its line, or the default.

    Give it the PATHs, and the flags if you like, that you would give to `scan`.

    \b
    Examples:
      leakgauge config show
      leakgauge config show --format json exports/
      leakgauge config show -c strict.toml --min-score 0.7 orders.csv
    """
    context = click.get_current_context()
    file, allow = loaded(context).file, loaded(context).allow
    rows = list(_rows(context, given))
    click.echo(_json(file, rows, allow) if given["format_"] == "json" else _text(file, rows, allow))


def _rows(context: click.Context, given: Mapping[str, Any]) -> Iterator[_Row]:
    """The settings of all commands, then those that a command has alone, or has otherwise."""
    command = context.command
    assert isinstance(command, Configured)
    own = command.keys
    common = {key: _row(context, key, own[key]) for key in command.shared}
    yield from common.values()
    root = context.find_root()
    group = root.command
    assert isinstance(group, click.Group)
    for name in group.list_commands(root):
        each = group.get_command(root, name)
        if isinstance(each, Configured):
            for row in _of_command(each, name, context, given):
                if row.key not in common or (row.value, row.source) != (common[row.key].value, common[row.key].source):
                    yield row


def _of_command(command: Configured, name: str, context: click.Context, given: Mapping[str, Any]) -> Iterator[_Row]:
    """The settings of a command for the same paths, but for those that are flags here."""
    named = [f"--config={given['config']}"] if given["config"] else ["--no-config"] * given["no_config"]
    paths, arguments = list(given["paths"]), [each for each in command.params if isinstance(each, click.Argument)]
    if all(each.nargs == 1 for each in arguments):  # a command that reads one file takes the first
        paths = [*(paths[:1] or ["-"]), *["-"] * (len(arguments) - 1)]
    inner = command.make_context(name, [*named, "--", *paths], parent=context.find_root())
    for key, option in command.keys.items():
        flag = key in command.shared and context.get_parameter_source(option.name or "") is ParameterSource.COMMANDLINE
        if not flag:
            yield _row(inner, key, option, name)


def _row(context: click.Context, key: str, option: click.Option, command: str | None = None) -> _Row:
    name = option.name or ""
    source = context.get_parameter_source(name)
    if source is ParameterSource.COMMANDLINE:
        said = "flag"
    elif source is ParameterSource.ENVIRONMENT:
        said = next(each for each in option.envvar or () if os.environ.get(each))
    elif source is ParameterSource.DEFAULT_MAP:
        said = loaded(context).settings[name].place
    else:
        said = "default"
    value = context.params[name]
    return _Row(command, key, list(value) if isinstance(value, tuple) else value, said)


def _json(file: File | None, rows: list[_Row], allow: tuple[Allow, ...]) -> str:
    settings = [{"command": r.command, "key": r.key, "value": r.value, "source": r.source} for r in rows]
    found = {"type": "config", "v": 1, "file": file.path if file else None, "settings": settings}
    return json.dumps(found | {"allow": [_entry(each) for each in allow]}, ensure_ascii=False)


def _entry(entry: Allow) -> dict[str, Any]:
    """An entry of the allowlist; of values only how many there are."""
    shown: dict[str, Any] = {name: list(getattr(entry, name)) for name in CONDITIONS if getattr(entry, name)}
    if entry.value:
        shown["value"] = len(entry.value)
    day = entry.expires.isoformat() if entry.expires else None
    return {"source": entry.place, **shown, "reason": entry.reason, "expires": day, "expired": entry.expired}


def _text(file: File | None, rows: list[_Row], allow: tuple[Allow, ...]) -> str:
    lines = [f"settings from {file.path}" if file else "no file of settings"]
    command, width = None, max(len(json.dumps(row.value, ensure_ascii=False)) for row in rows)
    for row in rows:
        if row.command != command:
            command = row.command
            lines += ["", f"[{command}]"]
        lines.append(f"{row.key:<17} {json.dumps(row.value, ensure_ascii=False):<{width}}  {row.source}")
    for entry in allow:
        shown = {key: value for key, value in _entry(entry).items() if value}
        place = shown.pop("source")
        told = ", ".join(f"{key} {json.dumps(value, ensure_ascii=False)}" for key, value in shown.items())
        lines += ["", f"[[allow]] {place}", told]
    return "\n".join(lines)
