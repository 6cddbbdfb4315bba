"""The pragmas that are understood: ours, and on request those of other scanners."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

_NAME = re.compile(rb"[\s,]*([A-Za-z][A-Za-z0-9_-]*)")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+|[A-Z]+(?:_[A-Z]+)+")  # a rule's id or an entity type, and no plain word


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a scanner writes its pragmas: `literal` is in each of them; a group `next` says it is for the next line."""

    literal: bytes
    regex: re.Pattern[bytes]


OURS = Dialect(
    b"leakgauge:",
    re.compile(rb"leakgauge: ?allow(?P<next>-next-line)?(?![A-Za-z0-9_-])(?P<names>[^\n]{0,500})"),
)
# https://github.com/gitleaks/gitleaks#gitleaksallow, https://github.com/Yelp/detect-secrets#inline-allowlisting
OTHERS: dict[str, Dialect] = {
    "gitleaks": Dialect(b"gitleaks:allow", re.compile(rb"gitleaks:allow(?![A-Za-z0-9_-])")),
    "detect-secrets": Dialect(
        b"pragma:", re.compile(rb"pragma: ?(?:allow|white)list[ -](?P<next>nextline[ -])?secret(?![A-Za-z0-9_-])")
    ),
}


def scope(found: re.Match[bytes], known: Collection[str]) -> tuple[str, ...] | None:
    """The rules and entity types that a pragma names; None where it names none, so that it allows all.

    Names come first, apart by blanks or commas; the first word that is not `known` begins the reason. One that looks
    like a name and is not known is a mistake: the pragma then allows nothing.
    """
    text = found.groupdict().get("names") or b""
    names: list[str] = []
    at = 0
    while word := _NAME.match(text, at):
        name, at = word[1].decode().rstrip("-"), word.end()
        if name not in known:
            return tuple(names) if names or _ID.fullmatch(name) else None
        names.append(name)
    return tuple(names) or None
