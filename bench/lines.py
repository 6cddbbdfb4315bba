"""Makes labelled delivery lines: name, phone, address and door code in all orders, glued or separated; seeded.

A line is one of a courier's form, a memo, a pasted message. The people are invented; what stands in `lines.toml` is no
list of the recognizers, and the words it takes from gazetteers are held back from them (see `held_back`).
"""

from __future__ import annotations

import random
import re
import tomllib
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any

from scanner.recognizers.gazetteer import words

DATA: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "lines.toml").read_text(encoding="utf-8"))
LABELS = {"name": "PERSON", "phone": "PHONE_NUMBER", "address": "ADDRESS", "door": "DOOR_CODE"}
SEPARATORS = (" ", " ", ", ", "\t", " / ", ",")
_HELD_IN = 10  # one word of so many is held back
_DIGIT = re.compile("[0-9A-Za-z]")


@dataclass(frozen=True)
class Line:
    """A text and what stands in it: (start, end, entity type), code points, half-open."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


def held_back(word: str) -> bool:
    """Whether a word of a gazetteer is held back from the recognizers that are measured."""
    return zlib.crc32(word.encode()) % _HELD_IN == 0


def held_lists() -> set[str]:
    """The gazetteers that words are held back from."""
    return {name for data in DATA.values() for name in data["held"].values()}


def lines(language: str, count: int, seed: int = 1) -> list[Line]:
    """`count` lines of a language of `lines.toml`."""
    data, chance = DATA[language], random.Random(f"{language}{seed}")
    held = {key: [word.title() for word in words(name) if held_back(word)] for key, name in data["held"].items()}
    held |= {key: text.split() for key, text in data.get("own", {}).items()}
    return [_line(data, held, chance) for _ in range(count)]


def _line(data: dict[str, Any], held: dict[str, list[str]], chance: random.Random) -> Line:
    parts = {"name": _name(data, chance), "phone": _phone(data, chance), "address": _address(data, held, chance)}
    order = list(chance.choice(list(permutations(parts))))
    if chance.random() < 0.3:
        code = f"{chance.randrange(10_000):04}"
        parts["door"] = chance.choice(data["doors"]).replace("{code}", code)
        order.append("door")
    labelled = chance.random() < 0.25
    separator = "" if data["glued"] and not labelled and chance.random() < 0.5 else chance.choice(SEPARATORS)
    text, spans = "", []
    for kind in order:
        part = parts[kind]
        text += _gap(text, separator, part, kind)
        text += data["labels"].get(kind, "") if labelled else ""
        start, end = _inside(part) if kind == "door" else (0, len(part))
        spans.append((len(text) + start, len(text) + end, LABELS[kind]))
        text += part
    return Line(text, tuple(spans))


def _gap(text: str, separator: str, part: str, kind: str) -> str:
    """What separates a part from the text before it: nothing where glued, but numbers never touch."""
    if not text:
        return ""
    touching = _DIGIT.match(text[-1]) and (_DIGIT.match(part) or part[0] in "+〒#*")
    return " " if not separator and (touching or kind == "door") else separator


def _inside(note: str) -> tuple[int, int]:
    """The code in a note: its last run of digits, with the signs beside it."""
    *_, match = re.finditer(r"[#*]?[0-9]{4}[#*]?", note)
    return match.span()


def _name(data: dict[str, Any], chance: random.Random) -> str:
    pieces = {key: chance.choice(data[key].split()) for key in ("surname" + "s", "given")}
    other = chance.choice(data["given"].split())
    text = chance.choice(data["name"]).replace("{surname}", pieces["surnames"])
    text = text.replace("{given}", pieces["given"], 1).replace("{given}", other)
    return text.replace("{initial}", chance.choice("ABCDEFGHJKLMNPRSTW"))


def _phone(data: dict[str, Any], chance: random.Random) -> str:
    return _filled(chance.choice(data["phones"]), {}, chance)


def _address(data: dict[str, Any], held: dict[str, list[str]], chance: random.Random) -> str:
    text = chance.choice(data["addresses"]).replace("{place}", chance.choice(data["places"]))
    return _filled(text, held, chance)


def _filled(text: str, held: dict[str, list[str]], chance: random.Random) -> str:
    """`text` with a number or a word for each brace."""
    numbers: dict[str, Callable[[], str]] = {
        "n": lambda: str(chance.randint(1, 299)), "m": lambda: str(chance.randint(1, 24) * 100 + chance.randint(1, 9)),
        "k": lambda: str(chance.randint(101, 130)), "s": lambda: str(chance.randint(2, 9)),
        "f": lambda: str(chance.randint(2, 29)), "p": lambda: f"{chance.randrange(10_000):04}",
        "t": lambda: f"{chance.randrange(1_000):03}", "d": lambda: f"{chance.randrange(100):02}",
    }  # fmt: skip
    return re.sub(
        r"\{(\w+)\}", lambda part: numbers[part[1]]() if part[1] in numbers else chance.choice(held[part[1]]), text
    )
