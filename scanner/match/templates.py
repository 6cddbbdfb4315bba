"""Texts without their digits: a dump repeats itself but for the numbers, so most questions are asked once a template.

`공동현관 #1234*` and `공동현관 #5678*` share the template `공동현관 #0000*`. What does not depend on which digits stand
there is answered for the template, in the same words and at the same offsets. What does depend on them asks, of the
template, a regex without digits first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from scanner.match.cells import Mask, pick
from scanner.model import IntArray
from scanner.views import cut, joined

ZEROS = bytes.maketrans(b"123456789", b"000000000")
SHARED_FROM = 256  # texts from which on templates pay
_SAMPLE = 1000
_KEPT = 4 << 20  # characters of templates
_SET = r"\[\^?\]?(?:\\.|[^\]\\])*\]"
_BRACKETS = re.compile(rf"{_SET}|\\.|[()|]")
_ESCAPE = r"(?P<escape>\\x[0-9A-Fa-f]{2}|\\.|\{[0-9,]+\})"
_PIECE = re.compile(rf"(?P<set>{_SET})|{_ESCAPE}|[0-9]")
_DIGIT = re.compile(rf"{_ESCAPE}|[0-9]")
_DIGITS = re.compile(rf"{_ESCAPE}|[0-9](?:-[0-9])?")


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates of n texts: `text`, a String series (t,), and `index`, int64 (n,), which of them each text has.

    Each template stands there once if there are many texts that repeat themselves (`repeat`); else each text has one.
    """

    text: pl.Series
    index: IntArray
    repeat: bool

    @classmethod
    def of(cls, texts: pl.Series) -> Templates:
        """Those of a String series without nulls."""
        blinded = blind(texts)
        if len(blinded) < SHARED_FROM or not _repeat(blinded):
            return cls.each(blinded)
        groups = pl.DataFrame({"text": blinded}).with_row_index("row").group_by("text").agg("row")
        index = np.empty(len(blinded), dtype=np.int64)
        sizes = groups["row"].list.len().to_numpy()
        index[groups["row"].explode().to_numpy()] = np.repeat(np.arange(len(groups)), sizes)
        return cls(groups["text"], index, repeat=True)

    @classmethod
    def each(cls, templates: pl.Series) -> Templates:
        """One for each text, whether they repeat themselves or not."""
        return cls(templates, np.arange(len(templates)), repeat=False)

    def take(self, mask: Mask) -> Templates:
        """Those of the texts where `mask` (n,) is true."""
        return self.at(np.flatnonzero(mask))

    def at(self, index: IntArray) -> Templates:
        """Those of some texts, in ascending order."""
        if len(index) == len(self.index):
            return self
        chosen = self.index[index]
        used = np.zeros(len(self.text), dtype=np.bool_)
        used[chosen] = True
        return Templates(pick(self.text, np.flatnonzero(used)), (np.cumsum(used) - 1)[chosen], self.repeat)


def _repeat(texts: pl.Series) -> bool:
    """Whether at least half of the texts, or of a sample of them, stand there more than once."""
    sample = texts.gather_every(max(1, len(texts) // _SAMPLE))
    return any(2 * some.n_unique() <= len(some) for some in (sample, texts))


class Memory:
    """Answers about templates, kept from batch to batch: a file repeats its templates."""

    def __init__(self, ask: Callable[[pl.Series], npt.NDArray[Any]]) -> None:
        """`ask` gives an answer (t,) for each of some templates, a String series (t,)."""
        self._ask = ask
        self.forget()

    def forget(self) -> None:
        """Start anew."""
        self._known: dict[str, Any] = {}
        self._size = 0

    def of(self, alike: Templates) -> npt.NDArray[Any]:
        """The answer (n,) for the template of each text; `ask` is asked about those that are new."""
        if not alike.repeat:
            return self._ask(alike.text)[alike.index]
        if self._size > _KEPT:
            self.forget()
        listed = alike.text.to_list()
        new = [text for text in listed if text not in self._known]
        if new:
            self._size += sum(map(len, new))
            self._known |= dict(zip(new, self._ask(pl.Series(new)).tolist(), strict=True))
        return np.array([self._known[text] for text in listed])[alike.index]


def blind(texts: pl.Series) -> pl.Series:
    """A String series with every digit as 0; without nulls."""
    points, ends = joined(texts)
    above = points - np.uint8(ord("0"))
    above *= (above < 10).view(np.uint8)  # arithmetic on all bytes is twice as quick as `bytes.translate`
    return cut(np.subtract(points, above, out=above), ends)


@cache
def blinded(regex: str) -> str:
    """A regex that matches the template of every text that `regex` matches (and of others)."""
    return _PIECE.sub(_blinded, regex)


def _blinded(piece: re.Match[str]) -> str:
    text = piece.group()
    if not text.startswith("[^"):
        return _DIGIT.sub(lambda part: part["escape"] or "0", text)
    # what a set leaves out is 0 only if it leaves out all digits
    return text if "0-9" in text else _DIGITS.sub(lambda part: part["escape"] or "", text).replace("[^]", "(?s:.)")


def alternatives(regex: str) -> list[str]:
    """What `|` parts outside of all brackets; nothing of a regex with flags for all of it."""
    if re.match(r"\(\?[a-z]+\)", regex):
        return []
    parts, depth, start = [], 0, 0
    for piece in _BRACKETS.finditer(regex):
        token = piece.group()
        depth += (token == "(") - (token == ")")
        if token == "|" and not depth:
            parts.append(regex[start : piece.start()])
            start = piece.end()
    return [*parts, regex[start:]]


@cache
def is_blind(regex: str) -> bool:
    """Whether `regex` treats all digits alike: then it matches a text just where it matches the template."""
    pieces = (piece.group().replace("0-9", "") if piece["set"] else piece.group() for piece in _PIECE.finditer(regex))
    return not any(part["escape"] is None for piece in pieces for part in _DIGIT.finditer(piece))
