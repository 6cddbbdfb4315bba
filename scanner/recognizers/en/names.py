"""Names in Latin letters: after a label or a title, or a common given name with a surname."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from scanner.recognizers.gazetteer import Gazetteer, listed, word_set, words
from scanner.recognizers.labels import Trust
from scanner.recognizers.spans import Span, clear
from scanner.recognizers.vi.addresses import LOWER, UPPER

_CAPITAL, _SMALL = "[A-ZÀ-ÖØ-ÞĀĆČĎĐĒĘĚĞĢĪĶĹĻŁŃŅŇŐŘŚŞŠŢŤŪŮŰŹŻŽ]", "[a-zß-öø-ÿāăąćčďđēęěğģīıķĺļľłńņňőřśşšţťūůűźżž]"
_WORD = (
    rf"{_CAPITAL}(?:{_SMALL}{{1,20}}|[’']{_CAPITAL}{_SMALL}{{1,20}}|c{_CAPITAL}{_SMALL}{{1,20}})(?:-"
    rf"{_CAPITAL}{_SMALL}{{1,20}})?"
)
_INITIAL = r"[A-Z]\."
_NAME = rf"(?:{_WORD}(?: (?:{_INITIAL}|(?:(?:de|da|van|von|bin|al|la) ){{0,2}}{_WORD})){{1,3}})"
_UPPER = r"(?:[A-Z]{2,20}(?: [A-Z]{1,20}\.?){1,2}(?![A-Za-z]))"
_LABELLED, _AFTER_BARE = re.compile(f"{_NAME}|{_UPPER}"), re.compile(_NAME)
_TITLED = re.compile(
    r"(?<![A-Za-z])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.? "
    rf"(?P<name>{_WORD}(?: (?:{_INITIAL} )?(?:(?:de|da|van|von|la) ){{0,2}}{_WORD}){{0,2}})"
)
_TITLES = Gazetteer(more=("Mr", "Ms", "Miss ", "Mx", "Dr", "Prof"))
_GIVEN = Gazetteer("en-given", suffix=" ")
# capitalised words that follow a given name in names of other things
_NOT_SURNAMES = frozenset(
    listed(
        """Ste Suite Township Heights Village Glen University College School Hospital Hotel Park Airport
    County City Island Beach Lake River Bridge Center Centre Hall House Library Museum Church Cathedral
    Theatre Theater Stadium Award Prize Cup Day Week Month Year Act Law Inc Corp Ltd Company Group Records
    Music Show Times Post News Journal Review Press Magazine Foundation Institute Society Association Club
    Team Party Bank Motors Airlines Theorem Algorithm Number Test Project Effect Medal Series Studio Studios
    Films Pictures Square Place Court Tower Plaza Station Valley Mountain Hill Creek Bay Point Version Edition
    Game Games World War Republic And The Is Was Has Will Said Says From With For On In At Of To Or If But Not
    He She It We You They I Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March
    April May June July August September October November December North South East West New Old English
    French Spanish German Chinese Japanese Korean American British"""
    )
)
# streets are named after people
_STREET = (
    r"(?! (?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Dr|Drive|Ln|Lane|Way|Terrace|Court|Ct|Place|Pl"
    r"|Square|Circle|Lodge)(?![a-z]))"
)
_SURNAME = re.compile(rf"(?:{_INITIAL} )?(?:(?:de|van|von) )?(?P<surname>{_WORD})(?!{_CAPITAL}|{_SMALL}){_STREET}")
_EXTENSION = re.compile(r"\.[a-z0-9]{1,5}(?![A-Za-z0-9])")
_STREET_TYPES = frozenset(
    listed(
        "St Street Ave Avenue Rd Road Blvd Boulevard Dr Drive Ln Lane Way Terrace Court Ct Place Pl Square Circle Lodge"
    )
)


def _given_prefixes() -> str:
    """A regex for the first three letters of the given names that count without a label.

    The names themselves make an automaton too large for the Rust engine's cache: five times slower.
    """
    return "|".join(sorted({name[:3] for name in words("en-given")}))


NOMINATE = (
    "|".join(
        (
            "(?:^|[^A-Za-z])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)[.]? [A-ZÀ-ž]",
            rf"(?:^|[^A-Za-z0-9_/.-])(?:{_given_prefixes()})[a-z]* (?:[A-Z]\. )?(?:de |v[ao]n )?"
            rf"[{UPPER}][{LOWER}'’]",
        )
    ),
)


def find(text: str) -> list[Span]:
    """Return the names in Latin letters of `text`."""
    return clear(text, (*_titled(text), *_bare(text)))


def after_label(text: str, at: int, trust: Trust) -> int | None:
    """See `labels.AfterLabel`. After a bare label one word must be a known given name or surname."""
    bare = trust == Trust.BARE
    match = (_AFTER_BARE if bare else _LABELLED).match(text, at)
    if match is None or _extension(text, match.end()):
        return None
    return None if bare and _known().isdisjoint(re.findall("[A-Za-z]+", match.group())) else match.end()


@cache
def _known() -> frozenset[str]:
    return word_set("en-given", "en-surnames")


def _titled(text: str) -> Iterator[Span]:
    for line in _TITLES.lines(text):
        for match in _TITLED.finditer(text, *line):
            yield Span(*match.span("name"), 0.65, "a name after a title")


def _bare(text: str) -> Iterator[Span]:
    starts, ends = _GIVEN.hits(text)
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        match = _SURNAME.match(text, end) if not _follows_word(text, start) else None
        if match and match["surname"] not in _NOT_SURNAMES | _STREET_TYPES and not _extension(text, match.end()):
            yield Span(start, match.end(), 0.6, "a common given name, then a surname")


def _extension(text: str, end: int) -> bool:
    """Whether a file name goes on at `end`: `Mary Doc.txt`."""
    return _EXTENSION.match(text, end) is not None


def _follows_word(text: str, start: int) -> bool:
    before = text[max(0, start - 1) : start]
    return before.isalnum() or before in {"_", "-", "/", "."}
