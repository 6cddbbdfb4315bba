"""An entry of an allowlist."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from scanner.errors import ConfigError

CONDITIONS = ("path", "field", "rule", "value", "fingerprint", "domain")


@dataclass(frozen=True, slots=True)
class Allow:
    """Findings that fit each of its conditions are not reported; of one condition, any of the texts may fit.

    `path`: globs in gitignore syntax; `field`: names of fields, in which `*` stands for anything; `rule`: rule ids or
    entity types; `value`: values, however they are written; `fingerprint`: of values, with a key; `domain`: of mail
    addresses, `*.example.com` for those below it. `expires`: the last day on which it allows anything. `file`, `line`:
    where it is written; `root`: the folder that paths are relative to, the current one without.
    """

    path: tuple[str, ...] = ()
    field: tuple[str, ...] = ()
    rule: tuple[str, ...] = ()
    value: tuple[str, ...] = ()
    fingerprint: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    reason: str | None = None
    expires: datetime.date | None = None
    file: str | None = None
    line: int | None = None
    root: str = ""

    def __post_init__(self) -> None:
        """Raise `ConfigError` for an entry that would allow everything."""
        if not any(getattr(self, name) for name in CONDITIONS):
            raise ConfigError(f"{self.place}: an entry needs one of {', '.join(CONDITIONS)}, or it would allow all")

    @property
    def place(self) -> str:
        """Where it is written, for messages."""
        return ":".join(str(part) for part in (self.file or "allow", self.line) if part is not None)

    @property
    def expired(self) -> bool:
        """Whether its last day is over."""
        return self.expires is not None and self.expires < datetime.date.today()
