"""The allowlist of a file: its tables `[[allow]]`."""

from __future__ import annotations

import datetime
from typing import Any

from scanner.allowlist import CONDITIONS, Allow
from scanner.settings.files import File

_KEYS = (*CONDITIONS, "reason", "expires")


def entries(file: File) -> tuple[Allow, ...]:
    """The entries, in their order. Raises `ConfigError` for one that is wrong."""
    tables = file.data.get("allow", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        file.fail("write each entry of the allowlist as a table [[allow]]", "allow")
    return tuple(_entry(file, number, table) for number, table in enumerate(tables))


def _entry(file: File, number: int, table: dict[str, Any]) -> Allow:
    place = ("allow", number)
    for key in table:
        if key not in _KEYS:
            from scanner.rulefile import suggest

            file.fail(f"unknown key {key!r} in [[allow]]{suggest(key, _KEYS)}", *place, key)
    conditions = {key: _texts(file, (*place, key), table[key]) for key in CONDITIONS if key in table}
    reason, expires = table.get("reason"), table.get("expires")
    if reason is not None and not isinstance(reason, str):
        file.fail("'reason' must be a text", *place, "reason")
    if expires is not None and (isinstance(expires, datetime.datetime) or not isinstance(expires, datetime.date)):
        file.fail("'expires' must be a date, such as 2030-12-31, without quotes", *place, "expires")
    for each in conditions.get("fingerprint", ()):
        if len(each) != 32 or set(each) - set("0123456789abcdef"):
            file.fail("'fingerprint' must be 32 hex digits, as `scan` prints them", *place, "fingerprint")
    line = file.lines.get(place)
    return Allow(**conditions, reason=reason, expires=expires, file=file.path, line=line, root=file.root)


def _texts(file: File, place: tuple[str | int, ...], value: Any) -> tuple[str, ...]:
    """One text or several."""
    texts = value if isinstance(value, list) else [value]
    if not texts or not all(isinstance(each, str) and each.strip() for each in texts):
        file.fail(f"{place[-1]!r} must be a text or a list of texts, none empty", *place)
    return tuple(texts)
