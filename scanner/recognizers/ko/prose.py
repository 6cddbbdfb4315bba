"""Korean names in running text: the weight of a name against that of words, and what stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from scanner.recognizers.gazetteer import weights
from scanner.recognizers.ko.particles import is_particle, stop_of
from scanner.recognizers.ko.people import candidate, doubt, given_weight, name_weight
from scanner.recognizers.ko.titles import follows, precedes
from scanner.recognizers.spans import Span, lazy

BARE, NEAR = 106, 65  # the weights from which a name is taken, alone and with a clue beside it

_IN_CODE = lazy(r"[:=>$._/\\-] ?\Z")
_LINK = lazy(r"(?:[와과랑]|이랑|하고)? ?[,·ㆍ・/♥&-]? ?")


class _Piece(NamedTuple):
    start: int
    end: int
    weight: float
    beside: bool


def find(text: str) -> Iterator[Span]:
    """Yield the names of `text` that stand at the start of a word, by their weight."""
    pieces = [_weighed(text, match) for match in candidate().finditer(text)]
    pieces = [piece for piece in pieces if piece.weight >= NEAR]
    for number, piece in enumerate(pieces):
        linked = _linked(text, pieces, number - 1) or _linked(text, pieces, number)
        if (
            piece.beside
            or linked
            or (piece.weight >= BARE and not _IN_CODE.search(text, max(0, piece.start - 2), piece.start))
        ):
            yield Span(piece.start, piece.end, 0.6 if piece.beside else 0.5, "a Korean name in a text")


def _weighed(text: str, match: re.Match[str]) -> _Piece:
    start, end = match.span()
    titled = follows(text, end)
    if not titled and not is_particle(text, end):
        return _Piece(start, end, 0, False)
    name = match.group()
    if not titled and (name in weights("ko-foreign") or not given_weight(name[-2:])):
        return _Piece(start, end, 0, False)
    weight = name_weight(name) - doubt(text[start : stop_of(text, end)])
    return _Piece(start, end, weight, titled or precedes(text, start))


def _linked(text: str, pieces: list[_Piece], left: int) -> bool:
    """Whether the piece `left` and the next stand side by side in a list of names."""
    if not 0 <= left < len(pieces) - 1:
        return False
    low, high = pieces[left].end, pieces[left + 1].start
    return 0 < high - low < 4 and _LINK.fullmatch(text, low, high) is not None
