"""The pragmas that are understood: ours, and on request those of other scanners."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

_QUOTE = r"""\\?(?:""|''|``|["'`‘’“”「」『』《》])"""
# A quote right behind the word `allow`, or behind a name without one, ends a string that the pragma is in.
_WORD = rf"(?:(?<=\W)(?P<quote>{_QUOTE}))?(?P<name>[A-Za-z][A-Za-z0-9_-]*)(?(quote)(?:{_QUOTE})?)"
_OPEN = r"[\s,:=(\[{<，、：＝（【]*"
_FIRST = re.compile(rf"{_OPEN}(?:(?i:rules?|types?|ids?|names?|entity|entities|only)\b{_OPEN})?{_WORD}")
_NEXT = re.compile(rf"\s*(?P<comma>[,，、]?)\s*{_WORD}")
_CAPITALS = re.compile("[A-Z]{2}[A-Z0-9]*")


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


def forms(known: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Rules and entity types by their form, in which capitals are small letters and `_` is `-`."""
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(known):
        form = _form(name)
        found[form] = (*found.get(form, ()), name)
    return found


def _form(name: str) -> str:
    return name.lower().replace("_", "-")


def scope(found: re.Match[bytes], known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """The rules and entity types that a pragma names; None where it names none, so that it allows all.

    Names come first, apart by blanks or commas; the first word that is none of `known`, see `forms`, begins the reason.
    One that looks like a name and is not known is a mistake: the pragma then allows nothing. A plain word behind a name
    and a blank is a name only as it is known, for it may begin the reason.
    """
    text = (found.groupdict().get("names") or b"").decode(errors="ignore")
    names: list[str] = []
    word = _FIRST.match(text)
    while word:
        name = word["name"].rstrip("-_")
        is_name = "_" in name or "-" in name or _CAPITALS.fullmatch(name) is not None
        any_form = is_name or not names or word["comma"]
        alike = known.get(_form(name), ())
        named = (name,) if name in alike else alike if any_form else ()
        if not named:
            return tuple(names) if names or is_name else None
        names += named
        word = _NEXT.match(text, word.end())
    return tuple(names) or None
