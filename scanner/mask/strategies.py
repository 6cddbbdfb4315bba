"""What stands instead of a value, by entity type."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import polars as pl

from scanner.errors import UsageError
from scanner.fold import composed
from scanner.redact import masked, redact

KEYED = ("pseudonym", "digits")
_HEX = 12  # digits of a pseudonym: two of a million values share one with a chance of 1 to 500
# What would have to be escaped in CSV, JSON or SQL is never part of a replacement.
_UNSAFE = r"""["'`\\\x00-\x1f\x7f]"""


@dataclass(frozen=True, slots=True)
class Strategies:
    """A name in `NAMES` for each entity type; `key`: of what is made of the value itself."""

    default: str = "mask"
    by_type: dict[str, str] = field(default_factory=dict)
    key: bytes = field(default=b"", repr=False)

    @classmethod
    def parse(cls, given: Sequence[str], known: Iterable[str], key: bytes) -> Strategies:
        """From `NAME` and `TYPE=NAME` as a user gives them; `known`: entity types. Raises `UsageError`."""
        default, by_type = "mask", {}
        for text in given:
            kind, equals, name = text.rpartition("=")
            _choose(name, NAMES, "strategy")
            if equals:
                by_type[_choose(kind, sorted(known), "entity type")] = name
            else:
                default = name
        if not key and not {default, *by_type.values()}.isdisjoint(KEYED):
            raise UsageError("pseudonym and digits need a key: give --key-file FILE or set LEAKGAUGE_KEY")
        return cls(default, by_type, key)

    def texts(self, found: pl.DataFrame) -> pl.Series:
        """The replacements (String) of some findings, with the columns that `redact` reads, in their order."""
        parts, found = [], found.with_columns(value=composed(found["value"]))
        for kind in found["entity_type"].unique().to_list():
            at = (found["entity_type"] == kind).arg_true()
            make = _MAKERS[self.by_type.get(kind, self.default)]
            parts.append(pl.DataFrame({"at": at, "text": make(found[at], kind, self.key)}))
        texts = pl.concat(parts).sort("at")["text"]
        return texts.str.replace_all(_UNSAFE, "*")


def names_types(given: Sequence[str]) -> bool:
    """Whether some of what a user gives is for one entity type."""
    return any("=" in text for text in given)


def _choose(name: str, known: Sequence[str], what: str) -> str:
    if name in known:
        return name
    near = difflib.get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
    raise UsageError(f"no {what} is called {name!r}: {hint}")


def _mask(found: pl.DataFrame, kind: str, _: bytes) -> pl.Series:
    return masked(found["value"], kind)


def _hide(found: pl.DataFrame, _kind: str, _key: bytes) -> pl.Series:
    return found["value"].str.replace_all(r"[\p{L}\p{N}\p{M}\p{Co}]", "*")


def _always(text: str, count: int) -> pl.Series:
    return pl.Series([text], dtype=pl.String).new_from_index(0, count)


def _pseudonym(found: pl.DataFrame, kind: str, key: bytes) -> pl.Series:
    """In brackets and letters only: anything else passes for an address or a number in a field of such."""
    digests = redact(found, key)["fingerprint"].str.slice(0, _HEX)
    return f"[{kind}-" + digests.str.replace_many(list("0123456789"), list("ghjkmnpqrs")) + "]"


def _digits(found: pl.DataFrame, kind: str, key: bytes) -> pl.Series:
    shown = redact(found, key, show_values=True)
    pairs = zip(shown["value"].to_list(), shown["fingerprint"].to_list(), strict=True)
    return pl.Series([_with_digits(value, int(digest, 16)) for value, digest in pairs], dtype=pl.String)


def _with_digits(value: str, number: int) -> str:
    """The value with the digits of `number`, after zeros that no real number begins with; letters become `*`."""
    zeros = min(3, sum(map(str.isdigit, value)) // 2)
    made = []
    for character in value:
        if character.isdigit():
            number, digit = (number, 0) if zeros > 0 else divmod(number, 10)
            zeros -= 1
            made.append(str(digit))
        else:
            made.append("*" if character.isalnum() else character)
    return "".join(made)


_MAKERS: dict[str, Callable[[pl.DataFrame, str, bytes], pl.Series]] = {
    "mask": _mask,
    "drop": lambda found, _kind, _key: _always("", len(found)),
    "constant": lambda found, kind, _: _always(f"[{kind}]", len(found)),
    "pseudonym": _pseudonym,
    "digits": _digits,
    "hide": _hide,
}
NAMES = tuple(name for name in _MAKERS if name != "hide")
HIDE = Strategies("hide")
