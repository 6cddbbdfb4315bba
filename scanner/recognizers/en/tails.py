"""What follows the street in an address: town, state or county, postal code, country."""

from __future__ import annotations

from scanner.recognizers.en.postal import (
    AUSTRALIAN,
    BREAK,
    CAPITALISED,
    CITY_WORD,
    COUNTRY,
    GAP,
    LETTERS,
    LINKED,
    POSTCODE,
    SMALL_STATE,
    STATE,
    STATES,
    STOP,
    ZIP,
)
from scanner.recognizers.spans import lazy

_REACH = 90  # code points between a street and its postal code
_ZIP = lazy(rf"[0-9](?<=[ ,\t\x0b].)[0-9]{{4}}(?:[-—]?[0-9]{{4}})?(?![0-9A-Za-z-])(?:{GAP}{COUNTRY})?")
_BETWEEN = lazy(rf"(?:[{LETTERS}0-9 ,;'’.#&/()-]|{BREAK})*")
_PLAIN_WORDS = lazy(r"\w+")
_WORDS = lazy(r"[^\s,;()]+")
_STATE_REACH = 30
_CODE = (
    r"(?:[A-Z]{1,2}[- ])?(?:[0-9]{5,6}|[0-9]{4}(?: [A-Z]{2}\b)?|[0-9]{3} [0-9]{2}|[0-9]{2}-[0-9]{3}|[0-9]{5}-[0-9]{3})"
    "(?![0-9-])"
)
_TOWNS = rf"(?:{CITY_WORD}{GAP})"
# what may follow, and what it says
_TAILS = tuple(
    (lazy(regex), worth)
    for regex, worth in (
        (rf"{GAP}{_TOWNS}{{0,8}}?{POSTCODE}(?:{GAP}(?:{STATE},? )?{COUNTRY})?", 3),
        (rf"{GAP}(?:{CAPITALISED}{GAP}){{0,4}}?{AUSTRALIAN},?{GAP}[0-9]{{4}}(?![0-9])(?:{GAP}{COUNTRY})?", 3),
        (rf"{GAP}(?:{_CODE}{GAP})?{_TOWNS}{{0,7}}?(?:{_CODE}{GAP})?{COUNTRY}(?:{GAP}(?:{POSTCODE}|{ZIP}))?", 2),
        (rf"{GAP}{_CODE}{GAP}{CAPITALISED}(?: {CAPITALISED}){{0,2}}", 2),
        (rf"{GAP}(?:{CAPITALISED}{GAP}){{0,4}}?{STATE}(?![A-Za-z])(?:{GAP}{COUNTRY})?", 2),
        (rf"{GAP}{_TOWNS}{{1,5}}?{SMALL_STATE}(?=\.? *(?:$|[\n\x0b]))", 2),
        (rf"{GAP}{_TOWNS}{{0,4}}?{ZIP}", 2),
        (rf"{GAP}(?:{LINKED}{GAP}){{1,3}}?{_CODE}", 2),
    )
)
_STOP = STOP - {"do"}  # Portuguese towns hold it
_TOWN = lazy(rf", (?:{CAPITALISED})(?: {CAPITALISED}){{0,2}}(?=\.? *(?:$|[\n;,.?!]))")


def after(text: str, end: int) -> tuple[int, int]:
    """Where town, state, postal code and country after `end` end, and what they say, from 0 to 3."""
    if (zipped := to_zip(text, end)) is not None:
        return zipped, 3
    for regex, worth in _TAILS:
        if (match := regex.match(text, end)) and not _STOP.intersection(_PLAIN_WORDS.findall(match.group())):
            return match.end(), worth
    town = _TOWN.match(text, end)
    return (town.end(), 1) if town else (end, 0)


def to_zip(text: str, start: int) -> int | None:
    """Where the first postal code of the United States after `start` ends, if a state stands before it."""
    close = text.find("\n", start, start + _REACH)
    for code in _ZIP.finditer(text, start, close if close >= 0 else start + _REACH):
        at = code.start()
        if _is_state(_WORDS.findall(text, max(start, at - _STATE_REACH), at)) and _fits(text, start, at):
            return code.end()
    return None


def _is_state(words: list[str]) -> bool:
    """Whether words end with a state or its code."""
    small = [word.lower().rstrip(".") for word in words[-2:]]
    return bool(small) and (small[-1] in STATES or " ".join(small) in STATES)


def _fits(text: str, start: int, end: int) -> bool:
    if _BETWEEN.fullmatch(text, start, end) is None:
        return False
    return STOP.isdisjoint(_WORDS.findall(text, start, end))
