"""Arabic names in delivery lines: what a telephone number or an address leaves of its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scanner.recognizers.ar.letters import DIGIT, WORD, plain
from scanner.recognizers.ar.people import Name, begins_name, family, given, is_common, name_at
from scanner.recognizers.ar.places import place_end
from scanner.recognizers.ar.words import CUES, LINE_ENDS, TITLES
from scanner.recognizers.gazetteer import listed
from scanner.recognizers.spans import Span, lazy

_RUN = lazy(rf"{WORD}(?: {WORD}){{0,6}}")
_WORD = lazy(WORD)
_PHONE = lazy(rf"(?<![{DIGIT}])(?:[+]|0|٠)[ (]?[{DIGIT}](?:[ ()-]?[{DIGIT}]){{7,13}}(?![{DIGIT}])")
_LEADS = frozenset(listed("العميل الزبون المستفيد المريض"))
_MOST_WORDS, _FULL_NAME = 6, 4
_SURE = 30  # a place's name that weighs more is a given name


def beside(text: str, places: Sequence[Span]) -> Iterator[Span]:
    """Yield the names in lines of `text` with a telephone number or one of the addresses `places`."""
    cuts = sorted([match.span() for match in _PHONE.finditer(text)] + [(span.start, span.end) for span in places])
    end = at = -1
    for start, stop in cuts:
        if start > end:
            if end >= 0:
                yield from _in_piece(text, at, end)
            at, end = text.rfind("\n", 0, start) + 1, text.find("\n", stop)
            end = len(text) if end < 0 else end
        if start > at:
            yield from _in_piece(text, at, start)
        at = max(at, stop)
    if end >= 0:
        yield from _in_piece(text, at, end)


def _in_piece(text: str, at: int, end: int) -> Iterator[Span]:
    """The names in what stands between a number and an address, a run of words each."""
    for run in _RUN.finditer(text, at, end):
        start = _start(text, run.start(), run.end())
        stop = run_end(text, start, run.end())
        if stop is not None and (span := _person(text, start, stop)):
            yield span


def _start(text: str, at: int, end: int) -> int:
    """Where a name may begin in a run of words: after titles and words of forms, or where a full name begins."""
    starts = [word.start() for word in _WORD.finditer(text, at, end)]
    first = plain(_WORD.findall(text[at:end])[0])
    for number, start in enumerate(starts):
        if begins_name(text, start, end):
            return at if number == 1 and first in given() and first not in CUES else start
    for start, word in zip(starts, _WORD.findall(text[at:end]), strict=True):
        if plain(word) not in TITLES | LINE_ENDS | _LEADS:
            return start
    return at


def run_end(text: str, at: int, end: int) -> int | None:
    """Where the words end that may be a name at `at`, before `end`; None if no word begins there."""
    run, stop = _RUN.match(text, at, end), None
    for word in _WORD.finditer(text, at, run.end()) if run else ():
        if plain(word.group()) in LINE_ENDS or (stop is not None and _is_joined(plain(word.group()))):
            break
        stop = word.end()
    return stop


def _is_joined(word: str) -> bool:
    """Whether `and` is written onto a word: something else begins."""
    return word[0] == "و" and word not in given() and word not in family()


def with_family_name(text: str, at: int, name: Name, end: int) -> int:
    """Where the known name at `at` ends among words that end at `end`: a family name may be a common word."""
    words = text[name.end : end].split()
    if (name.parts <= 3 and len(words) == 1) or (len(words) == 2 and words[0].startswith("ال")):
        return name.end + 1 + len(words[0])
    return name.end


def _person(text: str, at: int, end: int) -> Span | None:
    words = text[at:end].split(" ")
    if place_end(text, at, end) and given().get(plain(words[0]), 0) < _SURE:
        return None
    name = name_at(text, at, end)
    if name and name.first >= 0 and len(words) <= _MOST_WORDS:
        whole = len(words) <= _FULL_NAME and _ends_in_family_name(words)
        stop = end if whole else with_family_name(text, at, name, end)
        if " " in text[at:stop] or name.first >= 50:
            return Span(at, stop, 0.65, "an Arabic name beside a telephone number or an address")
    if not 2 <= len(words) <= _FULL_NAME:
        return None
    strange = not any(is_common(plain(word)) for word in words)
    if _ends_in_family_name(words) or (strange and words[-1].startswith("ال")):
        return Span(at, end, 0.6, "words that end in a family name beside a telephone number or an address")
    return None


def _ends_in_family_name(words: Sequence[str]) -> bool:
    last = plain(words[-1])
    return max(family().get(last, -1), given().get(last, -1)) >= 25
