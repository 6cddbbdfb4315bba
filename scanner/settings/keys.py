"""The keys of settings: those of the options of commands, so that each flag has its key and its variable.

What several commands share is set at the top of a file, and in the table of a command what only that one has, or should
have otherwise. In the environment `LEAKGAUGE_MIN_SCORE` is the key `min-score`, and `LEAKGAUGE_SIZE_SAMPLE` the key
`sample` of the table `size`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import click

from scanner.settings.files import File

Keys = Mapping[str, click.Option]

_WRITES = "it would write a file of its choice"
# What a file that comes with the data must not decide, and why: it may be anybody's.
REFUSED = {
    "key-file": "it would read a file of its choice, and choose the key of the fingerprints",
    "recognizers": "it would load code",
    "output": _WRITES,
    "report": _WRITES,
    "state": _WRITES,
    "save-sketch": _WRITES,
    "show-values": "it would print raw values",
    "no-verify": "a masked file would be less sure",
    "force": "it would replace a file",
    "force-incomplete": "what was not read would be missing from a masked file",
    "jobs": "the number of processes belongs to the machine",
    "quiet": "it would hide that it is used",
    "exit-zero": "it would hide that something was found",
}
_NO_KEYS = ("help", "config", "no-config", "version")


@dataclass(frozen=True, slots=True)
class Setting:
    """The value of a parameter and where it is written."""

    value: Any
    place: str


def keys(parameters: Iterable[click.Parameter]) -> dict[str, click.Option]:
    """The options by their keys: the long flag without its dashes."""
    options = [each for each in parameters if isinstance(each, click.Option)]
    named = {max(option.opts, key=len).lstrip("-"): option for option in options}
    return {key: option for key, option in named.items() if key not in _NO_KEYS}


def variables(command: str | None, key: str, *, shared: bool) -> list[str]:
    """The variables of the environment that set a key of a command, the first of them before the other."""
    names = [f"{command}_{key}"] * (command is not None) + [key] * shared
    return [f"LEAKGAUGE_{name}".upper().replace("-", "_") for name in names]


def settings(
    file: File, command: str | None, own: Keys, shared: Keys, tables: Callable[[str], Keys | None]
) -> dict[str, Setting]:
    """What a file says for a command, None for one without a table, by the name of the parameter; all is checked.

    `own`: the options of the command, `shared`: those of all commands; `tables`: the options of the command that a
    table is for, None if there is no such. Raises `ConfigError` for the first key or value that is wrong.
    """
    top = {key: value for key, value in file.data.items() if key != "allow" and not isinstance(value, dict)}
    found = {key: _checked(file, (key,), value, shared, own) for key, value in top.items()}
    found = {key: setting for key, setting in found.items() if key in own}
    for name, table in file.data.items():
        if isinstance(table, dict) and name != "allow":
            known = tables(name)
            if known is None:
                _unknown(file, (name,), {*shared, "scan", "size", "allow"})
            checked = {key: _checked(file, (name, key), value, known, known) for key, value in table.items()}
            found |= checked if name == command else {}
    return {own[key].name or key: setting for key, setting in found.items()}


def _checked(file: File, place: tuple[str, ...], value: Any, known: Keys, own: Keys) -> Setting:
    """The value of a key as its option takes it. `own`: the options of the command, which may be more than `known`."""
    key = place[-1]
    if key not in known:
        if len(place) == 1 and key in own:
            command = click.get_current_context().info_name
            file.fail(f"{key!r} is a key of one command: write it in [{command}]", *place)
        _unknown(file, place, known)
    if file.found and key in REFUSED:
        file.fail(f"{key!r} is taken only from a file that you name by -c, for {REFUSED[key]}", *place)
    option = known[key]
    _check_type(file, place, value, option)
    if isinstance(option.type, click.Path):
        value = _path(file, place, value)
    try:
        option.type_cast_value(click.get_current_context(), value)
    except click.BadParameter as error:
        file.fail(f"{key!r}: {error.message}", *place)
    return Setting(value, file.place(*place))


def _path(file: File, place: tuple[str, ...], value: str) -> str:
    """A path as seen from the folder of a file; one that was found may only name what is below it."""
    try:
        path = Path(file.root, value)
        below = not Path(value).is_absolute() and Path(os.path.realpath(path)).is_relative_to(file.root)
    except ValueError as error:  # a NUL
        file.fail(f"{place[-1]!r}: {error}", *place)
    if file.found and not below:
        reason = "it would read a file of its choice: write one below its folder, relative to it"
        file.fail(f"{place[-1]!r} is taken only from a file that you name by -c, for {reason}", *place)
    return str(path)


def _unknown(file: File, place: tuple[str, ...], known: Iterable[str]) -> NoReturn:
    from scanner.rulefile import suggest

    file.fail(f"unknown key {'.'.join(place)!r}{suggest(place[-1], known)}", *place)


def _check_type(file: File, place: tuple[str, ...], value: Any, option: click.Option) -> None:
    """Raise `ConfigError` where a value has not the type of the option."""
    kinds, wanted = _types(option)
    fits = isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))
    if isinstance(value, list) and fits:
        fits = all(isinstance(each, str) for each in value)
    if not fits:
        file.fail(f"{place[-1]!r} must be {wanted}, not {_NAMES.get(type(value), 'a date')}", *place)


_NAMES = {bool: "true or false", str: "a text", int: "a number", float: "a number", list: "a list", dict: "a table"}


def _types(option: click.Option) -> tuple[tuple[type, ...], str]:
    """The TOML types of an option, and how they are called."""
    if option.is_flag:
        return (bool,), "true or false"
    if option.multiple:
        return (list,), "a list of texts"
    if isinstance(option.type, click.types.IntParamType):
        return (int,), "a whole number"
    if isinstance(option.type, click.types.FloatParamType):
        return (int, float), "a number"
    if option.type.name == "share":
        return (str, int, float), 'a text such as "1%" or a number'
    if option.type.name == "names":
        return (list,), "a list of texts"
    return (str,), "a text"
