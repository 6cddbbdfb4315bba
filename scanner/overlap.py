"""How many people of one leak are in another, told by keyed sketches; and sketches that are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any, Self

import orjson

from scanner.errors import UsageError
from scanner.gauge.people import People
from scanner.private import write_private
from scanner.sinks.clean import clean
from scanner.sinks.sizes import unread
from scanner.sources.source import display

_MAGIC = b'{"type":"sketch"'
_VERSION = 2  # of what is hashed, too


@dataclass(frozen=True, slots=True)
class Sketch:
    """The people of a leak: what identifies them as sketches of keyed hashes; `check` tells the key.

    `coverage` as in the result of `size`: what was read, and what not.
    """

    path: str
    records: int
    people: People
    check: str
    coverage: dict[str, Any]

    def save(self, path: str) -> None:
        """Write it to a file that only its owner reads. Raises `UsageError`."""
        data = {
            "type": "sketch",
            "v": _VERSION,
            "path": self.path,
            "records": self.records,
            "subjects": self.people.subjects()._asdict(),
            "check": self.check,
            "people": self.people.dump(),
            "coverage": self.coverage,
        }
        try:
            write_private(path, orjson.dumps(data))
        except OSError as error:
            raise UsageError(f"cannot write {path}: {error.strerror}") from error

    @classmethod
    def load(cls, path: str, check: str) -> Self:
        """Read it. Raises `UsageError` for what is no sketch, or one of another key."""
        try:
            data = orjson.loads(Path(path).read_bytes())
            if data["v"] != _VERSION:
                raise UsageError(f"{path} was saved by another version of leakgauge: save it anew")
            found = cls(display(path)[0], data["records"], People.load(data["people"]), data["check"], data["coverage"])
        except OSError as error:
            raise UsageError(f"cannot read {path}: {error.strerror}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{path} is a damaged sketch") from error
        if found.check != check:
            raise UsageError(f"{path} was made with another key: only sketches of one key can be compared")
        return found


def is_sketch(path: str) -> bool:
    """Whether a file holds a sketch that was saved."""
    try:
        if not Path(path).is_file():  # to open a pipe would wait for who writes to it
            return False
        with Path(path).open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except (OSError, ValueError):
        return False


def overlaps(sketches: Sequence[Sketch]) -> dict[str, Any]:
    """Of each two leaks how many people of the one are in the other: the object that is printed."""
    return {
        "type": "overlap",
        "v": 1,
        "leaks": [
            {
                "path": each.path,
                "records": each.records,
                "subjects": each.people.subjects()._asdict(),
                "coverage": each.coverage,
            }
            for each in sketches
        ],
        "overlaps": [_overlap(one, other) for one, other in permutations(sketches, 2)],
    }


def _overlap(one: Sketch, other: Sketch) -> dict[str, Any]:
    shared, all_ = one.people.shared(other.people), one.people.subjects().estimate
    people, low, high = one.people.among(other.people)
    by = {name: {"values": each.value, "low": each.low, "high": each.high} for name, each in shared.items()}
    return {"of": one.path, "in": other.path, "people": people, "low": low, "high": high,
            "share": round(people / all_, 4) if all_ else None, "by": by}  # fmt: skip


def text(found: dict[str, Any]) -> str:
    """The same for people to read."""
    return "".join(f"{clean(line)}\n" for line in _lines(found))


def _lines(found: dict[str, Any]) -> Iterator[str]:
    for leak in found["leaks"]:
        yield f"{leak['path']}: {leak['records']:,} records, about {leak['subjects']['estimate']:,} people"
        yield from unread(leak["coverage"]).splitlines()
    for each in found["overlaps"]:
        between = f" ({each['low']:,} to {each['high']:,})" if each["low"] < each["high"] else ""
        share = "" if each["share"] is None else f", {each['share']:.1%} of them"
        told = ", ".join(f"{counts['values']:,} {name}" for name, counts in each["by"].items() if counts["values"])
        yield (
            f"of the people in {each['of']}, about {each['people']:,}{between} are in {each['in']} too{share}"
            f"{f'; shared values: {told}' if told else ''}"
        )
