"""Commands whose options also have keys in a file of settings, and variables of the environment.

A flag goes before a variable, a variable before the file, the file before the default.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import click

from scanner.allowlist import Allow
from scanner.commands import options
from scanner.errors import LeakgaugeError, UsageError
from scanner.settings import entries, files, keys

_META = "scanner.settings"
_ALLOW = "allow"
_JUDGED_LATE = ("only", "without", "region", "encoding")  # parameters of names that the rules and codecs know


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a command has from a file of settings: its allowlist, and what it sets by the name of the parameter.

    `passed`: keys that the file has, and that are not taken as it was found.
    """

    file: files.File | None = None
    allow: tuple[Allow, ...] = ()
    settings: dict[str, keys.Setting] = field(default_factory=dict)
    passed: tuple[str, ...] = ()


class Configured(click.Command):
    """A command whose first argument is what it reads, with `--config` and `--no-config`: see `options.configured`."""

    def __init__(self, *args: Any, table: bool = True, named_only: Collection[str] = (), **attributes: Any) -> None:
        """As `click.Command`; without a `table` it has only the keys that all commands share.

        `named_only`: keys, or `allow`, that count only in a file that the user names.
        """
        super().__init__(*args, **attributes)
        self.named_only = named_only
        self.shared = keys.keys(options.shared())
        self._table = self.name if table else None
        own = keys.keys(self.params)
        self.keys = own if table else {key: option for key, option in own.items() if key in self.shared}
        for key, option in self.keys.items():
            option.envvar = keys.variables(self._table, key, shared=key in self.shared)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the settings, then the options. Raises `ConfigError`."""
        given, _, _ = self.make_parser(ctx).parse_args(args=list(args))
        help_option = self.get_help_option(ctx)
        if not (ctx.resilient_parsing or (help_option is not None and given.get(help_option.name or ""))):
            self._configure(ctx, given)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what is wrong with settings that only a run can judge is told with where they stand."""
        try:
            return super().invoke(ctx)
        except LeakgaugeError as error:
            settings = loaded(ctx).settings
            places = [settings[name].place for name in _JUDGED_LATE if name in settings and _of_file(ctx, name)]
            raise type(error)("; ".join([str(error), *(f"see {place}" for place in places)])) from error

    def _configure(self, ctx: click.Context, given: dict[str, Any]) -> None:
        """Make a file's values the defaults of the options."""
        argument = next((each.name for each in self.params if isinstance(each, click.Argument)), None)
        paths = given.get(argument or "")
        file = _file(given, [paths] if isinstance(paths, str) else paths if isinstance(paths, tuple) else ())
        if file is None:
            return
        root = ctx.find_root()

        def table(name: str) -> keys.Keys | None:
            group = root.command
            command = group.get_command(root, name) if isinstance(group, click.Group) else None
            return command.keys if isinstance(command, Configured) else None

        with ctx.scope(cleanup=False):
            found = keys.settings(file, self._table, self.keys, self.shared, table)
        loaded = Loaded(file, entries.entries(file), found)
        ctx.meta[_META] = self._taken(loaded) if file.found else loaded
        ctx.default_map = {name: setting.value for name, setting in ctx.meta[_META].settings.items()}

    def _taken(self, loaded: Loaded) -> Loaded:
        """What counts of a file that was found."""
        names = {self.keys[key].name: key for key in self.named_only if key != _ALLOW}
        passed = [key for name, key in names.items() if name in loaded.settings]
        settings = {name: setting for name, setting in loaded.settings.items() if name not in names}
        if _ALLOW not in self.named_only or not loaded.allow:
            return replace(loaded, settings=settings, passed=tuple(passed))
        return Loaded(loaded.file, (), settings, (*passed, _ALLOW))


def _of_file(ctx: click.Context, name: str) -> bool:
    return ctx.get_parameter_source(name) is click.core.ParameterSource.DEFAULT_MAP


def _file(given: dict[str, Any], paths: Sequence[str]) -> files.File | None:
    """The file of settings that is named, else the one that is found for `paths`, if there is one."""
    named, without = given.get("config"), bool(given.get("no_config"))
    if named and without:
        raise UsageError("--config and --no-config do not go together")
    if not without:
        named = named or os.environ.get("LEAKGAUGE_CONFIG")
        without = not named and os.environ.get("LEAKGAUGE_NO_CONFIG", "0").lower() not in ("", "0", "false", "no")
    if without:
        return None
    return files.read(named) if named else files.find(paths)


def loaded(ctx: click.Context) -> Loaded:
    """What a command has from a file of settings; nothing without one."""
    found: Loaded = ctx.meta.get(_META, Loaded())
    return found
